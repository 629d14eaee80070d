/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading the journal: the feed of all changes, the history of a task, and what an undo would undo.
 */
#include <inttypes.h>

#include "api/change_json.h"
#include "api/routes.h"
#include "api/service.h"
#include "http/body.h"
#include "http/problem.h"

#define LIMIT_MAX     200
#define LIMIT_DEFAULT 50

/* --- Parameters --------------------------------------------------------------------------------
 */

/* Decimal digits without leading zeros, from min to max. */
static bool parse_number(const struct parameter *parameter, int64_t min, int64_t max,
                         int64_t *ret_number)
{
    int64_t number = 0;
    for (size_t i = 0; i < parameter->size; i++) {
        char c = parameter->value[i];
        if (c < '0' || c > '9' || (i > 0 && number == 0))
            return false;
        number = number * 10 + (c - '0');
        if (number > max)
            return false;
    }
    if (parameter->size == 0 || number < min)
        return false;
    *ret_number = number;
    return true;
}

/* The number of a parameter, or the fallback; adds a fault for another value. */
static int64_t read_number(struct http_exchange *exchange, const char *name, int64_t min,
                           int64_t max, int64_t fallback)
{
    int64_t number = fallback;
    const struct parameter *parameter = http_parameter(&exchange->request, name);
    if (parameter != NULL && !parse_number(parameter, min, max, &number))
        faults_add(&exchange->faults, FAULT_PARAMETER, name,
                   "must be a number from %" PRId64 " to %" PRId64, min, max);
    return number;
}

static size_t read_limit(struct http_exchange *exchange)
{
    return (size_t)read_number(exchange, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
}

/* --- The feed ----------------------------------------------------------------------------------
 */

static enum error_code write_feed(struct http_exchange *exchange, struct store_view *view,
                                  int64_t since, size_t limit)
{
    struct json_writer w = json_writer(&exchange->response.body);
    struct change_page page = {0};
    int64_t forgotten;
    enum error_code code = store_change_feed(view, since, limit, &exchange->arena, &page);
    if (code == ERROR_NONE)
        code = store_change_forgotten(view, &forgotten);
    if (code != ERROR_NONE)
        return code;
    int64_t next = page.count > 0 ? page.changes[page.count - 1].seq : since;
    json_write_object_begin(&w);
    change_json_list(&w, &page);
    json_write_member_int(&w, "next_since", next);
    json_write_member_bool(&w, "truncated", since < forgotten);
    json_write_object_end(&w);
    return ERROR_NONE;
}

enum http_result api_change_feed(struct http_exchange *exchange)
{
    int64_t since = read_number(exchange, "since", 0, TASK_ID_MAX, 0);
    size_t limit = read_limit(exchange);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    exchange->response.content_type = HTTP_JSON;
    enum error_code code = write_feed(exchange, view, since, limit);
    api_read_end(exchange);
    if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    return HTTP_DONE;
}

/* --- The history of a task ---------------------------------------------------------------------
 */

static enum error_code write_history(struct http_exchange *exchange, struct store_view *view,
                                     int64_t before, size_t limit)
{
    struct json_writer w = json_writer(&exchange->response.body);
    struct change_page page = {0};
    bool known;
    int64_t id = exchange->path_ids[0];
    enum error_code code = store_task_known(view, id, &known);
    if (code == ERROR_NONE && !known)
        return ERROR_NOT_FOUND;
    if (code == ERROR_NONE)
        code = store_task_history(view, id, before, limit, &exchange->arena, &page);
    if (code != ERROR_NONE)
        return code;
    json_write_object_begin(&w);
    change_json_list(&w, &page);
    if (page.more)
        json_write_member_int(&w, "next_before", page.changes[page.count - 1].seq);
    else
        json_write_member_null(&w, "next_before");
    json_write_object_end(&w);
    return ERROR_NONE;
}

enum http_result api_task_history(struct http_exchange *exchange)
{
    int64_t before = read_number(exchange, "before", 1, TASK_ID_MAX, INT64_MAX);
    size_t limit = read_limit(exchange);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    exchange->response.content_type = HTTP_JSON;
    enum error_code code = write_history(exchange, view, before, limit);
    api_read_end(exchange);
    if (code == ERROR_NOT_FOUND)
        problem_answer(exchange, PROBLEM_NOT_FOUND, "There is no task with this id.");
    else if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    return HTTP_DONE;
}

/* --- What would be undone ----------------------------------------------------------------------
 */

enum http_result api_undo_get(struct http_exchange *exchange)
{
    struct json_writer w = json_writer(&exchange->response.body);
    struct change change;
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    enum error_code code = store_change_undoable(view, &exchange->arena, &change);
    api_read_end(exchange);
    exchange->response.content_type = HTTP_JSON;
    if (code == ERROR_NONE)
        change_json(&w, &change);
    else if (code == ERROR_NOT_FOUND)
        problem_answer_member(exchange, PROBLEM_NOTHING_TO_UNDO, 404, NULL, NULL, NULL, 0);
    else
        problem_answer_error(exchange, code);
    return HTTP_DONE;
}
