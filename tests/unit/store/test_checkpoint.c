/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The write-ahead log stays bounded, whoever reads meanwhile.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "base/cleanup.h"
#include "fixture.h"
#include "store_suites.h"

#define WAL_LIMIT (64 * 1024)
#define WRITES    400 /* some 8 KiB of log each */
#define READERS   3

static struct fixture fixture;
static atomic_bool is_over;

static void setup(void)
{
    fixture_init(&fixture);
    fixture.options.wal_limit_bytes = WAL_LIMIT;
    fixture_open(&fixture);
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

static void write_rows(int count)
{
    for (int64_t i = 0; i < count; i++)
        ck_assert_int_eq(store_write(fixture.store, probe_insert, &i), ERROR_NONE);
}

static uint64_t wal_bytes(void)
{
    struct store_state state;
    store_state(fixture.store, &state);
    return state.wal_bytes;
}

START_TEST(test_log_is_bounded_without_readers)
{
    write_rows(WRITES);
    ck_assert_uint_gt(fixture.observed.checkpoints, 0);
    ck_assert_uint_lt(wal_bytes(), 8 * WAL_LIMIT);
    ck_assert_uint_eq(fixture.observed.failures, 0);
}
END_TEST

static void *read_always(void *arg)
{
    struct store_reader *reader = arg;
    while (!atomic_load(&is_over))
        ck_assert_int_ge(probe_count(reader), 0);
    return NULL;
}

START_TEST(test_log_is_bounded_under_constant_reads)
{
    struct store_reader *readers[READERS];
    pthread_t threads[READERS];
    for (int i = 0; i < READERS; i++) {
        ck_assert_int_eq(store_reader_open(fixture.store, &readers[i], NULL), ERROR_NONE);
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_always, readers[i]), 0);
    }
    write_rows(WRITES);
    atomic_store(&is_over, true);
    for (int i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        store_reader_close(readers[i]);
    }
    ck_assert_uint_lt(wal_bytes(), 16 * WAL_LIMIT);
    ck_assert_uint_eq(fixture.observed.failures, 0);
}
END_TEST

START_TEST(test_old_snapshot_delays_but_fails_nothing)
{
    struct store_reader *reader = NULL;
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, NULL), ERROR_NONE);
    write_rows(1);
    enum error_code code = ERROR_NONE;
    ck_assert_ptr_nonnull(store_read_begin(reader, &code));
    ck_assert_int_eq(store_ping(reader), ERROR_NONE); /* the snapshot begins at the first read */
    write_rows(100);
    ck_assert_uint_gt(wal_bytes(), 4 * WAL_LIMIT);
    store_read_end(reader);
    ck_assert_int_eq(probe_count(reader), 101);
    write_rows(100);
    ck_assert_uint_eq(fixture.observed.failures, 0);
    store_reader_close(reader);
    store_stop(fixture.store);
    ck_assert_uint_eq(wal_bytes(), 0);
}
END_TEST

START_TEST(test_stop_empties_the_log)
{
    write_rows(3);
    ck_assert_uint_gt(wal_bytes(), 0);
    store_stop(fixture.store);
    ck_assert_uint_eq(wal_bytes(), 0);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM probe"), 3);
}
END_TEST

Suite *suite_checkpoint(void)
{
    const TTest *const tests[] = {
        test_log_is_bounded_without_readers,
        test_log_is_bounded_under_constant_reads,
        test_old_snapshot_delays_but_fails_nothing,
        test_stop_empties_the_log,
    };
    return store_suite("checkpoint", setup, teardown, tests, ARRAY_SIZE(tests));
}
