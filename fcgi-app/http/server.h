/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The server: the listening socket, the pool of worker threads, and the stop.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "base/error.h"
#include "http/router.h"

/* --- Listening (listener.c) --------------------------------------------------------------------
 */

/* A listening socket. */
struct http_listener {
    int fd;      /* non-blocking, close-on-exec */
    int lock_fd; /* of <path>.lock, held while listening; -1 if inherited */
    char *path;  /* to be removed at the end; NULL if inherited */
};

/* Takes the socket inherited from LISTEN_FDS (LISTEN_PID must be this process) or from descriptor 0
 * (when that is a listening socket), else creates path: a socket with mode and backlog. A live
 * instance on path (its lock is held, or a connect succeeds) is an error and is not harmed; a stale
 * socket is replaced; anything else at path is an error. Each message says what to do. */
enum error_code http_listener_open(struct http_listener *listener, const char *path, unsigned mode,
                                   unsigned backlog, struct error *ret_error);

/* Closes; removes what it created. Safe on a zeroed-with-fd-minus-1 listener. */
void http_listener_close(struct http_listener *listener);

/* --- Serving (server.c, worker.c) --------------------------------------------------------------
 */

struct http_server_options {
    struct http_listener *listener;
    unsigned workers;
    struct http_router router;
    bool trace_response; /* answers carry a traceresponse header (W3C Trace Context, Level 2) */
    void *service;       /* exchange->service */
    /* Called in each worker thread at its start and end; the result is exchange->worker there. NULL
     * is an error and fails http_server_start. */
    void *(*worker_start)(void *service, struct error *ret_error);
    void (*worker_end)(void *service, void *worker);
    /* Called when an exchange is answered, in the worker that sends it: log and metrics. Just
     * before the last of the answer goes out, so that what a client has seen is in both. May be
     * NULL. */
    void (*answered)(void *service, const struct http_exchange *exchange, int status, size_t bytes,
                     uint64_t nanoseconds);
};

/* FCGX_Init and its environment; once, before http_server_start, with signals blocked. */
enum error_code http_init(struct error *ret_error);

/* Starts the workers. All signals must be blocked. Returns when each has called worker_start. */
enum error_code http_server_start(const struct http_server_options *options,
                                  struct http_server **ret_server, struct error *ret_error);

/* Tells the workers to stop: they answer what was accepted, what waits in the backlog, and what is
 * pending, then end. Returns at once; thread-safe. */
void http_server_stop(struct http_server *server);

/* Whether http_server_stop was called: /ready answers 503 then. Thread-safe. */
bool http_server_stopping(const struct http_server *server);

/* Waits until all workers have ended, at most milliseconds. Whether they have. */
bool http_server_join(struct http_server *server, unsigned milliseconds);

/* Frees; only after a successful join. Takes NULL. */
void http_server_free(struct http_server *server);

/* Exchanges handed to handlers and not answered yet, and workers running one. */
unsigned http_server_in_flight(const struct http_server *server);
unsigned http_server_busy(const struct http_server *server);

/* Replaces the router's CORS origins (SIGHUP). Thread-safe; the list must stay valid until the
 * server is freed. */
void http_server_set_cors(struct http_server *server, const char *const *origins);

/* --- The healthcheck's side (client.c) ---------------------------------------------------------
 */

/* Sends GET target to the program at the Unix socket as a FastCGI client and gives the status and
 * the body. ERROR_SYSTEM (with what failed) when it does not answer within the time. */
enum error_code http_client_get(const char *socket_path, const char *target, unsigned milliseconds,
                                int *ret_status, struct buf *ret_body, struct error *ret_error);

#endif
