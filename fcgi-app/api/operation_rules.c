/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules that guard a change of tasks, and the journal's entry for it.
 */
#include "api/operation_rules.h"

#include <string.h>

#include "task/dependencies.h"

#define SUMMARY_DESCRIPTION_MAX 120 /* bytes of the description in a summary */

enum error_code operation_refuse(struct operation *operation, enum refusal_kind kind,
                                 struct id_list ids, const char *detail)
{
    operation->refusal.kind = kind;
    operation->refusal.ids = ids;
    operation->refusal.detail = detail;
    return ERROR_NONE;
}

bool operation_refused(const struct operation *operation)
{
    return operation->refusal.kind != REFUSAL_NONE;
}

enum error_code operation_load(struct operation *operation, int64_t id, struct task *ret_task)
{
    struct task task;
    enum error_code code =
        store_task_get(store_tx_view(operation->tx), id, operation->arena, &task);
    if (code == ERROR_NOT_FOUND)
        return operation_refuse(operation, REFUSAL_NOT_FOUND, (struct id_list){0}, NULL);
    if (code != ERROR_NONE)
        return code;
    if (operation->accepts != NULL && !operation->accepts(operation->accepts_context, task.version))
        return operation_refuse(operation, REFUSAL_STALE, (struct id_list){0}, NULL);
    *ret_task = task;
    return ERROR_NONE;
}

enum error_code operation_check_parent(struct operation *operation, const struct task *task,
                                       struct task *ret_parent)
{
    struct task parent;
    enum error_code code =
        store_task_get(store_tx_view(operation->tx), task->parent_id, operation->arena, &parent);
    if (code != ERROR_NONE)
        return code;
    if (parent.parent_id != 0)
        return operation_refuse(operation, REFUSAL_SUBTASK_DEPTH, (struct id_list){0},
                                "The parent is a subtask itself; subtasks go one level deep.");
    if (task->subtasks.total > 0)
        return operation_refuse(operation, REFUSAL_SUBTASK_DEPTH, (struct id_list){0},
                                "The task has subtasks of its own; subtasks go one level deep.");
    if (parent.archived)
        return operation_refuse(operation, REFUSAL_PARENT_ARCHIVED, (struct id_list){0}, NULL);
    *ret_parent = parent;
    return ERROR_NONE;
}

/* The working memory of a search for a cycle. */
struct graph {
    struct store_view *view;
    struct arena *arena;
};

static enum error_code look_up_dependencies(void *context, int64_t id, struct id_list *ret_ids)
{
    struct graph *graph = context;
    return store_dependency_ids(graph->view, id, graph->arena, ret_ids);
}

enum error_code operation_check_cycle(struct operation *operation, const struct task *task)
{
    struct graph graph = {store_tx_view(operation->tx), operation->arena};
    struct id_list cycle = {0};
    enum error_code code = dependency_cycle(task->id, task->depends_on, look_up_dependencies,
                                            &graph, operation->arena, &cycle);
    if (code != ERROR_NONE || cycle.count == 0)
        return code;
    return operation_refuse(operation, REFUSAL_DEPENDENCY_CYCLE, cycle, NULL);
}

enum error_code operation_check_blockers(struct operation *operation, const struct task *task)
{
    struct id_list open = {0};
    enum error_code code = ERROR_NONE;
    open.ids = arena_calloc(operation->arena, task->depends_on.count, sizeof(*open.ids));
    if (open.ids == NULL)
        return ERROR_MEMORY;
    for (size_t i = 0; i < task->depends_on.count && code == ERROR_NONE; i++) {
        struct task other;
        code = store_task_get(store_tx_view(operation->tx), task->depends_on.ids[i],
                              operation->arena, &other);
        if (code == ERROR_NONE && !other.completed)
            open.ids[open.count++] = other.id;
    }
    if (code != ERROR_NONE || open.count == 0)
        return code;
    return operation_refuse(operation, REFUSAL_BLOCKED, open, NULL);
}

enum error_code operation_check_blocked(struct operation *operation, const struct task *task)
{
    struct id_list open = {0};
    if (!task_blocked(task))
        return ERROR_NONE;
    enum error_code code =
        store_blocker_ids(store_tx_view(operation->tx), task->id, operation->arena, &open);
    return code == ERROR_NONE ? operation_refuse(operation, REFUSAL_BLOCKED, open, NULL) : code;
}

enum error_code operation_check_delete(struct operation *operation, const struct task *task,
                                       enum subtasks_choice choice, struct id_list *ret_subtasks)
{
    *ret_subtasks = (struct id_list){0};
    if (task->subtasks.total == 0)
        return ERROR_NONE;
    enum error_code code = store_subtask_ids(store_tx_view(operation->tx), task->id, 0,
                                             operation->arena, ret_subtasks);
    if (code != ERROR_NONE || choice != SUBTASKS_UNDECIDED)
        return code;
    return operation_refuse(operation, REFUSAL_HAS_SUBTASKS, *ret_subtasks,
                            "Say subtasks=delete or subtasks=keep.");
}

static struct change *new_change(struct operation *operation, enum change_action action)
{
    struct change *change = arena_calloc(operation->arena, 1, sizeof(*change));
    if (change == NULL)
        return NULL;
    change->at = operation->now;
    change->action = action;
    change->request_id = operation->request_id;
    change->actor = operation->actor;
    return change;
}

enum error_code operation_begin_change(struct operation *operation, enum change_action action,
                                       const char *verb, const struct task *task)
{
    size_t size = task->description.size;
    if (size > SUMMARY_DESCRIPTION_MAX) {
        size = SUMMARY_DESCRIPTION_MAX;
        while (size > 0 && ((unsigned char)task->description.data[size] & 0xC0) == 0x80)
            size--;
    }
    struct change *change = new_change(operation, action);
    if (change == NULL)
        return ERROR_MEMORY;
    change->summary =
        arena_printf(operation->arena, "%s \u201c%.*s%s\u201d", verb, (int)size,
                     task->description.data, size < task->description.size ? "\u2026" : "");
    if (change->summary == NULL)
        return ERROR_MEMORY;
    return store_change_begin(operation->tx, change);
}

enum error_code operation_begin_bulk(struct operation *operation, enum change_action action,
                                     struct change **ret_change)
{
    struct change *change = new_change(operation, action);
    if (change == NULL)
        return ERROR_MEMORY;
    change->summary = "";
    enum error_code code = store_change_begin(operation->tx, change);
    if (code == ERROR_NONE)
        *ret_change = change;
    return code;
}

enum error_code operation_summarize(struct operation *operation, struct change *change,
                                    const char *verb, const char *noun, size_t count)
{
    const char *summary =
        arena_printf(operation->arena, "%s %zu %s%s", verb, count, noun, count == 1 ? "" : "s");
    if (summary == NULL)
        return ERROR_MEMORY;
    change->summary = summary;
    return ERROR_NONE;
}
