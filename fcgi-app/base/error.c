/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Names of error codes, and filling in an error. Owns no state.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define ERROR_NAME(code, name) [code] = name,
static const char *const names[] = {ERROR_CODES(ERROR_NAME)};
_Static_assert(ARRAY_SIZE(names) == ERROR_CODE_COUNT, "every error code has a name");

const char *error_name(enum error_code code)
{
    return (unsigned)code < ERROR_CODE_COUNT ? names[code] : "unknown";
}

/* A message quotes paths and values of any bytes, and the cut may split a code point. */
static void make_valid(char *message, size_t size, bool cut)
{
    size_t i = 0;
    while (i < size) {
        uint32_t code_point;
        size_t length = utf8_decode(message + i, size - i, &code_point);
        if (code_point == UTF8_INVALID) {
            if (cut && i + length == size)
                break;
            memset(message + i, '?', length);
        }
        i += length;
    }
    message[i] = '\0';
}

enum error_code error_set(struct error *ret_error, enum error_code code, const char *field,
                          const char *format, ...)
{
    if (ret_error == NULL)
        return code;

    /* Not into the message itself: it may be one of the arguments. */
    char message[sizeof(ret_error->message)];
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    if (wanted < 0)
        message[0] = '\0';
    make_valid(message, strlen(message), wanted >= (int)sizeof(message));

    ret_error->code = code;
    ret_error->field = field;
    memcpy(ret_error->message, message, sizeof(message));
    return code;
}
