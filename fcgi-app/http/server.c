/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The server: starts the workers, stops them and waits for them. What a worker does is in worker.c.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>

#include <jansson.h>

#include "http/server_internal.h"

/* How long libfcgi waits at most for a peer to take notice of a close with unread input. */
#define LINGER_MILLISECONDS "500"

/* FCGX_Init takes over these signals when nobody else has; a SIGTERM would then make every later
 * accept fail. They belong to the program. */
static const int GUARDED_SIGNALS[] = {SIGPIPE, SIGUSR1, SIGTERM};

enum error_code http_init(struct error *ret_error)
{
    struct sigaction actions[ARRAY_SIZE(GUARDED_SIGNALS)];
    for (size_t i = 0; i < ARRAY_SIZE(GUARDED_SIGNALS); i++)
        sigaction(GUARDED_SIGNALS[i], NULL, &actions[i]);
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", LINGER_MILLISECONDS, 0);
    int result = FCGX_Init();
    for (size_t i = 0; i < ARRAY_SIZE(GUARDED_SIGNALS); i++)
        sigaction(GUARDED_SIGNALS[i], &actions[i], NULL);
    if (result != 0)
        return error_set(ret_error, ERROR_SYSTEM, "libfcgi", "cannot initialise libfcgi (%d)",
                         result);
    json_object_seed(0); /* here, as it is not thread-safe */
    return ERROR_NONE;
}

static struct http_server *server_new(const struct http_server_options *options)
{
    struct http_server *server =
        calloc(1, sizeof *server + options->workers * sizeof server->workers[0]);
    if (server == NULL)
        return NULL;
    server->options = *options;
    atomic_init(&server->cors_origins, options->router.cors_origins);
    pthread_mutex_init(&server->mutex, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&server->condition, &attributes);
    pthread_condattr_destroy(&attributes);
    server->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    server->complete_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return server;
}

static enum error_code start_threads(struct http_server *server, struct error *ret_error)
{
    for (unsigned i = 0; i < server->options.workers; i++) {
        struct worker *worker = &server->workers[i];
        enum error_code code = worker_open(worker, server, i + 1, ret_error);
        if (code == ERROR_NONE &&
            (errno = pthread_create(&worker->thread, NULL, worker_main, worker)) != 0)
            code = error_set(ret_error, ERROR_SYSTEM, "workers",
                             "cannot start worker %u of %u: %s; configure fewer workers", i + 1,
                             server->options.workers, strerror(errno));
        if (code != ERROR_NONE) {
            worker_close(worker);
            return code;
        }
        server->worker_count++;
    }
    return ERROR_NONE;
}

/* Waits for the workers' reports, then lets them run or end. */
static enum error_code release_threads(struct http_server *server, enum error_code code,
                                       struct error *ret_error)
{
    LOCK_SCOPE(&server->mutex);
    while (server->started < server->worker_count)
        pthread_cond_wait(&server->condition, &server->mutex);
    if (code == ERROR_NONE && server->start_error.code != ERROR_NONE) {
        code = server->start_error.code;
        if (ret_error != NULL)
            *ret_error = server->start_error;
    }
    atomic_store(&server->alive, server->worker_count);
    server->phase = code == ERROR_NONE ? PHASE_RUNNING : PHASE_FAILED;
    pthread_cond_broadcast(&server->condition);
    return code;
}

static void join_threads(struct http_server *server)
{
    for (unsigned i = 0; i < server->worker_count && !server->joined; i++)
        pthread_join(server->workers[i].thread, NULL);
    server->joined = true;
}

enum error_code http_server_start(const struct http_server_options *options,
                                  struct http_server **ret_server, struct error *ret_error)
{
    struct http_server *server = server_new(options);
    if (server == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "no memory for the server");
    enum error_code code = ERROR_NONE;
    if (server->stop_fd < 0 || server->complete_fd < 0)
        code = error_set(ret_error, ERROR_SYSTEM, "eventfd", "cannot make an eventfd: %s",
                         strerror(errno));
    if (code == ERROR_NONE)
        code = start_threads(server, ret_error);
    code = release_threads(server, code, ret_error);
    if (code != ERROR_NONE) {
        join_threads(server);
        http_server_free(server);
        return code;
    }
    *ret_server = server;
    return ERROR_NONE;
}

void http_server_stop(struct http_server *server)
{
    atomic_store(&server->stopping, true);
    uint64_t one = 1;
    ssize_t written = write(server->stop_fd, &one, sizeof one);
    (void)written; /* fails only when the counter is full: then it is readable anyway */
}

bool http_server_stopping(const struct http_server *server)
{
    return atomic_load_explicit(&server->stopping, memory_order_relaxed);
}

bool http_server_join(struct http_server *server, unsigned milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    {
        LOCK_SCOPE(&server->mutex);
        while (server->ended < server->worker_count)
            if (pthread_cond_timedwait(&server->condition, &server->mutex, &until) != 0)
                break;
        if (server->ended < server->worker_count)
            return false;
    }
    join_threads(server);
    return true;
}

void http_server_free(struct http_server *server)
{
    if (server == NULL)
        return;
    /* The last exchange may have been answered before its resuming thread was quite done. */
    while (atomic_load(&server->resuming) != 0)
        sched_yield();
    for (unsigned i = 0; i < server->worker_count; i++)
        worker_close(&server->workers[i]);
    if (server->stop_fd >= 0)
        close(server->stop_fd);
    if (server->complete_fd >= 0)
        close(server->complete_fd);
    pthread_cond_destroy(&server->condition);
    pthread_mutex_destroy(&server->mutex);
    free(server);
}

unsigned http_server_in_flight(const struct http_server *server)
{
    return atomic_load_explicit(&server->in_flight, memory_order_relaxed);
}

unsigned http_server_busy(const struct http_server *server)
{
    return atomic_load_explicit(&server->busy, memory_order_relaxed);
}

void http_server_set_cors(struct http_server *server, const char *const *origins)
{
    atomic_store_explicit(&server->cors_origins, origins, memory_order_release);
}
