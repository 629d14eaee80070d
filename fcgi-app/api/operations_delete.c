/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Deleting a task, with what becomes of its subtasks.
 */
#include "api/operation_rules.h"

#define ARENA_BLOCK 4096

static enum error_code release_subtask(struct operation *operation, int64_t id, struct arena *arena)
{
    struct task before;
    enum error_code code = store_task_get(store_tx_view(operation->tx), id, arena, &before);
    if (code != ERROR_NONE)
        return code;
    struct task after = before;
    after.parent_id = 0;
    after.updated_at = operation->now;
    return store_task_replace(operation->tx, &before, &after);
}

static enum error_code release_subtasks(struct operation *operation, struct id_list ids)
{
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < ids.count && code == ERROR_NONE; i++) {
        code = release_subtask(operation, ids.ids[i], &arena);
        arena_reset(&arena);
    }
    return code;
}

static enum error_code delete_subtasks(struct operation *operation, struct id_list ids)
{
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < ids.count && code == ERROR_NONE; i++)
        code = store_task_delete(operation->tx, ids.ids[i], operation->now);
    return code;
}

enum error_code operation_delete_task(struct operation *operation, const struct task *task,
                                      struct id_list subtasks, enum subtasks_choice choice)
{
    enum error_code code = choice == SUBTASKS_KEEP ? release_subtasks(operation, subtasks)
                                                   : delete_subtasks(operation, subtasks);
    return code == ERROR_NONE ? store_task_delete(operation->tx, task->id, operation->now) : code;
}

enum error_code operation_delete(struct operation *operation, int64_t id,
                                 enum subtasks_choice subtasks)
{
    struct task task;
    struct id_list ids = {0};
    enum error_code code = operation_load(operation, id, &task);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = operation_check_delete(operation, &task, subtasks, &ids);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    code = operation_begin_change(operation, CHANGE_DELETE, "Delete", &task);
    if (code == ERROR_NONE)
        code = operation_delete_task(operation, &task, ids, subtasks);
    return code == ERROR_NONE ? store_change_end(operation->tx) : code;
}
