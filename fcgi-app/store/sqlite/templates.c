/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Templates: their rows, read and written, with the journal. Names are found by their folded form,
 * which the table holds unique.
 */
#include <assert.h>

#include "base/utf8.h"
#include "store/rows.h"
#include "store/sqlite/internal.h"
#include "store/sqlite/journal.h"

#define ARENA_BLOCK 4096

/* The order of TEMPLATE_COLUMNS. */
enum column {
    COLUMN_ID,
    COLUMN_VERSION,
    COLUMN_PRIORITY,
    COLUMN_CATEGORY,
    COLUMN_RECUR_TYPE,
    COLUMN_RECUR_INTERVAL,
    COLUMN_CREATED_AT,
    COLUMN_UPDATED_AT,
    COLUMN_NAME,
    COLUMN_DESCRIPTION,
    COLUMN_NOTES,
};

/* The parameters that TEMPLATE_INSERT and TEMPLATE_UPDATE share. */
enum parameter_index {
    PARAMETER_ID = 1,
    PARAMETER_VERSION,
    PARAMETER_PRIORITY,
    PARAMETER_CATEGORY,
    PARAMETER_RECUR_TYPE,
    PARAMETER_RECUR_INTERVAL,
    PARAMETER_CREATED_AT,
    PARAMETER_UPDATED_AT,
    PARAMETER_NAME,
    PARAMETER_NAME_FOLD,
    PARAMETER_DESCRIPTION,
    PARAMETER_NOTES,
};

/* --- Reading ---------------------------------------------------------------------------------- */

static bool read_text(sqlite3_stmt *statement, enum column column, struct text *ret_text)
{
    const char *data = (const char *)sqlite3_column_text(statement, (int)column);
    if (data == NULL)
        return false;
    *ret_text = (struct text){data, (size_t)sqlite3_column_bytes(statement, (int)column)};
    return true;
}

/* The texts are SQLite's and live until the statement moves. */
static enum error_code read_row(struct store_view *view, sqlite3_stmt *statement,
                                struct task_template *ret_template)
{
    struct task_template row = {
        .id = sqlite3_column_int64(statement, COLUMN_ID),
        .version = sqlite3_column_int64(statement, COLUMN_VERSION),
        .priority = (enum task_priority)sqlite3_column_int(statement, COLUMN_PRIORITY),
        .category = (enum task_category)sqlite3_column_int(statement, COLUMN_CATEGORY),
        .recurring = {.type =
                          (enum recurrence_type)sqlite3_column_int(statement, COLUMN_RECUR_TYPE),
                      .interval = sqlite3_column_int(statement, COLUMN_RECUR_INTERVAL),
                      .anchor = DATE_NONE},
        .created_at = sqlite3_column_int64(statement, COLUMN_CREATED_AT),
        .updated_at = sqlite3_column_int64(statement, COLUMN_UPDATED_AT),
    };
    if (!read_text(statement, COLUMN_NAME, &row.name) ||
        !read_text(statement, COLUMN_DESCRIPTION, &row.description) ||
        !read_text(statement, COLUMN_NOTES, &row.notes))
        return store_fail(view, ERROR_MEMORY);
    *ret_template = row;
    return ERROR_NONE;
}

static bool keep_text(struct arena *arena, struct text *text)
{
    text->data = arena_memdup(arena, text->data, text->size);
    return text->data != NULL;
}

/* The row that a bound statement finds. */
static enum error_code get_row(struct store_view *view, sqlite3_stmt *statement,
                               struct arena *arena, struct task_template *ret_template)
{
    struct task_template row;
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE)
        return ERROR_NOT_FOUND;
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    enum error_code code = read_row(view, statement, &row);
    if (code != ERROR_NONE)
        return code;
    if (!keep_text(arena, &row.name) || !keep_text(arena, &row.description) ||
        !keep_text(arena, &row.notes))
        return store_fail(view, ERROR_MEMORY);
    *ret_template = row;
    return ERROR_NONE;
}

static void bind_text(sqlite3_stmt *statement, int index, const char *data, size_t size)
{
    sqlite3_bind_text64(statement, index, data != NULL ? data : "", size, SQLITE_STATIC,
                        SQLITE_UTF8);
}

static enum error_code fold_name(struct store_view *view, struct text name, struct buf *folded)
{
    utf8_fold(folded, name.data, name.size);
    return folded->failed ? store_fail(view, ERROR_MEMORY) : ERROR_NONE;
}

enum error_code store_template_get(struct store_view *view, struct text name, struct arena *arena,
                                   struct task_template *ret_template)
{
    CLEANUP_BUF struct buf folded = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = fold_name(view, name, &folded);
    if (code == ERROR_NONE)
        code = store_statement(view, STATEMENT_TEMPLATE_GET, &statement);
    if (code != ERROR_NONE)
        return code;
    bind_text(statement, 1, folded.data, folded.size);
    return get_row(view, statement, arena, ret_template);
}

enum error_code store_template_get_by_id(struct store_view *view, int64_t id, struct arena *arena,
                                         struct task_template *ret_template)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TEMPLATE_GET_BY_ID, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    return get_row(view, statement, arena, ret_template);
}

enum error_code store_template_list(struct store_view *view, store_template_visitor visit,
                                    void *context)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TEMPLATE_LIST, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        struct task_template row;
        code = read_row(view, statement, &row);
        if (code == ERROR_NONE)
            code = visit(context, &row);
        if (code != ERROR_NONE)
            return code;
    }
    return store_error(view, rc);
}

enum error_code store_template_count(struct store_view *view, int64_t *ret_count)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TEMPLATE_COUNT, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    *ret_count = sqlite3_column_int64(statement, 0);
    return ERROR_NONE;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void bind_template(sqlite3_stmt *statement, const struct task_template *row,
                          const struct buf *folded)
{
    if (row->id != 0) /* else NULL: the table gives one */
        sqlite3_bind_int64(statement, PARAMETER_ID, row->id);
    sqlite3_bind_int64(statement, PARAMETER_VERSION, row->version);
    sqlite3_bind_int(statement, PARAMETER_PRIORITY, (int)row->priority);
    sqlite3_bind_int(statement, PARAMETER_CATEGORY, (int)row->category);
    sqlite3_bind_int(statement, PARAMETER_RECUR_TYPE, (int)row->recurring.type);
    sqlite3_bind_int(statement, PARAMETER_RECUR_INTERVAL, row->recurring.interval);
    sqlite3_bind_int64(statement, PARAMETER_CREATED_AT, row->created_at);
    sqlite3_bind_int64(statement, PARAMETER_UPDATED_AT, row->updated_at);
    bind_text(statement, PARAMETER_NAME, row->name.data, row->name.size);
    bind_text(statement, PARAMETER_NAME_FOLD, folded->data, folded->size);
    bind_text(statement, PARAMETER_DESCRIPTION, row->description.data, row->description.size);
    bind_text(statement, PARAMETER_NOTES, row->notes.data, row->notes.size);
}

/* ERROR_CONFLICT: the name is another's, or the id is taken. */
static enum error_code write_row(struct store_view *view, enum statement id,
                                 const struct task_template *row)
{
    CLEANUP_BUF struct buf folded = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = fold_name(view, row->name, &folded);
    if (code == ERROR_NONE)
        code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    bind_template(statement, row, &folded);
    return store_run(view, statement);
}

enum error_code store_template_insert(struct store_tx *tx, struct task_template *row)
{
    assert(tx->journal.change != NULL);
    struct task_template stored = *row;
    if (stored.id == 0)
        stored.version = 1;
    enum error_code code = write_row(&tx->view, STATEMENT_TEMPLATE_INSERT, &stored);
    if (code != ERROR_NONE)
        return code;
    stored.id = sqlite3_last_insert_rowid(tx->view.connection->db);
    code = journal_template(tx, NULL, &stored);
    if (code == ERROR_NONE)
        *row = stored;
    return code;
}

enum error_code store_template_update(struct store_tx *tx, struct task_template *row)
{
    assert(tx->journal.change != NULL);
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    struct task_template before, after = *row;
    enum error_code code = store_template_get_by_id(&tx->view, row->id, &arena, &before);
    if (code != ERROR_NONE)
        return code;
    after.version = before.version + 1;
    after.created_at = before.created_at;
    code = write_row(&tx->view, STATEMENT_TEMPLATE_UPDATE, &after);
    if (code == ERROR_NONE)
        code = journal_template(tx, &before, &after);
    if (code == ERROR_NONE)
        *row = after;
    return code;
}

static enum error_code delete_row(struct store_view *view, int64_t id)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TEMPLATE_DELETE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    return store_run(view, statement);
}

enum error_code store_template_delete(struct store_tx *tx, int64_t id)
{
    assert(tx->journal.change != NULL);
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    struct task_template before;
    enum error_code code = store_template_get_by_id(&tx->view, id, &arena, &before);
    if (code == ERROR_NONE)
        code = delete_row(&tx->view, id);
    return code == ERROR_NONE ? journal_template(tx, &before, NULL) : code;
}
