/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * One action on many tasks, in one change. Each task in the order given sees what was done to those
 * before it. A task is refused before anything of it is changed, so that none is left half done and
 * none needs a savepoint of its own.
 */
#include "api/operation_rules.h"

#include "task/archive.h"
#include "task/dependencies.h"

#define ARENA_BLOCK 16384

struct bulk {
    const struct bulk_request *request;
    struct id_list sorted; /* the ids of the request */
    bool *along;           /* of each of them, sorted: it went along with its parent */
    struct bulk_result result;
};

/* One task of the bulk. On success either the operation is refused, or *ret_skipped says why there
 * was nothing to do, or it is done. */
typedef enum error_code (*item_fn)(struct bulk *bulk, struct operation *operation, int64_t id,
                                   const char **ret_skipped);

/* --- Those that go along with their parent ---------------------------------------------------- */

static bool *find_along(struct bulk *bulk, int64_t id)
{
    size_t place;
    return id_list_find(bulk->sorted, id, &place) ? &bulk->along[place] : NULL;
}

static void note_along(struct bulk *bulk, struct id_list subtasks)
{
    for (size_t i = 0; i < subtasks.count; i++) {
        bool *along = find_along(bulk, subtasks.ids[i]);
        if (along != NULL)
            *along = true;
    }
}

/* --- The actions ------------------------------------------------------------------------------ */

static enum error_code complete_item(struct bulk *bulk, struct operation *operation, int64_t id,
                                     const char **ret_skipped)
{
    struct task task, next;
    bool ended;
    enum error_code code = operation_load(operation, id, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (task.completed) {
        *ret_skipped = "already completed";
        return ERROR_NONE;
    }
    code = operation_check_blocked(operation, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    code = operation_complete_task(operation, &task, &next, &ended);
    if (code == ERROR_NONE && next.id != 0)
        bulk->result.created.ids[bulk->result.created.count++] = next.id;
    return code;
}

static enum error_code delete_item(struct bulk *bulk, struct operation *operation, int64_t id,
                                   const char **ret_skipped)
{
    struct task task;
    struct id_list subtasks;
    enum subtasks_choice choice = bulk->request->subtasks;
    if (*find_along(bulk, id)) {
        *ret_skipped = "deleted together with its parent";
        return ERROR_NONE;
    }
    enum error_code code = operation_load(operation, id, &task);
    if (code == ERROR_NONE && !operation_refused(operation))
        code = operation_check_delete(operation, &task, choice, &subtasks);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (choice == SUBTASKS_DELETE)
        note_along(bulk, subtasks);
    return operation_delete_task(operation, &task, subtasks, choice);
}

static enum error_code archive_item(struct bulk *bulk, struct operation *operation, int64_t id,
                                    const char **ret_skipped)
{
    struct task task;
    struct id_list subtasks = {0};
    int64_t count = 0;
    enum error_code code = operation_load(operation, id, &task);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    if (task.archived) {
        *ret_skipped =
            *find_along(bulk, id) ? "archived together with its parent" : "already archived";
        return ERROR_NONE;
    }
    if (archive_refusal(&task) != REFUSAL_NONE)
        return operation_refuse(operation, archive_refusal(&task), (struct id_list){0}, NULL);
    if (task.subtasks.total > 0)
        code = store_subtask_ids(store_tx_view(operation->tx), id, 0, operation->arena, &subtasks);
    note_along(bulk, subtasks);
    return code == ERROR_NONE ? operation_archive_task(operation, &task, subtasks, true, &count)
                              : code;
}

static const struct {
    item_fn run;
    enum change_action action;
    const char *verb;
} kinds[] = {
    [BULK_COMPLETE] = {complete_item, CHANGE_BULK_COMPLETE, "Complete"},
    [BULK_DELETE] = {delete_item, CHANGE_BULK_DELETE, "Delete"},
    [BULK_ARCHIVE] = {archive_item, CHANGE_BULK_ARCHIVE, "Archive"},
};
_Static_assert(ARRAY_SIZE(kinds) == BULK_KIND_COUNT, "one row per kind");

/* --- The whole -------------------------------------------------------------------------------- */

static void *copy_of(struct arena *arena, const void *data, size_t size)
{
    return arena_memdup(arena, size > 0 ? data : "", size);
}

static enum error_code bulk_init(struct bulk *bulk, struct arena *arena)
{
    size_t count = bulk->request->ids.count;
    struct bulk_result *result = &bulk->result;
    bulk->sorted.ids = copy_of(arena, bulk->request->ids.ids, count * sizeof(int64_t));
    bulk->sorted.count = count;
    bulk->along = arena_calloc(arena, count, sizeof(*bulk->along));
    result->succeeded.ids = arena_calloc(arena, count, sizeof(int64_t));
    result->created.ids = arena_calloc(arena, count, sizeof(int64_t));
    result->skipped = arena_calloc(arena, count, sizeof(*result->skipped));
    result->failed = arena_calloc(arena, count, sizeof(*result->failed));
    if (bulk->sorted.ids == NULL || bulk->along == NULL || result->succeeded.ids == NULL ||
        result->created.ids == NULL || result->skipped == NULL || result->failed == NULL)
        return ERROR_MEMORY;
    id_list_normalize(&bulk->sorted);
    return ERROR_NONE;
}

/* The refusal outlives the item's arena; its detail is a constant. */
static enum error_code note_failed(struct bulk_result *result, struct arena *arena, int64_t id,
                                   const struct refusal *refusal)
{
    struct refused_item *item = &result->failed[result->failed_count];
    *item = (struct refused_item){id, *refusal};
    item->refusal.ids.ids = copy_of(arena, refusal->ids.ids, refusal->ids.count * sizeof(int64_t));
    if (item->refusal.ids.ids == NULL)
        return ERROR_MEMORY;
    result->failed_count++;
    return ERROR_NONE;
}

static enum error_code run_item(struct bulk *bulk, const struct operation *operation,
                                struct arena *arena, int64_t id)
{
    struct bulk_result *result = &bulk->result;
    struct operation item = *operation;
    const char *skipped = NULL;
    arena_reset(arena);
    item.arena = arena;
    enum error_code code = kinds[bulk->request->kind].run(bulk, &item, id, &skipped);
    if (code != ERROR_NONE)
        return code;
    if (operation_refused(&item))
        return note_failed(result, operation->arena, id, &item.refusal);
    if (skipped != NULL)
        result->skipped[result->skipped_count++] = (struct bulk_skip){id, skipped};
    else
        result->succeeded.ids[result->succeeded.count++] = id;
    return ERROR_NONE;
}

static enum error_code run_items(struct bulk *bulk, const struct operation *operation)
{
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < bulk->request->ids.count && code == ERROR_NONE; i++)
        code = run_item(bulk, operation, &arena, bulk->request->ids.ids[i]);
    return code;
}

static enum error_code run_change(struct bulk *bulk, struct operation *operation)
{
    struct change *change;
    enum bulk_kind kind = bulk->request->kind;
    enum error_code code = operation_begin_bulk(operation, kinds[kind].action, &change);
    if (code == ERROR_NONE)
        code = run_items(bulk, operation);
    if (code == ERROR_NONE)
        code = operation_summarize(operation, change, kinds[kind].verb, "task",
                                   bulk->result.succeeded.count);
    return code == ERROR_NONE ? store_change_end(operation->tx) : code;
}

enum error_code operation_bulk(struct operation *operation, const struct bulk_request *request,
                               struct bulk_result *ret_result)
{
    struct bulk bulk = {.request = request};
    enum error_code code = bulk_init(&bulk, operation->arena);
    if (code == ERROR_NONE)
        code = run_change(&bulk, operation);
    if (code != ERROR_NONE)
        return code;
    if (request->atomic && bulk.result.failed_count > 0) {
        operation->refusal.items = bulk.result.failed;
        operation->refusal.item_count = bulk.result.failed_count;
        return operation_refuse(operation, REFUSAL_BULK_FAILED, (struct id_list){0},
                                "Some of the tasks were refused, so nothing was changed.");
    }
    *ret_result = bulk.result;
    return ERROR_NONE;
}
