/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Percent-encoding of paths, for what answers say of them.
 */
#include <string.h>

#include "http/response.h"

/* pchar of RFC 3986 section 3.3 without escapes, and the slash. */
static bool path_character(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~!$&'()*+,;=:@/", c) != NULL);
}

const char *http_path_encode(struct arena *arena, const char *path, size_t size)
{
    char *encoded = arena_alloc(arena, 3 * size + 1);
    if (encoded == NULL)
        return NULL;
    char *end = encoded;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)path[i];
        if (path_character(c)) {
            *end++ = (char)c;
            continue;
        }
        *end++ = '%';
        *end++ = "0123456789ABCDEF"[c >> 4];
        *end++ = "0123456789ABCDEF"[c & 15];
    }
    *end = '\0';
    return encoded;
}
