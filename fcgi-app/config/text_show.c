/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Values of other people in our messages.
 */
#include <string.h>

#include "base/utf8.h"
#include "config/values.h"

void text_show(char out[static TEXT_SHOWN_SIZE], const char *text)
{
    static const char dots[] = "...";
    size_t size = strlen(text), used = 0;
    for (size_t at = 0; at < size;) {
        uint32_t code_point;
        size_t length = utf8_decode(text + at, size - at, &code_point);
        if (used + length + sizeof(dots) > TEXT_SHOWN_SIZE) {
            memcpy(out + used, dots, sizeof(dots));
            return;
        }
        if (code_point == UTF8_INVALID || utf8_is_control(code_point))
            memset(out + used, '?', length);
        else
            memcpy(out + used, text + at, length);
        used += length;
        at += length;
    }
    out[used] = '\0';
}
