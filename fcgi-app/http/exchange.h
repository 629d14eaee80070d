/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The exchange: one request, its answer, and what a handler needs between. And the contract of a
 * handler.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "access/api_keys.h"
#include "access/rate_limit.h"
#include "base/arena.h"
#include "base/faults.h"
#include "base/text.h"
#include "http/request.h"
#include "http/response.h"

#define HTTP_PATH_VARIABLES 2

struct http_route;
struct http_server;

/* What the gate found out about who calls. */
struct http_caller {
    char actor[API_KEY_NAME_MAX + 1]; /* the name of the API key; empty: none */
    struct rate_state rate;
};

struct http_exchange {
    struct http_request request;
    struct http_response response;
    struct arena arena;             /* for everything that lives as long as the request */
    struct faults faults;           /* of the query so far; a handler adds those of the body */
    const struct http_route *route; /* NULL: unmatched */
    struct http_caller caller;
    size_t route_index; /* into the routes' table; the table's length: unmatched */
    int64_t path_ids[HTTP_PATH_VARIABLES];       /* {id}, {seq}: in range, in their order */
    struct text path_texts[HTTP_PATH_VARIABLES]; /* {name}: decoded, valid UTF-8, in their order */
    bool dry_run;                                /* of routes with HTTP_DRY_RUN */
    void *service;                               /* the server's, see http_server_options */
    void *worker;                                /* of the worker thread that runs the handler */
    void *spans;                                 /* what the service measures for the trace */
    void *state;                                 /* the handler's, between pending and resumed */
    struct http_exchange *next;                  /* the server's: free list, completion list */
    struct http_server *server;
    void *connection;    /* the server's: FCGX_Request; NULL in tests */
    uint64_t started_at; /* monotonic nanoseconds */
};

enum http_result {
    HTTP_DONE,    /* the answer is complete */
    HTTP_PENDING, /* another thread will complete it and call http_exchange_resume */
};

/* Answers a request. Runs in a worker thread; the response is an empty 200 when it is called. A
 * handler that returns HTTP_PENDING has handed the exchange over and must not touch it again. */
typedef enum http_result (*http_handler)(struct http_exchange *exchange);

/* Gives a pending exchange, whose answer is complete, back to the workers: one of them sends it.
 * May be called from any thread, also before the handler has returned. The caller must not touch
 * the exchange again. */
void http_exchange_resume(struct http_exchange *exchange);

/* Makes *exchange ready for its first request, and for the next one; frees what it holds. The
 * server does this for its exchanges. */
void http_exchange_init(struct http_exchange *exchange);
void http_exchange_reset(struct http_exchange *exchange);
void http_exchange_close(struct http_exchange *exchange);

/* For unit tests: an exchange without server and connection. params: NAME=value strings as FastCGI
 * gives them, NULL-terminated; body may be NULL. http_exchange_test_free releases it. */
struct http_exchange *http_exchange_test_new(const char *const params[], const char *body,
                                             size_t body_size);
void http_exchange_test_free(struct http_exchange *exchange);

/* Waits until http_exchange_resume was called for it (at once if it was already): what a test does
 * when the handler returned HTTP_PENDING. */
void http_exchange_test_wait(struct http_exchange *exchange);

#endif
