/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The wiring of the HTTP layer to the store: readers of the workers, log and metrics.
 */
#include "api/service.h"

#include "api/routes.h"
#include "api/tracing.h"
#include "base/clock.h"
#include "http/problem.h"
#include "observe/log.h"
#include "observe/metrics.h"

void *api_worker_start(void *service, struct error *ret_error)
{
    struct api_service *api = service;
    struct store_reader *reader = NULL;
    if (store_reader_open(api->store, &reader, ret_error) != ERROR_NONE)
        return NULL;
    return reader;
}

void api_worker_end(void *service, void *worker)
{
    (void)service;
    store_reader_close(worker);
}

void api_answered(void *service, const struct http_exchange *exchange, int status, size_t bytes,
                  uint64_t nanoseconds)
{
    const struct http_request *request = &exchange->request;
    (void)service;
    metrics_request(exchange->route_index, status, nanoseconds);
    if (tracing_wanted(exchange))
        tracing_export(exchange, status);
    if (log_get_level() > LOG_INFO)
        return;
    log_write(
        LOG_INFO, "request", LOG_STR("trace_id", request->trace.trace_id),
        LOG_STR("request_id", request->request_id),
        LOG_STR("actor", exchange->caller.actor[0] != '\0' ? exchange->caller.actor : NULL),
        LOG_STR("method", http_method_name(request->method)),
        LOG_STR("route", exchange->route == NULL ? "unmatched" : exchange->route->path),
        LOG_INT("status", status), LOG_INT("bytes", bytes), LOG_MS("duration_ms", nanoseconds),
        LOG_BYTES("path", exchange->route == NULL ? request->path : NULL, request->path_size));
}

static void on_batch(void *context, unsigned items, uint64_t nanoseconds)
{
    (void)context;
    (void)nanoseconds;
    metric_observe(METRIC_BATCH_SIZE, items);
}

static void on_commit(void *context, uint64_t nanoseconds)
{
    (void)context;
    metric_observe(METRIC_COMMIT_DURATION, nanoseconds);
}

static void on_checkpoint(void *context, uint64_t nanoseconds, uint64_t wal_bytes_left)
{
    (void)context;
    metric_observe(METRIC_CHECKPOINT_DURATION, nanoseconds);
    metric_set(METRIC_WAL_BYTES, (int64_t)wal_bytes_left);
}

static void on_queue_wait(void *context, uint64_t nanoseconds)
{
    (void)context;
    metric_observe(METRIC_QUEUE_WAIT, nanoseconds);
}

static void on_failed(void *context, const struct error *error)
{
    (void)context;
    metric_add(METRIC_STORE_ERRORS, 1);
    log_write(LOG_WARNING, "store failure", LOG_STR("error", error_name(error->code)),
              LOG_STR("detail", error->message));
}

/* What was not acknowledged may or may not be on the disk: only a restart tells. */
static void on_sync_failed(void *context, const struct error *error)
{
    struct api_service *service = context;
    metric_add(METRIC_FSYNC_ERRORS, 1);
    log_write(LOG_CRITICAL, "sync failed, ending", LOG_STR("detail", error->message));
    service->sync_failed(service->sync_failed_context);
}

struct store_observer api_store_observer(struct api_service *service)
{
    return (struct store_observer){.context = service,
                                   .batch = on_batch,
                                   .commit = on_commit,
                                   .checkpoint = on_checkpoint,
                                   .queue_wait = on_queue_wait,
                                   .failed = on_failed,
                                   .sync_failed = on_sync_failed};
}

struct store_view *api_read_begin(struct http_exchange *exchange)
{
    enum error_code code;
    tracing_read_begin(exchange);
    struct store_view *view = store_read_begin(exchange->worker, &code);
    if (view == NULL)
        problem_answer_error(exchange, code);
    return view;
}

void api_read_end(struct http_exchange *exchange)
{
    store_read_end(exchange->worker);
    tracing_read_end(exchange);
}

date_t api_today(struct http_exchange *exchange)
{
    date_t today = clock_today();
    const struct parameter *parameter = http_parameter(&exchange->request, "today");
    if (parameter == NULL)
        return today;
    if (!date_parse(parameter->value, parameter->size, &today))
        faults_add(&exchange->faults, FAULT_PARAMETER, "today",
                   "must be a date such as 2026-01-05");
    return today;
}
