/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Quick add: a task from one line of text, and the preview that shows what was understood.
 */
#include "task/quick_add.h"
#include "api/answers.h"
#include "api/routes.h"
#include "api/text_input.h"
#include "api/write.h"
#include "http/body.h"
#include "http/problem.h"

/* Reads the request. False: it has been answered. */
static bool read_line(struct http_exchange *exchange, date_t today, json_t **ret_body,
                      struct quick_add *ret_line)
{
    bool answered = false;
    struct text text;
    *ret_body = http_body_parse(exchange, &answered);
    if (answered)
        return false;
    if (*ret_body != NULL && text_input_read(&exchange->faults, *ret_body, "text", &text))
        quick_add_parse(&exchange->faults, "#/text", text.data, text.size, today, ret_line);
    return !http_answered_faults(exchange);
}

static enum error_code run_create(struct api_write *write, struct operation *operation)
{
    struct task task;
    enum error_code code = operation_create(operation, write->input, 0, &task);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_task(write->exchange, 201, &task, write->today);
    return code;
}

enum http_result api_quick_add(struct http_exchange *exchange)
{
    json_t *body = NULL;
    struct quick_add line;
    date_t today = api_today(exchange);
    if (!read_line(exchange, today, &body, &line))
        return api_write_refused(exchange, body);
    struct task_input *input = arena_calloc(&exchange->arena, 1, sizeof(*input));
    if (input == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return api_write_refused(exchange, body);
    }
    *input = (struct task_input){.mode = TASK_INPUT_CREATE, .values = line.task};
    struct api_write *write = api_write_new(exchange, run_create, body, today);
    if (write == NULL)
        return HTTP_DONE;
    write->input = input;
    return api_write_submit(write);
}

/* --- Preview ---------------------------------------------------------------------------------- */

static void write_fields(struct json_writer *w, const struct task *task)
{
    json_write_object_begin(w);
    json_write_member_string(w, "description", task->description.data, task->description.size);
    json_write_member_cstring(w, "priority", task_priority_name(task->priority));
    json_write_member_cstring(w, "category", task_category_name(task->category));
    json_member_date(w, "due_date", task->due_date);
    json_write_member_string(w, "notes", task->notes.data, task->notes.size);
    json_write_object_end(w);
}

static void write_spans(struct json_writer *w, const struct quick_add *line)
{
    json_write_array_begin(w);
    for (size_t i = 0; i < line->span_count; i++) {
        const struct quick_add_span *span = &line->spans[i];
        json_write_object_begin(w);
        json_write_member_cstring(w, "field", quick_add_field_name(span->field));
        json_write_member_int(w, "start", (int64_t)span->start);
        json_write_member_int(w, "end", (int64_t)span->end);
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

/* Nothing is stored but, with an Idempotency-Key, the answer. */
enum http_result api_quick_add_preview(struct http_exchange *exchange)
{
    json_t *body = NULL;
    struct quick_add line;
    date_t today = api_today(exchange);
    struct json_writer w = json_writer(&exchange->response.body);
    if (!read_line(exchange, today, &body, &line))
        return api_write_refused(exchange, body);
    exchange->response.content_type = HTTP_JSON;
    answer_today(exchange, today);
    json_write_object_begin(&w);
    json_write_key(&w, "task");
    write_fields(&w, &line.task);
    json_write_key(&w, "spans");
    write_spans(&w, &line);
    json_write_object_end(&w);
    return api_write_refused(exchange, body);
}
