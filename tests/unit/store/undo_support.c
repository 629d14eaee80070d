/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Undoing in tests, and the state to compare.
 */
#include "undo_support.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

static bool run_undo(struct store_tx *tx, void *arg)
{
    struct undo_outcome *outcome = arg;
    struct change target;
    struct change change = {.at = 2, .action = CHANGE_UNDO, .summary = "An undo"};
    ck_assert_int_eq(store_change_get(store_tx_view(tx), outcome->target, outcome->arena, &target),
                     ERROR_NONE);
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    ck_assert_int_eq(
        store_undo(tx, &target, outcome->arena, &outcome->is_conflict, &outcome->conflicts),
        ERROR_NONE);
    if (outcome->is_conflict)
        return false;
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    outcome->seq = change.seq;
    return true;
}

void undo_change(struct store *store, struct undo_outcome *outcome)
{
    outcome->is_conflict = false;
    outcome->seq = 0;
    ck_assert_int_eq(store_write(store, run_undo, outcome), ERROR_NONE);
}

int64_t undo_cleanly(struct store *store, int64_t target)
{
    struct arena arena CLEANUP(arena_close);
    arena_init(&arena, 4096);
    struct undo_outcome outcome = {.target = target, .arena = &arena};
    undo_change(store, &outcome);
    ck_assert_msg(!outcome.is_conflict, "change %d: conflict over %zu tasks", (int)target,
                  outcome.conflicts.count);
    return outcome.seq;
}

int64_t newest_change(const struct fixture *fixture)
{
    return file_number(fixture->path, "SELECT max(seq) FROM change");
}

/* --- The state ---------------------------------------------------------------------------------
 */

static const char state_sql[] =
    "SELECT json_array("
    "(SELECT json_group_array(json_array(id, completed, archived, priority, category, due_date,"
    " parent_id, recur_type, recur_interval, recur_anchor, recur_index, next_id, sub_total,"
    " sub_done, dep_total, dep_done, created_at, updated_at, completed_at, description,"
    " description_fold, notes)) FROM (SELECT * FROM task ORDER BY id)),"
    "(SELECT json_group_array(json_array(task_id, depends_on_id)) FROM"
    " (SELECT * FROM dependency ORDER BY 1, 2)),"
    "(SELECT json_group_array(json_array(id, name, name_fold, description, priority, category,"
    " notes, recur_type, recur_interval, created_at, updated_at)) FROM"
    " (SELECT * FROM template ORDER BY id)),"
    "(SELECT json_group_array(json_array(facets, n)) FROM"
    " (SELECT * FROM tally WHERE n <> 0 ORDER BY 1)),"
    "(SELECT json_group_array(json_array(id, n)) FROM"
    " (SELECT * FROM due_tally WHERE n <> 0 ORDER BY 1)),"
    "(SELECT json_group_array(json_array(id, n, d0, d5, d10, d15)) FROM"
    " (SELECT * FROM calendar WHERE n <> 0 ORDER BY 1)))";

char *state_text(const struct fixture *fixture)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(sqlite3_open(fixture->path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, state_sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    char *text = strdup((const char *)sqlite3_column_text(statement, 0));
    ck_assert_ptr_nonnull(text);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return text;
}

void check_state(const struct fixture *fixture, const char *expected)
{
    char *text CLEANUP_FREE = state_text(fixture);
    ck_assert_str_eq(text, expected);
}

void check_counts(const struct fixture *fixture)
{
    static const char *const nothing[] = {
        "SELECT count(*) FROM pragma_foreign_key_check",
        "SELECT count(*) FROM task AS t JOIN task AS p ON p.id = t.parent_id"
        " WHERE p.parent_id IS NOT NULL",
        "SELECT count(*) FROM task AS t WHERE sub_total <>"
        " (SELECT count(*) FROM task WHERE parent_id = t.id) OR sub_done <>"
        " (SELECT count(*) FROM task WHERE parent_id = t.id AND completed)",
        "SELECT count(*) FROM task AS t WHERE dep_total <>"
        " (SELECT count(*) FROM dependency WHERE task_id = t.id) OR dep_done <>"
        " (SELECT count(*) FROM dependency JOIN task AS d ON d.id = depends_on_id"
        " WHERE task_id = t.id AND d.completed)",
        "SELECT count(*) FROM (SELECT facets, count(*) FROM task GROUP BY facets"
        " EXCEPT SELECT facets, n FROM tally)",
        "SELECT count(*) FROM (SELECT facets, n FROM tally WHERE n <> 0"
        " EXCEPT SELECT facets, count(*) FROM task GROUP BY facets)",
    };
    for (size_t i = 0; i < ARRAY_SIZE(nothing); i++)
        ck_assert_msg(file_number(fixture->path, nothing[i]) == 0, "%s", nothing[i]);
}
