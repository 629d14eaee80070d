/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The reserve: workers that do not wait for requests, but step in when those that do are held up.
 *
 * Most requests take microseconds. More threads that wait for them than processors only means that
 * more of them sleep and are woken, which is no gain: measured under load by other programs, it
 * cost; on an idle machine the number made little difference. So half of the
 * workers wait at the listener, the regular ones: as many as processors, by default. Yet each of
 * them may be held up: by a read of the disk, a search through every text, a peer that sends half a
 * request. While all regular workers are occupied, one reserve worker watches: it looks every
 * TICK_MILLISECONDS. When somebody waits and nobody was served since the last look, it gives the
 * watch to another and takes requests itself until a regular worker is free.
 */
#include "config.h"

#include <poll.h>
#include <sys/epoll.h>

#include "http/server_internal.h"

#define TICK_MILLISECONDS 2
#define CALM_TICKS        50 /* so many looks at free workers end the watch */

static void wake_reserve(struct http_server *server)
{
    uint64_t one = 1;
    ssize_t written = write(server->reserve_fd, &one, sizeof one);
    (void)written; /* fails only when the counter is full: then it is readable anyway */
}

void reserve_call(struct http_server *server)
{
    if (server->worker_count > server->regulars && !atomic_exchange(&server->watched, true))
        wake_reserve(server);
}

static bool all_occupied(struct http_server *server)
{
    return atomic_load(&server->occupied) >= server->regulars;
}

static bool somebody_waits(struct http_server *server)
{
    struct pollfd listener = {.fd = server->options.listener->fd, .events = POLLIN};
    return atomic_load(&server->completed) != NULL || poll(&listener, 1, 0) > 0;
}

/* Waits for the call, or a tick. False at the stop. */
static bool wait_in_reserve(struct worker *worker, int milliseconds)
{
    struct epoll_event event;
    epoll_wait(worker->epoll_fd, &event, 1, milliseconds);
    return !atomic_load(&worker->server->stopping);
}

/* Looks until there is calm (false) or the regular workers are held up (true). */
static bool watch(struct worker *worker)
{
    struct http_server *server = worker->server;
    unsigned served = atomic_load(&server->served);
    unsigned calm = 0;
    while (calm < CALM_TICKS) {
        if (!wait_in_reserve(worker, TICK_MILLISECONDS))
            return false;
        unsigned before = served;
        served = atomic_load(&server->served);
        if (!all_occupied(server))
            calm++;
        else if (served != before || !somebody_waits(server))
            calm = 0;
        else
            return true;
    }
    return false;
}

static void step_in(struct worker *worker)
{
    struct http_server *server = worker->server;
    wake_reserve(server); /* another one watches on */
    while (!atomic_load(&server->stopping) && all_occupied(server) && worker_take_turn(worker))
        ;
}

void reserve_serve(struct worker *worker)
{
    struct http_server *server = worker->server;
    while (wait_in_reserve(worker, -1)) {
        while (watch(worker))
            step_in(worker);
        atomic_store(&server->watched, false);
        if (all_occupied(server)) /* since the last look: nobody else would call */
            reserve_call(server);
    }
}
