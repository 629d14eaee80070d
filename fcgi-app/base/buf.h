/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A growing byte buffer with a sticky failure: appenders return nothing, the user checks once.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

/* Caller-owned; not thread-safe. Zero-initialised is a valid empty buffer. */
struct buf {
    char *data; /* not terminated; NULL while nothing was appended */
    size_t size;
    size_t capacity;
    bool failed; /* an append found no memory; what was appended since is lost */
};

void buf_close(struct buf *buf); /* frees; the buffer is then empty and usable again */
void buf_clear(struct buf *buf); /* size 0 and not failed; keeps the memory */
#define CLEANUP_BUF CLEANUP(buf_close)

/* The part of buf_reserve that allocates. */
char *buf_grow(struct buf *buf, size_t size);

/* Room for size more bytes: the place to write them, or NULL (then failed). The caller adds what it
 * wrote to buf->size. */
static inline char *buf_reserve(struct buf *buf, size_t size)
{
    if (buf->failed || size >= buf->capacity - buf->size)
        return buf_grow(buf, size);
    return buf->data + buf->size;
}

void buf_append(struct buf *buf, const void *data, size_t size);
void buf_append_string(struct buf *buf, const char *string);
void buf_append_char(struct buf *buf, char c);
void buf_append_int(struct buf *buf, int64_t number);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

#define INT_TEXT_SIZE 20 /* "-9223372036854775808", without a NUL */

/* Writes the number in decimal, without a NUL, and returns its length. */
size_t int_format(int64_t number, char out[static INT_TEXT_SIZE]);

/* NUL-terminates (the NUL does not count as size) and returns data; NULL if failed. */
const char *buf_string(struct buf *buf);

#endif
