/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * UTF-8 (RFC 3629): validation, counting, classes of code points, and the case folding that search
 * and sort use. Independent of the process locale. All functions are thread-safe.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_INVALID UINT32_MAX

/* Reads the code point at data (size > 0 bytes left). Returns its length in bytes, 1 to 4, and
 * stores it; for an invalid sequence stores UTF8_INVALID and returns the number of bytes to skip
 * (maximal subpart, Unicode 15 section 3.9), at least 1. Overlong forms, surrogates and values
 * above U+10FFFF are invalid. */
size_t utf8_decode(const char *data, size_t size, uint32_t *ret_code_point);

/* Writes the code point to out and returns its length, 1 to 4. */
size_t utf8_encode(uint32_t code_point, char out[static 4]);

/* Whether all of it is valid. */
bool utf8_valid(const char *data, size_t size);

/* Code points in valid UTF-8. */
size_t utf8_count(const char *data, size_t size);

/* C0 and C1 controls and DEL (general category Cc). */
bool utf8_is_control(uint32_t code_point);

/* White_Space of the Unicode character database: what trimming removes. */
bool utf8_is_space(uint32_t code_point);

/* The part of data without white space at both ends, as offsets into it. */
void utf8_trim(const char *data, size_t size, size_t *ret_start, size_t *ret_size);

/* Appends the text folded for comparison without regard to case: each code point becomes the lower
 * case of its upper case (so that final and medial sigma are equal, and "Straße" stays as long as
 * it is). The table is Unicode's as the C library has it (C.UTF-8); where that locale is missing
 * only ASCII is folded. Valid UTF-8 in, valid UTF-8 out. */
void utf8_fold(struct buf *out, const char *data, size_t size);

#endif
