/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading the journal: single changes, the feed, the history of a task. The images of a change are
 * read where they are needed, by undo.
 */
#include <string.h>

#include "store/rows.h"
#include "store/sqlite/row.h"
#include "task/dependencies.h"

/* The order of CHANGE_COLUMNS. */
enum column {
    COLUMN_SEQ,
    COLUMN_AT,
    COLUMN_ACTION,
    COLUMN_SUMMARY,
    COLUMN_REQUEST_ID,
    COLUMN_ACTOR,
    COLUMN_UNDOES,
    COLUMN_UNDONE_BY,
    COLUMN_ORIGIN,
};

static enum change_action parse_action(const char *name)
{
    unsigned action = 0;
    while (action < CHANGE_ACTION_COUNT &&
           strcmp(name, change_action_name((enum change_action)action)) != 0)
        action++;
    return (enum change_action)action;
}

/* NULL stays NULL. False without memory. */
static bool copy_text(sqlite3_stmt *statement, enum column column, struct arena *arena,
                      const char **ret_text)
{
    if (sqlite3_column_type(statement, (int)column) == SQLITE_NULL) {
        *ret_text = NULL;
        return true;
    }
    const char *text = (const char *)sqlite3_column_text(statement, (int)column);
    *ret_text = text == NULL ? NULL : arena_strdup(arena, text);
    return *ret_text != NULL;
}

static enum error_code read_task_ids(struct store_view *view, struct arena *arena,
                                     struct change *change)
{
    enum error_code code = row_ids(view, STATEMENT_CHANGE_TASK_IDS, change->seq,
                                   CHANGE_TASK_IDS_MAX, arena, &change->task_ids);
    if (code == ERROR_NONE)
        id_list_normalize(&change->task_ids);
    return code;
}

static enum error_code read_change(struct store_view *view, sqlite3_stmt *statement,
                                   struct arena *arena, struct change *change)
{
    const char *action = NULL;
    *change = (struct change){
        .seq = sqlite3_column_int64(statement, COLUMN_SEQ),
        .at = sqlite3_column_int64(statement, COLUMN_AT),
        .undoes = sqlite3_column_int64(statement, COLUMN_UNDOES),
        .undone_by = sqlite3_column_int64(statement, COLUMN_UNDONE_BY),
        .origin = sqlite3_column_int64(statement, COLUMN_ORIGIN),
    };
    if (!copy_text(statement, COLUMN_ACTION, arena, &action) ||
        !copy_text(statement, COLUMN_SUMMARY, arena, &change->summary) ||
        !copy_text(statement, COLUMN_REQUEST_ID, arena, &change->request_id) ||
        !copy_text(statement, COLUMN_ACTOR, arena, &change->actor))
        return store_fail(view, ERROR_MEMORY);
    change->action = parse_action(action);
    if (change->action == CHANGE_ACTION_COUNT)
        return store_fail(view, ERROR_CORRUPT);
    return read_task_ids(view, arena, change);
}

/* --- One change ------------------------------------------------------------------------------- */

static enum error_code read_one(struct store_view *view, sqlite3_stmt *statement,
                                struct arena *arena, struct change *ret_change)
{
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE)
        return ERROR_NOT_FOUND;
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    struct change change;
    enum error_code code = read_change(view, statement, arena, &change);
    if (code == ERROR_NONE)
        *ret_change = change;
    return code;
}

enum error_code store_change_get(struct store_view *view, int64_t seq, struct arena *arena,
                                 struct change *ret_change)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_CHANGE_GET, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, seq);
    return read_one(view, statement, arena, ret_change);
}

enum error_code store_change_undoable(struct store_view *view, struct arena *arena,
                                      struct change *ret_change)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_CHANGE_UNDOABLE, &statement);
    return code == ERROR_NONE ? read_one(view, statement, arena, ret_change) : code;
}

/* --- Pages ------------------------------------------------------------------------------------ */

/* The statement gives one change more than limit, if there are that many. */
static enum error_code read_page(struct store_view *view, sqlite3_stmt *statement, size_t limit,
                                 struct arena *arena, struct change_page *ret_page)
{
    struct change_page page = {.changes = arena_calloc(arena, limit, sizeof(*page.changes))};
    if (page.changes == NULL)
        return store_fail(view, ERROR_MEMORY);
    size_t ids = 0;
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        if (page.count == limit || ids >= CHANGE_TASK_IDS_MAX) {
            page.more = true;
            break;
        }
        struct change *change = &page.changes[page.count++];
        enum error_code code = read_change(view, statement, arena, change);
        if (code != ERROR_NONE)
            return code;
        ids += change->task_ids.count;
    }
    enum error_code code = store_error(view, rc);
    if (code == ERROR_NONE)
        *ret_page = page;
    return code;
}

enum error_code store_change_feed(struct store_view *view, int64_t since, size_t limit,
                                  struct arena *arena, struct change_page *ret_page)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_CHANGE_FEED, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, since);
    sqlite3_bind_int64(statement, 2, (int64_t)limit + 1);
    return read_page(view, statement, limit, arena, ret_page);
}

enum error_code store_task_history(struct store_view *view, int64_t id, int64_t before,
                                   size_t limit, struct arena *arena, struct change_page *ret_page)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_CHANGE_HISTORY, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int64(statement, 2, before);
    sqlite3_bind_int64(statement, 3, (int64_t)limit + 1);
    return read_page(view, statement, limit, arena, ret_page);
}

/* --- What is kept ----------------------------------------------------------------------------- */

static enum error_code read_number(struct store_view *view, enum statement id, int64_t argument,
                                   int64_t *ret_number)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    if (sqlite3_bind_parameter_count(statement) > 0)
        sqlite3_bind_int64(statement, 1, argument);
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    *ret_number = sqlite3_column_int64(statement, 0);
    return ERROR_NONE;
}

enum error_code store_task_known(struct store_view *view, int64_t id, bool *ret_known)
{
    int64_t known = 0;
    enum error_code code = read_number(view, STATEMENT_TASK_KNOWN, id, &known);
    if (code == ERROR_NONE)
        *ret_known = known != 0;
    return code;
}

enum error_code store_change_forgotten(struct store_view *view, int64_t *ret_seq)
{
    return read_number(view, STATEMENT_CHANGE_FORGOTTEN, 0, ret_seq);
}
