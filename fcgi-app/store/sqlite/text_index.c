/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The search index (FTS5), kept up to date once per transaction. Triggers of the schema note which
 * texts the index still has; here they are taken out and the present ones put in.
 */
#include "store/sqlite/text_index.h"

#include "base/cleanup.h"

static enum error_code run(struct store_view *view, enum statement id)
{
    CLEANUP_STATEMENT sqlite3_stmt *statement = NULL;
    enum error_code code = store_statement(view, id, &statement);
    return code != ERROR_NONE ? code : store_run(view, statement);
}

static enum error_code is_pending(struct store_view *view, bool *ret_pending)
{
    CLEANUP_STATEMENT sqlite3_stmt *statement = NULL;
    enum error_code code = store_statement(view, STATEMENT_TEXT_PENDING, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc = sqlite3_step(statement);
    *ret_pending = rc == SQLITE_ROW;
    return store_error(view, rc);
}

enum error_code text_index_flush(struct store_view *view, bool *ret_changed)
{
    static const enum statement steps[] = {
        STATEMENT_TEXT_REMOVE,
        STATEMENT_TEXT_ADD,
        STATEMENT_TEXT_DONE,
    };
    bool pending = false;
    enum error_code code = is_pending(view, &pending);
    for (size_t i = 0; pending && i < ARRAY_SIZE(steps) && code == ERROR_NONE; i++)
        code = run(view, steps[i]);
    if (code == ERROR_NONE)
        *ret_changed = pending;
    return code;
}

/* To undo a transaction that the table takes part in makes FTS5 forget. */
enum error_code text_index_forget(struct store_view *view)
{
    enum error_code code = store_run_fixed(view, STATEMENT_BEGIN_WRITE);
    if (code == ERROR_NONE)
        code = run(view, STATEMENT_TEXT_TAKE_PART);
    if (sqlite3_get_autocommit(view->connection->db))
        return code;
    enum error_code undone = store_run_fixed(view, STATEMENT_ROLLBACK);
    return code != ERROR_NONE ? code : undone;
}

enum error_code text_index_merge(struct store_view *view, int pages, bool *ret_more)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TEXT_MERGE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3 *db = view->connection->db;
    int before = sqlite3_total_changes(db);
    sqlite3_bind_int(statement, 1, pages);
    code = store_run(view, statement);
    /* The statement itself counts as one; so FTS5 documents the end of its work. */
    if (code == ERROR_NONE)
        *ret_more = sqlite3_total_changes(db) - before >= 2;
    return code;
}
