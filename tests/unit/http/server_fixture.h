/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A running server with a small service: its handlers, its start and its stop.
 */
#ifndef TESTS_UNIT_HTTP_SERVER_FIXTURE_H
#define TESTS_UNIT_HTTP_SERVER_FIXTURE_H

#include <stdatomic.h>

#include "http/server.h"

#define FIXTURE_BODY_LIMIT ((size_t)1024 * 1024)

/* The service's routes:
 *   GET /hello      "hello"
 *   GET /query      the query string
 *   POST /echo      the body
 *   GET /large      FIXTURE_LARGE bytes
 *   GET /later      "later", completed by another thread
 *   GET /at-once    "at once", pending, but resumed before the handler returns
 *   GET /held       "held", completed by fixture_release()
 *   GET /stuck      "free", after fixture_release(): until then it holds its worker
 *   GET /stream     see streams.h */
#define FIXTURE_LARGE 300000

struct fixture {
    struct http_listener listener;
    struct http_server *server;
    char path[128];
    struct error error;
    atomic_uint started;    /* worker_start calls that succeeded */
    atomic_uint ended;      /* worker_end calls */
    unsigned fail_from;     /* worker_start fails from this call on; 0: never */
    atomic_uint answered;   /* calls of the answered hook */
    atomic_int last_status; /* of the last call */
    atomic_size_t last_bytes;
    atomic_size_t last_route;
};
extern struct fixture fixture;

void fixture_setup(void);    /* the folder, FCGX_Init */
void fixture_teardown(void); /* stops what runs */

enum error_code fixture_start(unsigned workers);
void fixture_stop(void); /* stop, join, free: fails the test when workers do not end */

/* Waits until count exchanges are held or stuck; then completes all that are. */
void fixture_wait_held(unsigned count);
void fixture_release(void);

#endif
