/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the files of the server share: its state, its connections and its workers. Private to http/.
 */
#ifndef HTTP_SERVER_INTERNAL_H
#define HTTP_SERVER_INTERNAL_H

#include <fcgiapp.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/server.h"

/* --- A connection (connection.c): the exchange with its FastCGI side. One request each. */

struct connection {
    struct http_exchange exchange;
    FCGX_Request fcgi;
    struct buf body; /* of the request */
    struct buf head; /* of the answer */
    bool gone;       /* the peer takes no more of the answer */
};

struct connection *connection_new(struct http_server *server);
void connection_free(struct connection *connection);

/* Accepts a connection and reads the parameters of its request: 0, CONNECTION_WITHOUT_REQUEST, or
 * the negative errno of accept. Blocks, for some seconds at most, while the peer has connected but
 * not sent them. */
#define CONNECTION_WITHOUT_REQUEST 1 /* the peer went, stalled or does not speak FastCGI */
int connection_accept(struct connection *connection);

/* Reads the body. False: the peer sent less than it said, or there is no memory; the answer is
 * made. */
bool connection_read_body(struct connection *connection);

/* Sends the answer, tells the server's user, closes, and makes the connection ready for the next
 * request. */
void connection_send(struct connection *connection);

/* Sends bytes of a body that is made part by part. False: the peer is gone. */
bool connection_put(struct connection *connection, const struct buf *data);

/* Makes the first part of a streamed body, if the answer has one, and thereby knows the answer: the
 * body is whole; or it goes on (then response.open_ended is set and, but for HEAD, response.stream
 * stays set); or the answer is a problem. */
void stream_begin(struct connection *connection);

/* Makes and sends the rest of the body, after its first part; ends the stream. The bytes sent;
 * *ret_whole: not cut short by a failure here. */
size_t stream_rest(struct connection *connection, bool *ret_whole);

/* --- Workers (worker.c) */

enum server_phase { PHASE_STARTING, PHASE_RUNNING, PHASE_FAILED };

struct worker {
    struct http_server *server;
    pthread_t thread;
    unsigned number;
    int epoll_fd;
    void *context;              /* what worker_start returned */
    struct http_exchange *idle; /* connections kept for reuse */
    unsigned idle_count;
};

struct http_server {
    struct http_server_options options;
    _Atomic(const char *const *) cors_origins;
    int stop_fd;     /* becomes readable at the stop, and stays so */
    int complete_fd; /* an edge for each time that the list below became non-empty */
    _Atomic(struct http_exchange *) completed; /* resumed ones, latest first */
    atomic_uint resuming;  /* threads in http_exchange_resume: the server must outlive them */
    atomic_bool passed_on; /* a connection that waits at the listener, to the next one awake */
    atomic_bool stopping;
    atomic_uint in_flight;
    atomic_uint busy;
    atomic_uint streams; /* long bodies that are being sent */
    atomic_uint alive;   /* workers that have not left */
    pthread_mutex_t mutex;
    pthread_cond_t condition; /* a worker started or ended, or the phase changed */
    enum server_phase phase;
    unsigned started;
    unsigned ended;
    struct error start_error;
    bool joined;
    unsigned worker_count;
    struct worker workers[];
};

/* Makes and frees what the worker polls. ERROR_SYSTEM without descriptors. */
enum error_code worker_open(struct worker *worker, struct http_server *server, unsigned number,
                            struct error *ret_error);
void worker_close(struct worker *worker);

/* The thread. */
void *worker_main(void *worker);

/* --- Exchanges without a server (exchange_test.c) */

void http_exchange_test_resume(struct http_exchange *exchange);

#endif
