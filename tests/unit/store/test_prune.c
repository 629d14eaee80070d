/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Forgetting old changes: always a beginning of the journal, in portions, and faster than writes
 * add to it.
 */
#include "base/cleanup.h"
#include "base/clock.h"
#include "sample.h"
#include "store_suites.h"
#include "undo_support.h"

#define DAY INT64_C(86400000)

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

static int64_t number(const char *sql)
{
    return file_number(fixture.path, sql);
}

/* How many tasks the change creates, and how long ago. */
struct creation {
    unsigned count;
    int64_t age;
};

static bool run_create(struct store_tx *tx, void *arg)
{
    const struct creation *creation = arg;
    struct change change = {
        .at = clock_now() - creation->age, .action = CHANGE_IMPORT, .summary = "Some"};
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    for (unsigned i = 0; i < creation->count; i++) {
        struct task task;
        task_init(&task);
        task.description = (struct text){"x", 1};
        task.notes = (struct text){"", 0};
        ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    }
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    return true;
}

static void create(unsigned count, int64_t age)
{
    struct creation creation = {count, age};
    ck_assert_int_eq(store_write(fixture.store, run_create, &creation), ERROR_NONE);
}

START_TEST(test_nothing_is_forgotten_without_limits)
{
    fixture_open(&fixture);
    for (int i = 0; i < 5; i++)
        create(1, 100000 * DAY);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 5);
}
END_TEST

START_TEST(test_so_many_are_kept)
{
    fixture.options.journal_max_changes = 3;
    fixture_open(&fixture);
    for (int i = 1; i <= 8; i++) {
        create(2, 0);
        ck_assert_int_eq(number("SELECT count(*) FROM change"), i < 3 ? i : 3);
        ck_assert_int_eq(number("SELECT max(seq) FROM change"), i);
        ck_assert_int_eq(number("SELECT count(*) FROM change_row"), i < 3 ? 2 * i : 6);
    }
    file_check(fixture.path);
}
END_TEST

START_TEST(test_older_ones_go)
{
    fixture.options.journal_max_age_ms = DAY;
    fixture_open(&fixture);
    create(1, 3 * DAY);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 0); /* too old when it came */
    create(1, DAY / 2);
    create(1, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 2);
}
END_TEST

START_TEST(test_only_a_beginning_goes)
{
    fixture_open(&fixture);
    create(1, 3 * DAY);
    create(1, 0);
    create(1, 3 * DAY); /* the clock was set back */
    fixture_close(&fixture);
    fixture.options.journal_max_age_ms = DAY;
    fixture_open(&fixture);
    create(1, 0);
    ck_assert_int_eq(number("SELECT min(seq) FROM change"), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 3);
}
END_TEST

START_TEST(test_a_great_change_goes_at_once_and_its_rows_in_portions)
{
    fixture_open(&fixture);
    create(1000, 3 * DAY);
    create(1, 0);
    fixture_close(&fixture);
    fixture.options.journal_max_age_ms = DAY;
    fixture_open(&fixture);
    create(0, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 1);
    while (number("SELECT count(*) FROM change_row") > 1)
        create(0, 0); /* each write takes a portion */
    ck_assert_int_eq(number("SELECT seq FROM change_row"), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM task"), 1001);
}
END_TEST

START_TEST(test_many_go_in_portions)
{
    fixture_open(&fixture);
    for (int i = 0; i < 200; i++)
        create(1, 0);
    fixture_close(&fixture);
    fixture.options.journal_max_changes = 10;
    fixture_open(&fixture);
    int64_t before = number("SELECT count(*) FROM change");
    while (before > 10) {
        create(0, 0);
        int64_t after = number("SELECT count(*) FROM change");
        ck_assert_int_lt(after, before);
        /* An idle writer may have taken portions of its own meanwhile. */
        ck_assert_int_ge(after, 10);
        before = after;
    }
    ck_assert_int_eq(number("SELECT min(seq) FROM change"), 191);
}
END_TEST

START_TEST(test_what_is_kept_can_be_undone)
{
    fixture.options.journal_max_changes = 4;
    fixture_open(&fixture);
    for (int i = 0; i < 6; i++)
        create(2, 0);
    int64_t undo = undo_cleanly(fixture.store, 6);
    create(1, 0);
    create(1, 0);
    create(1, 0);
    /* The change below is forgotten; doing it again works from the images of the undo. */
    ck_assert_int_eq(number("SELECT min(seq) FROM change"), undo);
    undo_cleanly(fixture.store, undo);
    ck_assert_int_eq(number("SELECT count(*) FROM task"), 15);
    check_counts(&fixture);
}
END_TEST

Suite *suite_prune(void)
{
    const TTest *const tests[] = {
        test_nothing_is_forgotten_without_limits,
        test_so_many_are_kept,
        test_older_ones_go,
        test_only_a_beginning_goes,
        test_a_great_change_goes_at_once_and_its_rows_in_portions,
        test_many_go_in_portions,
        test_what_is_kept_can_be_undone,
    };
    return store_suite("prune", setup, teardown, tests, ARRAY_SIZE(tests));
}
