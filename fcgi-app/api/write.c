/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The way of a write, see write.h. The run and done functions execute in the store's writer thread.
 */
#include "api/write.h"

#include <stdio.h>
#include <string.h>

#include "api/answers.h"
#include "api/idempotency.h"
#include "api/tracing.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/problem.h"
#include "observe/metrics.h"

/* What If-Match is compared with. */
struct present_version {
    int64_t version;
};

/* The version is the part of a tag that names the state; the date part after it is no change. */
static bool tag_accepts(void *context, const char *tag, size_t size)
{
    const struct present_version *present = context;
    char text[TASK_TAG_SIZE];
    int length = snprintf(text, sizeof(text), "%lld", (long long)present->version);
    return length > 0 && size >= (size_t)length && memcmp(tag, text, (size_t)length) == 0 &&
           (size == (size_t)length || tag[length] == '-');
}

static bool accepts_version(void *context, int64_t version)
{
    const struct http_exchange *exchange = context;
    struct present_version present = {version};
    return http_if_match(&exchange->request, tag_accepts, &present);
}

/* Runs the operation and renders its answer. With a key, in a savepoint of its own: a refusal
 * undoes the work, while the record of the answer is kept. */
static enum error_code run_operation(struct api_write *write, struct operation *operation,
                                     bool *ret_keep)
{
    bool nested = write->key != NULL && !write->exchange->dry_run && !write->job.alone;
    enum error_code code = nested ? store_savepoint_begin(operation->tx) : ERROR_NONE;
    if (code == ERROR_NONE)
        code = write->run(write, operation);
    if (code != ERROR_NONE)
        return code;
    bool refused = operation->refusal.kind != REFUSAL_NONE;
    if (refused)
        answer_refusal(write->exchange, &operation->refusal);
    *ret_keep = !refused && !write->exchange->dry_run;
    if (!nested)
        return *ret_keep && write->key != NULL ? idempotency_keep(write, operation) : ERROR_NONE;
    code = refused ? store_savepoint_undo(operation->tx) : store_savepoint_keep(operation->tx);
    if (code == ERROR_NONE)
        code = idempotency_keep(write, operation);
    *ret_keep = true;
    return code;
}

static const char *actor_of(const struct http_exchange *exchange)
{
    return exchange->caller.actor[0] != '\0' ? exchange->caller.actor : NULL;
}

static bool run_write(struct store_tx *tx, void *arg)
{
    struct api_write *write = arg;
    struct http_exchange *exchange = write->exchange;
    struct operation operation = {.tx = tx,
                                  .arena = &exchange->arena,
                                  .now = clock_now(),
                                  .today = write->today,
                                  .request_id = exchange->request.request_id,
                                  .actor = actor_of(exchange)};
    bool keep = false;
    bool answered = false;
    enum error_code code = ERROR_NONE;
    if (exchange->route->flags & HTTP_IF_MATCH) {
        operation.accepts = accepts_version;
        operation.accepts_context = exchange;
    }
    if (write->key != NULL)
        code = idempotency_replay(write, &operation, &answered);
    if (code == ERROR_NONE && !answered)
        code = run_operation(write, &operation, &keep);
    if (code != ERROR_NONE) { /* which may be none of the store's */
        problem_answer_error(exchange, code);
        return false;
    }
    if (exchange->dry_run && exchange->response.status < 300)
        exchange->response.status = 200;
    return keep;
}

static void write_done(struct store_job *job, enum error_code outcome)
{
    struct api_write *write = job->arg;
    struct http_exchange *exchange = write->exchange;
    if (write->key != NULL)
        idempotency_leave(write);
    json_decref(write->body);
    if (outcome != ERROR_NONE)
        problem_answer_error(exchange, outcome);
    http_exchange_resume(exchange);
}

struct api_write *api_write_new(struct http_exchange *exchange, api_write_fn run, json_t *body,
                                date_t today)
{
    struct api_write *write = arena_calloc(&exchange->arena, 1, sizeof(*write));
    if (write == NULL) {
        json_decref(body);
        problem_answer_error(exchange, ERROR_MEMORY);
        return NULL;
    }
    write->job = (struct store_job){.run = run_write, .done = write_done, .arg = write};
    write->job.times = tracing_write(exchange);
    write->exchange = exchange;
    write->run = run;
    write->body = body;
    write->today = today;
    if (exchange->route->flags & HTTP_IDEMPOTENT_KEY)
        write->key = exchange->request.idempotency_key;
    if (write->key != NULL)
        idempotency_fingerprint(exchange, write->fingerprint);
    return write;
}

enum http_result api_write_submit(struct api_write *write)
{
    struct http_exchange *exchange = write->exchange;
    struct api_service *service = exchange->service;
    json_t *body = write->body;
    if (write->key != NULL && !idempotency_enter(write)) {
        json_decref(body);
        return HTTP_DONE;
    }
    enum error_code code = store_submit(service->store, &write->job);
    if (code == ERROR_NONE)
        return HTTP_PENDING;
    if (code == ERROR_QUEUE_FULL)
        metric_add(METRIC_QUEUE_REFUSED, 1);
    if (write->key != NULL)
        idempotency_leave(write);
    json_decref(body);
    problem_answer_error(exchange, code);
    return HTTP_DONE;
}

/* The answer was complete before: the work is to store it. */
static enum error_code keep_answer(struct api_write *write, struct operation *operation)
{
    (void)write;
    (void)operation;
    return ERROR_NONE;
}

/* Whether the fault is the key itself: then there is nothing to store under. */
static bool key_is_faulty(const struct http_exchange *exchange)
{
    for (const struct fault *fault = exchange->faults.first; fault != NULL; fault = fault->next) {
        if (fault->kind == FAULT_HEADER)
            return true;
    }
    return false;
}

enum http_result api_write_refused(struct http_exchange *exchange, json_t *body)
{
    bool keyed = (exchange->route->flags & HTTP_IDEMPOTENT_KEY) != 0 &&
                 exchange->request.idempotency_key != NULL && !key_is_faulty(exchange) &&
                 exchange->response.status < 500;
    if (!keyed || exchange->dry_run) {
        json_decref(body);
        return HTTP_DONE;
    }
    struct api_write *write = api_write_new(exchange, keep_answer, body, 0);
    return write == NULL ? HTTP_DONE : api_write_submit(write);
}
