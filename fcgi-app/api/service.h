/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The service: what the handlers share, and the wiring of the HTTP layer to the store.
 */
#ifndef API_SERVICE_H
#define API_SERVICE_H

#include <stdatomic.h>

#include "base/date.h"

#include "config/config.h"
#include "http/server.h"
#include "observe/exporter.h"
#include "store/store.h"

#define API_PREFIX "/api/v1"

/* Caller-owned; lives from before http_server_start until after http_server_join. */
struct api_service {
    const struct config *config;
    struct store *store;
    struct exporter *exporter;  /* of traces; NULL: they are not exported */
    struct http_server *server; /* set when the server has started */
    atomic_bool stopping;       /* the stop has begun: /ready answers 503 */
    atomic_bool ready;          /* the start is over */
    /* Called when a sync has failed, from any thread: the process must end. */
    void (*sync_failed)(void *context);
    void *sync_failed_context;
};

/* Callbacks for http_server_options. */
void *api_worker_start(void *service, struct error *ret_error);
void api_worker_end(void *service, void *worker);
void api_answered(void *service, const struct http_exchange *exchange, int status, size_t bytes,
                  uint64_t nanoseconds);

/* The observer that turns what the store tells into metrics and log lines. */
struct store_observer api_store_observer(struct api_service *service);

/* A snapshot on the worker's reader. NULL: the problem has been answered. */
struct store_view *api_read_begin(struct http_exchange *exchange);
void api_read_end(struct http_exchange *exchange);

/* Today, as the query's `today` says, else the server's date. A bad value adds a fault. */
date_t api_today(struct http_exchange *exchange);

#endif
