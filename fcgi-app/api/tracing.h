/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The spans of a request: what is measured on its way, and what is exported of it at its end. All
 * of it costs one comparison when the trace is not sampled or nothing is exported.
 */
#ifndef API_TRACING_H
#define API_TRACING_H

#include "api/service.h"

/* Whether this request's spans are exported. */
static inline bool tracing_wanted(const struct http_exchange *exchange)
{
    const struct api_service *service = exchange->service;
    return trace_is_sampled(&exchange->request.trace) && service != NULL &&
           service->exporter != NULL;
}

/* Around the reads of a snapshot, in the thread that makes them. */
void tracing_read_begin(struct http_exchange *exchange);
void tracing_read_end(struct http_exchange *exchange);

/* For a store job of this request: where its times go. In the exchange's arena; NULL if they are
 * not wanted, or without memory. */
struct store_times *tracing_write(struct http_exchange *exchange);

/* Hands the request's spans to the exporter; only if they are wanted. The request has ended. */
void tracing_export(const struct http_exchange *exchange, int status);

#endif
