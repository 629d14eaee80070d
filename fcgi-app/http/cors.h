/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cross-origin requests; the part that the router needs for OPTIONS. Private to http/.
 */
#ifndef HTTP_CORS_H
#define HTTP_CORS_H

#include "http/router.h"

/* Adds the headers of a preflight answer (Fetch standard, "CORS-preflight request"), if the request
 * is one and its origin is configured. allow: the path's methods. */
void http_cors_preflight(const struct http_router *router, struct http_exchange *exchange,
                         const char *allow);

#endif
