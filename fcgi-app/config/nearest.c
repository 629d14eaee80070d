/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Which key a misspelt one was meant to be (the one at the smallest edit distance), and the error
 * that says so.
 */
#include <string.h>

#include "config/sources.h"

#define NAME_MAX_SIZE 32 /* longer than any key */

static size_t min_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, row by row. */
static size_t edit_distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t row[NAME_MAX_SIZE + 1];
    for (size_t j = 0; j <= b_size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = min_of(replaced, min_of(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_size];
}

const char *key_nearest(const char *name)
{
    size_t size = strlen(name);
    if (size > NAME_MAX_SIZE)
        return NULL;
    const char *nearest = NULL;
    size_t least = size / 3 + 1; /* more changes than that are another word */
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++) {
        const char *key = config_keys[i].info.name;
        size_t distance = edit_distance(key, strlen(key), name, size);
        if (distance <= least && (nearest == NULL || distance < least)) {
            nearest = key;
            least = distance;
        }
    }
    return nearest;
}

enum error_code key_unknown(const char *where, const char *name, struct error *ret_error)
{
    char shown[TEXT_SHOWN_SIZE];
    text_show(shown, name);
    const char *nearest = key_nearest(name);
    if (nearest == NULL)
        return error_set(ret_error, ERROR_INVALID, NULL,
                         "%s: there is no key \"%s\"; --help lists them", where, shown);
    return error_set(ret_error, ERROR_INVALID, nearest,
                     "%s: there is no key \"%s\"; did you mean %s?", where, shown, nearest);
}
