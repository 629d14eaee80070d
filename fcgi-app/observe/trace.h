/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * W3C Trace Context (Level 1): reads `traceparent`, continues a valid trace or begins one.
 */
#ifndef OBSERVE_TRACE_H
#define OBSERVE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trace {
    char trace_id[33];  /* 32 lower-case hex digits, not all zero */
    char span_id[17];   /* of this request: 16 lower-case hex digits, not all zero */
    char parent_id[17]; /* of the caller, or "" */
    uint8_t flags;      /* TRACE_SAMPLED or 0 */
};

#define TRACE_SAMPLED 0x01

static inline bool trace_is_sampled(const struct trace *trace)
{
    return (trace->flags & TRACE_SAMPLED) != 0;
}

/* traceparent: the header's value of any bytes, or NULL. Valid per section 3.2 (a higher version is
 * read as far as version 00 defines it; version ff, upper case, zero ids are invalid, and several
 * header fields, joined by a comma, are too): trace_id and the sampled flag are taken over,
 * parent_id is the caller's. Else a new trace. A new span_id always. Thread-safe. */
void trace_begin(struct trace *trace, const char *traceparent);

/* Of new traces, so many of a million are sampled: flag 1; 0 before the first call. A trace that is
 * continued keeps its caller's flag. Called before the first thread. */
void trace_set_sampling(unsigned per_million);

/* A new id of a span. Thread-safe. */
void trace_span_id(char out[static 17]);

#define TRACE_PARENT_SIZE 56 /* with its NUL */

/* The value of a header that names this request's span: version 00. */
void trace_format(const struct trace *trace, char out[static TRACE_PARENT_SIZE]);

#endif
