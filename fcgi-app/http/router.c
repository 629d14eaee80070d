/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The checks that every endpoint has in common, driven by the flags of its row.
 */
#include "http/router.h"

#include <limits.h>
#include <string.h>

#include "http/cors.h"
#include "http/gate.h"
#include "http/media_type.h"
#include "http/route_match.h"

#define ACCEPT_PATCH "application/merge-patch+json, application/json"

/* The order in which Allow names the methods. */
static const enum http_method ALLOW_ORDER[] = {HTTP_GET,   HTTP_HEAD,   HTTP_POST,   HTTP_PUT,
                                               HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS};

static const char *allow_value(struct arena *arena, unsigned methods)
{
    if ((methods & HTTP_METHOD_BIT(HTTP_GET)) != 0)
        methods |= HTTP_METHOD_BIT(HTTP_HEAD);
    methods |= HTTP_METHOD_BIT(HTTP_OPTIONS);
    char value[64] = "";
    for (size_t i = 0; i < ARRAY_SIZE(ALLOW_ORDER); i++) {
        if ((methods & HTTP_METHOD_BIT(ALLOW_ORDER[i])) == 0)
            continue;
        if (value[0] != '\0')
            strcat(value, ", ");
        strcat(value, http_method_name(ALLOW_ORDER[i]));
    }
    return arena_strdup(arena, value);
}

const char *http_allow(const struct http_router *router, struct http_exchange *exchange)
{
    struct http_match match = http_match(router, exchange);
    return match.path != NULL ? allow_value(&exchange->arena, match.methods) : NULL;
}

static void answer_options(const struct http_router *router, struct http_exchange *exchange,
                           unsigned methods)
{
    const char *allow = allow_value(&exchange->arena, methods);
    if (allow == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return;
    }
    http_response_reset(&exchange->response);
    exchange->response.status = 204;
    http_response_header(&exchange->response, "Allow", allow);
    if ((methods & HTTP_METHOD_BIT(HTTP_PATCH)) != 0)
        http_response_header(&exchange->response, "Accept-Patch", ACCEPT_PATCH);
    http_cors_preflight(router, exchange, allow);
}

static void answer_method_not_allowed(struct http_exchange *exchange, unsigned methods)
{
    const char *allow = allow_value(&exchange->arena, methods);
    problem_answer(exchange, PROBLEM_METHOD_NOT_ALLOWED, "This path allows %s.",
                   allow != NULL ? allow : "other methods");
    if (allow != NULL)
        http_response_header(&exchange->response, "Allow", allow);
}

static void answer_media_type(struct http_exchange *exchange)
{
    bool merge = (exchange->route->flags & HTTP_BODY_MERGE) != 0;
    problem_answer(exchange, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
                   "The body must be application/json%s in UTF-8, and Content-Type must say so.",
                   merge ? " or application/merge-patch+json" : "");
    if (merge)
        http_response_header(&exchange->response, "Accept-Patch", ACCEPT_PATCH);
}

static bool media_type_fits(const struct http_route *route, const struct http_request *request)
{
    const char *type = request->content_type;
    if (type == NULL || *type == '\0')
        return request->body_size == 0;
    return http_media_type_is(type, HTTP_JSON) ||
           ((route->flags & HTTP_BODY_MERGE) != 0 &&
            http_media_type_is(type, "application/merge-patch+json"));
}

/* Whether the body, if the route takes one, is of a type and size that may be read. */
static bool body_allowed(const struct http_router *router, struct http_exchange *exchange)
{
    const struct http_route *route = exchange->route;
    const struct http_request *request = &exchange->request;
    if ((route->flags & (HTTP_BODY_JSON | HTTP_BODY_MERGE)) == 0)
        return true;
    if (request->body_size == 0 && (route->flags & HTTP_BODY_OPTIONAL) != 0)
        return true;
    if (!media_type_fits(route, request)) {
        answer_media_type(exchange);
        return false;
    }
    bool large = (route->flags & HTTP_BODY_LARGE) != 0;
    uint64_t limit = large ? router->large_body_limit : router->body_limit;
    if (request->body_size > limit || request->body_size >= INT_MAX) {
        problem_answer(exchange, PROBLEM_PAYLOAD_TOO_LARGE, "The body may have up to %llu bytes.",
                       (unsigned long long)limit);
        return false;
    }
    return true;
}

static bool parameter_known(const struct http_route *route, const char *name)
{
    if ((route->flags & HTTP_DRY_RUN) != 0 && strcmp(name, "dry_run") == 0)
        return true;
    for (size_t list = 0; list < ARRAY_SIZE(route->parameters); list++)
        for (const char *const *known = route->parameters[list]; known != NULL && *known != NULL;
             known++)
            if (strcmp(*known, name) == 0)
                return true;
    return false;
}

static size_t count_before(const struct parameter *all, size_t end, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < end; i++)
        count += strcmp(all[i].name, name) == 0;
    return count;
}

/* Keeps the known parameters, each once; the others are faults, each told once. */
static void check_parameters(struct http_exchange *exchange)
{
    struct http_request *request = &exchange->request;
    if (request->parameter_count == 0)
        return;
    struct parameter kept[HTTP_QUERY_MAX];
    size_t kept_count = 0;
    for (size_t i = 0; i < request->parameter_count; i++) {
        const struct parameter *parameter = &request->parameters[i];
        size_t earlier = count_before(request->parameters, i, parameter->name);
        if (!parameter_known(exchange->route, parameter->name)) {
            if (earlier == 0)
                faults_add(&exchange->faults, FAULT_PARAMETER, parameter->name,
                           "is not a parameter of this path");
        } else if (earlier == 0) {
            kept[kept_count++] = *parameter;
        } else if (earlier == 1) {
            faults_add(&exchange->faults, FAULT_PARAMETER, parameter->name,
                       "must be given once only");
        }
    }
    memcpy(request->parameters, kept, kept_count * sizeof kept[0]);
    request->parameter_count = kept_count;
}

static void check_idempotency_key(struct http_exchange *exchange)
{
    const char *key = exchange->request.idempotency_key;
    if (key == NULL)
        return;
    size_t size = 0;
    while (key[size] >= ' ' && key[size] < 0x7f)
        size++;
    if (size == 0 || size > HTTP_IDEMPOTENCY_KEY_MAX || key[size] != '\0')
        faults_add(&exchange->faults, FAULT_HEADER, "Idempotency-Key",
                   "must be 1 to %d printable ASCII characters", HTTP_IDEMPOTENCY_KEY_MAX);
}

static void check_common(struct http_exchange *exchange)
{
    unsigned flags = exchange->route->flags;
    check_parameters(exchange);
    if ((flags & HTTP_DRY_RUN) != 0)
        exchange->dry_run = http_parameter_bool(&exchange->request, "dry_run", &exchange->faults);
    if ((flags & HTTP_IDEMPOTENT_KEY) != 0)
        check_idempotency_key(exchange);
}

static void set_route(struct http_exchange *exchange, const struct http_route *route, size_t index)
{
    exchange->route = route;
    exchange->route_index = index;
}

bool http_route_request(const struct http_router *router, struct http_exchange *exchange)
{
    exchange->route_index = router->count;
    struct http_match match = http_match(router, exchange);
    const struct http_route *route = match.row < router->count ? &router->routes[match.row] : NULL;
    if (!http_gate_admit(router->gate, exchange, route)) {
        set_route(exchange, route, match.row);
        return false;
    }
    if (match.path == NULL) {
        problem_answer(exchange, PROBLEM_NOT_FOUND, "There is nothing at this path.");
        return false;
    }
    if (exchange->request.method == HTTP_OPTIONS) {
        answer_options(router, exchange, match.methods);
        return false;
    }
    if (route == NULL) {
        answer_method_not_allowed(exchange, match.methods);
        return false;
    }
    set_route(exchange, route, match.row);
    if (!body_allowed(router, exchange))
        return false;
    check_common(exchange);
    return true;
}
