/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Templates: list, create, read, replace, delete.
 */
#include "api/operations_template.h"
#include "api/routes.h"
#include "api/template_json.h"
#include "api/write.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/problem.h"

/* --- Reading ---------------------------------------------------------------------------------- */

static enum error_code write_listed(void *context, const struct task_template *row)
{
    template_json(context, row);
    return ERROR_NONE;
}

enum http_result api_template_list(struct http_exchange *exchange)
{
    struct json_writer w = json_writer(&exchange->response.body);
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    exchange->response.content_type = HTTP_JSON;
    json_write_object_begin(&w);
    json_write_key(&w, "templates");
    json_write_array_begin(&w);
    enum error_code code = store_template_list(view, write_listed, &w);
    json_write_array_end(&w);
    json_write_object_end(&w);
    api_read_end(exchange);
    if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    return HTTP_DONE;
}

enum http_result api_template_get(struct http_exchange *exchange)
{
    struct task_template row;
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    enum error_code code =
        store_template_get(view, template_path_name(exchange), &exchange->arena, &row);
    api_read_end(exchange);
    if (code == ERROR_NOT_FOUND)
        answer_no_template(exchange);
    else if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else
        answer_template(exchange, 200, &row);
    return HTTP_DONE;
}

/* --- Writing ---------------------------------------------------------------------------------- */

/* Whether the template of the path exists, and the faults that only the stored one can show. */
static enum error_code add_store_faults(struct http_exchange *exchange,
                                        const struct template_input *input)
{
    enum error_code code;
    struct task_template present, unused;
    struct store_view *view = store_read_begin(exchange->worker, &code);
    if (view == NULL)
        return code;
    code = store_template_get(view, template_path_name(exchange), &exchange->arena, &present);
    store_read_end(exchange->worker);
    if (code == ERROR_NONE && !template_input_apply(&exchange->faults, input, &present, &unused))
        code = ERROR_MEMORY;
    return code;
}

/* The input is faulty already and will not get into a transaction. */
static enum http_result refuse_faulty(struct http_exchange *exchange,
                                      const struct template_input *input, json_t *body)
{
    enum error_code code = ERROR_NONE;
    if (template_path_name(exchange).data != NULL)
        code = add_store_faults(exchange, input);
    if (code == ERROR_NOT_FOUND)
        answer_no_template(exchange);
    else if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else
        problem_answer_faults(exchange, &exchange->faults);
    return api_write_refused(exchange, body);
}

static enum error_code run_create(struct api_write *write, struct operation *operation)
{
    struct task_template row;
    enum error_code code = operation_template_create(operation, write->input, &row);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_template(write->exchange, 201, &row);
    return code;
}

static enum error_code run_replace(struct api_write *write, struct operation *operation)
{
    struct task_template row;
    enum error_code code = operation_template_update(operation, template_path_name(write->exchange),
                                                     write->input, &row);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_template(write->exchange, 200, &row);
    return code;
}

static enum http_result submit_template(struct http_exchange *exchange, enum task_input_mode mode,
                                        api_write_fn run)
{
    bool answered = false;
    json_t *body = http_body_parse(exchange, &answered);
    if (answered)
        return api_write_refused(exchange, NULL);
    struct template_input *input = arena_calloc(&exchange->arena, 1, sizeof(*input));
    if (input == NULL) {
        json_decref(body);
        problem_answer_error(exchange, ERROR_MEMORY);
        return HTTP_DONE;
    }
    if (body != NULL)
        template_input_read(&exchange->faults, body, mode, input);
    if (exchange->faults.count > 0 || exchange->faults.failed)
        return refuse_faulty(exchange, input, body);
    struct api_write *write = api_write_new(exchange, run, body, clock_today());
    if (write == NULL)
        return HTTP_DONE;
    write->input = input;
    return api_write_submit(write);
}

enum http_result api_template_create(struct http_exchange *exchange)
{
    return submit_template(exchange, TASK_INPUT_CREATE, run_create);
}

enum http_result api_template_replace(struct http_exchange *exchange)
{
    return submit_template(exchange, TASK_INPUT_REPLACE, run_replace);
}

static enum error_code run_delete(struct api_write *write, struct operation *operation)
{
    enum error_code code =
        operation_template_delete(operation, template_path_name(write->exchange));
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        write->exchange->response.status = 204;
    return code;
}

enum http_result api_template_delete(struct http_exchange *exchange)
{
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    struct api_write *write = api_write_new(exchange, run_delete, NULL, clock_today());
    return write == NULL ? HTTP_DONE : api_write_submit(write);
}
