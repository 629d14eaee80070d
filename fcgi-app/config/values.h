/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Values of configuration keys, by type: set from text, compare, move, print.
 */
#ifndef CONFIG_VALUES_H
#define CONFIG_VALUES_H

#include "config/keys.h"

#define LIST_ITEMS_MAX 64 /* of any list */

/* A value as a source gives it. */
struct given {
    const char *where;        /* for messages: "/etc/x.yaml:3", "TODO_WORKERS", "--workers" */
    const char *const *items; /* one text, or those of a sequence */
    size_t count;
    bool sequence; /* written as a sequence; a single text is split at commas for a list */
};

/* Sets the member of config that belongs to key, which frees the old value. On an error the old
 * value stays. ERROR_INVALID, ERROR_MEMORY. */
enum error_code value_set(struct config *config, const struct key *key, const struct given *given,
                          struct error *ret_error);
enum error_code value_set_text(struct config *config, const struct key *key, const char *where,
                               const char *text, struct error *ret_error);

/* Frees and zeroes the member. */
void value_clear(struct config *config, const struct key *key);

bool value_equal(const struct config *a, const struct config *b, const struct key *key);
void value_swap(struct config *a, struct config *b, const struct key *key);

/* What a printer needs of each type. */
const void *value_member(const struct config *config, const struct key *key);

/* Sets the member from the text of a single value, of any type but a list; it is untouched on an
 * error. ERROR_INVALID, ERROR_MEMORY. */
enum error_code scalar_set(const struct key *key, const char *text, void *ret_member);

/* size bytes and a NUL, on the heap; NULL without memory. */
char *text_copy(const char *text, size_t size);

/* Whether text is `*` or the serialisation of an origin (RFC 6454 section 6.2) in lower case. */
bool origin_valid(const char *text);

#define TEXT_SHOWN_SIZE 100

/* Copies text for a message: what is no printable UTF-8 becomes '?', what does not fit "...". */
void text_show(char out[static TEXT_SHOWN_SIZE], const char *text);

#endif
