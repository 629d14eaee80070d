/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Random changes of many tasks each, undone in reverse and done again: every state on the way is
 * exactly what it was, and no version ever comes twice with another content. And single changes
 * undone at random: what must hold holds, whether they are refused or not.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store_suites.h"
#include "undo_support.h"

#define CHANGES 14
#define SEEDS   6

static struct fixture fixture;
static struct chance chance;
static sqlite3 *versions; /* what was seen of each task under each version */

static void setup(void)
{
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(sqlite3_open(":memory:", &versions), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(versions,
                                  "CREATE TABLE seen (id, version, content, UNIQUE (id, version))",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
}

static void teardown(void)
{
    sqlite3_close(versions);
    fixture_remove(&fixture);
}

/* An entity tag names one content for ever. */
static void check_versions(void)
{
    char sql[1024];
    snprintf(sql, sizeof(sql), "ATTACH '%s' AS d", fixture.path);
    ck_assert_int_eq(sqlite3_exec(versions, sql, NULL, NULL, NULL), SQLITE_OK);
    static const char insert[] =
        "INSERT OR IGNORE INTO seen SELECT id, version, content FROM"
        " (SELECT t.id, t.version, json_array(completed, archived, priority, category, due_date,"
        " parent_id, recur_type, recur_interval, next_id, sub_total, sub_done, dep_total,"
        " dep_done, created_at, updated_at, completed_at, description, notes,"
        " (SELECT group_concat(depends_on_id) FROM d.dependency WHERE task_id = t.id)) AS content"
        " FROM d.task AS t)";
    ck_assert_msg(sqlite3_exec(versions, insert, NULL, NULL, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(versions));
    sqlite3_stmt *statement = NULL;
    static const char differ[] =
        "SELECT count(*) FROM d.task AS t JOIN seen AS s ON s.id = t.id AND s.version = t.version"
        " WHERE content IS NOT json_array(completed, archived, priority, category, due_date,"
        " parent_id, recur_type, recur_interval, next_id, sub_total, sub_done, dep_total,"
        " dep_done, created_at, updated_at, completed_at, description, notes,"
        " (SELECT group_concat(depends_on_id) FROM d.dependency WHERE task_id = t.id))";
    ck_assert_int_eq(sqlite3_prepare_v2(versions, differ, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(statement, 0), 0);
    sqlite3_finalize(statement);
    ck_assert_int_eq(sqlite3_exec(versions, "DETACH d", NULL, NULL, NULL), SQLITE_OK);
}

static void make_change(int i)
{
    if (i == 0)
        sample_insert(fixture.store, &chance, 40);
    else
        sample_change(fixture.store, &chance, 1 + chance_below(&chance, 30));
}

START_TEST(test_all_undone_in_reverse_and_done_again)
{
    char *states[CHANGES + 1];
    int64_t undos[CHANGES];
    chance = (struct chance){100 + (uint64_t)_i, true};
    states[0] = state_text(&fixture);
    for (int i = 0; i < CHANGES; i++) {
        make_change(i);
        states[i + 1] = state_text(&fixture);
        check_versions();
    }
    for (int round = 0; round < 2; round++) {
        for (int i = CHANGES - 1; i >= 0; i--) {
            undos[i] = undo_cleanly(fixture.store, i + 1);
            check_state(&fixture, states[i]);
            check_versions();
        }
        for (int i = 0; i < CHANGES; i++) {
            undo_cleanly(fixture.store, undos[i]);
            check_state(&fixture, states[i + 1]);
            check_versions();
        }
    }
    check_counts(&fixture);
    file_check(fixture.path);
    for (int i = 0; i <= CHANGES; i++)
        free(states[i]);
}
END_TEST

START_TEST(test_single_ones_keep_what_must_hold)
{
    unsigned undone = 0, refused = 0;
    struct arena arena CLEANUP(arena_close);
    arena_init(&arena, 4096);
    chance = (struct chance){200 + (uint64_t)_i, true};
    for (int i = 0; i < 60; i++) {
        if (i < 5 || chance_in(&chance, 3)) {
            make_change(i);
            continue;
        }
        char *before CLEANUP_FREE = state_text(&fixture);
        int64_t newest = newest_change(&fixture);
        struct undo_outcome outcome = {.arena = &arena};
        outcome.target = newest - chance_below(&chance, newest < 6 ? (unsigned)newest : 6);
        undo_change(fixture.store, &outcome);
        undone += !outcome.is_conflict;
        refused += outcome.is_conflict;
        if (outcome.is_conflict)
            check_state(&fixture, before);
        ck_assert_int_eq(newest_change(&fixture), newest + !outcome.is_conflict);
        ck_assert(outcome.is_conflict == (outcome.conflicts.count > 0));
        check_counts(&fixture);
        check_versions();
        arena_reset(&arena);
    }
    ck_assert_uint_gt(undone, 0);
    ck_assert_uint_gt(refused, 0);
    file_check(fixture.path);
}
END_TEST

Suite *suite_undo_random(void)
{
    Suite *suite = suite_create("undo_random");
    TCase *tcase = tcase_create("undo_random");
    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_all_undone_in_reverse_and_done_again, 0, SEEDS);
    tcase_add_loop_test(tcase, test_single_ones_keep_what_must_hold, 0, SEEDS);
    suite_add_tcase(suite, tcase);
    return suite;
}
