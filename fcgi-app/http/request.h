/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The request as handlers see it: parsed from FastCGI parameters, checked, typed.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/faults.h"
#include "base/text.h"
#include "observe/trace.h"

enum http_method {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_OTHER,
    HTTP_METHOD_COUNT
};
#define HTTP_METHOD_BIT(method) (1u << (method))
const char *http_method_name(enum http_method method); /* "OTHER" for HTTP_OTHER */

#define HTTP_REQUEST_ID_MAX      128
#define HTTP_IDEMPOTENCY_KEY_MAX 255
#define HTTP_QUERY_MAX           64 /* parameters; more are one fault */

/* Everything lives in the exchange's arena, or in libfcgi until the request is finished. */
struct http_request {
    enum http_method method;
    const char *path; /* SCRIPT_NAME + PATH_INFO: normalised by lighttpd, decoded */
    size_t path_size;
    const char *query_string;     /* raw, never NULL */
    struct parameter *parameters; /* decoded; sorted out by the router */
    size_t parameter_count;
    const char *content_type; /* or NULL, as those below */
    const char *if_match;
    const char *if_none_match;
    const char *idempotency_key; /* checked when the route takes one */
    const char *accept;
    const char *origin;
    const char *access_control_request_method;
    const char *authorization;
    const char *forwarded_for; /* X-Forwarded-For; NULL also if it came more than once */
    const char *remote_address;
    const char *server_address; /* that the connection came to */
    const char *user_agent;
    const char *tracestate; /* not checked: see observe/tracestate.h */
    const char *scheme;     /* "http", "https" */
    const char *body;       /* NUL-terminated, of any bytes; NULL until it was read */
    size_t body_size;       /* Content-Length */
    char request_id[HTTP_REQUEST_ID_MAX + 1];
    struct trace trace;
};

/* Fills the request from FastCGI parameters, NAME=value strings, NULL-terminated, that live as long
 * as it. Undecodable query parameters and a bad Content-Length are added to the faults, whose arena
 * takes what has to be made. The body is left to the server. */
void http_request_read(struct http_request *request, char *const *params, struct faults *faults);

/* Decodes the query string (application/x-www-form-urlencoded) into request->parameters, in order,
 * repeated ones included. Faults: more than HTTP_QUERY_MAX, a bad escape, invalid UTF-8, NUL. */
void http_query_read(struct http_request *request, struct faults *faults);

/* The decoded value of a parameter, or NULL. After the router's checks each name is there at most
 * once. */
const struct parameter *http_parameter(const struct http_request *request, const char *name);

/* "true" or "false" of a boolean parameter; absent: false. Anything else adds a fault. */
bool http_parameter_bool(const struct http_request *request, const char *name,
                         struct faults *faults);

#endif
