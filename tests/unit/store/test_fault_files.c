/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Every call to the file system fails in turn, over opening, batches, reads, checkpoints, closing.
 */
#include <sched.h>
#include <sqlite3.h>

#include "base/cleanup.h"
#include "fault_scenario.h"
#include "fault_vfs.h"
#include "store_suites.h"

static struct scenario scenario;

static void setup(void)
{
    fault_vfs_register();
}

static void teardown(void)
{
    fault_vfs_disarm();
}

static const struct {
    enum fault_call call;
    int rc;
} faults[] = {
    {FAULT_OPEN, SQLITE_CANTOPEN},           {FAULT_READ, SQLITE_IOERR_READ},
    {FAULT_WRITE, SQLITE_IOERR_WRITE},       {FAULT_WRITE, SQLITE_FULL},
    {FAULT_SYNC, SQLITE_IOERR_FSYNC},        {FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE},
    {FAULT_SIZE, SQLITE_IOERR_FSTAT},        {FAULT_LOCK, SQLITE_IOERR_LOCK},
    {FAULT_SHARED_MAP, SQLITE_IOERR_SHMMAP},
};

/* Fails call number n, for n = 0, 1, 2 ... until the scenario ends without meeting the fault. */
static void run_faults(int index, bool is_lasting)
{
    for (int n = 0;; n++) {
        scenario_init(&scenario);
        scenario.fixture.options.vfs = FAULT_VFS_NAME;
        fault_vfs_arm(faults[index].call, n, faults[index].rc, is_lasting);
        scenario_live(&scenario);
        bool has_failed = fault_vfs_disarm();
        bool sync_failed = scenario.fixture.observed.sync_failures > 0;
        ck_assert_uint_le(scenario.fixture.observed.sync_failures, 1);
        ck_assert(!sync_failed || faults[index].call == FAULT_SYNC);
        /* What was written but not synced may or may not be there. */
        scenario_check(&scenario, !sync_failed);
        if (!has_failed) {
            ck_assert_int_gt(n, 0);
            return;
        }
    }
}

START_TEST(test_one_call_fails)
{
    run_faults(_i, false);
}
END_TEST

START_TEST(test_all_calls_fail_from_one_on)
{
    run_faults(_i, true);
}
END_TEST

/* --- What each kind of failure means ---------------------------------------------------------- */

static void open_on_vfs(void)
{
    scenario_init(&scenario);
    scenario.fixture.options.vfs = FAULT_VFS_NAME;
    scenario.fixture.options.wal_limit_bytes = 4 << 20;
    fixture_open(&scenario.fixture);
}

static enum error_code write_row(int64_t value)
{
    return store_write(scenario.fixture.store, probe_insert, &value);
}

static struct store_state state(void)
{
    struct store_state result;
    store_state(scenario.fixture.store, &result);
    return result;
}

START_TEST(test_full_disk_recovers_by_itself)
{
    open_on_vfs();
    fault_vfs_arm(FAULT_WRITE, 0, SQLITE_FULL, true);
    ck_assert_int_eq(write_row(100), ERROR_STORAGE_FULL);
    ck_assert_int_eq(write_row(101), ERROR_STORAGE_FULL);
    ck_assert(!state().writable);
    struct store_reader *reader = NULL;
    ck_assert_int_eq(store_reader_open(scenario.fixture.store, &reader, NULL), ERROR_NONE);
    ck_assert_int_eq(probe_count(reader), 1);
    store_reader_close(reader);
    fault_vfs_disarm();
    ck_assert_int_eq(write_row(102), ERROR_NONE);
    ck_assert(state().writable);
    fixture_close(&scenario.fixture);
    ck_assert_int_eq(file_number(scenario.fixture.path, "SELECT count(*) FROM probe"), 2);
    scenario_check(&scenario, true);
}
END_TEST

START_TEST(test_full_disk_is_probed_without_writes)
{
    open_on_vfs();
    fault_vfs_arm(FAULT_WRITE, 0, SQLITE_FULL, true);
    ck_assert_int_eq(write_row(100), ERROR_STORAGE_FULL);
    fault_vfs_disarm();
    while (!state().writable) /* the test's time limit bounds it */
        sched_yield();
    scenario_check(&scenario, true);
}
END_TEST

START_TEST(test_write_error_recovers_by_itself)
{
    open_on_vfs();
    fault_vfs_arm(FAULT_WRITE, 0, SQLITE_IOERR_WRITE, false);
    ck_assert_int_eq(write_row(100), ERROR_STORAGE);
    ck_assert(!state().writable);
    ck_assert_int_eq(write_row(101), ERROR_NONE);
    ck_assert(state().writable);
    scenario_check(&scenario, true);
}
END_TEST

START_TEST(test_failed_sync_ends_all_writing)
{
    open_on_vfs();
    struct gate gate = GATE_INIT;
    struct told_job gate_job;
    ck_assert_int_eq(told_submit(&scenario.fixture, &gate_job, gate_run, &gate), ERROR_NONE);
    gate_wait_entered(&gate);
    struct told_job job = {.value = 100};
    ck_assert_int_eq(told_submit(&scenario.fixture, &job, probe_insert, NULL), ERROR_NONE);
    fault_vfs_arm(FAULT_SYNC, 0, SQLITE_IOERR_FSYNC, false);
    gate_open(&gate);
    while (scenario.fixture.observed.sync_failures == 0)
        sched_yield();
    ck_assert_int_eq(job.outcome, ERROR_STORAGE);
    ck_assert_int_eq(write_row(101), ERROR_STORAGE);
    ck_assert(state().sync_failed);
    ck_assert(!state().writable);
    ck_assert_int_eq(fault_vfs_count(FAULT_SYNC), 1); /* never tried again */
    fixture_close(&scenario.fixture);
    ck_assert_int_eq(fault_vfs_count(FAULT_SYNC), 1);
    ck_assert_int_eq(scenario.fixture.observed.sync_failures, 1);
    fault_vfs_disarm();
    scenario_check(&scenario, false);
}
END_TEST

static void fail_next_sync(void *context, uint64_t nanoseconds)
{
    (void)context;
    (void)nanoseconds;
    fault_vfs_arm(FAULT_SYNC, 0, SQLITE_IOERR_FSYNC, false);
}

START_TEST(test_failed_sync_of_a_checkpoint_ends_all_writing)
{
    open_on_vfs();
    fixture_close(&scenario.fixture);
    scenario.fixture.options.wal_limit_bytes = 1;
    scenario.fixture.options.observer.commit = fail_next_sync;
    ck_assert_int_eq(store_open(&scenario.fixture.options, &scenario.fixture.store, NULL),
                     ERROR_NONE);
    ck_assert_int_eq(store_start(scenario.fixture.store, NULL), ERROR_NONE);
    ck_assert_int_eq(write_row(100), ERROR_NONE);
    while (scenario.fixture.observed.sync_failures == 0)
        sched_yield();
    ck_assert_int_eq(write_row(101), ERROR_STORAGE);
    fixture_close(&scenario.fixture);
    ck_assert(fault_vfs_disarm());
    ck_assert_int_eq(
        file_number(scenario.fixture.path, "SELECT count(*) FROM probe WHERE value = 100"), 1);
    scenario_check(&scenario, false);
}
END_TEST

Suite *suite_fault_files(void)
{
    const TTest *const tests[] = {
        test_full_disk_recovers_by_itself,
        test_full_disk_is_probed_without_writes,
        test_write_error_recovers_by_itself,
        test_failed_sync_ends_all_writing,
        test_failed_sync_of_a_checkpoint_ends_all_writing,
    };
    Suite *suite = store_suite("fault_files", setup, teardown, tests, ARRAY_SIZE(tests));
    TCase *tcase = tcase_create("loops");
    tcase_set_timeout(tcase, 300);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_one_call_fails, 0, ARRAY_SIZE(faults));
    tcase_add_loop_test(tcase, test_all_calls_fail_from_one_on, 0, ARRAY_SIZE(faults));
    suite_add_tcase(suite, tcase);
    return suite;
}
