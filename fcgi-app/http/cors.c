/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cross-origin resource sharing (Fetch standard), off unless origins are configured. Credentials
 * are never allowed: there are no cookies.
 */
#include "http/cors.h"

#include <string.h>

#define ALLOW_HEADERS                                                                              \
    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-ID, "        \
    "traceparent"
#define EXPOSE_HEADERS                                                                             \
    "ETag, Location, Link, X-Request-ID, Idempotency-Replayed, RateLimit, RateLimit-Policy, "      \
    "Retry-After, WWW-Authenticate, X-Today"
#define PREFLIGHT_SECONDS "600"

/* The value for Access-Control-Allow-Origin, or NULL: the origin may not read the answer. */
static const char *allowed_origin(const struct http_router *router,
                                  const struct http_request *request)
{
    if (router->cors_origins == NULL || request->origin == NULL)
        return NULL;
    for (const char *const *origin = router->cors_origins; *origin != NULL; origin++) {
        if (strcmp(*origin, "*") == 0)
            return "*";
        if (strcmp(*origin, request->origin) == 0)
            return *origin;
    }
    return NULL;
}

static bool any_origin(const struct http_router *router)
{
    for (const char *const *origin = router->cors_origins; *origin != NULL; origin++)
        if (strcmp(*origin, "*") == 0)
            return true;
    return false;
}

void http_cors(const struct http_router *router, struct http_exchange *exchange)
{
    if (router->cors_origins == NULL || router->cors_origins[0] == NULL)
        return;
    struct http_response *response = &exchange->response;
    if (!any_origin(router))
        http_response_header(response, "Vary", "Origin");
    const char *origin = allowed_origin(router, &exchange->request);
    if (origin == NULL)
        return;
    http_response_header(response, "Access-Control-Allow-Origin", origin);
    if (exchange->request.method != HTTP_OPTIONS)
        http_response_header(response, "Access-Control-Expose-Headers", EXPOSE_HEADERS);
}

void http_cors_preflight(const struct http_router *router, struct http_exchange *exchange,
                         const char *allow)
{
    const struct http_request *request = &exchange->request;
    if (request->access_control_request_method == NULL || allowed_origin(router, request) == NULL)
        return;
    struct http_response *response = &exchange->response;
    http_response_header(response, "Access-Control-Allow-Methods", allow);
    http_response_header(response, "Access-Control-Allow-Headers", ALLOW_HEADERS);
    http_response_header(response, "Access-Control-Max-Age", PREFLIGHT_SECONDS);
}
