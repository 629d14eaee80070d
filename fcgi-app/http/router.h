/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The router: finds the row of the route table for a request and makes the checks that every
 * endpoint has in common, so that a handler sees only what its row allows.
 */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "http/exchange.h"
#include "http/problem.h"

enum http_route_flag {
    HTTP_BODY_JSON = 1 << 0,      /* takes a body of application/json */
    HTTP_BODY_MERGE = 1 << 1,     /* also application/merge-patch+json */
    HTTP_BODY_OPTIONAL = 1 << 2,  /* the body may be absent (then without Content-Type) */
    HTTP_DRY_RUN = 1 << 3,        /* takes dry_run=true|false */
    HTTP_IF_MATCH = 1 << 4,       /* honours If-Match */
    HTTP_IDEMPOTENT_KEY = 1 << 5, /* honours Idempotency-Key (every POST) */
    HTTP_BODY_LARGE = 1 << 6,     /* its body is limited by large_body_limit */
    HTTP_OPEN = 1 << 7,           /* needs no API key and counts for no limit */
    HTTP_OPEN_BY_OPTION = 1 << 8, /* needs the scope read if the gate is told so; no limit */
    HTTP_SCOPE_READ = 1 << 9,     /* changes nothing, though its method is not GET */
    HTTP_SCOPE_ADMIN = 1 << 10,   /* needs the scope admin; else GET needs read, the rest write */
};

#define HTTP_STATUSES_MAX 16

/* One row. Adding an endpoint is adding a row, a handler and its tests. */
struct http_route {
    enum http_method method;
    const char *path;         /* template; {id} and {seq} are ids, {name} is a text segment */
    const char *operation_id; /* as in the OpenAPI document */
    http_handler handler;
    unsigned flags;
    const char *const *parameters[3]; /* up to three NULL-terminated lists of query parameters */
    int statuses[HTTP_STATUSES_MAX];  /* that it may answer beside those of its flags; ascending, 0
                                         ends */
};

struct http_gate;

struct http_router {
    struct http_gate *gate; /* NULL: open to everybody */
    const struct http_route *routes;
    size_t count;
    const char *const *cors_origins; /* NULL-terminated, "*" for any; NULL: CORS is off */
    uint64_t body_limit;
    uint64_t large_body_limit; /* of routes with HTTP_BODY_LARGE */
};

/* Decides a request whose method, path, query and headers have been parsed. Sets route, path
 * variables and dry_run; then, in this order, answers itself what needs no handler:
 *   what the gate refuses (see gate.h): 401, 403, 429;
 *   unknown path, or {id} that is not an id: 404; OPTIONS: 204 with Allow (CORS preflight when
 *   configured; Accept-Patch where PATCH is allowed); other method: 405 with Allow; HEAD is GET;
 *   wrong or missing Content-Type of a body: 415 (Accept-Patch for PATCH).
 * Unknown and repeated query parameters, bad dry_run, bad Idempotency-Key are added to
 * exchange->faults. A body sent to a route that takes none is ignored. Returns true when the
 * handler shall run. */
bool http_route_request(const struct http_router *router, struct http_exchange *exchange);

/* The "Allow" value for a path, in the arena; NULL for an unknown path. OPTIONS and HEAD included.
 */
const char *http_allow(const struct http_router *router, struct http_exchange *exchange);

/* CORS headers (Fetch standard) of an answer, if the origin is configured. Adds Vary: Origin when
 * CORS is on and not "*". */
void http_cors(const struct http_router *router, struct http_exchange *exchange);

/* The statuses of a row, those that follow from its flags included (400, 404 for a template with a
 * variable, 412, 413, 415, 409 and 422 for keys, 500, 503, 507 for writes ...), ascending,
 * 0-terminated, for the metrics and for the test against the OpenAPI document. */
size_t http_route_statuses(const struct http_route *route, int out[static 32]);

#endif
