/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A worker thread: takes requests from the listener and resumed exchanges from the completion list,
 * and sleeps when there are neither.
 *
 * Each worker has its own epoll with the listener and the completion eventfd, both exclusive, so
 * that one event wakes one worker. It asks epoll before every accept: an accept that finds nobody
 * costs the kernel a socket made and thrown away, twenty times an epoll_wait that does not sleep.
 * The reading of a request blocks: a peer that connects and sends nothing, or half of it, holds a
 * worker, one of several, until the limits in connection.c end that.
 *
 * The stop: a worker that sees it refuses new connections (own listeners only: an inherited one may
 * have another life), answers what waits in the backlog, and leaves; the last one stays for the
 * exchanges that are pending.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "http/gate.h"
#include "http/server_internal.h"

#define IDLE_CONNECTIONS_MAX  8  /* kept by a worker between requests */
#define BACK_OFF_MILLISECONDS 20 /* when the system has no descriptor or memory for us */

enum source { SOURCE_LISTENER, SOURCE_COMPLETED, SOURCE_STOP, SOURCE_COUNT };

enum accepted {
    ACCEPTED,
    ACCEPT_EMPTY,     /* nobody waits */
    ACCEPT_EXHAUSTED, /* it will not work now; try later */
};

static bool watch(struct worker *worker, int fd, uint32_t events, enum source source)
{
    struct epoll_event event = {.events = events, .data.u32 = source};
    return epoll_ctl(worker->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* An edge of the eventfd wakes one worker, and none has to read it. */
static bool watch_work(struct worker *worker)
{
    const struct http_server *server = worker->server;
    return watch(worker, server->stop_fd, EPOLLIN, SOURCE_STOP) &&
           watch(worker, server->options.listener->fd, EPOLLIN | EPOLLEXCLUSIVE, SOURCE_LISTENER) &&
           watch(worker, server->complete_fd, EPOLLIN | EPOLLET | EPOLLEXCLUSIVE, SOURCE_COMPLETED);
}

enum error_code worker_open(struct worker *worker, struct http_server *server, unsigned number,
                            struct error *ret_error)
{
    *worker = (struct worker){.server = server, .number = number};
    worker->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (worker->epoll_fd >= 0 && watch_work(worker))
        return ERROR_NONE;
    return error_set(ret_error, ERROR_SYSTEM, "epoll", "cannot poll the listening socket: %s",
                     strerror(errno));
}

void worker_close(struct worker *worker)
{
    while (worker->idle != NULL) {
        struct http_exchange *exchange = worker->idle;
        worker->idle = exchange->next;
        connection_free((struct connection *)exchange);
    }
    if (worker->epoll_fd >= 0)
        close(worker->epoll_fd);
    worker->epoll_fd = -1;
}

static struct connection *take_connection(struct worker *worker)
{
    struct http_exchange *exchange = worker->idle;
    if (exchange == NULL)
        return connection_new(worker->server);
    worker->idle = exchange->next;
    worker->idle_count--;
    return (struct connection *)exchange;
}

static void keep_connection(struct worker *worker, struct connection *connection)
{
    if (worker->idle_count == IDLE_CONNECTIONS_MAX) {
        connection_free(connection);
        return;
    }
    connection->exchange.next = worker->idle;
    worker->idle = &connection->exchange;
    worker->idle_count++;
}

static struct http_router current_router(const struct http_server *server)
{
    struct http_router router = server->options.router;
    router.cors_origins = atomic_load_explicit(&server->cors_origins, memory_order_acquire);
    return router;
}

static void tell_trace(struct http_exchange *exchange)
{
    char value[TRACE_PARENT_SIZE];
    trace_format(&exchange->request.trace, value);
    http_response_header(&exchange->response, "traceresponse", value);
}

static void answer(struct worker *worker, struct connection *connection)
{
    struct http_server *server = worker->server;
    struct http_router router = current_router(server);
    connection->exchange.worker = worker->context;
    stream_begin(connection);
    http_cors(&router, &connection->exchange);
    http_gate_headers(&connection->exchange);
    if (server->options.trace_response)
        tell_trace(&connection->exchange);
    connection_send(connection);
    atomic_fetch_sub(&server->in_flight, 1);
    keep_connection(worker, connection);
}

static bool wants_body(const struct http_exchange *exchange)
{
    return exchange->request.body_size > 0 &&
           (exchange->route->flags & (HTTP_BODY_JSON | HTTP_BODY_MERGE)) != 0;
}

static enum http_result run_handler(const struct http_router *router, struct connection *connection)
{
    struct http_exchange *exchange = &connection->exchange;
    if (!http_route_request(router, exchange))
        return HTTP_DONE;
    if (wants_body(exchange) && !connection_read_body(connection))
        return HTTP_DONE;
    return exchange->route->handler(exchange);
}

static void handle(struct worker *worker, struct connection *connection)
{
    struct http_server *server = worker->server;
    struct http_router router = current_router(server);
    connection->exchange.worker = worker->context;
    atomic_fetch_add(&server->in_flight, 1);
    atomic_fetch_add_explicit(&server->busy, 1, memory_order_relaxed);
    if (run_handler(&router, connection) == HTTP_DONE)
        answer(worker, connection);
    atomic_fetch_sub_explicit(&server->busy, 1, memory_order_relaxed);
}

static enum accepted accept_one(struct worker *worker)
{
    struct connection *connection = take_connection(worker);
    if (connection == NULL)
        return ACCEPT_EXHAUSTED;
    int result = connection_accept(connection);
    if (result == 0) {
        handle(worker, connection);
        return ACCEPTED;
    }
    keep_connection(worker, connection);
    if (result == CONNECTION_WITHOUT_REQUEST)
        return ACCEPTED;
    if (result == -EAGAIN || result == -EWOULDBLOCK)
        return ACCEPT_EMPTY;
    /* What some kernels say of a listener that was shut down. */
    bool shut_down = result == -EINVAL && atomic_load(&worker->server->stopping);
    return shut_down ? ACCEPT_EMPTY : ACCEPT_EXHAUSTED;
}

/* The whole list at once, oldest first. */
static struct http_exchange *take_completed(struct http_server *server)
{
    struct http_exchange *latest = atomic_exchange(&server->completed, NULL);
    struct http_exchange *oldest = NULL;
    while (latest != NULL) {
        struct http_exchange *next = latest->next;
        latest->next = oldest;
        oldest = latest;
        latest = next;
    }
    return oldest;
}

static void answer_completed(struct worker *worker)
{
    struct http_server *server = worker->server;
    if (atomic_load(&server->completed) == NULL)
        return;
    struct http_exchange *exchange = take_completed(server);
    while (exchange != NULL) {
        struct http_exchange *next = exchange->next;
        answer(worker, (struct connection *)exchange);
        exchange = next;
    }
}

static void wake_one(struct http_server *server)
{
    uint64_t one = 1;
    ssize_t written = write(server->complete_fd, &one, sizeof one);
    (void)written; /* fails only when the counter is full: then it is readable anyway */
}

void http_exchange_resume(struct http_exchange *exchange)
{
    struct http_server *server = exchange->server;
    if (server == NULL) {
        http_exchange_test_resume(exchange);
        return;
    }
    atomic_fetch_add(&server->resuming, 1);
    struct http_exchange *head = atomic_load(&server->completed);
    do
        exchange->next = head;
    while (!atomic_compare_exchange_weak(&server->completed, &head, exchange));
    /* Who made it non-empty has woken somebody, who takes them all. */
    if (head == NULL)
        wake_one(server);
    atomic_fetch_sub(&server->resuming, 1);
}

/* The listener wakes one worker. If that one lacks what a connection needs, one that keeps a
 * connection may still have it, and sleeps: so it wakes the next one before it waits itself. */
static void pass_on(struct http_server *server)
{
    atomic_store(&server->passed_on, true);
    wake_one(server);
}

static void back_off(const struct worker *worker)
{
    bool stopping = atomic_load(&worker->server->stopping);
    struct pollfd stop = {.fd = stopping ? -1 : worker->server->stop_fd, .events = POLLIN};
    poll(&stop, 1, BACK_OFF_MILLISECONDS);
}

/* Sleeps until there is work. Whether somebody waits at the listener. */
static bool wait_for_work(const struct worker *worker)
{
    struct epoll_event events[SOURCE_COUNT];
    int count = epoll_wait(worker->epoll_fd, events, SOURCE_COUNT, -1);
    for (int i = 0; i < count; i++)
        if (events[i].data.u32 == SOURCE_LISTENER)
            return true;
    return false;
}

static void serve(struct worker *worker)
{
    struct http_server *server = worker->server;
    while (!atomic_load(&server->stopping)) {
        bool listen = wait_for_work(worker);
        answer_completed(worker);
        if (atomic_load_explicit(&server->passed_on, memory_order_relaxed))
            listen = atomic_exchange(&server->passed_on, false) || listen;
        if (listen && accept_one(worker) == ACCEPT_EXHAUSTED) {
            pass_on(server);
            back_off(worker);
        }
    }
}

static void answer_backlog(struct worker *worker)
{
    for (;;) {
        answer_completed(worker);
        enum accepted accepted = accept_one(worker);
        if (accepted == ACCEPT_EMPTY)
            return;
        if (accepted == ACCEPT_EXHAUSTED)
            back_off(worker);
    }
}

/* All workers but one may leave when the backlog is empty; the last one when nothing is pending. */
static bool may_leave(struct http_server *server)
{
    unsigned alive = atomic_load(&server->alive);
    while (alive > 1)
        if (atomic_compare_exchange_weak(&server->alive, &alive, alive - 1))
            return true;
    return atomic_load(&server->in_flight) == 0;
}

static void drain(struct worker *worker)
{
    struct http_server *server = worker->server;
    const struct http_listener *listener = server->options.listener;
    if (listener->path != NULL)
        shutdown(listener->fd, SHUT_RD);
    epoll_ctl(worker->epoll_fd, EPOLL_CTL_DEL, listener->fd, NULL);
    epoll_ctl(worker->epoll_fd, EPOLL_CTL_DEL, server->stop_fd, NULL);
    answer_backlog(worker);
    while (!may_leave(server)) {
        wait_for_work(worker);
        answer_completed(worker);
    }
}

/* Tells whether it started, and waits until all have: false when the server will not run. */
static bool report_start(struct worker *worker, const struct error *error)
{
    struct http_server *server = worker->server;
    LOCK_SCOPE(&server->mutex);
    server->started++;
    if (worker->context == NULL)
        server->start_error = *error;
    pthread_cond_broadcast(&server->condition);
    while (server->phase == PHASE_STARTING)
        pthread_cond_wait(&server->condition, &server->mutex);
    return server->phase == PHASE_RUNNING;
}

static void report_end(struct http_server *server)
{
    LOCK_SCOPE(&server->mutex);
    server->ended++;
    pthread_cond_broadcast(&server->condition);
}

void *worker_main(void *argument)
{
    struct worker *worker = argument;
    struct http_server *server = worker->server;
    const struct http_server_options *options = &server->options;
    struct error error = {.code = ERROR_SYSTEM, .message = "a worker could not start"};
    char name[16];
    snprintf(name, sizeof name, "worker-%u", worker->number);
    pthread_setname_np(pthread_self(), name);
    worker->context = options->worker_start(options->service, &error);
    if (report_start(worker, &error)) {
        serve(worker);
        drain(worker);
    }
    if (worker->context != NULL)
        options->worker_end(options->service, worker->context);
    report_end(server);
    return NULL;
}
