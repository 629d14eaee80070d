/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A small route table with a row of every kind, for the tests of the router.
 */
#ifndef TESTS_UNIT_HTTP_ROUTES_H
#define TESTS_UNIT_HTTP_ROUTES_H

#include "http/router.h"

/* Rows of the table, by index. */
enum {
    ROUTE_LIST,
    ROUTE_CREATE,
    ROUTE_QUICK,
    ROUTE_GET,
    ROUTE_PATCH,
    ROUTE_DELETE,
    ROUTE_COMPLETE,
    ROUTE_NAMED,
    ROUTE_COUNT
};

extern const struct http_route test_routes[ROUTE_COUNT];
extern struct http_router test_router; /* body_limit 100, CORS off */

#endif
