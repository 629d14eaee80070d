/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Spans as the body of an OTLP/HTTP request in JSON (OTLP specification 1.x, "JSON Protobuf
 * Encoding"): ids in hex, enumerations as integers, 64-bit integers as strings.
 */
#ifndef OBSERVE_OTLP_H
#define OBSERVE_OTLP_H

#include "base/buf.h"
#include "observe/span.h"

/* Who made the spans. */
struct otlp_resource {
    const char *service;
    const char *version;
    const char *instance; /* differs from one process to the next */
};

/* Appends an ExportTraceServiceRequest. Failure is out's. */
void otlp_encode(struct buf *out, const struct otlp_resource *resource, struct span *const spans[],
                 size_t count);

/* How many spans an answer 200 says it did not take (ExportTracePartialSuccess), at most count; 0
 * for a body of any other content. */
size_t otlp_rejected(const char *body, size_t size, size_t count);

#endif
