/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Several processes on one file, each with its own store: committing and checkpointing at the same
 * time, they lose nothing.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "fixture.h"
#include "store_suites.h"

#define PROCESSES_MAX 3
#define THREADS       4
#define WRITES        40 /* of each thread */

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
    fixture.options.wal_limit_bytes = 32 * 1024; /* a checkpoint every few batches */
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

static void *write_rows(void *arg)
{
    for (int i = 0; i < WRITES; i++)
        ck_assert_int_eq(store_write(fixture.store, probe_insert, arg), ERROR_NONE);
    return NULL;
}

static void work(int64_t process, int start)
{
    char byte;
    ck_assert_int_eq(read(start, &byte, 1), 0); /* until the parent closes the pipe */
    fixture_open(&fixture);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_rows, &process), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_gt(fixture.observed.checkpoints, 0);
    ck_assert_uint_eq(fixture.observed.failures, 0);
    fixture_close(&fixture);
    _exit(0);
}

static void run_processes(int count)
{
    int start[2];
    ck_assert_int_eq(pipe(start), 0);
    pid_t children[PROCESSES_MAX];
    for (int i = 0; i < count; i++) {
        children[i] = fork();
        ck_assert_int_ge(children[i], 0);
        if (children[i] == 0) {
            close(start[1]);
            work(i, start[0]);
        }
    }
    close(start[0]);
    close(start[1]);
    for (int i = 0; i < count; i++) {
        int status = -1;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_int_eq(status, 0);
    }
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM probe"),
                     count * THREADS * WRITES);
    ck_assert_int_eq(
        file_number(fixture.path,
                    "SELECT count(*) FROM (SELECT 1 FROM probe GROUP BY value HAVING count(*) = "
                    "160)"),
        count);
    file_check(fixture.path);
}

START_TEST(test_two_processes_lose_nothing)
{
    run_processes(2);
}
END_TEST

START_TEST(test_three_processes_lose_nothing)
{
    run_processes(3);
}
END_TEST

Suite *suite_processes(void)
{
    const TTest *const tests[] = {
        test_two_processes_lose_nothing,
        test_three_processes_lose_nothing,
    };
    return store_suite("processes", setup, teardown, tests, ARRAY_SIZE(tests));
}
