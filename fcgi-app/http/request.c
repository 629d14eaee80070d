/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reads the FastCGI parameters into the typed request, in one pass. The query string is decoded in
 * query_string.c; what a route allows is checked in router.c.
 */
#include "http/request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/random.h"

static const char *const METHODS[] = {
    [HTTP_GET] = "GET",         [HTTP_HEAD] = "HEAD",   [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT",         [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
    [HTTP_OPTIONS] = "OPTIONS", [HTTP_OTHER] = "OTHER",
};
_Static_assert(ARRAY_SIZE(METHODS) == HTTP_METHOD_COUNT, "one name per method");

const char *http_method_name(enum http_method method)
{
    return METHODS[(unsigned)method < HTTP_METHOD_COUNT ? method : HTTP_OTHER];
}

static enum http_method method_of(const char *name)
{
    for (unsigned i = 0; name != NULL && i < HTTP_OTHER; i++)
        if (strcmp(METHODS[i], name) == 0)
            return (enum http_method)i;
    return HTTP_OTHER;
}

/* The parameters that are read, as one pass over the environment finds them. */
enum param {
    PARAM_METHOD,
    PARAM_SCRIPT_NAME,
    PARAM_PATH_INFO,
    PARAM_QUERY_STRING,
    PARAM_CONTENT_TYPE,
    PARAM_CONTENT_LENGTH,
    PARAM_IF_MATCH,
    PARAM_IF_NONE_MATCH,
    PARAM_IDEMPOTENCY_KEY,
    PARAM_ACCEPT,
    PARAM_ORIGIN,
    PARAM_ACCESS_CONTROL_REQUEST_METHOD,
    PARAM_AUTHORIZATION,
    PARAM_FORWARDED_FOR,
    PARAM_REMOTE_ADDRESS,
    PARAM_SERVER_ADDRESS,
    PARAM_USER_AGENT,
    PARAM_REQUEST_ID,
    PARAM_TRACEPARENT,
    PARAM_TRACESTATE,
    PARAM_SCHEME,
    PARAM_COUNT
};

#define NAME(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
static const struct {
    const char *name;
    size_t size;
} NAMES[] = {
    [PARAM_METHOD] = NAME("REQUEST_METHOD"),
    [PARAM_SCRIPT_NAME] = NAME("SCRIPT_NAME"),
    [PARAM_PATH_INFO] = NAME("PATH_INFO"),
    [PARAM_QUERY_STRING] = NAME("QUERY_STRING"),
    [PARAM_CONTENT_TYPE] = NAME("CONTENT_TYPE"),
    [PARAM_CONTENT_LENGTH] = NAME("CONTENT_LENGTH"),
    [PARAM_IF_MATCH] = NAME("HTTP_IF_MATCH"),
    [PARAM_IF_NONE_MATCH] = NAME("HTTP_IF_NONE_MATCH"),
    [PARAM_IDEMPOTENCY_KEY] = NAME("HTTP_IDEMPOTENCY_KEY"),
    [PARAM_ACCEPT] = NAME("HTTP_ACCEPT"),
    [PARAM_ORIGIN] = NAME("HTTP_ORIGIN"),
    [PARAM_ACCESS_CONTROL_REQUEST_METHOD] = NAME("HTTP_ACCESS_CONTROL_REQUEST_METHOD"),
    [PARAM_AUTHORIZATION] = NAME("HTTP_AUTHORIZATION"),
    [PARAM_FORWARDED_FOR] = NAME("HTTP_X_FORWARDED_FOR"),
    [PARAM_REMOTE_ADDRESS] = NAME("REMOTE_ADDR"),
    [PARAM_SERVER_ADDRESS] = NAME("SERVER_ADDR"),
    [PARAM_USER_AGENT] = NAME("HTTP_USER_AGENT"),
    [PARAM_REQUEST_ID] = NAME("HTTP_X_REQUEST_ID"),
    [PARAM_TRACEPARENT] = NAME("HTTP_TRACEPARENT"),
    [PARAM_TRACESTATE] = NAME("HTTP_TRACESTATE"),
    [PARAM_SCHEME] = NAME("REQUEST_SCHEME"),
};
#undef NAME
_Static_assert(ARRAY_SIZE(NAMES) == PARAM_COUNT, "one name per parameter");

static void collect(char *const *params, const char *values[static PARAM_COUNT])
{
    for (char *const *param = params; *param != NULL; param++) {
        const char *equals = strchr(*param, '=');
        if (equals == NULL)
            continue;
        size_t size = (size_t)(equals - *param);
        for (size_t i = 0; i < PARAM_COUNT; i++) {
            if (NAMES[i].size == size && memcmp(NAMES[i].name, *param, size) == 0) {
                /* X_Forwarded_For, which a client may add, comes by the same name. */
                bool twice = i == PARAM_FORWARDED_FOR && values[i] != NULL;
                values[i] = twice ? "" : equals + 1;
                break;
            }
        }
    }
}

static void read_path(struct http_request *request, const char *script, const char *info,
                      struct faults *faults)
{
    if (script == NULL || *script == '\0') {
        request->path = info != NULL ? info : "";
    } else if (info == NULL || *info == '\0') {
        request->path = script;
    } else {
        const char *joined = arena_printf(faults->arena, "%s%s", script, info);
        faults->failed |= joined == NULL;
        request->path = joined != NULL ? joined : "";
    }
    request->path_size = strlen(request->path);
}

/* RFC 9110 section 8.6: digits only. */
static void read_length(struct http_request *request, const char *value, struct faults *faults)
{
    if (value == NULL || *value == '\0')
        return;
    errno = 0;
    unsigned long long length = strtoull(value, NULL, 10);
    if (strspn(value, "0123456789") != strlen(value) || errno != 0 || length > SIZE_MAX)
        faults_add(faults, FAULT_HEADER, "Content-Length", "must be a number of bytes");
    else
        request->body_size = (size_t)length;
}

static void read_request_id(struct http_request *request, const char *value)
{
    size_t size = 0;
    while (value != NULL && value[size] > ' ' && value[size] < 0x7f && size <= HTTP_REQUEST_ID_MAX)
        size++;
    if (size == 0 || size > HTTP_REQUEST_ID_MAX || value[size] != '\0')
        random_uuid(request->request_id);
    else
        memcpy(request->request_id, value, size + 1);
}

void http_request_read(struct http_request *request, char *const *params, struct faults *faults)
{
    const char *values[PARAM_COUNT] = {NULL};
    collect(params, values);
    *request = (struct http_request){
        .method = method_of(values[PARAM_METHOD]),
        .query_string = values[PARAM_QUERY_STRING] != NULL ? values[PARAM_QUERY_STRING] : "",
        .content_type = values[PARAM_CONTENT_TYPE],
        .if_match = values[PARAM_IF_MATCH],
        .if_none_match = values[PARAM_IF_NONE_MATCH],
        .idempotency_key = values[PARAM_IDEMPOTENCY_KEY],
        .accept = values[PARAM_ACCEPT],
        .origin = values[PARAM_ORIGIN],
        .access_control_request_method = values[PARAM_ACCESS_CONTROL_REQUEST_METHOD],
        .authorization = values[PARAM_AUTHORIZATION],
        .forwarded_for = values[PARAM_FORWARDED_FOR],
        .server_address = values[PARAM_SERVER_ADDRESS],
        .remote_address = values[PARAM_REMOTE_ADDRESS],
        .user_agent = values[PARAM_USER_AGENT],
        .tracestate = values[PARAM_TRACESTATE],
        .scheme = values[PARAM_SCHEME],
    };
    read_path(request, values[PARAM_SCRIPT_NAME], values[PARAM_PATH_INFO], faults);
    read_length(request, values[PARAM_CONTENT_LENGTH], faults);
    read_request_id(request, values[PARAM_REQUEST_ID]);
    trace_begin(&request->trace, values[PARAM_TRACEPARENT]);
    http_query_read(request, faults);
}
