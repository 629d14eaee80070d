/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The texts of OTLP. Sending them is the exporter's.
 */
#include "observe/otlp.h"

#include <jansson.h>
#include <stdio.h>

#include "base/json_writer.h"

#define STATUS_CODE_ERROR 2 /* opentelemetry.proto.trace.v1.Status.StatusCode */

/* opentelemetry.proto.trace.v1.SpanFlags, beside the flags of traceparent in the lowest byte. */
#define FLAG_HAS_IS_REMOTE 0x100
#define FLAG_IS_REMOTE     0x200

static void write_long(struct json_writer *w, const char *key, int64_t number)
{
    char text[INT_TEXT_SIZE];
    json_write_member_plain(w, key, text, int_format(number, text));
}

static void write_attribute(struct json_writer *w, const struct span_attribute *attribute)
{
    json_write_object_begin(w);
    json_write_member_cstring(w, "key", attribute->key);
    json_write_key(w, "value");
    json_write_object_begin(w);
    if (attribute->text != NULL)
        json_write_member_cstring(w, "stringValue", attribute->text);
    else
        write_long(w, "intValue", attribute->number);
    json_write_object_end(w);
    json_write_object_end(w);
}

static void write_attributes(struct json_writer *w, const struct span_attribute *attributes,
                             size_t count)
{
    json_write_key(w, "attributes");
    json_write_array_begin(w);
    for (size_t i = 0; i < count; i++)
        write_attribute(w, &attributes[i]);
    json_write_array_end(w);
}

static void write_context(struct json_writer *w, const struct span *span)
{
    int flags = span->flags | FLAG_HAS_IS_REMOTE | (span->remote_parent ? FLAG_IS_REMOTE : 0);
    json_write_member_cstring(w, "traceId", span->trace_id);
    json_write_member_cstring(w, "spanId", span->span_id);
    if (span->state != NULL)
        json_write_member_cstring(w, "traceState", span->state);
    if (span->parent_id[0] != '\0')
        json_write_member_cstring(w, "parentSpanId", span->parent_id);
    json_write_member_int(w, "flags", flags);
}

static void write_span(struct json_writer *w, const struct span *span)
{
    json_write_object_begin(w);
    write_context(w, span);
    json_write_member_cstring(w, "name", span->name);
    json_write_member_int(w, "kind", span->kind);
    write_long(w, "startTimeUnixNano", (int64_t)span->started_at);
    write_long(w, "endTimeUnixNano", (int64_t)span->ended_at);
    write_attributes(w, span->attributes, span->attribute_count);
    json_write_key(w, "status");
    json_write_object_begin(w);
    if (span->failed)
        json_write_member_int(w, "code", STATUS_CODE_ERROR);
    json_write_object_end(w);
    json_write_object_end(w);
}

static void write_resource(struct json_writer *w, const struct otlp_resource *resource)
{
    const struct span_attribute attributes[] = {
        {"service.name", resource->service, 0},
        {"service.version", resource->version, 0},
        {"service.instance.id", resource->instance, 0},
    };
    json_write_key(w, "resource");
    json_write_object_begin(w);
    write_attributes(w, attributes, ARRAY_SIZE(attributes));
    json_write_object_end(w);
}

static void write_scope(struct json_writer *w, const struct otlp_resource *resource)
{
    json_write_key(w, "scope");
    json_write_object_begin(w);
    json_write_member_cstring(w, "name", resource->service);
    json_write_member_cstring(w, "version", resource->version);
    json_write_object_end(w);
}

static void write_spans(struct json_writer *w, struct span *const spans[], size_t count)
{
    json_write_key(w, "spans");
    json_write_array_begin(w);
    for (size_t i = 0; i < count; i++)
        write_span(w, spans[i]);
    json_write_array_end(w);
}

void otlp_encode(struct buf *out, const struct otlp_resource *resource, struct span *const spans[],
                 size_t count)
{
    struct json_writer w = json_writer(out);
    json_write_object_begin(&w);
    json_write_key(&w, "resourceSpans");
    json_write_array_begin(&w);
    json_write_object_begin(&w);
    write_resource(&w, resource);
    json_write_key(&w, "scopeSpans");
    json_write_array_begin(&w);
    json_write_object_begin(&w);
    write_scope(&w, resource);
    write_spans(&w, spans, count);
    json_write_object_end(&w);
    json_write_array_end(&w);
    json_write_object_end(&w);
    json_write_array_end(&w);
    json_write_object_end(&w);
}

/* An int64: a string of digits by the encoding's rules, or a number. */
static long long number_of(const json_t *value)
{
    if (json_is_integer(value))
        return json_integer_value(value);
    const char *text = json_string_value(value);
    return text == NULL ? 0 : strtoll(text, NULL, 10);
}

size_t otlp_rejected(const char *body, size_t size, size_t count)
{
    json_t *reply = json_loadb(body, size, 0, NULL);
    const json_t *partial = json_object_get(reply, "partialSuccess");
    long long rejected = number_of(json_object_get(partial, "rejectedSpans"));
    json_decref(reply);
    if (rejected <= 0)
        return 0;
    return (unsigned long long)rejected < count ? (size_t)rejected : count;
}
