/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Answers that several handlers give. Owns the table from the domain's refusals to problem types.
 */
#include "api/answers.h"

#include <inttypes.h>

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
};
_Static_assert(ARRAY_SIZE(problems) == REFUSAL_KIND_COUNT, "one problem for each refusal");

void answer_refusal(struct http_exchange *exchange, const struct refusal *refusal)
{
    const struct refusal_problem *problem = &problems[refusal->kind];
    struct buf ids CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&ids);
    if (refusal->kind == REFUSAL_INVALID) {
        problem_answer_faults(exchange, &refusal->faults);
        return;
    }
    if (problem->member != NULL)
        json_id_array(&w, refusal->ids);
    if (ids.failed)
        problem_answer_error(exchange, ERROR_MEMORY);
    else
        problem_answer_member(exchange, problem->type, 0, refusal->detail, problem->member,
                              ids.data, ids.size);
}
