/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Exchanges from one line, and a look into their answers.
 */
#include "support.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define PARAMS_MAX 32

static struct http_exchange *make(const char *request_line, const char *body, size_t size,
                                  va_list more)
{
    char method[64], path[2048], query[2048];
    const char *target = strchr(request_line, ' ') + 1;
    size_t path_size = strcspn(target, "?");
    const char *question = target + path_size + (target[path_size] == '?');
    ck_assert_uint_lt(strlen(request_line), sizeof path - sizeof "SCRIPT_NAME=");
    int method_size = (int)(target - 1 - request_line);
    snprintf(method, sizeof method, "REQUEST_METHOD=%.*s", method_size, request_line);
    snprintf(path, sizeof path, "SCRIPT_NAME=%.*s", (int)path_size, target);
    strcpy(query, "QUERY_STRING=");
    strcat(query, question);
    const char *params[PARAMS_MAX] = {method, path, query};
    size_t count = 3;
    if (body != NULL)
        params[count++] = "CONTENT_TYPE=application/json";
    const char *param;
    while ((param = va_arg(more, const char *)) != NULL && count < PARAMS_MAX - 1)
        params[count++] = param;
    struct http_exchange *exchange = http_exchange_test_new(params, body, size);
    ck_assert_ptr_nonnull(exchange);
    return exchange;
}

struct http_exchange *exchange_for(const char *request_line, ...)
{
    va_list more;
    va_start(more, request_line);
    struct http_exchange *exchange = make(request_line, NULL, 0, more);
    va_end(more);
    return exchange;
}

struct http_exchange *exchange_with_body(const char *request_line, const char *body, size_t size,
                                         ...)
{
    va_list more;
    va_start(more, size);
    struct http_exchange *exchange = make(request_line, body, size, more);
    va_end(more);
    return exchange;
}

const char *header_of(const struct http_exchange *exchange, const char *name)
{
    static char value[8192];
    const struct buf *headers = &exchange->response.headers;
    size_t name_size = strlen(name);
    for (size_t at = 0; at < headers->size;) {
        const char *line = headers->data + at;
        const char *end = memchr(line, '\r', headers->size - at);
        ck_assert_ptr_nonnull(end);
        if (strncasecmp(line, name, name_size) == 0 && line[name_size] == ':') {
            snprintf(value, sizeof value, "%.*s", (int)(end - line - (long)name_size - 2),
                     line + name_size + 2);
            return value;
        }
        at += (size_t)(end - line) + 2;
    }
    return NULL;
}

json_t *json_of(const struct http_exchange *exchange)
{
    json_error_t error;
    const struct buf *body = &exchange->response.body;
    json_t *json = json_loadb(body->data, body->size, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s", error.text);
    return json;
}

void assert_problem(const struct http_exchange *exchange, int status, const char *slug)
{
    char type[64];
    snprintf(type, sizeof type, "/problems/%s", slug);
    ck_assert_int_eq(exchange->response.status, status);
    ck_assert_str_eq(exchange->response.content_type, HTTP_PROBLEM_JSON);
    json_t *json = json_of(exchange);
    ck_assert_str_eq(json_string_value(json_object_get(json, "type")), type);
    ck_assert_int_eq((int)json_integer_value(json_object_get(json, "status")), status);
    ck_assert_str_eq(json_string_value(json_object_get(json, "request_id")),
                     exchange->request.request_id);
    json_decref(json);
}

const char *fault_at(const struct http_exchange *exchange, enum fault_kind kind, const char *where)
{
    for (const struct fault *fault = exchange->faults.first; fault != NULL; fault = fault->next)
        if (fault->kind == kind && strcmp(fault->where, where) == 0)
            return fault->detail;
    return NULL;
}
