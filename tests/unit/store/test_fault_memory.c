/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Every allocation fails in turn: SQLite's through its own interface for allocators, the store's by
 * the wrapped functions of the C library.
 */
#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "fail_sqlite.h"
#include "fault_scenario.h"
#include "store_suites.h"

static struct scenario scenario;

static void setup(void)
{
    fail_sqlite_setup();
}

static void teardown(void)
{
    fail_sqlite_off();
}

/* There are some thousands, each of about 20 ms. */
START_TEST(test_one_allocation_of_sqlite_fails)
{
    for (int n = 0;; n = fail_sqlite_next(n)) {
        scenario_init(&scenario);
        fail_sqlite_after(n);
        scenario_live(&scenario);
        bool has_failed = fail_sqlite_off();
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
