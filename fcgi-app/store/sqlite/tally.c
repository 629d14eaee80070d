/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The tallies of tasks.
 */
#include "store/sqlite/tally.h"

/* Two states each of completed, archived, recurring, blocked, root and dated, 3 priorities, 4
 * categories. */
#define TALLY_ROWS_MAX (64 * 3 * 4)

enum error_code tally_load(struct store_view *view, struct arena *arena, struct tally *ret_tally)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TALLY, &statement);
    if (code != ERROR_NONE)
        return code;
    struct tally tally = {.rows = arena_alloc(arena, TALLY_ROWS_MAX * sizeof(struct tally_row))};
    if (tally.rows == NULL)
        return store_fail(view, ERROR_MEMORY);
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        if (tally.count == TALLY_ROWS_MAX)
            return store_fail(view, ERROR_CORRUPT);
        tally.rows[tally.count++] = (struct tally_row){
            .facets = (uint32_t)sqlite3_column_int64(statement, 0),
            .n = sqlite3_column_int64(statement, 1),
        };
    }
    code = store_error(view, rc);
    if (code == ERROR_NONE)
        *ret_tally = tally;
    return code;
}

int64_t tally_sum(const struct tally *tally, uint32_t forbidden)
{
    int64_t sum = 0;
    for (size_t i = 0; i < tally->count; i++) {
        if ((tally->rows[i].facets & forbidden) == 0)
            sum += tally->rows[i].n;
    }
    return sum;
}

enum error_code tally_load_due(struct store_view *view, date_t from, date_t to,
                               struct due_tally *ret_tally)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TALLY_DUE, &statement);
    if (code != ERROR_NONE)
        return code;
    struct due_tally tally = {0};
    sqlite3_bind_int(statement, 1, from);
    sqlite3_bind_int(statement, 2, to);
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        int state = sqlite3_column_int(statement, 0);
        tally.n[state / 2][state % 2] += sqlite3_column_int64(statement, 1);
    }
    code = store_error(view, rc);
    if (code == ERROR_NONE)
        *ret_tally = tally;
    return code;
}

bool tally_state_allowed(uint32_t forbidden, int archived, int completed)
{
    uint32_t bits =
        (archived ? FACET_ARCHIVED : FACET_ACTIVE) | (completed ? FACET_COMPLETED : FACET_OPEN);
    return (bits & forbidden) == 0;
}

int64_t tally_sum_due(const struct due_tally *tally, uint32_t forbidden)
{
    int64_t sum = 0;
    for (int archived = 0; archived < 2; archived++) {
        for (int completed = 0; completed < 2; completed++) {
            if (tally_state_allowed(forbidden, archived, completed))
                sum += tally->n[archived][completed];
        }
    }
    return sum;
}
