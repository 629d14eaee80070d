/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Comma-separated values.
 */
#include "base/csv.h"

#include <string.h>

static void begin_cell(struct csv_writer *w)
{
    if (w->comma)
        buf_append_char(w->buf, ',');
    w->comma = true;
}

static bool contains_any(const char *data, size_t size, const char *characters)
{
    for (const char *c = characters; *c != '\0'; c++)
        if (memchr(data, *c, size) != NULL)
            return true;
    return false;
}

/* Quotes inside are doubled. */
static void append_quoted(struct buf *out, const char *data, size_t size)
{
    const char *end = data + size;
    while (data < end) {
        const char *quote = memchr(data, '"', (size_t)(end - data));
        const char *stop = quote != NULL ? quote + 1 : end;
        buf_append(out, data, (size_t)(stop - data));
        if (quote != NULL)
            buf_append_char(out, '"');
        data = stop;
    }
}

void csv_write_text(struct csv_writer *w, const char *data, size_t size)
{
    bool formula = size > 0 && strchr("=+-@\t\r\n", data[0]) != NULL && data[0] != '\0';
    bool quoted = contains_any(data, size, ",\"\r\n");
    begin_cell(w);
    if (quoted)
        buf_append_char(w->buf, '"');
    if (formula)
        buf_append_char(w->buf, '\'');
    append_quoted(w->buf, data, size);
    if (quoted)
        buf_append_char(w->buf, '"');
}

void csv_write_plain(struct csv_writer *w, const char *text)
{
    begin_cell(w);
    if (text != NULL)
        buf_append_string(w->buf, text);
}

void csv_write_int(struct csv_writer *w, int64_t number)
{
    begin_cell(w);
    buf_append_int(w->buf, number);
}

void csv_write_bool(struct csv_writer *w, bool value)
{
    csv_write_plain(w, value ? "true" : "false");
}

void csv_write_end(struct csv_writer *w)
{
    buf_append(w->buf, "\r\n", 2);
    w->comma = false;
}
