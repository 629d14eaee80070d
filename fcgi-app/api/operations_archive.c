/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Archiving tasks and bringing them back: one, or all that are completed.
 */
#include "api/operation_rules.h"

#include "task/archive.h"

#define ARENA_BLOCK    16384
#define COMPLETED_ONCE 500 /* completed tasks that are looked up at a time */

/* --- Inside an open change -------------------------------------------------------------------- */

static enum error_code store_archived(struct operation *operation, struct task *task, bool archived,
                                      int64_t *ret_count)
{
    struct task before = *task;
    if (!archive_set(task, archived, operation->now))
        return ERROR_NONE;
    ++*ret_count;
    return store_task_replace(operation->tx, &before, task);
}

static enum error_code archive_subtasks(struct operation *operation, struct id_list subtasks,
                                        bool archived, int64_t *ret_count)
{
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < subtasks.count && code == ERROR_NONE; i++) {
        struct task subtask;
        arena_reset(&arena);
        code = store_task_get(store_tx_view(operation->tx), subtasks.ids[i], &arena, &subtask);
        if (code == ERROR_NONE)
            code = store_archived(operation, &subtask, archived, ret_count);
    }
    return code;
}

enum error_code operation_archive_task(struct operation *operation, struct task *task,
                                       struct id_list subtasks, bool archived, int64_t *ret_count)
{
    enum error_code code = store_archived(operation, task, archived, ret_count);
    return code == ERROR_NONE ? archive_subtasks(operation, subtasks, archived, ret_count) : code;
}

/* --- One task --------------------------------------------------------------------------------- */

static enum error_code change_archived(struct operation *operation, struct task *task,
                                       bool archived)
{
    struct id_list subtasks = {0};
    int64_t count = 0;
    enum error_code code = ERROR_NONE;
    if (task->subtasks.total > 0)
        code = store_subtask_ids(store_tx_view(operation->tx), task->id, 0, operation->arena,
                                 &subtasks);
    if (code == ERROR_NONE)
        code = operation_begin_change(operation, archived ? CHANGE_ARCHIVE : CHANGE_UNARCHIVE,
                                      archived ? "Archive" : "Unarchive", task);
    if (code == ERROR_NONE)
        code = operation_archive_task(operation, task, subtasks, archived, &count);
    return code == ERROR_NONE ? store_change_end(operation->tx) : code;
}

enum error_code operation_archive(struct operation *operation, int64_t id, struct task *ret_task)
{
    struct task task;
    enum error_code code = operation_load(operation, id, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    enum refusal_kind refusal = archive_refusal(&task);
    if (refusal != REFUSAL_NONE)
        return operation_refuse(operation, refusal, (struct id_list){0}, NULL);
    if (!task.archived)
        code = change_archived(operation, &task, true);
    if (code == ERROR_NONE)
        *ret_task = task;
    return code;
}

static enum error_code check_unarchive(struct operation *operation, const struct task *task)
{
    struct task parent;
    enum error_code code = ERROR_NONE;
    if (task->parent_id != 0)
        code = store_task_get(store_tx_view(operation->tx), task->parent_id, operation->arena,
                              &parent);
    if (code != ERROR_NONE)
        return code;
    return operation_refuse(operation,
                            unarchive_refusal(task, task->parent_id != 0 ? &parent : NULL),
                            (struct id_list){0}, NULL);
}

enum error_code operation_unarchive(struct operation *operation, int64_t id, struct task *ret_task)
{
    struct task task;
    enum error_code code = operation_load(operation, id, &task);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = check_unarchive(operation, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (task.archived)
        code = change_archived(operation, &task, false);
    if (code == ERROR_NONE)
        *ret_task = task;
    return code;
}

/* --- All that are completed ------------------------------------------------------------------- */

static enum error_code archive_completed_task(struct operation *operation, int64_t id,
                                              int64_t *ret_count)
{
    struct task task;
    struct id_list subtasks = {0};
    struct store_view *view = store_tx_view(operation->tx);
    enum error_code code = store_task_get(view, id, operation->arena, &task);
    if (code == ERROR_NONE && task.subtasks.total > 0)
        code = store_subtask_ids(view, id, 0, operation->arena, &subtasks);
    return code == ERROR_NONE ? operation_archive_task(operation, &task, subtasks, true, ret_count)
                              : code;
}

/* Those that the store finds now; *ret_found is 0 when there are none left. */
static enum error_code archive_some(struct operation *operation, size_t *ret_found,
                                    int64_t *ret_count)
{
    CLEANUP(arena_close) struct arena of_ids;
    CLEANUP(arena_close) struct arena of_task;
    arena_init(&of_ids, ARENA_BLOCK);
    arena_init(&of_task, ARENA_BLOCK);
    struct operation one = *operation;
    struct id_list ids = {0};
    one.arena = &of_task;
    enum error_code code =
        store_completed_ids(store_tx_view(operation->tx), COMPLETED_ONCE, &of_ids, &ids);
    for (size_t i = 0; i < ids.count && code == ERROR_NONE; i++) {
        arena_reset(&of_task);
        code = archive_completed_task(&one, ids.ids[i], ret_count);
    }
    *ret_found = ids.count;
    return code;
}

enum error_code operation_archive_completed(struct operation *operation, int64_t *ret_count)
{
    struct change *change;
    int64_t count = 0;
    size_t found = 0;
    enum error_code code = operation_begin_bulk(operation, CHANGE_ARCHIVE_COMPLETED, &change);
    if (code != ERROR_NONE)
        return code;
    do
        code = archive_some(operation, &found, &count);
    while (code == ERROR_NONE && found > 0);
    if (code == ERROR_NONE)
        code = operation_summarize(operation, change, "Archive", "completed task", (size_t)count);
    if (code == ERROR_NONE)
        code = store_change_end(operation->tx);
    if (code == ERROR_NONE)
        *ret_count = count;
    return code;
}
