/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * One task: create, read, replace, patch, delete.
 */
#include <string.h>

#include "api/answers.h"
#include "api/routes.h"
#include "api/write.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/problem.h"

struct task_request {
    struct task_input input;
    int64_t id;        /* of the path; for a subtask, of its parent */
    bool under_parent; /* created under the task of the path */
};

/* Adds the faults that only the store can show, so that one answer names all: the input is faulty
 * already and will not get into a transaction. Says whether the task itself exists. */
static enum error_code add_store_faults(struct http_exchange *exchange,
                                        const struct task_request *request, date_t today)
{
    enum error_code code;
    struct task present;
    struct task unused;
    struct store_reader *reader = exchange->worker;
    struct store_view *view = store_read_begin(reader, &code);
    if (view == NULL)
        return code;
    code = request->id == 0 ? ERROR_NONE
                            : store_task_get(view, request->id, &exchange->arena, &present);
    if (code == ERROR_NONE)
        code = task_input_apply(&exchange->faults, view, &request->input,
                                request->id == 0 || request->under_parent ? NULL : &present, today,
                                &unused);
    store_read_end(reader);
    return code;
}

static enum http_result refuse_faulty(struct http_exchange *exchange,
                                      const struct task_request *request, json_t *body,
                                      date_t today)
{
    enum error_code code = add_store_faults(exchange, request, today);
    if (code == ERROR_NOT_FOUND)
        problem_answer(exchange, PROBLEM_NOT_FOUND, "There is no task with this id.");
    else if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else
        problem_answer_faults(exchange, &exchange->faults);
    return api_write_refused(exchange, body);
}

static enum error_code run_create(struct api_write *write, struct operation *operation)
{
    const struct task_request *request = write->input;
    struct task task;
    enum error_code code = operation_create(operation, &request->input, request->id, &task);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_task(write->exchange, 201, &task, write->today);
    return code;
}

static enum error_code run_update(struct api_write *write, struct operation *operation)
{
    const struct task_request *request = write->input;
    struct task task;
    enum error_code code = operation_update(operation, request->id, &request->input, &task);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_task(write->exchange, 200, &task, write->today);
    return code;
}

/* The parent is in the path: the body may only repeat it. */
static void check_parent_of_path(struct http_exchange *exchange, const struct task_request *request)
{
    if (request->under_parent && (request->input.given & INPUT_PARENT_ID) != 0 &&
        request->input.values.parent_id != request->id)
        faults_add(&exchange->faults, FAULT_POINTER, "#/parent_id",
                   "differs from the task in the path");
}

static enum http_result submit_task(struct http_exchange *exchange, enum task_input_mode mode,
                                    api_write_fn run)
{
    bool answered = false;
    date_t today = api_today(exchange);
    json_t *body = http_body_parse(exchange, &answered);
    if (answered)
        return api_write_refused(exchange, NULL);
    struct task_request *request = arena_calloc(&exchange->arena, 1, sizeof(*request));
    if (request == NULL) {
        json_decref(body);
        problem_answer_error(exchange, ERROR_MEMORY);
        return HTTP_DONE;
    }
    request->id = exchange->path_ids[0];
    request->under_parent = mode == TASK_INPUT_CREATE && request->id != 0;
    task_input_read(&exchange->faults, body, mode, &request->input);
    check_parent_of_path(exchange, request);
    if (exchange->faults.count > 0 || exchange->faults.failed)
        return refuse_faulty(exchange, request, body, today);
    struct api_write *write = api_write_new(exchange, run, body, today);
    if (write == NULL)
        return HTTP_DONE;
    write->input = request;
    return api_write_submit(write);
}

enum http_result api_task_create(struct http_exchange *exchange)
{
    return submit_task(exchange, TASK_INPUT_CREATE, run_create);
}

enum http_result api_task_replace(struct http_exchange *exchange)
{
    return submit_task(exchange, TASK_INPUT_REPLACE, run_update);
}

enum http_result api_task_patch(struct http_exchange *exchange)
{
    return submit_task(exchange, TASK_INPUT_MERGE, run_update);
}

enum http_result api_task_get(struct http_exchange *exchange)
{
    struct task task;
    date_t today = api_today(exchange);
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
        answer_task(exchange, 200, &task, today);
    return HTTP_DONE;
}

static enum error_code run_delete(struct api_write *write, struct operation *operation)
{
    const enum subtasks_choice *choice = write->input;
    enum error_code code = operation_delete(operation, write->exchange->path_ids[0], *choice);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        write->exchange->response.status = 204;
    return code;
}

static enum subtasks_choice subtasks_choice(struct http_exchange *exchange)
{
    const struct parameter *parameter = http_parameter(&exchange->request, "subtasks");
    if (parameter == NULL)
        return SUBTASKS_UNDECIDED;
    if (strcmp(parameter->value, "delete") == 0)
        return SUBTASKS_DELETE;
    if (strcmp(parameter->value, "keep") != 0)
        faults_add(&exchange->faults, FAULT_PARAMETER, "subtasks", "must be delete or keep");
    return SUBTASKS_KEEP;
}

enum http_result api_task_delete(struct http_exchange *exchange)
{
    enum subtasks_choice choice = subtasks_choice(exchange);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct api_write *write = api_write_new(exchange, run_delete, NULL, clock_today());
    if (write == NULL)
        return HTTP_DONE;
    write->input = arena_memdup(&exchange->arena, &choice, sizeof(choice));
    if (write->input == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return HTTP_DONE;
    }
    return api_write_submit(write);
}
