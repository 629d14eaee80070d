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

void json_write_object_begin(struct json_writer *w);
void json_write_object_end(struct json_writer *w);
void json_write_array_begin(struct json_writer *w);
void json_write_array_end(struct json_writer *w);

/* key must be plain ASCII that needs no escapes. */
void json_write_key(struct json_writer *w, const char *key);

/* size bytes of any content. Escapes what RFC 8259 section 7 requires, and every other control
 * character and line separator (U+007F to U+009F, U+2028, U+2029); bytes that are not valid UTF-8
 * become U+FFFD, so that the output is always valid. */
void json_write_string(struct json_writer *w, const char *data, size_t size);
void json_write_cstring(struct json_writer *w, const char *string); /* NULL is written as null */
void json_write_int(struct json_writer *w, int64_t number);
void json_write_milliseconds(struct json_writer *w, int64_t nanoseconds); /* 12345678 as 12.345 */
void json_write_bool(struct json_writer *w, bool value);
void json_write_null(struct json_writer *w);
void json_write_raw(struct json_writer *w, const char *json,
                    size_t size); /* one value, already JSON */

/* Key and value in one call. */
void json_write_member_string(struct json_writer *w, const char *key, const char *data,
                              size_t size);
void json_write_member_cstring(struct json_writer *w, const char *key, const char *string);
void json_write_member_int(struct json_writer *w, const char *key, int64_t number);
void json_write_member_bool(struct json_writer *w, const char *key, bool value);
void json_write_member_null(struct json_writer *w, const char *key);

#endif
