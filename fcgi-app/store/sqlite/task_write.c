/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Writing tasks: the row, its links, what follows in other rows, and the journal.
 */
#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "store/rows.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/relations.h"
#include "store/sqlite/row.h"
#include "store/sqlite/task_row.h"

#define ARENA_BLOCK 4096

/* The parameters that TASK_INSERT and the statements that update share. */
enum parameter_index {
    PARAMETER_ID = 1,
    PARAMETER_COMPLETED,
    PARAMETER_ARCHIVED,
    PARAMETER_PRIORITY,
    PARAMETER_CATEGORY,
    PARAMETER_DUE_DATE,
    PARAMETER_PARENT_ID,
    PARAMETER_RECUR_TYPE,
    PARAMETER_RECUR_INTERVAL,
    PARAMETER_RECUR_ANCHOR,
    PARAMETER_RECUR_INDEX,
    PARAMETER_NEXT_ID,
    PARAMETER_DEP_TOTAL,
    PARAMETER_DEP_DONE,
    PARAMETER_UPDATED_AT,
    PARAMETER_COMPLETED_AT,
    PARAMETER_DESCRIPTION,
    PARAMETER_DESCRIPTION_FOLD,
    PARAMETER_NOTES,
    PARAMETER_CREATED_AT,                     /* of TASK_INSERT alone */
    PARAMETER_VERSION = PARAMETER_CREATED_AT, /* that is stored, of the others */
    PARAMETER_NEW_VERSION,                    /* of TASK_INSERT alone, as those below */
    PARAMETER_SUB_TOTAL,
    PARAMETER_SUB_DONE,
};

static void bind_id(sqlite3_stmt *statement, int index, int64_t id)
{
    if (id != 0) /* else NULL, as every parameter that is not bound */
        sqlite3_bind_int64(statement, index, id);
}

static void bind_text(sqlite3_stmt *statement, int index, const char *data, size_t size)
{
    sqlite3_bind_text64(statement, index, data != NULL ? data : "", size, SQLITE_STATIC,
                        SQLITE_UTF8);
}

static void bind_task(sqlite3_stmt *statement, const struct task *task, const struct buf *folded)
{
    bind_id(statement, PARAMETER_ID, task->id);
    sqlite3_bind_int(statement, PARAMETER_COMPLETED, task->completed);
    sqlite3_bind_int(statement, PARAMETER_ARCHIVED, task->archived);
    sqlite3_bind_int(statement, PARAMETER_PRIORITY, (int)task->priority);
    sqlite3_bind_int(statement, PARAMETER_CATEGORY, (int)task->category);
    sqlite3_bind_int(statement, PARAMETER_DUE_DATE, task->due_date);
    bind_id(statement, PARAMETER_PARENT_ID, task->parent_id);
    sqlite3_bind_int(statement, PARAMETER_RECUR_TYPE, (int)task->recurring.type);
    sqlite3_bind_int(statement, PARAMETER_RECUR_INTERVAL, task->recurring.interval);
    sqlite3_bind_int(statement, PARAMETER_RECUR_ANCHOR, task->recurring.anchor);
    sqlite3_bind_int(statement, PARAMETER_RECUR_INDEX, task->recurring.index);
    bind_id(statement, PARAMETER_NEXT_ID, task->next_id);
    sqlite3_bind_int64(statement, PARAMETER_DEP_TOTAL, task->dependencies.total);
    sqlite3_bind_int64(statement, PARAMETER_DEP_DONE, task->dependencies.completed);
    sqlite3_bind_int64(statement, PARAMETER_UPDATED_AT, task->updated_at);
    if (task->completed_at != INSTANT_NONE)
        sqlite3_bind_int64(statement, PARAMETER_COMPLETED_AT, task->completed_at);
    bind_text(statement, PARAMETER_DESCRIPTION, task->description.data, task->description.size);
    bind_text(statement, PARAMETER_DESCRIPTION_FOLD, folded->data, folded->size);
    bind_text(statement, PARAMETER_NOTES, task->notes.data, task->notes.size);
}

static enum error_code fold_description(struct store_view *view, const struct task *task,
                                        struct buf *folded)
{
    utf8_fold(folded, task->description.data, task->description.size);
    return folded->failed ? store_fail(view, ERROR_MEMORY) : ERROR_NONE;
}

enum error_code task_row_insert(struct store_view *view, const struct task *task)
{
    CLEANUP_BUF struct buf folded = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = fold_description(view, task, &folded);
    if (code == ERROR_NONE)
        code = store_statement(view, STATEMENT_TASK_INSERT, &statement);
    if (code != ERROR_NONE)
        return code;
    bind_task(statement, task, &folded);
    sqlite3_bind_int64(statement, PARAMETER_CREATED_AT, task->created_at);
    sqlite3_bind_int64(statement, PARAMETER_NEW_VERSION, task->version);
    sqlite3_bind_int64(statement, PARAMETER_SUB_TOTAL, task->subtasks.total);
    sqlite3_bind_int64(statement, PARAMETER_SUB_DONE, task->subtasks.completed);
    return store_run(view, statement);
}

/* --- Insert ----------------------------------------------------------------------------------- */

enum error_code store_task_insert(struct store_tx *tx, struct task *task)
{
    assert(tx->journal.change != NULL);
    struct store_view *view = &tx->view;
    struct task stored = *task;
    stored.version = 1;
    stored.subtasks = (struct progress){0};
    enum error_code code = relations_progress(view, task->depends_on, &stored.dependencies);
    if (code == ERROR_NONE)
        code = task_row_insert(view, &stored);
    if (code != ERROR_NONE)
        return code;
    stored.id = sqlite3_last_insert_rowid(view->connection->db);
    code = relations_link(view, stored.id, stored.depends_on);
    if (code == ERROR_NONE)
        code = relations_follow(view, NULL, &stored);
    if (code == ERROR_NONE)
        code = journal_task(tx, NULL, &stored);
    if (code == ERROR_NONE)
        *task = stored;
    return code;
}

/* --- Update ----------------------------------------------------------------------------------- */

static bool ids_equal(struct id_list a, struct id_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++) {
        if (a.ids[i] != b.ids[i])
            return false;
    }
    return true;
}

static bool texts_equal(struct text a, struct text b)
{
    return a.size == b.size && (a.data == b.data || memcmp(a.data, b.data, a.size) == 0);
}

static bool same_texts(const struct task *a, const struct task *b)
{
    return texts_equal(a->description, b->description) && texts_equal(a->notes, b->notes);
}

static bool same_state(const struct task *a, const struct task *b)
{
    return a->completed == b->completed && a->archived == b->archived && a->next_id == b->next_id &&
           a->completed_at == b->completed_at;
}

static bool same_plan(const struct task *a, const struct task *b)
{
    return a->priority == b->priority && a->category == b->category && a->due_date == b->due_date &&
           a->recurring.type == b->recurring.type &&
           a->recurring.interval == b->recurring.interval &&
           a->recurring.anchor == b->recurring.anchor && a->recurring.index == b->recurring.index;
}

static bool same_place(const struct task *a, const struct task *b)
{
    return a->parent_id == b->parent_id && a->dependencies.total == b->dependencies.total &&
           a->dependencies.completed == b->dependencies.completed;
}

/* The narrowest that writes all that is different: SQLite touches every index that has a column
 * which the statement names, whether its value changes or not. */
static enum statement choose_update(const struct task *before, const struct task *after)
{
    if (!same_plan(before, after) || !same_place(before, after))
        return STATEMENT_TASK_UPDATE;
    if (same_texts(before, after))
        return STATEMENT_TASK_UPDATE_STATE;
    return same_state(before, after) ? STATEMENT_TASK_UPDATE_TEXTS : STATEMENT_TASK_UPDATE;
}

enum error_code task_row_update(struct store_view *view, const struct task *before,
                                const struct task *after)
{
    CLEANUP_BUF struct buf folded = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum statement chosen = choose_update(before, after);
    enum error_code code = ERROR_NONE;
    if (chosen != STATEMENT_TASK_UPDATE_STATE)
        code = fold_description(view, after, &folded);
    if (code == ERROR_NONE)
        code = store_statement(view, chosen, &statement);
    if (code != ERROR_NONE)
        return code;
    bind_task(statement, after, &folded);
    sqlite3_bind_int64(statement, PARAMETER_VERSION, before->version);
    code = store_run(view, statement);
    if (code == ERROR_NONE && sqlite3_changes(view->connection->db) == 0)
        code = store_fail(view, ERROR_STORAGE);
    return code;
}

static enum error_code write_links(struct store_view *view, const struct task *before,
                                   struct task *after)
{
    if (ids_equal(before->depends_on, after->depends_on)) {
        after->dependencies = before->dependencies;
        return ERROR_NONE;
    }
    enum error_code code = relations_unlink(view, after->id);
    if (code == ERROR_NONE)
        code = relations_link(view, after->id, after->depends_on);
    if (code == ERROR_NONE)
        code = relations_progress(view, after->depends_on, &after->dependencies);
    return code;
}

static enum error_code replace(struct store_tx *tx, const struct task *before, struct task *after)
{
    after->version = before->version + 1;
    after->created_at = before->created_at;
    after->subtasks = before->subtasks;
    enum error_code code = write_links(&tx->view, before, after);
    if (code == ERROR_NONE)
        code = task_row_update(&tx->view, before, after);
    if (code == ERROR_NONE)
        code = relations_follow(&tx->view, before, after);
    if (code == ERROR_NONE)
        code = journal_task(tx, before, after);
    return code;
}

enum error_code store_task_replace(struct store_tx *tx, const struct task *before,
                                   struct task *task)
{
    assert(tx->journal.change != NULL && before->id == task->id);
    struct task after = *task;
    enum error_code code = replace(tx, before, &after);
    if (code == ERROR_NONE)
        *task = after;
    return code;
}

enum error_code store_task_update(struct store_tx *tx, struct task *task)
{
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    struct task before;
    enum error_code code = store_task_get(&tx->view, task->id, &arena, &before);
    return code == ERROR_NONE ? store_task_replace(tx, &before, task) : code;
}

/* --- Delete ----------------------------------------------------------------------------------- */

static void id_list_remove(struct id_list *ids, int64_t id)
{
    size_t kept = 0;
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->ids[i] != id)
            ids->ids[kept++] = ids->ids[i];
    }
    ids->count = kept;
}

/* A dependent goes on without the task that goes. */
static enum error_code release_dependent(struct store_tx *tx, int64_t dependent_id, int64_t id,
                                         int64_t now)
{
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    struct task before, after;
    enum error_code code = store_task_get(&tx->view, dependent_id, &arena, &before);
    if (code != ERROR_NONE)
        return code;
    after = before;
    size_t size = before.depends_on.count * sizeof(*before.depends_on.ids);
    after.depends_on.ids = (int64_t *)(void *)arena_memdup(&arena, before.depends_on.ids, size);
    if (after.depends_on.ids == NULL)
        return store_fail(&tx->view, ERROR_MEMORY);
    id_list_remove(&after.depends_on, id);
    after.updated_at = now;
    return replace(tx, &before, &after);
}

static enum error_code release_dependents(struct store_tx *tx, int64_t id, int64_t now,
                                          struct arena *arena)
{
    struct id_list dependents;
    enum error_code code = store_dependent_ids(&tx->view, id, arena, &dependents);
    for (size_t i = 0; code == ERROR_NONE && i < dependents.count; i++)
        code = release_dependent(tx, dependents.ids[i], id, now);
    return code;
}

enum error_code task_row_delete(struct store_view *view, int64_t id)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TASK_DELETE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    return store_run(view, statement);
}

enum error_code store_task_delete(struct store_tx *tx, int64_t id, int64_t now)
{
    assert(tx->journal.change != NULL);
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    struct task before;
    enum error_code code = store_task_get(&tx->view, id, &arena, &before);
    if (code == ERROR_NONE)
        code = release_dependents(tx, id, now, &arena);
    if (code == ERROR_NONE && before.depends_on.count > 0)
        code = relations_unlink(&tx->view, id);
    if (code == ERROR_NONE)
        code = relations_follow(&tx->view, &before, NULL);
    if (code == ERROR_NONE)
        code = task_row_delete(&tx->view, id);
    return code == ERROR_NONE ? journal_task(tx, &before, NULL) : code;
}
