/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * JSON pointers in URI fragments, for the faults of a body.
 */
#include <string.h>

#include "api/task_input.h"
#include "base/buf.h"

#define POINTER_TOKEN_MAX 200 /* bytes of a hostile name that an answer repeats */

/* RFC 3986 section 3.5: what a fragment may hold as it is. */
static bool fragment_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != 0 && strchr("-._!$&'()*+,;=:@?", c) != NULL);
}

const char *json_pointer_append(struct arena *arena, const char *pointer, const char *token,
                                size_t size)
{
    struct buf text CLEANUP_BUF = {0};
    buf_append_string(&text, pointer);
    buf_append_char(&text, '/');
    for (size_t i = 0; i < size && i < POINTER_TOKEN_MAX; i++) {
        unsigned char c = (unsigned char)token[i];
        if (c == '~')
            buf_append_string(&text, "~0");
        else if (c == '/')
            buf_append_string(&text, "~1");
        else if (fragment_char(c))
            buf_append_char(&text, (char)c);
        else
            buf_printf(&text, "%%%02X", c);
    }
    return text.failed ? NULL : arena_memdup(arena, text.data, text.size);
}
