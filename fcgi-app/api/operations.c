/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Creating and changing a task.
 */
#include "api/operations.h"

#include <string.h>

#include "api/operation_rules.h"

/* Applies the input; REFUSAL_INVALID with every fault. */
static enum error_code apply_input(struct operation *operation, const struct task_input *input,
                                   const struct task *present, struct task *ret_task)
{
    struct faults *faults = &operation->refusal.faults;
    faults_init(faults, operation->arena);
    enum error_code code = task_input_apply(faults, store_tx_view(operation->tx), input, present,
                                            operation->today, ret_task);
    if (code == ERROR_NONE && faults->count > 0)
        operation->refusal.kind = REFUSAL_INVALID;
    return code;
}

/* REFUSAL_NOT_FOUND when the parent of the path is missing. */
static enum error_code check_path_parent(struct operation *operation, int64_t parent_id)
{
    struct task parent;
    enum error_code code =
        store_task_get(store_tx_view(operation->tx), parent_id, operation->arena, &parent);
    if (code == ERROR_NOT_FOUND)
        return operation_refuse(operation, REFUSAL_NOT_FOUND, (struct id_list){0}, NULL);
    return code;
}

static enum error_code place_under_parent(struct operation *operation,
                                          const struct task_input *input, struct task *task)
{
    struct task parent;
    if (task->parent_id == 0)
        return ERROR_NONE;
    enum error_code code = operation_check_parent(operation, task, &parent);
    if (code == ERROR_NONE && !operation_refused(operation) && input->mode == TASK_INPUT_CREATE &&
        (input->given & INPUT_CATEGORY) == 0)
        task->category = parent.category;
    return code;
}

static enum error_code insert_task(struct operation *operation, struct task *task)
{
    task->created_at = task->updated_at = operation->now;
    task->completed_at = task->completed ? operation->now : INSTANT_NONE;
    enum error_code code = operation_begin_change(operation, CHANGE_CREATE, "Create", task);
    if (code == ERROR_NONE)
        code = store_task_insert(operation->tx, task);
    if (code == ERROR_NONE)
        code = store_change_end(operation->tx);
    return code;
}

enum error_code operation_create(struct operation *operation, const struct task_input *input,
                                 int64_t parent_id, struct task *ret_task)
{
    struct task task;
    enum error_code code = ERROR_NONE;
    if (parent_id != 0)
        code = check_path_parent(operation, parent_id);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = apply_input(operation, input, NULL, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (parent_id != 0)
        task.parent_id = parent_id;
    code = place_under_parent(operation, input, &task);
    if (code == ERROR_NONE && !operation_refused(operation) && task.completed)
        code = operation_check_blockers(operation, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    code = insert_task(operation, &task);
    if (code == ERROR_NONE)
        *ret_task = task;
    return code;
}

static bool same_text(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static bool same_ids(struct id_list a, struct id_list b)
{
    return a.count == b.count &&
           (a.count == 0 || memcmp(a.ids, b.ids, a.count * sizeof(*a.ids)) == 0);
}

static bool same_values(const struct task *a, const struct task *b)
{
    return same_text(a->description, b->description) && same_text(a->notes, b->notes) &&
           a->priority == b->priority && a->category == b->category &&
           a->completed == b->completed && a->due_date == b->due_date &&
           a->parent_id == b->parent_id && same_ids(a->depends_on, b->depends_on) &&
           a->recurring.type == b->recurring.type && a->recurring.interval == b->recurring.interval;
}

/* The rules of the state for a task that becomes `task` and was `present`. */
static enum error_code check_update(struct operation *operation, const struct task_input *input,
                                    const struct task *present, struct task *task)
{
    enum error_code code = ERROR_NONE;
    if (task->parent_id != present->parent_id)
        code = place_under_parent(operation, input, task);
    if (code == ERROR_NONE && !operation_refused(operation) &&
        !same_ids(task->depends_on, present->depends_on))
        code = operation_check_cycle(operation, task);
    if (code == ERROR_NONE && !operation_refused(operation) && task->completed &&
        !present->completed)
        code = operation_check_blockers(operation, task);
    return code;
}

static enum error_code store_update(struct operation *operation, const struct task *present,
                                    struct task *task)
{
    struct task next;
    bool ended;
    enum error_code code = operation_begin_change(operation, CHANGE_UPDATE, "Edit", present);
    if (code == ERROR_NONE && task->completed && !present->completed)
        code = operation_finish(operation, task, &next, &ended);
    if (!task->completed)
        task->completed_at = INSTANT_NONE;
    task->updated_at = operation->now;
    if (code == ERROR_NONE)
        code = store_task_replace(operation->tx, present, task);
    if (code == ERROR_NONE)
        code = store_change_end(operation->tx);
    return code;
}

enum error_code operation_update(struct operation *operation, int64_t id,
                                 const struct task_input *input, struct task *ret_task)
{
    struct task present;
    struct task task;
    enum error_code code = operation_load(operation, id, &present);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = apply_input(operation, input, &present, &task);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = check_update(operation, input, &present, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (!same_values(&task, &present))
        code = store_update(operation, &present, &task);
    if (code == ERROR_NONE)
        *ret_task = task;
    return code;
}
