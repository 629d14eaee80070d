/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * One task as a row, and lists of ids.
 */
#include "store/sqlite/row.h"

#include <string.h>

#include "store/sqlite/facets.h"
#include "store/sqlite/functions.h"

/* The order of TASK_COLUMNS. */
enum column {
    COLUMN_ID,
    COLUMN_VERSION,
    COLUMN_FACETS,
    COLUMN_DUE_DATE,
    COLUMN_PARENT_ID,
    COLUMN_CREATED_AT,
    COLUMN_UPDATED_AT,
    COLUMN_COMPLETED_AT,
    COLUMN_REST,
    COLUMN_DESCRIPTION,
    COLUMN_NOTES,
};

/* The order within COLUMN_REST. */
enum rest {
    REST_RECUR_TYPE,
    REST_RECUR_INTERVAL,
    REST_RECUR_ANCHOR,
    REST_RECUR_INDEX,
    REST_NEXT_ID,
    REST_SUB_TOTAL,
    REST_SUB_DONE,
    REST_DEP_TOTAL,
    REST_DEP_DONE,
    REST_COUNT
};

_Static_assert(REST_COUNT == FUNCTIONS_INTEGERS, "what todo_integers makes");

/* --- Lists of ids ----------------------------------------------------------------------------- */

#define IDS_FIRST_CAPACITY 16

static bool grow(struct arena *arena, struct id_list *ids, size_t *capacity)
{
    size_t wider = *capacity == 0 ? IDS_FIRST_CAPACITY : 2 * *capacity;
    int64_t *moved = arena_calloc(arena, wider, sizeof(*moved));
    if (moved == NULL)
        return false;
    if (ids->count > 0)
        memcpy(moved, ids->ids, ids->count * sizeof(*moved));
    ids->ids = moved;
    *capacity = wider;
    return true;
}

static enum error_code collect_ids(struct store_view *view, sqlite3_stmt *statement,
                                   struct arena *arena, struct id_list *ret_ids)
{
    struct id_list ids = {0};
    size_t capacity = 0;
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        if (ids.count == capacity && !grow(arena, &ids, &capacity))
            return store_fail(view, ERROR_MEMORY);
        ids.ids[ids.count++] = sqlite3_column_int64(statement, 0);
    }
    enum error_code code = store_error(view, rc);
    if (code == ERROR_NONE)
        *ret_ids = ids;
    return code;
}

enum error_code row_ids(struct store_view *view, enum statement id, int64_t argument, size_t limit,
                        struct arena *arena, struct id_list *ret_ids)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, argument);
    sqlite3_bind_int64(statement, 2, limit == 0 || limit > INT64_MAX ? -1 : (int64_t)limit);
    return collect_ids(view, statement, arena, ret_ids);
}

/* --- One task --------------------------------------------------------------------------------- */

static int64_t instant_or_none(sqlite3_stmt *statement, enum column column)
{
    return sqlite3_column_type(statement, (int)column) == SQLITE_NULL
               ? INSTANT_NONE
               : sqlite3_column_int64(statement, (int)column);
}

static bool read_text(sqlite3_stmt *statement, enum column column, struct text *ret_text)
{
    const char *data = (const char *)sqlite3_column_text(statement, (int)column);
    if (data == NULL)
        return false;
    *ret_text = (struct text){data, (size_t)sqlite3_column_bytes(statement, (int)column)};
    return true;
}

/* What the facets say is absent is not read. */
static void read_numbers(sqlite3_stmt *statement, struct task *task)
{
    uint32_t facets = (uint32_t)sqlite3_column_int(statement, COLUMN_FACETS);
    task->id = sqlite3_column_int64(statement, COLUMN_ID);
    task->version = sqlite3_column_int64(statement, COLUMN_VERSION);
    facets_read(facets, task);
    task->due_date =
        (facets & FACET_DATED) != 0 ? sqlite3_column_int(statement, COLUMN_DUE_DATE) : DATE_NONE;
    if ((facets & FACET_SUBTASK) != 0)
        task->parent_id = sqlite3_column_int64(statement, COLUMN_PARENT_ID);
    task->created_at = sqlite3_column_int64(statement, COLUMN_CREATED_AT);
    task->updated_at = sqlite3_column_int64(statement, COLUMN_UPDATED_AT);
    task->completed_at = instant_or_none(statement, COLUMN_COMPLETED_AT);
}

static void read_rest(sqlite3_stmt *statement, struct task *task)
{
    const void *blob = sqlite3_column_blob(statement, COLUMN_REST);
    int64_t rest[REST_COUNT] = {[REST_RECUR_ANCHOR] = DATE_NONE};
    if (blob != NULL)
        memcpy(rest, blob, sizeof(rest));
    task->recurring = (struct recurrence){
        .type = (enum recurrence_type)rest[REST_RECUR_TYPE],
        .interval = (int)rest[REST_RECUR_INTERVAL],
        .anchor = (date_t)rest[REST_RECUR_ANCHOR],
        .index = (int)rest[REST_RECUR_INDEX],
    };
    task->next_id = rest[REST_NEXT_ID];
    task->subtasks = (struct progress){rest[REST_SUB_TOTAL], rest[REST_SUB_DONE]};
    task->dependencies = (struct progress){rest[REST_DEP_TOTAL], rest[REST_DEP_DONE]};
}

enum error_code row_read(struct store_view *view, sqlite3_stmt *statement, struct arena *arena,
                         struct task *ret_task)
{
    struct task task = {0};
    read_numbers(statement, &task);
    read_rest(statement, &task);
    if (!read_text(statement, COLUMN_DESCRIPTION, &task.description) ||
        !read_text(statement, COLUMN_NOTES, &task.notes))
        return store_fail(view, ERROR_MEMORY);
    if (task.dependencies.total > 0) {
        enum error_code code =
            row_ids(view, STATEMENT_DEPENDENCY_IDS, task.id, 0, arena, &task.depends_on);
        if (code != ERROR_NONE)
            return code;
    }
    *ret_task = task;
    return ERROR_NONE;
}

enum error_code row_keep_texts(struct store_view *view, struct arena *arena, struct task *task)
{
    const char *description = arena_memdup(arena, task->description.data, task->description.size);
    const char *notes = arena_memdup(arena, task->notes.data, task->notes.size);
    if (description == NULL || notes == NULL)
        return store_fail(view, ERROR_MEMORY);
    task->description.data = description;
    task->notes.data = notes;
    return ERROR_NONE;
}
