/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Writes that have a transaction to themselves, in place of a savepoint.
 */
#include "base/cleanup.h"
#include "fixture.h"
#include "store/sqlite/internal.h"
#include "store_suites.h"

static struct fixture fixture;
static struct gate gate;

static void setup(void)
{
    fixture_init(&fixture);
    fixture_open(&fixture);
    gate = (struct gate)GATE_INIT;
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

/* The gate, and behind it three jobs with the values 1, 2 and 4, of which the second is alone. */
static void run_three(struct told_job jobs[4], store_fn second)
{
    ck_assert_int_eq(told_submit(&fixture, &jobs[0], gate_run, &gate), ERROR_NONE);
    gate_wait_entered(&gate);
    for (int i = 1; i < 4; i++)
        jobs[i].value = 1 << (i - 1);
    ck_assert_int_eq(told_submit(&fixture, &jobs[1], probe_insert, NULL), ERROR_NONE);
    ck_assert_int_eq(told_submit_alone(&fixture, &jobs[2], second, NULL), ERROR_NONE);
    ck_assert_int_eq(told_submit(&fixture, &jobs[3], probe_insert, NULL), ERROR_NONE);
    gate_open(&gate);
    store_stop(fixture.store);
}

static void check_told(struct told_job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(jobs[i].times, 1);
        ck_assert_int_eq(jobs[i].outcome, ERROR_NONE);
    }
}

static int64_t sum(void)
{
    return file_number(fixture.path, "SELECT total(value) FROM probe");
}

START_TEST(test_it_shares_no_batch)
{
    struct told_job jobs[4];
    unsigned before = fixture.observed.batches;
    run_three(jobs, probe_insert);
    check_told(jobs, 4);
    ck_assert_int_eq(sum(), 1 + 2 + 4);
    ck_assert_uint_eq(fixture.observed.batches - before, 3);
    ck_assert_uint_eq(fixture.observed.largest_batch, 2);
}
END_TEST

START_TEST(test_refused_it_undoes_itself_only)
{
    struct told_job jobs[4];
    run_three(jobs, probe_refuse);
    check_told(jobs, 4);
    ck_assert_int_eq(sum(), 1 + 4);
    ck_assert_uint_eq(fixture.observed.failures, 0);
}
END_TEST

static bool run_failing(struct store_tx *tx, void *arg)
{
    probe_insert(tx, arg);
    store_error(store_tx_view(tx), SQLITE_FULL);
    return true;
}

START_TEST(test_failed_it_undoes_itself_only)
{
    struct told_job jobs[4];
    run_three(jobs, run_failing);
    ck_assert_int_eq(jobs[1].outcome, ERROR_NONE);
    ck_assert_int_eq(jobs[2].outcome, ERROR_STORAGE_FULL);
    ck_assert_int_eq(jobs[3].outcome, ERROR_NONE);
    ck_assert_int_eq(sum(), 1 + 4);
}
END_TEST

static bool run_lost(struct store_tx *tx, void *arg)
{
    probe_insert(tx, arg);
    sqlite3_exec(store_tx_view(tx)->connection->db, "ROLLBACK", NULL, NULL, NULL);
    return true;
}

START_TEST(test_lost_transaction_is_told)
{
    struct told_job jobs[4];
    run_three(jobs, run_lost);
    ck_assert_int_eq(jobs[1].outcome, ERROR_NONE);
    ck_assert_int_eq(jobs[2].outcome, ERROR_STORAGE);
    ck_assert_int_eq(jobs[3].outcome, ERROR_NONE);
    ck_assert_int_eq(sum(), 1 + 4);
}
END_TEST

static bool run_parts(struct store_tx *tx, void *arg)
{
    int64_t value = *(int64_t *)arg, undone = 100;
    probe_insert(tx, &value);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    probe_insert(tx, &undone);
    ck_assert_int_eq(store_savepoint_undo(tx), ERROR_NONE);
    return true;
}

START_TEST(test_it_may_have_savepoints_inside)
{
    struct told_job jobs[4];
    run_three(jobs, run_parts);
    check_told(jobs, 4);
    ck_assert_int_eq(sum(), 1 + 2 + 4);
}
END_TEST

Suite *suite_alone(void)
{
    const TTest *const tests[] = {
        test_it_shares_no_batch,
        test_refused_it_undoes_itself_only,
        test_failed_it_undoes_itself_only,
        test_lost_transaction_is_told,
        test_it_may_have_savepoints_inside,
    };
    return store_suite("alone", setup, teardown, tests, ARRAY_SIZE(tests));
}
