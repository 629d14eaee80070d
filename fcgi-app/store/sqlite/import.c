/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * All tasks at once. An import knows all links and counters beforehand, so each row is written once
 * and no other follows.
 */
#include "store/import.h"

#include <assert.h>

#include "store/sqlite/journal.h"
#include "store/sqlite/relations.h"
#include "store/sqlite/row.h"
#include "store/sqlite/task_row.h"

/* --- Walking ---------------------------------------------------------------------------------- */

enum error_code store_task_walk(struct store_view *view, int64_t after, size_t limit,
                                struct arena *arena, store_task_visitor visit, void *context,
                                int64_t *ret_last)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TASK_WINDOW, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int64(statement, 2, INT64_MAX);
    sqlite3_bind_int64(statement, 3, 0);
    sqlite3_bind_int64(statement, 4, limit > INT64_MAX ? -1 : (int64_t)limit);
    int rc;
    int64_t last = after;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        struct task task;
        code = row_read(view, statement, arena, &task);
        if (code == ERROR_NONE)
            code = visit(context, &task, NULL);
        if (code != ERROR_NONE)
            return code;
        last = task.id;
    }
    code = store_error(view, rc);
    if (code == ERROR_NONE)
        *ret_last = last;
    return code;
}

/* --- Storing ---------------------------------------------------------------------------------- */

enum error_code store_import_target(struct store_view *view, struct store_import_target *ret_target)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_IMPORT_TARGET, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    *ret_target = (struct store_import_target){
        .empty = sqlite3_column_int(statement, 0) != 0,
        .last_id = sqlite3_column_int64(statement, 1),
    };
    return ERROR_NONE;
}

/* Entity tags name versions: one must never come again with another content. */
static enum error_code next_version(struct store_view *view, int64_t id, int64_t *ret_version)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_IMPORT_VERSION, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW)
        *ret_version = sqlite3_column_int64(statement, 0) + 1;
    return store_error(view, rc);
}

enum error_code store_import_task(struct store_tx *tx, const struct task *task)
{
    assert(tx->journal.change != NULL);
    struct task stored = *task;
    enum error_code code = next_version(&tx->view, task->id, &stored.version);
    if (code == ERROR_NONE)
        code = task_row_insert(&tx->view, &stored);
    if (code == ERROR_NONE)
        code = relations_link(&tx->view, stored.id, stored.depends_on);
    return code == ERROR_NONE ? journal_task(tx, NULL, &stored) : code;
}

enum error_code store_import_reserve(struct store_tx *tx, int64_t last_id)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(&tx->view, STATEMENT_IMPORT_RESERVE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, last_id);
    return store_run(&tx->view, statement);
}

/* --- Documents that were imported ------------------------------------------------------------- */

static void bind_digest(sqlite3_stmt *statement, const uint8_t *digest)
{
    sqlite3_bind_blob(statement, 1, digest, STORE_IMPORT_DIGEST_SIZE, SQLITE_STATIC);
}

enum error_code store_import_known(struct store_view *view,
                                   const uint8_t digest[static STORE_IMPORT_DIGEST_SIZE],
                                   bool *ret_known)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_IMPORT_KNOWN, &statement);
    if (code != ERROR_NONE)
        return code;
    bind_digest(statement, digest);
    int rc = sqlite3_step(statement);
    code = store_error(view, rc);
    if (code == ERROR_NONE)
        *ret_known = rc == SQLITE_ROW && sqlite3_column_int(statement, 0) != 0;
    return code;
}

enum error_code store_import_remember(struct store_tx *tx,
                                      const uint8_t digest[static STORE_IMPORT_DIGEST_SIZE],
                                      int64_t now, int64_t first_id, int64_t last_id)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(&tx->view, STATEMENT_IMPORT_REMEMBER, &statement);
    if (code != ERROR_NONE)
        return code;
    bind_digest(statement, digest);
    sqlite3_bind_int64(statement, 2, now);
    sqlite3_bind_int64(statement, 3, first_id);
    sqlite3_bind_int64(statement, 4, last_id);
    return store_run(&tx->view, statement);
}

enum error_code store_import_forget(struct store_tx *tx)
{
    return store_run_fixed(&tx->view, STATEMENT_IMPORT_FORGET);
}
