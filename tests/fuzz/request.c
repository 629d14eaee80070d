/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * FastCGI parameters, one NAME=value a line; after an empty line the body.
 */
#include <string.h>

#include "base/cleanup.h"
#include "fuzz.h"

#define LINES_MAX 60

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text CLEANUP_FREE = fuzz_text(data, size);
    const char *params[LINES_MAX + 1] = {NULL};
    size_t place = 0;
    size_t count = 0;
    while (place < size && text[place] != '\n' && count < LINES_MAX) {
        char *end = memchr(text + place, '\n', size - place);
        if (end != NULL)
            *end = '\0';
        /* As libfcgi gives them: a name is never missing. */
        if (strchr(text + place, '=') != NULL)
            params[count++] = text + place;
        place = end != NULL ? (size_t)(end - text) + 1 : size;
    }
    if (place < size && text[place] == '\n')
        place++;
    fuzz_answer(params, data + place, size - place);
    return 0;
}
