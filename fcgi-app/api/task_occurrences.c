/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The dates on which a recurring task will come again.
 */
#include "api/routes.h"
#include "api/service.h"
#include "api/task_json.h"
#include "http/body.h"
#include "http/problem.h"
#include "store/rows.h"
#include "task/recurrence.h"

#define COUNT_DEFAULT 12
#define COUNT_MAX     100

static size_t read_count(struct http_exchange *exchange)
{
    const struct parameter *parameter = http_parameter(&exchange->request, "count");
    if (parameter == NULL)
        return COUNT_DEFAULT;
    size_t count = 0, i = 0;
    for (; i < parameter->size && i < 4; i++) {
        if (parameter->value[i] < '0' || parameter->value[i] > '9')
            break;
        count = 10 * count + (size_t)(parameter->value[i] - '0');
    }
    if (i < parameter->size || count < 1 || count > COUNT_MAX || parameter->value[0] == '0')
        faults_add(&exchange->faults, FAULT_PARAMETER, "count", "must be an integer from 1 to %d",
                   COUNT_MAX);
    return count;
}

static void answer_dates(struct http_exchange *exchange, const date_t dates[], size_t count)
{
    struct json_writer w = json_writer(&exchange->response.body);
    exchange->response.content_type = HTTP_JSON;
    json_write_object_begin(&w);
    json_write_key(&w, "occurrences");
    json_write_array_begin(&w);
    for (size_t i = 0; i < count; i++) {
        char text[DATE_TEXT_SIZE];
        json_write_string(&w, text, date_format(dates[i], text));
    }
    json_write_array_end(&w);
    json_write_object_end(&w);
}

enum http_result api_task_occurrences(struct http_exchange *exchange)
{
    struct task task;
    date_t dates[COUNT_MAX];
    size_t count = read_count(exchange);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    enum error_code code = store_task_get(view, exchange->path_ids[0], &exchange->arena, &task);
    api_read_end(exchange);
    if (code == ERROR_NOT_FOUND)
        problem_answer(exchange, PROBLEM_NOT_FOUND, "There is no task with this id.");
    else if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else
        answer_dates(exchange, dates, recurrence_following(&task.recurring, count, dates));
    return HTTP_DONE;
}
