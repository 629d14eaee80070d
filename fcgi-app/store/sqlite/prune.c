/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Forgetting the oldest changes. Always a beginning of the journal goes, so that the feed has no
 * gaps and an undone change never outlives the undo that it names.
 *
 * A change goes first, and with it all that can be asked of it; its images, which may be many,
 * follow in portions: no transaction gets long by them.
 */
#include "store/sqlite/prune.h"

#include "base/clock.h"

#define CHANGES_PORTION 64
#define ROWS_PORTION    256
#define PER_WRITE       2 /* so that it goes faster than writes add to it */

static enum error_code read_number(struct store_view *view, enum statement id, int64_t *ret_number)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW)
        *ret_number = sqlite3_column_int64(statement, 0);
    return store_error(view, rc);
}

/* A deletion that counts what it has deleted. */
static enum error_code delete_rows(struct store_view *view, enum statement id, int64_t last,
                                   int64_t limit, int64_t *ret_deleted)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, last);
    if (sqlite3_bind_parameter_count(statement) > 1)
        sqlite3_bind_int64(statement, 2, limit);
    code = store_run(view, statement);
    if (code == ERROR_NONE)
        *ret_deleted = sqlite3_changes(view->connection->db);
    return code;
}

/* --- Changes ------------------------------------------------------------------------------------
 */

struct limits {
    int64_t seq; /* up to this one they are too many */
    int64_t at;  /* before this they are too old */
};

static enum error_code find_limits(struct store_view *view, struct limits *ret_limits)
{
    const struct store_options *options = view->options;
    int64_t newest = 0;
    enum error_code code = ERROR_NONE;
    *ret_limits = (struct limits){.at = INT64_MIN};
    if (options->journal_max_age_ms > 0)
        ret_limits->at = clock_now() - options->journal_max_age_ms;
    if (options->journal_max_changes > 0) {
        code = read_number(view, STATEMENT_CHANGE_LAST, &newest);
        ret_limits->seq = newest - options->journal_max_changes;
    }
    return code;
}

/* The last of the changes at the beginning that are to be forgotten; 0: none is. */
static enum error_code find_last(struct store_view *view, int64_t portion, int64_t *ret_last)
{
    struct limits limits;
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = find_limits(view, &limits);
    if (code == ERROR_NONE)
        code = store_statement(view, STATEMENT_CHANGE_OLDEST, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, portion);
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        int64_t seq = sqlite3_column_int64(statement, 0);
        if (seq > limits.seq && sqlite3_column_int64(statement, 1) >= limits.at)
            break;
        *ret_last = seq;
    }
    return store_error(view, rc);
}

static enum error_code prune_changes(struct store_view *view, int64_t portion, bool *ret_more)
{
    int64_t last = 0, deleted = 0;
    enum error_code code = find_last(view, portion, &last);
    if (code == ERROR_NONE && last > 0)
        code = delete_rows(view, STATEMENT_CHANGE_PRUNE, last, 0, &deleted);
    if (code == ERROR_NONE)
        *ret_more = deleted == portion;
    return code;
}

/* --- Their rows ---------------------------------------------------------------------------------
 */

static enum error_code prune_rows(struct store_view *view, int64_t portion, bool *ret_more)
{
    int64_t first = INT64_MAX, forgotten = 0, deleted = 0;
    enum error_code code = read_number(view, STATEMENT_CHANGE_ROW_FIRST, &first);
    if (code == ERROR_NONE)
        code = read_number(view, STATEMENT_CHANGE_FORGOTTEN, &forgotten);
    if (code == ERROR_NONE && first <= forgotten)
        code = delete_rows(view, STATEMENT_CHANGE_ROW_PRUNE, forgotten, portion, &deleted);
    if (code == ERROR_NONE)
        *ret_more = deleted == portion;
    return code;
}

enum error_code prune_portion(struct store_view *view, unsigned writes, bool *ret_more)
{
    const struct store_options *options = view->options;
    int64_t added = (int64_t)writes * PER_WRITE;
    bool more_changes = false, more_rows = false;
    if (options->journal_max_age_ms == 0 && options->journal_max_changes == 0)
        return ERROR_NONE;
    enum error_code code = prune_changes(view, CHANGES_PORTION + added, &more_changes);
    if (code == ERROR_NONE)
        code = prune_rows(view, ROWS_PORTION + added, &more_rows);
    if (code == ERROR_NONE)
        *ret_more = more_changes || more_rows;
    return code;
}
