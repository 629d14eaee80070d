/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Small shapes that several modules exchange: a text, a list of ids, a named parameter.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* UTF-8, valid, NUL-terminated (the NUL is not counted). Who owns the bytes is said where it is
 * used. */
struct text {
    const char *data;
    size_t size;
};

struct id_list {
    int64_t *ids;
    size_t count;
};

/* A name and a value, decoded: of a query string. */
struct parameter {
    const char *name;
    const char *value;
    size_t size; /* of value */
};

#endif
