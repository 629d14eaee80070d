/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Answers that several handlers give. Owns the table from the domain's refusals to problem types.
 */
#include "api/answers.h"

#include <inttypes.h>
#include <stdio.h>

#include "api/service.h"
#include "http/body.h"
#include "http/problem.h"

void answer_today(struct http_exchange *exchange, date_t today)
{
    char text[DATE_TEXT_SIZE];
    date_format(today, text);
    http_response_header(&exchange->response, "X-Today", text);
}

void answer_task(struct http_exchange *exchange, int status, const struct task *task, date_t today)
{
    char tag[TASK_TAG_SIZE];
    struct json_writer w = json_writer(&exchange->response.body);
    exchange->response.status = status;
    answer_today(exchange, today);
    task_tag(task, today, tag);
    if (status == 201)
        http_response_headerf(&exchange->response, "Location", API_PREFIX "/tasks/%" PRId64,
                              task->id);
    if (http_entity_tag(exchange, tag))
        return;
    exchange->response.content_type = HTTP_JSON;
    task_json(&w, task, today);
}

#define PROBLEM_TEXT_SIZE 80 /* of the longest type or title, with a few characters */

struct refusal_problem {
    enum problem_type type;
    const char *member; /* that carries the ids, or NULL */
};

static const struct refusal_problem problems[] = {
    [REFUSAL_NONE] = {PROBLEM_INTERNAL, NULL},
    [REFUSAL_INVALID] = {PROBLEM_VALIDATION, NULL},
    [REFUSAL_NOT_FOUND] = {PROBLEM_NOT_FOUND, NULL},
    [REFUSAL_STALE] = {PROBLEM_PRECONDITION_FAILED, NULL},
    [REFUSAL_BLOCKED] = {PROBLEM_BLOCKED, "blockers"},
    [REFUSAL_HAS_SUBTASKS] = {PROBLEM_HAS_SUBTASKS, "subtasks"},
    [REFUSAL_DEPENDENCY_CYCLE] = {PROBLEM_DEPENDENCY_CYCLE, "cycle"},
    [REFUSAL_SUBTASK_DEPTH] = {PROBLEM_SUBTASK_DEPTH, NULL},
    [REFUSAL_PARENT_ARCHIVED] = {PROBLEM_PARENT_ARCHIVED, NULL},
    [REFUSAL_NOT_COMPLETED] = {PROBLEM_NOT_COMPLETED, NULL},
    [REFUSAL_NAME_TAKEN] = {PROBLEM_NAME_TAKEN, NULL},
    [REFUSAL_NOTHING_TO_UNDO] = {PROBLEM_NOTHING_TO_UNDO, NULL},
    [REFUSAL_UNDO_CONFLICT] = {PROBLEM_UNDO_CONFLICT, "task_ids"},
    [REFUSAL_BULK_FAILED] = {PROBLEM_BULK_FAILED, "failed"},
};
_Static_assert(ARRAY_SIZE(problems) == REFUSAL_KIND_COUNT, "one problem for each refusal");

/* The value of the problem's own member. */
static void write_member(struct json_writer *w, const struct refusal *refusal)
{
    if (refusal->kind == REFUSAL_BULK_FAILED)
        json_refused_items(w, refusal->items, refusal->item_count);
    else
        json_id_array(w, refusal->ids);
}

static void write_problem(struct json_writer *w, const struct refusal *refusal)
{
    const struct refusal_problem *problem = &problems[refusal->kind];
    const struct problem_info *info = problem_info(problem->type);
    char text[PROBLEM_TEXT_SIZE];
    json_write_object_begin(w);
    snprintf(text, sizeof(text), "/problems/%s", info->slug);
    json_write_member_cstring(w, "type", text);
    json_write_member_cstring(w, "title", info->title);
    json_write_member_int(w, "status", info->status);
    snprintf(text, sizeof(text), "%s.", info->title);
    json_write_member_cstring(w, "detail", refusal->detail != NULL ? refusal->detail : text);
    if (problem->member != NULL) {
        json_write_key(w, problem->member);
        write_member(w, refusal);
    }
    json_write_object_end(w);
}

void json_refused_items(struct json_writer *w, const struct refused_item items[], size_t count)
{
    json_write_array_begin(w);
    for (size_t i = 0; i < count; i++) {
        json_write_object_begin(w);
        json_write_member_int(w, "id", items[i].id);
        json_write_key(w, "problem");
        write_problem(w, &items[i].refusal);
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

void answer_refusal(struct http_exchange *exchange, const struct refusal *refusal)
{
    const struct refusal_problem *problem = &problems[refusal->kind];
    struct buf member CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&member);
    if (refusal->kind == REFUSAL_INVALID) {
        problem_answer_faults(exchange, &refusal->faults);
        return;
    }
    if (problem->member != NULL)
        write_member(&w, refusal);
    if (member.failed)
        problem_answer_error(exchange, ERROR_MEMORY);
    else
        problem_answer_member(exchange, problem->type, 0, refusal->detail, problem->member,
                              member.data, member.size);
}
