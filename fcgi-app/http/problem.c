/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The problem document: its members, and the answer that carries it. Which problem an error of
 * another module becomes is decided here too; the table of types is in problem.h.
 */
#include "http/problem.h"

#include <stdarg.h>
#include <string.h>

#include "base/json_writer.h"
#include "http/exchange.h"

#define PROBLEM_ROW(id, slug, status, title) [id] = {slug, status, title},
static const struct problem_info TYPES[] = {PROBLEM_TYPES(PROBLEM_ROW)};
#undef PROBLEM_ROW
_Static_assert(ARRAY_SIZE(TYPES) == PROBLEM_TYPE_COUNT, "one row per problem type");

const struct problem_info *problem_info(enum problem_type type)
{
    return &TYPES[(unsigned)type < PROBLEM_TYPE_COUNT ? type : PROBLEM_INTERNAL];
}

static const char *encode_path(struct http_exchange *exchange)
{
    const struct http_request *request = &exchange->request;
    const char *encoded = http_path_encode(&exchange->arena, request->path, request->path_size);
    return encoded != NULL ? encoded : "";
}

static struct json_writer problem_begin(struct http_exchange *exchange, enum problem_type type,
                                        int status, const char *detail)
{
    const struct problem_info *info = problem_info(type);
    struct http_response *response = &exchange->response;
    http_response_reset(response);
    response->status = status != 0 ? status : info->status;
    response->content_type = HTTP_PROBLEM_JSON;
    unsigned limited_s = exchange->caller.rate.retry_after_s;
    if (response->status == 503 || response->status == 429)
        http_response_headerf(response, "Retry-After", "%u",
                              response->status == 429 && limited_s > 0 ? limited_s : 1);
    struct json_writer w = json_writer(&response->body);
    json_write_object_begin(&w);
    const char *uri = arena_printf(&exchange->arena, "/problems/%s", info->slug);
    json_write_member_cstring(&w, "type", uri != NULL ? uri : "about:blank");
    json_write_member_cstring(&w, "title", info->title);
    json_write_member_int(&w, "status", response->status);
    if (detail == NULL)
        detail = arena_printf(&exchange->arena, "%s.", info->title);
    json_write_member_cstring(&w, "detail", detail != NULL ? detail : info->title);
    json_write_member_cstring(&w, "instance", encode_path(exchange));
    json_write_member_cstring(&w, "request_id", exchange->request.request_id);
    return w;
}

void problem_answer(struct http_exchange *exchange, enum problem_type type, const char *format, ...)
{
    const char *detail = NULL;
    if (format != NULL) {
        va_list arguments;
        va_start(arguments, format);
        detail = arena_vprintf(&exchange->arena, format, arguments);
        va_end(arguments);
    }
    struct json_writer w = problem_begin(exchange, type, 0, detail);
    json_write_object_end(&w);
}

void problem_answer_member(struct http_exchange *exchange, enum problem_type type, int status,
                           const char *detail, const char *name, const char *json, size_t size)
{
    struct json_writer w = problem_begin(exchange, type, status, detail);
    if (name != NULL) {
        json_write_key(&w, name);
        json_write_raw(&w, json, size);
    }
    json_write_object_end(&w);
}

void problem_answer_malformed(struct http_exchange *exchange, int line, int column,
                              const char *what)
{
    const char *detail =
        arena_printf(&exchange->arena, "line %d, column %d: %s", line, column, what);
    struct json_writer w = problem_begin(exchange, PROBLEM_MALFORMED_JSON, 0, detail);
    json_write_member_int(&w, "line", line);
    json_write_member_int(&w, "column", column);
    json_write_object_end(&w);
}

static void write_fault(struct json_writer *w, const struct fault *fault)
{
    static const char *const KEYS[] = {
        [FAULT_POINTER] = "pointer",
        [FAULT_PARAMETER] = "parameter",
        [FAULT_HEADER] = "header",
    };
    json_write_object_begin(w);
    json_write_member_cstring(w, KEYS[fault->kind], fault->where);
    json_write_member_cstring(w, "detail", fault->detail);
    json_write_object_end(w);
}

void problem_answer_faults(struct http_exchange *exchange, const struct faults *faults)
{
    if (faults->failed) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return;
    }
    const char *detail =
        faults->count == 1
            ? "The request has one fault."
            : arena_printf(&exchange->arena, "The request has %zu faults.", faults->count);
    struct json_writer w = problem_begin(exchange, PROBLEM_VALIDATION, 0, detail);
    json_write_key(&w, "errors");
    json_write_array_begin(&w);
    for (const struct fault *fault = faults->first; fault != NULL; fault = fault->next)
        write_fault(&w, fault);
    json_write_array_end(&w);
    json_write_object_end(&w);
}

void problem_answer_error(struct http_exchange *exchange, enum error_code code)
{
    switch (code) {
    case ERROR_BUSY:
        problem_answer(exchange, PROBLEM_UNAVAILABLE, "The database is busy; try again.");
        break;
    case ERROR_QUEUE_FULL:
        problem_answer(exchange, PROBLEM_UNAVAILABLE, "Too many changes are waiting; try again.");
        break;
    case ERROR_STOPPING:
        problem_answer(exchange, PROBLEM_UNAVAILABLE, "The service is stopping; try again.");
        break;
    case ERROR_MEMORY:
        problem_answer(exchange, PROBLEM_UNAVAILABLE, "The service is short of memory; try again.");
        break;
    case ERROR_STORAGE_FULL:
        problem_answer(exchange, PROBLEM_INSUFFICIENT_STORAGE,
                       "There is no space left to store the change.");
        break;
    default:
        problem_answer(exchange, PROBLEM_INTERNAL,
                       "Something went wrong here; the log tells what, by the request_id.");
    }
}
