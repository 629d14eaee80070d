/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A running server with a small service: its handlers, its start and its stop.
 */
#include "config.h"

#include "server_fixture.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "peer.h"
#include "streams.h"

struct fixture fixture;

/* Exchanges that another thread completes, and those that wait for the test. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    struct http_exchange *later;
    struct http_exchange *held;
    unsigned held_count;
    unsigned releases;
    bool end;
} queue = {.mutex = PTHREAD_MUTEX_INITIALIZER, .condition = PTHREAD_COND_INITIALIZER};
static pthread_t completer;

static void say(struct http_exchange *exchange, const char *text, size_t size)
{
    exchange->response.content_type = "text/plain";
    buf_append(&exchange->response.body, text, size);
}

static enum http_result hello(struct http_exchange *exchange)
{
    say(exchange, "hello", 5);
    return HTTP_DONE;
}

static enum http_result query(struct http_exchange *exchange)
{
    const char *text = exchange->request.query_string;
    say(exchange, text, strlen(text));
    return HTTP_DONE;
}

static enum http_result echo(struct http_exchange *exchange)
{
    say(exchange, exchange->request.body, exchange->request.body_size);
    return HTTP_DONE;
}

static enum http_result large(struct http_exchange *exchange)
{
    char *place = buf_reserve(&exchange->response.body, FIXTURE_LARGE);
    ck_assert_ptr_nonnull(place);
    memset(place, 'x', FIXTURE_LARGE);
    exchange->response.body.size += FIXTURE_LARGE;
    exchange->response.content_type = "text/plain";
    return HTTP_DONE;
}

static enum http_result put_off(struct http_exchange *exchange, struct http_exchange **list,
                                unsigned *count)
{
    LOCK_SCOPE(&queue.mutex);
    exchange->state = *list;
    *list = exchange;
    if (count != NULL)
        ++*count;
    pthread_cond_broadcast(&queue.condition);
    return HTTP_PENDING;
}

static enum http_result later(struct http_exchange *exchange)
{
    return put_off(exchange, &queue.later, NULL);
}

static enum http_result held(struct http_exchange *exchange)
{
    return put_off(exchange, &queue.held, &queue.held_count);
}

static enum http_result stuck(struct http_exchange *exchange)
{
    LOCK_SCOPE(&queue.mutex);
    unsigned before = queue.releases;
    queue.held_count++;
    pthread_cond_broadcast(&queue.condition);
    while (queue.releases == before)
        pthread_cond_wait(&queue.condition, &queue.mutex);
    say(exchange, "free", 4);
    return HTTP_DONE;
}

static enum http_result at_once(struct http_exchange *exchange)
{
    say(exchange, "at once", 7);
    http_exchange_resume(exchange);
    return HTTP_PENDING;
}

static const char *const ANY_PARAMETER[] = {"n", NULL};

static const struct http_route ROUTES[] = {
    {.method = HTTP_GET, .path = "/hello", .handler = hello},
    {.method = HTTP_GET, .path = "/query", .handler = query, .parameters = {ANY_PARAMETER}},
    {.method = HTTP_POST, .path = "/echo", .handler = echo, .flags = HTTP_BODY_JSON},
    {.method = HTTP_GET, .path = "/large", .handler = large},
    {.method = HTTP_GET, .path = "/later", .handler = later},
    {.method = HTTP_GET, .path = "/at-once", .handler = at_once},
    {.method = HTTP_GET, .path = "/held", .handler = held},
    {.method = HTTP_GET, .path = "/stuck", .handler = stuck},
    {.method = HTTP_GET,
     .path = "/stream",
     .handler = streams_handle,
     .parameters = {streams_parameters}},
};

static void complete_all(struct http_exchange *exchange, const char *text)
{
    while (exchange != NULL) {
        struct http_exchange *next = exchange->state;
        say(exchange, text, strlen(text));
        http_exchange_resume(exchange);
        exchange = next;
    }
}

static void *complete_later(void *unused)
{
    for (;;) {
        struct http_exchange *exchange;
        {
            LOCK_SCOPE(&queue.mutex);
            while (queue.later == NULL && !queue.end)
                pthread_cond_wait(&queue.condition, &queue.mutex);
            exchange = queue.later;
            queue.later = NULL;
        }
        if (exchange == NULL)
            return unused;
        complete_all(exchange, "later");
    }
}

void fixture_wait_held(unsigned count)
{
    LOCK_SCOPE(&queue.mutex);
    while (queue.held_count < count)
        pthread_cond_wait(&queue.condition, &queue.mutex);
}

void fixture_release(void)
{
    struct http_exchange *exchange;
    {
        LOCK_SCOPE(&queue.mutex);
        exchange = queue.held;
        queue.held = NULL;
        queue.held_count = 0;
        queue.releases++;
        pthread_cond_broadcast(&queue.condition);
    }
    complete_all(exchange, "held");
}

static void *worker_start(void *service, struct error *ret_error)
{
    unsigned number = atomic_fetch_add(&fixture.started, 1) + 1;
    if (fixture.fail_from != 0 && number >= fixture.fail_from) {
        atomic_fetch_sub(&fixture.started, 1);
        error_set(ret_error, ERROR_STORAGE, "database", "cannot open it");
        return NULL;
    }
    return service;
}

static void worker_end(void *service, void *worker)
{
    ck_assert_ptr_eq(service, worker);
    atomic_fetch_add(&fixture.ended, 1);
}

static void answered(void *service, const struct http_exchange *exchange, int status, size_t bytes,
                     uint64_t nanoseconds)
{
    ck_assert_ptr_eq(service, &fixture);
    ck_assert_ptr_eq(exchange->worker, &fixture);
    ck_assert_uint_lt(nanoseconds, UINT64_C(600) * 1000000000);
    atomic_store(&fixture.last_status, status);
    atomic_store(&fixture.last_bytes, bytes);
    atomic_store(&fixture.last_route, exchange->route_index);
    atomic_fetch_add(&fixture.answered, 1);
}

void fixture_setup(void)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    ck_assert_int_eq(http_init(&fixture.error), ERROR_NONE);
    snprintf(fixture.path, sizeof fixture.path, "%s/s", peer_folder());
    ck_assert_int_eq(
        http_listener_open(&fixture.listener, fixture.path, 0660, 4096, &fixture.error),
        ERROR_NONE);
    ck_assert_int_eq(pthread_create(&completer, NULL, complete_later, NULL), 0);
}

enum error_code fixture_start(unsigned workers)
{
    const struct http_server_options options = {
        .listener = &fixture.listener,
        .workers = workers,
        .router = {.routes = ROUTES, .count = ARRAY_SIZE(ROUTES), .body_limit = FIXTURE_BODY_LIMIT},
        .service = &fixture,
        .worker_start = worker_start,
        .worker_end = worker_end,
        .answered = answered,
    };
    return http_server_start(&options, &fixture.server, &fixture.error);
}

void fixture_stop(void)
{
    if (fixture.server == NULL)
        return;
    http_server_stop(fixture.server);
    ck_assert(http_server_join(fixture.server, 60000));
    ck_assert_uint_eq(http_server_in_flight(fixture.server), 0);
    ck_assert_uint_eq(http_server_busy(fixture.server), 0);
    http_server_free(fixture.server);
    fixture.server = NULL;
    ck_assert_uint_eq(fixture.started, fixture.ended);
}

void fixture_teardown(void)
{
    fixture_stop();
    {
        LOCK_SCOPE(&queue.mutex);
        queue.end = true;
        pthread_cond_broadcast(&queue.condition);
    }
    pthread_join(completer, NULL);
    http_listener_close(&fixture.listener);
    peer_folder_remove();
}
