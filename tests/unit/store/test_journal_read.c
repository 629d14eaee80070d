/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading the journal: changes, pages, and what is not kept; and that none of it looks at more than
 * it gives.
 */
#include <sqlite3.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store/sqlite/internal.h"
#include "store_suites.h"
#include "undo_support.h"

static struct fixture fixture;
static struct store_reader *reader;
static struct store_view *view;
static struct arena arena;

static void setup(void)
{
    struct error error;
    fixture_init(&fixture);
    fixture_open(&fixture);
    arena_init(&arena, 4096);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
}

static void teardown(void)
{
    store_reader_close(reader);
    arena_close(&arena);
    fixture_remove(&fixture);
}

static void snapshot(void)
{
    enum error_code code;
    view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
}

static void release(void)
{
    store_read_end(reader);
}

static void run_insert(struct store_tx *tx, void *arg)
{
    struct task task;
    (void)arg;
    task_init(&task);
    task.description = (struct text){"x", 1};
    task.notes = (struct text){"", 0};
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
}

static bool run_full_change(struct store_tx *tx, void *arg)
{
    struct change change = {.at = 42,
                            .action = CHANGE_BULK_ARCHIVE,
                            .summary = "A summary",
                            .request_id = "req",
                            .actor = "me"};
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    run_insert(tx, arg);
    run_insert(tx, arg);
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    return true;
}

START_TEST(test_a_change_is_read_whole)
{
    struct change change;
    ck_assert_int_eq(store_write(fixture.store, run_full_change, NULL), ERROR_NONE);
    undo_cleanly(fixture.store, 1);
    snapshot();
    ck_assert_int_eq(store_change_get(view, 1, &arena, &change), ERROR_NONE);
    release();
    ck_assert_int_eq(change.seq, 1);
    ck_assert_int_eq(change.at, 42);
    ck_assert_int_eq(change.action, CHANGE_BULK_ARCHIVE);
    ck_assert_str_eq(change.summary, "A summary");
    ck_assert_str_eq(change.request_id, "req");
    ck_assert_str_eq(change.actor, "me");
    ck_assert_int_eq(change.undone_by, 2);
    ck_assert_int_eq(change.undoes, 0);
    ck_assert_uint_eq(change.task_ids.count, 2);
    ck_assert_int_eq(change.task_ids.ids[1], 2);
}
END_TEST

START_TEST(test_a_change_that_is_not_there)
{
    struct change change = {.seq = 77};
    snapshot();
    ck_assert_int_eq(store_change_get(view, 1, &arena, &change), ERROR_NOT_FOUND);
    ck_assert_int_eq(store_change_undoable(view, &arena, &change), ERROR_NOT_FOUND);
    release();
    ck_assert_int_eq(change.seq, 77);
}
END_TEST

START_TEST(test_an_unknown_action_is_damage)
{
    struct change change = {.seq = 77};
    struct change_page page = {.count = 77};
    sample_write(fixture.store, run_insert, NULL);
    file_exec(fixture.path, "UPDATE change SET action = 'dance'");
    snapshot();
    ck_assert_int_eq(store_change_get(view, 1, &arena, &change), ERROR_CORRUPT);
    ck_assert_int_eq(store_change_feed(view, 0, 5, &arena, &page), ERROR_CORRUPT);
    release();
    ck_assert_int_eq(change.seq, 77);
    ck_assert_uint_eq(page.count, 77);
}
END_TEST

START_TEST(test_pages_say_whether_more_follows)
{
    struct change_page page;
    for (int i = 0; i < 3; i++)
        sample_write(fixture.store, run_insert, NULL);
    snapshot();
    for (size_t limit = 1; limit <= 4; limit++) {
        ck_assert_int_eq(store_change_feed(view, 0, limit, &arena, &page), ERROR_NONE);
        ck_assert_uint_eq(page.count, limit < 3 ? limit : 3);
        ck_assert(page.more == (limit < 3));
        ck_assert_int_eq(page.changes[0].seq, 1);
    }
    ck_assert_int_eq(store_task_history(view, 2, INT64_MAX, 5, &arena, &page), ERROR_NONE);
    ck_assert(page.count == 1 && page.changes[0].seq == 2 && !page.more);
    ck_assert_int_eq(store_task_history(view, 2, 2, 5, &arena, &page), ERROR_NONE);
    ck_assert(page.count == 0 && !page.more);
    release();
}
END_TEST

START_TEST(test_known_tasks)
{
    bool known;
    sample_write(fixture.store, run_insert, NULL);
    undo_cleanly(fixture.store, 1);
    snapshot();
    ck_assert_int_eq(store_task_known(view, 1, &known), ERROR_NONE);
    ck_assert(known);
    ck_assert_int_eq(store_task_known(view, 2, &known), ERROR_NONE);
    ck_assert(!known);
    release();
}
END_TEST

START_TEST(test_forgotten_changes)
{
    int64_t seq = -1;
    snapshot();
    ck_assert_int_eq(store_change_forgotten(view, &seq), ERROR_NONE);
    release();
    ck_assert_int_eq(seq, 0);
    for (int i = 0; i < 4; i++)
        sample_write(fixture.store, run_insert, NULL);
    file_exec(fixture.path, "DELETE FROM change WHERE seq <= 3");
    snapshot();
    ck_assert_int_eq(store_change_forgotten(view, &seq), ERROR_NONE);
    release();
    ck_assert_int_eq(seq, 3);
    file_exec(fixture.path, "DELETE FROM change");
    snapshot();
    ck_assert_int_eq(store_change_forgotten(view, &seq), ERROR_NONE);
    release();
    ck_assert_int_eq(seq, 4);
}
END_TEST

START_TEST(test_the_list_of_tasks_has_an_end)
{
    struct change change;
    sample_write(fixture.store, run_insert, NULL);
    file_exec(fixture.path,
              "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)"
              " INSERT INTO change_row (id, kind, row_id, after)"
              " SELECT 1 << 24 | i, 'task', 20000 - i, '{}' FROM n");
    snapshot();
    ck_assert_int_eq(store_change_get(view, 1, &arena, &change), ERROR_NONE);
    release();
    ck_assert_uint_eq(change.task_ids.count, CHANGE_TASK_IDS_MAX);
    ck_assert_int_eq(change.task_ids.ids[0], 1);
    ck_assert_int_eq(change.task_ids.ids[1], 10000);
    ck_assert_int_eq(change.task_ids.ids[CHANGE_TASK_IDS_MAX - 1], 19998);
}
END_TEST

/* --- No scan -----------------------------------------------------------------------------------
 */

/* Steps of SQLite's machine that a call takes; they follow the rows that it looks at. */
static int count_steps(enum statement id)
{
    return sqlite3_stmt_status(view->connection->statements[id], SQLITE_STMTSTATUS_VM_STEP, 1);
}

static void fill_journal(int64_t count)
{
    char sql[512];
    snprintf(sql, sizeof(sql),
             "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
             " INSERT INTO change (at, action, summary, undone_by)"
             " SELECT 1, iif(i %% 2, 'create', 'undo'), 'x', iif(i %% 2, 9, NULL) FROM n",
             (int)count);
    file_exec(fixture.path, sql);
}

START_TEST(test_undone_changes_are_not_in_the_way)
{
    struct change change;
    sample_write(fixture.store, run_insert, NULL);
    fill_journal(20000);
    snapshot();
    ck_assert_int_eq(store_change_undoable(view, &arena, &change), ERROR_NONE);
    ck_assert_int_eq(change.seq, 1);
    ck_assert_int_lt(count_steps(STATEMENT_CHANGE_UNDOABLE), 200);
    release();
}
END_TEST

START_TEST(test_pages_look_at_nothing_else)
{
    struct change_page page;
    bool known;
    int64_t seq;
    sample_write(fixture.store, run_insert, NULL);
    fill_journal(20000);
    sample_write(fixture.store, run_insert, NULL);
    snapshot();
    ck_assert_int_eq(store_change_feed(view, 19990, 5, &arena, &page), ERROR_NONE);
    ck_assert_uint_eq(page.count, 5);
    ck_assert_int_eq(store_task_history(view, 1, INT64_MAX, 5, &arena, &page), ERROR_NONE);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_int_eq(store_task_known(view, 1, &known), ERROR_NONE);
    ck_assert_int_eq(store_change_forgotten(view, &seq), ERROR_NONE);
    ck_assert_int_lt(count_steps(STATEMENT_CHANGE_FEED), 400);
    ck_assert_int_lt(count_steps(STATEMENT_CHANGE_HISTORY), 400);
    ck_assert_int_lt(count_steps(STATEMENT_TASK_KNOWN), 200);
    ck_assert_int_lt(count_steps(STATEMENT_CHANGE_FORGOTTEN), 200);
    release();
}
END_TEST

Suite *suite_journal_read(void)
{
    const TTest *const tests[] = {
        test_a_change_is_read_whole,
        test_a_change_that_is_not_there,
        test_an_unknown_action_is_damage,
        test_pages_say_whether_more_follows,
        test_known_tasks,
        test_forgotten_changes,
        test_the_list_of_tasks_has_an_end,
        test_undone_changes_are_not_in_the_way,
        test_pages_look_at_nothing_else,
    };
    return store_suite("journal_read", setup, teardown, tests, ARRAY_SIZE(tests));
}
