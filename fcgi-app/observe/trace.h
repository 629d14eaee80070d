/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * W3C Trace Context (Level 1): reads `traceparent`, continues a valid trace or begins one.
 */
#ifndef OBSERVE_TRACE_H
#define OBSERVE_TRACE_H

#include <stddef.h>
#include <stdint.h>

struct trace {
    char trace_id[33];  /* 32 lower-case hex digits, not all zero */
    char span_id[17];   /* of this request: 16 lower-case hex digits, not all zero */
    char parent_id[17]; /* of the caller, or "" */
    uint8_t flags;      /* bit 0: sampled */
};

/* traceparent: the header's value of any bytes, or NULL. Valid per section 3.2 (a higher version is
 * read as far as version 00 defines it; version ff, upper case, zero ids are invalid): trace_id and
 * flags are taken over, parent_id is the caller's. Else a new trace, sampled flag 0. A new span_id
 * always. Thread-safe. */
void trace_begin(struct trace *trace, const char *traceparent);

#endif
