/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Completing a task, with its next occurrence, and reopening it.
 */
#include "api/operation_rules.h"

#include <inttypes.h>

#include "task/recurrence.h"

/* An archived parent has no subtasks that are not archived. */
static enum error_code follow_parent(struct operation *operation, const struct task *task,
                                     struct task *next)
{
    struct task parent;
    if (!task->archived || task->parent_id == 0)
        return ERROR_NONE;
    enum error_code code =
        store_task_get(store_tx_view(operation->tx), task->parent_id, operation->arena, &parent);
    if (code == ERROR_NONE)
        next->archived = parent.archived;
    return code;
}

enum error_code operation_finish(struct operation *operation, struct task *task,
                                 struct task *ret_next, bool *ret_ended)
{
    struct task next;
    task->completed = true;
    task->completed_at = operation->now;
    task_init(ret_next);
    *ret_ended = false;
    if (task->recurring.type == RECURRENCE_NONE || task->next_id != 0)
        return ERROR_NONE;
    if (!recurrence_next(task, operation->now, &next)) {
        *ret_ended = true;
        return ERROR_NONE;
    }
    enum error_code code = follow_parent(operation, task, &next);
    if (code == ERROR_NONE)
        code = store_task_insert(operation->tx, &next);
    if (code != ERROR_NONE)
        return code;
    task->next_id = next.id;
    *ret_next = next;
    return ERROR_NONE;
}

enum error_code operation_complete_task(struct operation *operation, struct task *task,
                                        struct task *ret_next, bool *ret_ended)
{
    struct task before = *task;
    enum error_code code = operation_finish(operation, task, ret_next, ret_ended);
    task->updated_at = operation->now;
    return code == ERROR_NONE ? store_task_replace(operation->tx, &before, task) : code;
}

static enum error_code warn_open_subtasks(struct operation *operation,
                                          struct completion *completion)
{
    const struct progress *subtasks = &completion->task.subtasks;
    int64_t open = subtasks->total - subtasks->completed;
    if (open == 0)
        return ERROR_NONE;
    const char *warning =
        arena_printf(operation->arena, "%" PRId64 " of %" PRId64 " subtasks %s still open.", open,
                     subtasks->total, open == 1 ? "is" : "are");
    if (warning == NULL)
        return ERROR_MEMORY;
    completion->warnings[completion->warning_count++] = warning;
    return ERROR_NONE;
}

static enum error_code complete_task(struct operation *operation, struct completion *completion)
{
    struct task *task = &completion->task;
    bool ended = false;
    enum error_code code = operation_begin_change(operation, CHANGE_COMPLETE, "Complete", task);
    if (code == ERROR_NONE)
        code = operation_complete_task(operation, task, &completion->next, &ended);
    if (code == ERROR_NONE)
        code = store_change_end(operation->tx);
    if (ended)
        completion->warnings[completion->warning_count++] =
            "There is no next occurrence: its date would be after 9999-12-31.";
    return code == ERROR_NONE ? warn_open_subtasks(operation, completion) : code;
}

enum error_code operation_complete(struct operation *operation, int64_t id,
                                   struct completion *ret_completion)
{
    struct completion completion = {0};
    task_init(&completion.next);
    enum error_code code = operation_load(operation, id, &completion.task);
    if (code == ERROR_NONE && !operation_refused(operation) && !completion.task.completed)
        code = operation_check_blocked(operation, &completion.task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (!completion.task.completed)
        code = complete_task(operation, &completion);
    if (code == ERROR_NONE)
        *ret_completion = completion;
    return code;
}

enum error_code operation_reopen(struct operation *operation, int64_t id, struct task *ret_task)
{
    struct task task;
    enum error_code code = operation_load(operation, id, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (task.completed) {
        struct task before = task;
        task.completed = false;
        task.completed_at = INSTANT_NONE;
        task.updated_at = operation->now;
        code = operation_begin_change(operation, CHANGE_REOPEN, "Reopen", &task);
        if (code == ERROR_NONE)
            code = store_task_replace(operation->tx, &before, &task);
        if (code == ERROR_NONE)
            code = store_change_end(operation->tx);
    }
    if (code == ERROR_NONE)
        *ret_task = task;
    return code;
}
