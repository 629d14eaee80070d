/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Making spans and filling them. What they say is decided by whoever did the work.
 */
#include "observe/span.h"

#include <stdlib.h>
#include <string.h>

#include "observe/trace.h"

struct span *span_new(size_t room)
{
    struct span *span = calloc(1, sizeof(*span) + room);
    if (span == NULL)
        return NULL;
    span->room = room;
    trace_span_id(span->span_id);
    return span;
}

void span_free(struct span *span)
{
    free(span);
}

const char *span_keep(struct span *span, const char *text, size_t size)
{
    size_t left = span->room - span->used;
    if (left == 0)
        return "";
    if (size > left - 1) {
        size = left - 1;
        while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
            size--;
    }
    char *copy = span->text + span->used;
    memcpy(copy, text, size);
    copy[size] = '\0';
    span->used += size + 1;
    return copy;
}

static void add(struct span *span, struct span_attribute attribute)
{
    if (span->attribute_count < SPAN_ATTRIBUTES_MAX)
        span->attributes[span->attribute_count++] = attribute;
}

void span_set_text(struct span *span, const char *key, const char *text)
{
    add(span, (struct span_attribute){key, text, 0});
}

void span_set_number(struct span *span, const char *key, int64_t number)
{
    add(span, (struct span_attribute){key, NULL, number});
}
