/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What follows from the tasks that a transaction has touched.
 */
#include "store/sqlite/touched.h"

#include "store/sqlite/tally_changes.h"
#include "store/sqlite/text_index.h"

/* Of STATEMENT_TOUCHED_STATES, from the first one of a state on. */
enum column { COLUMN_FACETS, COLUMN_DUE, COLUMN_CREATED, COLUMN_COMPLETED, COLUMN_DEPENDENT };

#define STATE_COLUMNS 5
#define COLUMN_TEXTS  (2 * STATE_COLUMNS)

struct found {
    bool tasks;
    bool texts; /* the search index must be written */
};

/* Counts the state whose columns begin here, if the task was or is there. */
static enum error_code count_state(struct store_view *view, sqlite3_stmt *row, int first, int32_t n)
{
    if (sqlite3_column_type(row, first + COLUMN_FACETS) == SQLITE_NULL)
        return ERROR_NONE;
    bool completed = sqlite3_column_type(row, first + COLUMN_COMPLETED) != SQLITE_NULL;
    const struct tally_state state = {
        .facets = (uint32_t)sqlite3_column_int64(row, first + COLUMN_FACETS),
        .dependent = sqlite3_column_int(row, first + COLUMN_DEPENDENT) != 0,
        .due_date = sqlite3_column_int(row, first + COLUMN_DUE),
        .created_at = sqlite3_column_int64(row, first + COLUMN_CREATED),
        .completed_at =
            completed ? sqlite3_column_int64(row, first + COLUMN_COMPLETED) : INSTANT_NONE,
    };
    return tally_changes_add(view->tx->tallies, view, &state, n);
}

static enum error_code count_tasks(struct store_view *view, struct found *ret_found)
{
    sqlite3_stmt *row CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TOUCHED_STATES, &row);
    int rc = SQLITE_DONE;
    tally_changes_clear(view->tx->tallies);
    while (code == ERROR_NONE && (rc = sqlite3_step(row)) == SQLITE_ROW) {
        ret_found->tasks = true;
        ret_found->texts = ret_found->texts || sqlite3_column_int(row, COLUMN_TEXTS) != 0;
        code = count_state(view, row, 0, -1);
        if (code == ERROR_NONE)
            code = count_state(view, row, STATE_COLUMNS, 1);
    }
    if (code == ERROR_NONE)
        code = store_error(view, rc);
    return code == ERROR_NONE ? tally_changes_write(view->tx->tallies, view) : code;
}

enum error_code touched_settle(struct store_view *view)
{
    struct found found = {0};
    enum error_code code = count_tasks(view, &found);
    if (code == ERROR_NONE && found.texts) {
        view->tx->index_written = true;
        code = text_index_update(view);
    }
    if (code == ERROR_NONE && found.tasks)
        code = store_run_fixed(view, STATEMENT_TOUCHED_DONE);
    return code;
}
