/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Inner savepoints of a write.
 */
#include "base/cleanup.h"
#include "fixture.h"
#include "store/sqlite/internal.h"
#include "store_suites.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
    fixture_open(&fixture);
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

static void insert(struct store_tx *tx, int64_t value)
{
    ck_assert(probe_insert(tx, &value));
}

static bool run_nested(struct store_tx *tx, void *arg)
{
    (void)arg;
    insert(tx, 1);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    insert(tx, 2);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    insert(tx, 4);
    ck_assert_int_eq(store_savepoint_undo(tx), ERROR_NONE);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    insert(tx, 8);
    ck_assert_int_eq(store_savepoint_keep(tx), ERROR_NONE);
    ck_assert_int_eq(store_savepoint_keep(tx), ERROR_NONE);
    return true;
}

START_TEST(test_inner_undo_is_alone)
{
    ck_assert_int_eq(store_write(fixture.store, run_nested, NULL), ERROR_NONE);
    ck_assert_int_eq(file_number(fixture.path, "SELECT sum(value) FROM probe"), 11);
}
END_TEST

static bool run_outer_undo(struct store_tx *tx, void *arg)
{
    (void)arg;
    insert(tx, 1);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    insert(tx, 2);
    ck_assert_int_eq(store_savepoint_keep(tx), ERROR_NONE);
    ck_assert_int_eq(store_savepoint_undo(tx), ERROR_NONE);
    return true;
}

START_TEST(test_outer_undo_takes_the_kept_inner_with_it)
{
    ck_assert_int_eq(store_write(fixture.store, run_outer_undo, NULL), ERROR_NONE);
    ck_assert_int_eq(file_number(fixture.path, "SELECT sum(value) FROM probe"), 1);
}
END_TEST

static bool run_unbalanced(struct store_tx *tx, void *arg)
{
    (void)arg;
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    insert(tx, 1);
    return false;
}

START_TEST(test_refusal_undoes_open_savepoints)
{
    ck_assert_int_eq(store_write(fixture.store, run_unbalanced, NULL), ERROR_NONE);
    ck_assert_int_eq(store_write(fixture.store, run_nested, NULL), ERROR_NONE);
    ck_assert_int_eq(file_number(fixture.path, "SELECT sum(value) FROM probe"), 11);
}
END_TEST

static bool run_journal(struct store_tx *tx, void *arg)
{
    (void)arg;
    ck_assert_int_eq(tx->journal.seq, 0);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    tx->journal.seq = 5;
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    tx->journal.seq = 6;
    ck_assert_int_eq(store_savepoint_keep(tx), ERROR_NONE);
    ck_assert_int_eq(tx->journal.seq, 6);
    ck_assert_int_eq(store_savepoint_undo(tx), ERROR_NONE);
    ck_assert_int_eq(tx->journal.seq, 0);
    tx->journal.seq = 7;
    return false;
}

START_TEST(test_journal_state_follows)
{
    ck_assert_int_eq(store_write(fixture.store, run_journal, NULL), ERROR_NONE);
    ck_assert_int_eq(store_write(fixture.store, run_journal, NULL), ERROR_NONE);
}
END_TEST

Suite *suite_savepoint(void)
{
    const TTest *const tests[] = {
        test_inner_undo_is_alone,
        test_outer_undo_takes_the_kept_inner_with_it,
        test_refusal_undoes_open_savepoints,
        test_journal_state_follows,
    };
    return store_suite("savepoint", setup, teardown, tests, ARRAY_SIZE(tests));
}
