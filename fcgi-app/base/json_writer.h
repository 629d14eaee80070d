/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Writes JSON (RFC 8259) straight into a buffer: answers, problems and log lines. Commas are placed
 * by the writer; balance of objects and arrays is the caller's task.
 */
#ifndef BASE_JSON_WRITER_H
#define BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

/* Caller-owned, on the stack; valid as long as buf is. Failure is sticky in buf->failed. */
struct json_writer {
    struct buf *buf;
    bool comma; /* the next value or key is preceded by a comma */
};

static inline struct json_writer json_writer(struct buf *buf)
{
    return (struct json_writer){.buf = buf, .comma = false};
}

/* --- The writer's own ------------------------------------------------------------------------- */

/* What is written most is inline, so that the size of a key is known where it is written. */

/* text as a value of its own, or as the begin of one. */
static inline void json_write_piece(struct json_writer *w, const char *text, size_t size,
                                    bool comma_after)
{
    char *place = buf_reserve(w->buf, size + 1);
    if (place == NULL)
        return;
    *place = ',';
    place += w->comma;
    memcpy(place, text, size);
    w->buf->size += size + w->comma;
    w->comma = comma_after;
}

static inline void json_write_end(struct json_writer *w, char bracket)
{
    char *place = buf_reserve(w->buf, 1);
    if (place == NULL)
        return;
    *place = bracket;
    w->buf->size++;
    w->comma = true;
}

/* --- Structure -------------------------------------------------------------------------------- */

static inline void json_write_object_begin(struct json_writer *w)
{
    json_write_piece(w, "{", 1, false);
}

static inline void json_write_object_end(struct json_writer *w)
{
    json_write_end(w, '}');
}

static inline void json_write_array_begin(struct json_writer *w)
{
    json_write_piece(w, "[", 1, false);
}

static inline void json_write_array_end(struct json_writer *w)
{
    json_write_end(w, ']');
}

/* key must be plain ASCII that needs no escapes. */
static inline void json_write_key(struct json_writer *w, const char *key)
{
    size_t size = strlen(key);
    char *place = buf_reserve(w->buf, size + sizeof(",\"\":"));
    if (place == NULL)
        return;
    *place = ',';
    place += w->comma;
    *place = '"';
    memcpy(place + 1, key, size);
    memcpy(place + 1 + size, "\":", 2);
    w->buf->size += w->comma + size + 3;
    w->comma = false;
}

/* --- Values ----------------------------------------------------------------------------------- */

/* size bytes of any content. Escapes what RFC 8259 section 7 requires, and every other control
 * character and line separator (U+007F to U+009F, U+2028, U+2029); bytes that are not valid UTF-8
 * become U+FFFD, so that the output is always valid. */
void json_write_string(struct json_writer *w, const char *data, size_t size);
void json_write_cstring(struct json_writer *w, const char *string); /* NULL is written as null */
void json_write_large_int(struct json_writer *w, int64_t number);
void json_write_milliseconds(struct json_writer *w, int64_t nanoseconds); /* 12345678 as 12.345 */

/* Most numbers have one digit. */
static inline void json_write_int(struct json_writer *w, int64_t number)
{
    if (number >= 0 && number < 10)
        json_write_piece(w, &"0123456789"[number], 1, true);
    else
        json_write_large_int(w, number);
}

/* size bytes of printable ASCII that need no escapes: names, dates. */
static inline void json_write_plain(struct json_writer *w, const char *text, size_t size)
{
    char *place = buf_reserve(w->buf, size + sizeof(",\"\""));
    if (place == NULL)
        return;
    *place = ',';
    place += w->comma;
    *place = '"';
    memcpy(place + 1, text, size);
    place[1 + size] = '"';
    w->buf->size += w->comma + size + 2;
    w->comma = true;
}

static inline void json_write_bool(struct json_writer *w, bool value)
{
    if (value)
        json_write_piece(w, "true", 4, true);
    else
        json_write_piece(w, "false", 5, true);
}

static inline void json_write_null(struct json_writer *w)
{
    json_write_piece(w, "null", 4, true);
}

/* size bytes that are one JSON value already. */
static inline void json_write_raw(struct json_writer *w, const char *json, size_t size)
{
    json_write_piece(w, json, size, true);
}

/* --- Members: key and value in one call --------------------------------------------------------
 */

static inline void json_write_member_string(struct json_writer *w, const char *key,
                                            const char *data, size_t size)
{
    json_write_key(w, key);
    json_write_string(w, data, size);
}

static inline void json_write_member_cstring(struct json_writer *w, const char *key,
                                             const char *string)
{
    json_write_key(w, key);
    json_write_cstring(w, string);
}

static inline void json_write_member_plain(struct json_writer *w, const char *key, const char *text,
                                           size_t size)
{
    json_write_key(w, key);
    json_write_plain(w, text, size);
}

static inline void json_write_member_int(struct json_writer *w, const char *key, int64_t number)
{
    json_write_key(w, key);
    json_write_int(w, number);
}

static inline void json_write_member_bool(struct json_writer *w, const char *key, bool value)
{
    json_write_key(w, key);
    json_write_bool(w, value);
}

static inline void json_write_member_null(struct json_writer *w, const char *key)
{
    json_write_key(w, key);
    json_write_null(w);
}

#endif
