/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Numbers of a fixed count of decimal digits, as dates and times have them.
 */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdbool.h>
#include <stddef.h>

/* Exactly count digits (at most 9) at text; false for anything else, output untouched. */
static inline bool digits_read(const char *text, size_t count, int *ret_number)
{
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + (text[i] - '0');
    }
    *ret_number = number;
    return true;
}

/* Two digits of number (0 to 99); no NUL. */
static inline void digits_write_pair(char *out, int number)
{
    int tens = number * 103 >> 10; /* a tenth, exact up to 99 */
    out[0] = (char)('0' + tens);
    out[1] = (char)('0' + number - 10 * tens);
}

/* The last count digits of number (not negative), with leading zeros; no NUL. */
static inline void digits_write(char *out, size_t count, int number)
{
    for (size_t i = count; i > 0; i--) {
        out[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
}

#endif
