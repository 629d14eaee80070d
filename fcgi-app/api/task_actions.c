/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The actions that take no fields: complete and reopen, archive and unarchive one task, archive all
 * that are completed.
 */
#include "api/answers.h"
#include "api/routes.h"
#include "api/write.h"
#include "http/body.h"
#include "http/problem.h"

/* An action takes no fields: no body, or an empty object. */
static void refuse_fields(struct http_exchange *exchange, json_t *body)
{
    const char *key;
    size_t size;
    json_t *value;
    if (body != NULL && !json_is_object(body)) {
        faults_add(&exchange->faults, FAULT_POINTER, "#", "must be an object");
        return;
    }
    json_object_keylen_foreach(body, key, size, value)
    {
        const char *pointer = json_pointer_append(&exchange->arena, "#", key, size);
        faults_add(&exchange->faults, FAULT_POINTER, pointer == NULL ? "#" : pointer,
                   "is not a known field");
    }
}

/* NULL: the answer is there, and *ret_result says what the handler returns. */
static struct api_write *new_action(struct http_exchange *exchange, api_write_fn run,
                                    enum http_result *ret_result)
{
    bool answered = false;
    date_t today = api_today(exchange);
    json_t *body = http_body_parse(exchange, &answered);
    *ret_result = HTTP_DONE;
    if (!answered) {
        refuse_fields(exchange, body);
        answered = http_answered_faults(exchange);
    }
    if (!answered)
        return api_write_new(exchange, run, body, today);
    *ret_result = api_write_refused(exchange, body);
    return NULL;
}

enum http_result api_action_submit(struct http_exchange *exchange, api_write_fn run)
{
    enum http_result result;
    struct api_write *write = new_action(exchange, run, &result);
    return write == NULL ? result : api_write_submit(write);
}

enum http_result api_action_submit_large(struct http_exchange *exchange, api_write_fn run)
{
    enum http_result result;
    struct api_write *write = new_action(exchange, run, &result);
    if (write == NULL)
        return result;
    write->job.alone = write->key == NULL;
    return api_write_submit(write);
}

static void render_completion(struct json_writer *w, const struct completion *completion,
                              date_t today)
{
    json_write_object_begin(w);
    json_write_key(w, "task");
    task_json(w, &completion->task, today);
    json_write_key(w, "next_task");
    if (completion->next.id == 0)
        json_write_null(w);
    else
        task_json(w, &completion->next, today);
    json_write_key(w, "warnings");
    json_write_array_begin(w);
    for (size_t i = 0; i < completion->warning_count; i++)
        json_write_cstring(w, completion->warnings[i]);
    json_write_array_end(w);
    json_write_object_end(w);
}

static enum error_code run_complete(struct api_write *write, struct operation *operation)
{
    struct http_exchange *exchange = write->exchange;
    struct json_writer w = json_writer(&exchange->response.body);
    struct completion completion;
    char tag[TASK_TAG_SIZE];
    enum error_code code = operation_complete(operation, exchange->path_ids[0], &completion);
    if (code != ERROR_NONE || operation->refusal.kind != REFUSAL_NONE)
        return code;
    exchange->response.content_type = HTTP_JSON;
    answer_today(exchange, write->today);
    task_tag(&completion.task, write->today, tag);
    http_entity_tag(exchange, tag);
    render_completion(&w, &completion, write->today);
    return ERROR_NONE;
}

static enum error_code run_reopen(struct api_write *write, struct operation *operation)
{
    struct task task;
    enum error_code code = operation_reopen(operation, write->exchange->path_ids[0], &task);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_task(write->exchange, 200, &task, write->today);
    return code;
}

static enum error_code run_archive(struct api_write *write, struct operation *operation)
{
    struct task task;
    enum error_code code = operation_archive(operation, write->exchange->path_ids[0], &task);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_task(write->exchange, 200, &task, write->today);
    return code;
}

static enum error_code run_unarchive(struct api_write *write, struct operation *operation)
{
    struct task task;
    enum error_code code = operation_unarchive(operation, write->exchange->path_ids[0], &task);
    if (code == ERROR_NONE && operation->refusal.kind == REFUSAL_NONE)
        answer_task(write->exchange, 200, &task, write->today);
    return code;
}

static enum error_code run_archive_completed(struct api_write *write, struct operation *operation)
{
    struct http_response *response = &write->exchange->response;
    struct json_writer w = json_writer(&response->body);
    int64_t count;
    enum error_code code = operation_archive_completed(operation, &count);
    if (code != ERROR_NONE)
        return code;
    response->content_type = HTTP_JSON;
    json_write_object_begin(&w);
    json_write_member_int(&w, "archived", count);
    json_write_object_end(&w);
    return ERROR_NONE;
}

enum http_result api_task_complete(struct http_exchange *exchange)
{
    return api_action_submit(exchange, run_complete);
}

enum http_result api_task_reopen(struct http_exchange *exchange)
{
    return api_action_submit(exchange, run_reopen);
}

enum http_result api_task_archive(struct http_exchange *exchange)
{
    return api_action_submit(exchange, run_archive);
}

enum http_result api_task_unarchive(struct http_exchange *exchange)
{
    return api_action_submit(exchange, run_unarchive);
}

enum http_result api_archive_completed(struct http_exchange *exchange)
{
    enum http_result result;
    struct api_write *write = new_action(exchange, run_archive_completed, &result);
    if (write == NULL)
        return result;
    write->job.alone = true;
    return api_write_submit(write);
}
