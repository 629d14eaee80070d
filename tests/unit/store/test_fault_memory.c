/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Every allocation fails in turn: SQLite's through its own interface for allocators, the store's by
 * the wrapped functions of the C library.
 */
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "fault_scenario.h"
#include "store_suites.h"

static struct scenario scenario;

/* --- SQLite's allocator ----------------------------------------------------------------------- */

static sqlite3_mem_methods real;
static atomic_int calls_left; /* until the one that fails; negative: it has failed, or is off */
static atomic_bool is_armed;

static bool fails(void)
{
    return atomic_load(&is_armed) && atomic_fetch_sub(&calls_left, 1) == 0;
}

static void *failing_malloc(int size)
{
    return fails() ? NULL : real.xMalloc(size);
}

static void *failing_realloc(void *memory, int size)
{
    return fails() ? NULL : real.xRealloc(memory, size);
}

static void arm(int n)
{
    atomic_store(&calls_left, n);
    atomic_store(&is_armed, true);
}

/* Whether an allocation failed. */
static bool disarm(void)
{
    atomic_store(&is_armed, false);
    return atomic_load(&calls_left) < 0;
}

static void setup(void)
{
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real), SQLITE_OK);
    sqlite3_mem_methods failing = real;
    failing.xMalloc = failing_malloc;
    failing.xRealloc = failing_realloc;
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &failing), SQLITE_OK);
}

static void teardown(void)
{
    disarm();
}

/* There are some thousands. All of them are tried when TODO_TEST_ALL_FAULTS is set, each in about
 * 20 ms; else the first ones, and then fewer and fewer. */
static int next_fault(int n)
{
    return getenv("TODO_TEST_ALL_FAULTS") != NULL ? n + 1 : n + 1 + n / 32;
}

START_TEST(test_one_allocation_of_sqlite_fails)
{
    for (int n = 0;; n = next_fault(n)) {
        scenario_init(&scenario);
        arm(n);
        scenario_live(&scenario);
        bool has_failed = disarm();
        scenario_check(&scenario, true);
        if (!has_failed) {
            ck_assert_int_gt(n, 0);
            return;
        }
    }
}
END_TEST

START_TEST(test_one_allocation_of_the_store_fails)
{
    scenario_init(&scenario);
    struct store_options *options = &scenario.fixture.options;
    for (long n = 0;; n++) {
        struct store *store = NULL;
        struct store_reader *reader = NULL;
        struct error error = {0};
        fail_malloc_after(n);
        enum error_code code = store_open(options, &store, &error);
        if (code == ERROR_NONE)
            code = store_reader_open(store, &reader, &error);
        bool has_failed = fail_malloc_off();
        ck_assert_int_eq(code, has_failed ? ERROR_MEMORY : ERROR_NONE);
        store_reader_close(reader);
        store_close(store);
        if (!has_failed) {
            ck_assert_int_gt(n, 0);
            break;
        }
    }
    scenario_check(&scenario, true);
}
END_TEST

Suite *suite_fault_memory(void)
{
    const TTest *const tests[] = {
        test_one_allocation_of_sqlite_fails,
        test_one_allocation_of_the_store_fails,
    };
    return store_suite("fault_memory", setup, teardown, tests, ARRAY_SIZE(tests));
}
