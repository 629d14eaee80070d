/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Health, readiness and metrics: what an operator's machinery asks.
 */
#include "config.h"

#include "api/answers.h"
#include "api/routes.h"
#include "api/service.h"
#include "http/body.h"
#include "http/problem.h"
#include "store/maintenance.h"
#include "store/rows.h"

/* What the two probes look at. */
struct condition {
    enum error_code database; /* of a read */
    struct store_state store;
};

static void look(struct http_exchange *exchange, struct condition *condition)
{
    struct api_service *service = exchange->service;
    condition->database = store_ping(exchange->worker);
    store_state(service->store, &condition->store);
}

static const char *database_status(const struct condition *condition)
{
    return condition->database == ERROR_NONE && !condition->store.sync_failed ? "healthy"
                                                                              : "degraded";
}

static const char *storage_status(const struct condition *condition)
{
    return condition->store.writable ? "healthy" : "degraded";
}

enum http_result api_health(struct http_exchange *exchange)
{
    struct condition condition;
    struct json_writer w = json_writer(&exchange->response.body);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    look(exchange, &condition);
    bool healthy = condition.database == ERROR_NONE && !condition.store.sync_failed &&
                   condition.store.writable;
    exchange->response.content_type = HTTP_JSON;
    json_write_object_begin(&w);
    json_write_member_cstring(&w, "status", healthy ? "healthy" : "degraded");
    json_write_member_cstring(&w, "version", PACKAGE_VERSION);
    json_write_key(&w, "components");
    json_write_object_begin(&w);
    json_write_member_cstring(&w, "database", database_status(&condition));
    json_write_member_cstring(&w, "storage", storage_status(&condition));
    json_write_object_end(&w);
    json_write_object_end(&w);
    return HTTP_DONE;
}

/* Why no request should be sent here, or NULL. */
static const char *not_ready(struct http_exchange *exchange)
{
    struct api_service *service = exchange->service;
    struct condition condition;
    if (!atomic_load(&service->ready))
        return "The service is starting.";
    if (atomic_load(&service->stopping))
        return "The service is stopping.";
    look(exchange, &condition);
    if (condition.database != ERROR_NONE || condition.store.sync_failed)
        return "The database does not answer.";
    if (!condition.store.writable)
        return "The disk is full or cannot be written.";
    return NULL;
}

enum http_result api_ready(struct http_exchange *exchange)
{
    struct json_writer w = json_writer(&exchange->response.body);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    const char *reason = not_ready(exchange);
    if (reason != NULL) {
        problem_answer(exchange, PROBLEM_UNAVAILABLE, "%s", reason);
        return HTTP_DONE;
    }
    exchange->response.content_type = HTTP_JSON;
    json_write_object_begin(&w);
    json_write_member_cstring(&w, "status", "ready");
    json_write_object_end(&w);
    return HTTP_DONE;
}

static enum error_code gather_tasks(struct http_exchange *exchange)
{
    struct store_tally tally;
    int64_t backup_at = 0;
    enum error_code code;
    struct store_view *view = store_read_begin(exchange->worker, &code);
    if (view == NULL)
        return code;
    code = store_tally(view, &tally);
    if (store_last_backup(view, &backup_at) == ERROR_NONE)
        metric_set(METRIC_LAST_BACKUP, backup_at / 1000);
    store_read_end(exchange->worker);
    if (code == ERROR_NONE)
        metrics_tasks(tally.active, tally.completed, tally.archived);
    return code;
}

static void gather_state(const struct http_exchange *exchange)
{
    const struct api_service *service = exchange->service;
    struct store_state state;
    store_state(service->store, &state);
    metric_set(METRIC_QUEUE_LENGTH, state.queue_length);
    metric_set(METRIC_QUEUE_LIMIT, state.queue_limit);
    metric_set(METRIC_DATABASE_BYTES, (int64_t)state.database_bytes);
    metric_set(METRIC_WAL_BYTES, (int64_t)state.wal_bytes);
    metric_set(METRIC_DISK_FREE_BYTES, (int64_t)state.disk_free_bytes);
    metric_set(METRIC_DISK_BYTES, (int64_t)state.disk_bytes);
    metric_set(METRIC_REQUESTS_IN_FLIGHT, http_server_in_flight(exchange->server));
    metric_set(METRIC_WORKERS_BUSY, http_server_busy(exchange->server));
    metric_set(METRIC_WORKERS, service->config->workers);
    metrics_process();
    metrics_proxy(service->config->proxy_status);
}

/* A database that does not answer leaves the last known numbers of tasks: the other figures are
 * needed then more than ever. */
enum http_result api_metrics(struct http_exchange *exchange)
{
    enum metrics_format format = metrics_negotiate(exchange->request.accept);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    gather_state(exchange);
    (void)gather_tasks(exchange);
    exchange->response.content_type = metrics_content_type(format);
    metrics_render(&exchange->response.body, format);
    return HTTP_DONE;
}
