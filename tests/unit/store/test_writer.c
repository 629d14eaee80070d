/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Group commit: outcomes, isolation of the items of a batch, the queue, the stop.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "fixture.h"
#include "store/sqlite/engine.h"
#include "store_suites.h"

static struct fixture fixture;
static struct gate gate;

static void setup(void)
{
    fixture_init(&fixture);
    gate = (struct gate)GATE_INIT;
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

static int64_t rows(void)
{
    return file_number(fixture.path, "SELECT count(*) FROM probe");
}

/* The gate, and the writer waiting in it: what is submitted next is in the same batch. */
static void hold_writer(struct told_job *job)
{
    ck_assert_int_eq(told_submit(&fixture, job, gate_run, &gate), ERROR_NONE);
    gate_wait_entered(&gate);
}

START_TEST(test_write_is_stored)
{
    fixture_open(&fixture);
    int64_t value = 7;
    ck_assert_int_eq(store_write(fixture.store, probe_insert, &value), ERROR_NONE);
    ck_assert_int_eq(file_number(fixture.path, "SELECT value FROM probe"), 7);
}
END_TEST

START_TEST(test_refused_write_is_undone_and_succeeds)
{
    fixture_open(&fixture);
    int64_t value = 7;
    ck_assert_int_eq(store_write(fixture.store, probe_refuse, &value), ERROR_NONE);
    ck_assert_int_eq(rows(), 0);
}
END_TEST

START_TEST(test_refused_item_between_two_kept_ones)
{
    fixture_open(&fixture);
    struct told_job jobs[4];
    hold_writer(&jobs[0]);
    for (int i = 1; i < 4; i++) {
        jobs[i].value = i;
        told_submit(&fixture, &jobs[i], i == 2 ? probe_refuse : probe_insert, NULL);
    }
    gate_open(&gate);
    store_stop(fixture.store);
    ck_assert_uint_eq(fixture.observed.largest_batch, 4);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(jobs[i].times, 1);
        ck_assert_int_eq(jobs[i].outcome, ERROR_NONE);
    }
    ck_assert_int_eq(rows(), 2);
    ck_assert_int_eq(file_number(fixture.path, "SELECT sum(value) FROM probe"), 4);
}
END_TEST

static bool run_failing(struct store_tx *tx, void *arg)
{
    probe_insert(tx, arg);
    struct store_view *view = store_tx_view(tx);
    store_error(view, SQLITE_NOMEM);
    store_error(view, SQLITE_FULL);
    return true;
}

START_TEST(test_failed_item_is_told_its_first_failure_and_undone_alone)
{
    fixture_open(&fixture);
    struct told_job jobs[3];
    hold_writer(&jobs[0]);
    told_submit(&fixture, &jobs[1], run_failing, NULL);
    told_submit(&fixture, &jobs[2], probe_insert, NULL);
    gate_open(&gate);
    store_stop(fixture.store);
    ck_assert_int_eq(jobs[1].outcome, ERROR_MEMORY);
    ck_assert_int_eq(jobs[2].outcome, ERROR_NONE);
    ck_assert_int_eq(rows(), 1);
}
END_TEST

static bool run_conflict(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct store_view *view = store_tx_view(tx);
    return store_error(view, SQLITE_CONSTRAINT_PRIMARYKEY) == ERROR_CONFLICT;
}

START_TEST(test_taken_key_is_no_failure)
{
    fixture_open(&fixture);
    ck_assert_int_eq(store_write(fixture.store, run_conflict, NULL), ERROR_NONE);
}
END_TEST

static bool run_rollback(struct store_tx *tx, void *arg)
{
    (void)arg;
    sqlite3_exec(store_tx_view(tx)->connection->db, "ROLLBACK", NULL, NULL, NULL);
    return true;
}

START_TEST(test_lost_transaction_fails_all_before_it_and_none_after)
{
    fixture_open(&fixture);
    struct told_job jobs[4];
    hold_writer(&jobs[0]);
    told_submit(&fixture, &jobs[1], probe_insert, NULL);
    told_submit(&fixture, &jobs[2], run_rollback, NULL);
    told_submit(&fixture, &jobs[3], probe_insert, NULL);
    gate_open(&gate);
    store_stop(fixture.store);
    ck_assert_int_eq(jobs[0].outcome, ERROR_STORAGE);
    ck_assert_int_eq(jobs[1].outcome, ERROR_STORAGE);
    ck_assert_int_eq(jobs[2].outcome, ERROR_STORAGE);
    ck_assert_int_eq(jobs[3].outcome, ERROR_NONE);
    ck_assert_int_eq(rows(), 1);
}
END_TEST

#define SUBMITTERS      8
#define JOBS_PER_THREAD 50

static void *submit_many(void *arg)
{
    struct told_job *jobs = arg;
    for (int i = 0; i < JOBS_PER_THREAD; i++) {
        jobs[i].value = 1;
        ck_assert_int_eq(told_submit(&fixture, &jobs[i], probe_insert, NULL), ERROR_NONE);
    }
    return NULL;
}

START_TEST(test_many_threads_each_told_once)
{
    fixture_open(&fixture);
    struct told_job first;
    hold_writer(&first);
    static struct told_job jobs[SUBMITTERS][JOBS_PER_THREAD];
    pthread_t threads[SUBMITTERS];
    for (int i = 0; i < SUBMITTERS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, submit_many, jobs[i]), 0);
    for (int i = 0; i < SUBMITTERS; i++)
        pthread_join(threads[i], NULL);
    gate_open(&gate);
    store_stop(fixture.store);
    for (int i = 0; i < SUBMITTERS * JOBS_PER_THREAD; i++) {
        struct told_job *job = &jobs[i / JOBS_PER_THREAD][i % JOBS_PER_THREAD];
        ck_assert_int_eq(job->times, 1);
        ck_assert_int_eq(job->outcome, ERROR_NONE);
    }
    ck_assert_int_eq(rows(), SUBMITTERS * JOBS_PER_THREAD);
    ck_assert_uint_eq(fixture.observed.items, SUBMITTERS * JOBS_PER_THREAD + 2);
    ck_assert_uint_eq(fixture.observed.waits, fixture.observed.items);
    ck_assert_uint_eq(fixture.observed.largest_batch, 100);
    ck_assert_uint_eq(fixture.observed.commits, fixture.observed.batches);
}
END_TEST

START_TEST(test_batch_limit)
{
    fixture.options.batch_limit = 3;
    fixture_open(&fixture);
    struct told_job jobs[7];
    hold_writer(&jobs[0]);
    for (int i = 1; i < 7; i++)
        told_submit(&fixture, &jobs[i], probe_insert, NULL);
    gate_open(&gate);
    store_stop(fixture.store);
    ck_assert_uint_eq(fixture.observed.largest_batch, 3);
    ck_assert_uint_eq(fixture.observed.batches, 4); /* the table, and 3 + 3 + 1 */
}
END_TEST

START_TEST(test_batch_time)
{
    fixture.options.batch_time_ms = 0;
    fixture_open(&fixture);
    struct told_job jobs[3];
    hold_writer(&jobs[0]);
    told_submit(&fixture, &jobs[1], probe_insert, NULL);
    told_submit(&fixture, &jobs[2], probe_insert, NULL);
    gate_open(&gate);
    store_stop(fixture.store);
    ck_assert_uint_eq(fixture.observed.largest_batch, 1);
    ck_assert_int_eq(rows(), 2);
}
END_TEST

/* Eight writes wait when a batch begins; its first one sees to it that the last commit took so
 * long.
 */
static void run_eight(uint64_t commit_ns)
{
    fixture.options.alternate = true;
    fixture_open(&fixture);
    struct gate second = GATE_INIT;
    struct told_job jobs[9];
    hold_writer(&jobs[0]);
    fixture.store->commit_ns = 0; /* while the writer waits in the gate */
    told_submit(&fixture, &jobs[1], gate_run, &second);
    for (int i = 2; i < 9; i++)
        told_submit(&fixture, &jobs[i], probe_insert, NULL);
    gate_open(&gate);
    gate_wait_entered(&second);
    fixture.store->commit_ns = commit_ns;
    gate_open(&second);
    store_stop(fixture.store);
    ck_assert_int_eq(rows(), 7);
}

START_TEST(test_alternating_batches_take_half_of_the_writes_under_way)
{
    run_eight(0);
    ck_assert_uint_eq(fixture.observed.batches, 4); /* the table, the gate, and 8 = 5 + 3 */
    ck_assert_uint_eq(fixture.observed.largest_batch, 5);
}
END_TEST

START_TEST(test_where_commits_are_slow_more_share_one)
{
    run_eight(UINT64_MAX);
    ck_assert_uint_eq(fixture.observed.batches, 3);
    ck_assert_uint_eq(fixture.observed.largest_batch, 8);
}
END_TEST

START_TEST(test_full_queue_refuses)
{
    fixture.options.queue_limit = 2;
    fixture_open(&fixture);
    struct told_job jobs[4];
    hold_writer(&jobs[0]);
    ck_assert_int_eq(told_submit(&fixture, &jobs[1], probe_insert, NULL), ERROR_NONE);
    ck_assert_int_eq(told_submit(&fixture, &jobs[2], probe_insert, NULL), ERROR_NONE);
    ck_assert_int_eq(told_submit(&fixture, &jobs[3], probe_insert, NULL), ERROR_QUEUE_FULL);
    struct store_state state;
    store_state(fixture.store, &state);
    ck_assert_uint_eq(state.queue_length, 2);
    ck_assert_uint_eq(state.queue_limit, 2);
    gate_open(&gate);
    store_stop(fixture.store);
    ck_assert_int_eq(jobs[3].times, 0);
    ck_assert_int_eq(rows(), 2);
}
END_TEST

START_TEST(test_stop_refuses_new_writes)
{
    fixture_open(&fixture);
    store_stop(fixture.store);
    store_stop(fixture.store);
    int64_t value = 1;
    ck_assert_int_eq(store_write(fixture.store, probe_insert, &value), ERROR_STOPPING);
}
END_TEST

START_TEST(test_stop_without_start_fails_what_waits)
{
    ck_assert_int_eq(store_open(&fixture.options, &fixture.store, NULL), ERROR_NONE);
    struct told_job job;
    ck_assert_int_eq(told_submit(&fixture, &job, probe_insert, NULL), ERROR_NONE);
    store_stop(fixture.store);
    ck_assert_int_eq(job.times, 1);
    ck_assert_int_eq(job.outcome, ERROR_STOPPING);
}
END_TEST

START_TEST(test_held_lock_file_makes_busy_and_passes)
{
    fixture_open(&fixture);
    fixture_close(&fixture);
    fixture.options.busy_timeout_ms = 1;
    fixture_open(&fixture);
    int fd = open(fixture_path(&fixture, "todo.db.lock"), O_RDWR | O_CLOEXEC);
    ck_assert_int_eq(flock(fd, LOCK_EX), 0);
    int64_t value = 1;
    ck_assert_int_eq(store_write(fixture.store, probe_insert, &value), ERROR_BUSY);
    close(fd);
    fixture_close(&fixture);
    ck_assert_uint_ge(fixture.observed.failures, 1);
    ck_assert_int_eq(rows(), 0);
}
END_TEST

START_TEST(test_foreign_writer_makes_busy_and_passes)
{
    fixture.options.busy_timeout_ms = 100;
    fixture_open(&fixture);
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(fixture.path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    int64_t value = 1;
    ck_assert_int_eq(store_write(fixture.store, probe_insert, &value), ERROR_BUSY);
    struct store_state state;
    store_state(fixture.store, &state);
    ck_assert(state.writable);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    sqlite3_close(db);
    ck_assert_int_eq(store_write(fixture.store, probe_insert, &value), ERROR_NONE);
    ck_assert_int_eq(rows(), 1);
}
END_TEST

Suite *suite_writer(void)
{
    const TTest *const tests[] = {
        test_write_is_stored,
        test_refused_write_is_undone_and_succeeds,
        test_refused_item_between_two_kept_ones,
        test_failed_item_is_told_its_first_failure_and_undone_alone,
        test_taken_key_is_no_failure,
        test_lost_transaction_fails_all_before_it_and_none_after,
        test_many_threads_each_told_once,
        test_batch_limit,
        test_batch_time,
        test_alternating_batches_take_half_of_the_writes_under_way,
        test_where_commits_are_slow_more_share_one,
        test_full_queue_refuses,
        test_stop_refuses_new_writes,
        test_stop_without_start_fails_what_waits,
        test_held_lock_file_makes_busy_and_passes,
        test_foreign_writer_makes_busy_and_passes,
    };
    return store_suite("writer", setup, teardown, tests, ARRAY_SIZE(tests));
}
