/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A span: one piece of work of a trace, with its begin, end and attributes, as it is exported.
 */
#ifndef OBSERVE_SPAN_H
#define OBSERVE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The numbers of opentelemetry.proto.trace.v1.Span.SpanKind. */
enum span_kind { SPAN_INTERNAL = 1, SPAN_SERVER = 2, SPAN_CLIENT = 3 };

#define SPAN_ATTRIBUTES_MAX 8

struct span_attribute {
    const char *key;  /* static */
    const char *text; /* static or in the span's room; NULL: the number */
    int64_t number;
};

/* On the heap; one owner at a time. */
struct span {
    char trace_id[33]; /* hex, as those below */
    char span_id[17];
    char parent_id[17]; /* "": a root */
    uint8_t flags;      /* of traceparent */
    bool remote_parent; /* the parent is in another program */
    bool failed;
    enum span_kind kind;
    const char *name;    /* static or in the room */
    const char *state;   /* tracestate, in the room; NULL: none */
    uint64_t started_at; /* nanoseconds since 1970-01-01T00:00:00Z */
    uint64_t ended_at;
    struct span_attribute attributes[SPAN_ATTRIBUTES_MAX];
    unsigned attribute_count;
    size_t room; /* bytes of text that are left */
    size_t used;
    char text[];
};

/* A zeroed span with a new span_id and room for so many bytes of text. NULL without memory. */
struct span *span_new(size_t room);
void span_free(struct span *span); /* takes NULL */

/* A terminated copy in the span's room, cut to what is left of it, between two code points. */
const char *span_keep(struct span *span, const char *text, size_t size);

/* Adds an attribute; more than SPAN_ATTRIBUTES_MAX are left out. */
void span_set_text(struct span *span, const char *key, const char *text);
void span_set_number(struct span *span, const char *key, int64_t number);

#endif
