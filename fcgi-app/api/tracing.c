/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Spans of requests, named and filled by the OpenTelemetry semantic conventions for HTTP servers
 * and databases. How they leave is observe/exporter.c's.
 */
#include "api/tracing.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "observe/tracestate.h"

#define NS_PER_SECOND UINT64_C(1000000000)
#define PATH_KEPT_MAX 256
#define NAME_SIZE_MAX 128
#define READS_MAX     4 /* of one request; further ones belong to the last */

/* What is measured of a request, in its arena. */
struct measured {
    struct {
        uint64_t begun_at;
        uint64_t ended_at; /* 0: it never ended */
    } reads[READS_MAX];
    unsigned read_count;
    bool writes;
    struct store_times write;
};

/* --- Measuring -------------------------------------------------------------------------------- */

static struct measured *measure(struct http_exchange *exchange)
{
    if (!tracing_wanted(exchange))
        return NULL;
    if (exchange->spans == NULL)
        exchange->spans = arena_calloc(&exchange->arena, 1, sizeof(struct measured));
    return exchange->spans;
}

void tracing_read_begin(struct http_exchange *exchange)
{
    struct measured *measured = measure(exchange);
    if (measured != NULL && measured->read_count < READS_MAX)
        measured->reads[measured->read_count++].begun_at = clock_monotonic();
}

void tracing_read_end(struct http_exchange *exchange)
{
    struct measured *measured = exchange->spans;
    if (measured != NULL && measured->read_count > 0)
        measured->reads[measured->read_count - 1].ended_at = clock_monotonic();
}

struct store_times *tracing_write(struct http_exchange *exchange)
{
    struct measured *measured = measure(exchange);
    if (measured == NULL)
        return NULL;
    measured->writes = true;
    return &measured->write;
}

/* --- Spans ------------------------------------------------------------------------------------ */

/* What all spans of a request have in common. */
struct origin {
    const struct http_exchange *exchange;
    struct exporter *exporter;
    bool failed;      /* the request was answered with 5xx */
    uint64_t to_wall; /* added to a monotonic time: nanoseconds since the epoch */
};

static uint64_t wall_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

static void submit(const struct origin *origin, struct span *span)
{
    exporter_submit(origin->exporter, span);
}

/* A span of work inside the request, a child of parent_id. NULL without memory. */
static struct span *inner_span(const struct origin *origin, const char *parent_id, const char *name,
                               uint64_t begun_at, uint64_t ended_at)
{
    const struct trace *trace = &origin->exchange->request.trace;
    struct span *span = span_new(0);
    if (span == NULL)
        return NULL;
    memcpy(span->trace_id, trace->trace_id, sizeof(span->trace_id));
    memcpy(span->parent_id, parent_id, sizeof(span->parent_id));
    span->flags = trace->flags;
    span->kind = SPAN_INTERNAL;
    span->name = name;
    span->started_at = begun_at + origin->to_wall;
    span->ended_at = ended_at + origin->to_wall;
    return span;
}

static void submit_statements(const struct origin *origin, const char *parent_id, const char *name,
                              uint64_t begun_at, uint64_t ended_at)
{
    struct span *span = inner_span(origin, parent_id, name, begun_at, ended_at);
    if (span != NULL) {
        span->kind = SPAN_CLIENT;
        span_set_text(span, "db.system.name", "sqlite");
        span_set_text(span, "db.operation.name", name);
    }
    submit(origin, span);
}

static void submit_transaction(const struct origin *origin, const struct store_times *times)
{
    const char *parent_id = origin->exchange->request.trace.span_id;
    uint64_t ended_at = times->committed_at != 0 ? times->committed_at : times->ran_at;
    struct span *span = inner_span(origin, parent_id, "transaction", times->taken_at, ended_at);
    if (span == NULL) {
        submit(origin, NULL);
        return;
    }
    char id[sizeof(span->span_id)];
    memcpy(id, span->span_id, sizeof(id));
    span->failed = origin->failed;
    span_set_number(span, "todo.batch.size", times->batch);
    submit(origin, span); /* which is the exporter's from here on */
    submit_statements(origin, id, "WRITE", times->taken_at, times->ran_at);
    if (times->commit_at != 0)
        submit_statements(origin, id, "COMMIT", times->commit_at, times->committed_at);
}

static void submit_write(const struct origin *origin, const struct store_times *times)
{
    if (times->taken_at == 0) /* refused by the queue */
        return;
    submit(origin, inner_span(origin, origin->exchange->request.trace.span_id, "queue wait",
                              times->queued_at, times->taken_at));
    if (times->ran_at != 0)
        submit_transaction(origin, times);
}

static void submit_measured(const struct origin *origin, const struct measured *measured)
{
    for (unsigned i = 0; i < measured->read_count; i++)
        if (measured->reads[i].ended_at != 0)
            submit_statements(origin, origin->exchange->request.trace.span_id, "READ",
                              measured->reads[i].begun_at, measured->reads[i].ended_at);
    if (measured->writes)
        submit_write(origin, &measured->write);
}

/* --- The request's own ------------------------------------------------------------------------ */

static const char *method_of(const struct http_request *request)
{
    return request->method == HTTP_OTHER ? "_OTHER" : http_method_name(request->method);
}

static void describe(struct span *span, const struct http_exchange *exchange, int status)
{
    const struct http_request *request = &exchange->request;
    size_t path_size = request->path_size < PATH_KEPT_MAX ? request->path_size : PATH_KEPT_MAX;
    span_set_text(span, "http.request.method", method_of(request));
    span_set_text(span, "url.path", span_keep(span, request->path, path_size));
    span_set_text(span, "url.scheme",
                  request->scheme != NULL && strcmp(request->scheme, "https") == 0 ? "https"
                                                                                   : "http");
    if (exchange->route != NULL)
        span_set_text(span, "http.route", exchange->route->path);
    span_set_number(span, "http.response.status_code", status);
    span_set_text(span, "todo.request_id",
                  span_keep(span, request->request_id, strlen(request->request_id)));
    if (span->failed) {
        char text[INT_TEXT_SIZE];
        span_set_text(span, "error.type", span_keep(span, text, int_format(status, text)));
    }
}

/* `{method} {route}`: of few values, whatever clients ask for. */
static const char *name_of(struct span *span, const struct http_exchange *exchange)
{
    const struct http_request *request = &exchange->request;
    const char *method = request->method == HTTP_OTHER ? "HTTP" : http_method_name(request->method);
    if (exchange->route == NULL)
        return method;
    char name[NAME_SIZE_MAX];
    int size = snprintf(name, sizeof(name), "%s %s", method, exchange->route->path);
    return span_keep(span, name, size < (int)sizeof(name) ? (size_t)size : sizeof(name) - 1);
}

static struct span *server_span(const struct origin *origin, int status, uint64_t ended_at)
{
    const struct http_exchange *exchange = origin->exchange;
    const struct trace *trace = &exchange->request.trace;
    char state[TRACESTATE_SIZE_MAX + 1] = "";
    size_t state_size = 0;
    /* Without a valid traceparent there is no tracestate. */
    if (trace->parent_id[0] != '\0')
        state_size = tracestate_read(exchange->request.tracestate, state);
    struct span *span = span_new(state_size + NAME_SIZE_MAX + PATH_KEPT_MAX + HTTP_REQUEST_ID_MAX +
                                 INT_TEXT_SIZE + 5);
    if (span == NULL)
        return NULL;
    memcpy(span->trace_id, trace->trace_id, sizeof(span->trace_id));
    memcpy(span->span_id, trace->span_id, sizeof(span->span_id));
    memcpy(span->parent_id, trace->parent_id, sizeof(span->parent_id));
    span->flags = trace->flags;
    span->remote_parent = trace->parent_id[0] != '\0';
    span->kind = SPAN_SERVER;
    span->failed = origin->failed;
    span->name = name_of(span, exchange);
    span->state = state_size > 0 ? span_keep(span, state, state_size) : NULL;
    span->started_at = exchange->started_at + origin->to_wall;
    span->ended_at = ended_at + origin->to_wall;
    describe(span, exchange, status);
    return span;
}

void tracing_export(const struct http_exchange *exchange, int status)
{
    const struct api_service *service = exchange->service;
    uint64_t now = clock_monotonic();
    struct origin origin = {exchange, service->exporter, status >= 500, wall_clock() - now};
    submit(&origin, server_span(&origin, status, now));
    if (exchange->spans != NULL)
        submit_measured(&origin, exchange->spans);
}
