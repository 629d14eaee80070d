/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Completing and reopening a task.
 */
#include "api/operation_rules.h"

#include <inttypes.h>

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
        code = operation_finish(operation, task, &completion->next, &ended);
    task->updated_at = operation->now;
    if (code == ERROR_NONE)
        code = store_task_update(operation->tx, task);
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
        code = operation_check_blockers(operation, &completion.task);
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
        task.completed = false;
        task.completed_at = INSTANT_NONE;
        task.updated_at = operation->now;
        code = operation_begin_change(operation, CHANGE_REOPEN, "Reopen", &task);
        if (code == ERROR_NONE)
            code = store_task_update(operation->tx, &task);
        if (code == ERROR_NONE)
            code = store_change_end(operation->tx);
    }
    if (code == ERROR_NONE)
        *ret_task = task;
    return code;
}
