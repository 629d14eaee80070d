/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Between tasks and templates: a task from a template, and a template from a task.
 */
#include "api/answers.h"
#include "api/operations_template.h"
#include "api/routes.h"
#include "api/template_json.h"
#include "api/text_input.h"
#include "api/write.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/problem.h"

/* Answers what was found before a transaction: that there is no such thing, or the faults. */
static enum http_result refuse(struct http_exchange *exchange, enum error_code code, json_t *body)
{
    if (code == ERROR_NOT_FOUND && exchange->path_ids[0] != 0)
        problem_answer(exchange, PROBLEM_NOT_FOUND, "There is no task with this id.");
    else if (code == ERROR_NOT_FOUND)
        answer_no_template(exchange);
    else if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else
        problem_answer_faults(exchange, &exchange->faults);
    return api_write_refused(exchange, body);
}

/* --- A task from a template ------------------------------------------------------------------- */

/* Adds the faults that only the store can show, so that one answer names all. */
static enum error_code add_store_faults(struct http_exchange *exchange, struct task_input *input,
                                        date_t today)
{
    enum error_code code;
    struct task unused;
    struct store_view *view = store_read_begin(exchange->worker, &code);
    if (view == NULL)
        return code;
    code = template_base(view, template_path_name(exchange), &exchange->arena, &input->base);
    if (code == ERROR_NONE)
        code = task_input_apply(&exchange->faults, view, input, NULL, today, &unused);
    store_read_end(exchange->worker);
    return code;
}

static enum error_code run_use(struct api_write *write, struct operation *operation)
{
    struct task task;
    enum error_code code =
        operation_template_use(operation, template_path_name(write->exchange), write->input, &task);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_task(write->exchange, 201, &task, write->today);
    return code;
}

enum http_result api_template_use(struct http_exchange *exchange)
{
    bool answered = false;
    date_t today = api_today(exchange);
    json_t *body = http_body_parse(exchange, &answered);
    if (answered)
        return api_write_refused(exchange, NULL);
    struct task_input *input = arena_calloc(&exchange->arena, 1, sizeof(*input));
    if (input == NULL)
        return refuse(exchange, ERROR_MEMORY, body);
    task_input_read(&exchange->faults, body, TASK_INPUT_OVERRIDE, input);
    if (exchange->faults.count > 0 || exchange->faults.failed)
        return refuse(exchange, add_store_faults(exchange, input, today), body);
    struct api_write *write = api_write_new(exchange, run_use, body, today);
    if (write == NULL)
        return HTTP_DONE;
    write->input = input;
    return api_write_submit(write);
}

/* --- A template from a task ------------------------------------------------------------------- */

static enum error_code find_task(struct http_exchange *exchange)
{
    enum error_code code;
    struct task unused;
    struct store_view *view = store_read_begin(exchange->worker, &code);
    if (view == NULL)
        return code;
    code = store_task_get(view, exchange->path_ids[0], &exchange->arena, &unused);
    store_read_end(exchange->worker);
    return code;
}

static enum error_code run_save(struct api_write *write, struct operation *operation)
{
    const struct text *name = write->input;
    struct task_template row;
    enum error_code code =
        operation_template_save(operation, write->exchange->path_ids[0], *name, &row);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_template(write->exchange, 201, &row);
    return code;
}

enum http_result api_template_save(struct http_exchange *exchange)
{
    bool answered = false;
    struct text given;
    json_t *body = http_body_parse(exchange, &answered);
    if (answered)
        return api_write_refused(exchange, NULL);
    struct text *name = arena_calloc(&exchange->arena, 1, sizeof(*name));
    if (name == NULL)
        return refuse(exchange, ERROR_MEMORY, body);
    if (body != NULL && text_input_read(&exchange->faults, body, "name", &given))
        validate_template_name(&exchange->faults, "#/name", given.data, given.size, name);
    if (exchange->faults.count > 0 || exchange->faults.failed)
        return refuse(exchange, find_task(exchange), body);
    struct api_write *write = api_write_new(exchange, run_save, body, clock_today());
    if (write == NULL)
        return HTTP_DONE;
    write->input = name;
    return api_write_submit(write);
}
