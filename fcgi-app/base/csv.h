/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Writes records of comma-separated values (RFC 4180) into a buffer.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>

#include "base/buf.h"

/* Caller-owned, on the stack; valid as long as buf is. Failure is sticky in buf->failed. */
struct csv_writer {
    struct buf *buf;
    bool comma; /* the next cell is preceded by one */
};

static inline struct csv_writer csv_writer(struct buf *buf)
{
    return (struct csv_writer){.buf = buf, .comma = false};
}

/* A text that somebody else wrote. Quoted where it has to be. Where its first character would make
 * a spreadsheet take it for a formula (= + - @, tab, carriage return, line feed) an apostrophe is
 * put before it, which a spreadsheet does not show. */
void csv_write_text(struct csv_writer *w, const char *data, size_t size);

/* A text of the program's own that needs no quotes: a name, a date. NULL: an empty cell. */
void csv_write_plain(struct csv_writer *w, const char *text);
void csv_write_int(struct csv_writer *w, int64_t number);
void csv_write_bool(struct csv_writer *w, bool value); /* true, false */

/* CR LF. The next cell begins a record. */
void csv_write_end(struct csv_writer *w);

#endif
