/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The due views as ranges of dates, at the ends of months, years and of the calendar itself.
 */
#include "support.h"
#include "task/query.h"

static date_t on(int year, int month, int day)
{
    return date_from_civil((struct civil_date){year, month, day});
}

static struct task_query resolve(enum due_view due, date_t today, date_t after, date_t before)
{
    struct task_query query;
    task_query_init(&query, today);
    query.due = due;
    query.due_after = after;
    query.due_before = before;
    task_query_resolve_due(&query);
    return query;
}

static void expect_range(enum due_view due, date_t today, date_t from, date_t to)
{
    struct task_query query = resolve(due, today, DATE_NONE, DATE_NONE);
    ck_assert(query.due_range && !query.due_none);
    ck_assert_int_eq(query.due_from, from);
    ck_assert_int_eq(query.due_to, to);
    ck_assert_int_eq(query.overdue, due == DUE_VIEW_OVERDUE);
}

START_TEST(views_of_an_ordinary_day)
{
    date_t today = on(2026, 1, 28);
    expect_range(DUE_VIEW_OVERDUE, today, DATE_MIN, on(2026, 1, 27));
    expect_range(DUE_VIEW_TODAY, today, today, today);
    expect_range(DUE_VIEW_TOMORROW, today, on(2026, 1, 29), on(2026, 1, 29));
    expect_range(DUE_VIEW_WEEK, today, today, on(2026, 2, 4));
    expect_range(DUE_VIEW_MONTH, today, on(2026, 1, 1), on(2026, 1, 31));
}
END_TEST

START_TEST(month_follows_the_calendar)
{
    expect_range(DUE_VIEW_MONTH, on(2024, 2, 1), on(2024, 2, 1), on(2024, 2, 29));
    expect_range(DUE_VIEW_MONTH, on(2026, 2, 28), on(2026, 2, 1), on(2026, 2, 28));
    expect_range(DUE_VIEW_MONTH, on(2026, 12, 31), on(2026, 12, 1), on(2026, 12, 31));
}
END_TEST

START_TEST(no_view_no_range)
{
    struct task_query query = resolve(DUE_VIEW_ANY, 20000, DATE_NONE, DATE_NONE);
    ck_assert(!query.due_range && !query.due_none && !query.overdue);
    query = resolve(DUE_VIEW_NONE, 20000, DATE_NONE, DATE_NONE);
    ck_assert(!query.due_range && query.due_none && !query.overdue);
}
END_TEST

START_TEST(bounds_are_exclusive)
{
    struct task_query query = resolve(DUE_VIEW_ANY, 20000, 100, DATE_NONE);
    ck_assert(query.due_range);
    ck_assert_int_eq(query.due_from, 101);
    ck_assert_int_eq(query.due_to, DATE_MAX);
    query = resolve(DUE_VIEW_ANY, 20000, DATE_NONE, 100);
    ck_assert(query.due_range);
    ck_assert_int_eq(query.due_from, DATE_MIN);
    ck_assert_int_eq(query.due_to, 99);
}
END_TEST

START_TEST(bounds_and_view_intersect)
{
    struct task_query query = resolve(DUE_VIEW_WEEK, 1000, 1002, 1005);
    ck_assert_int_eq(query.due_from, 1003);
    ck_assert_int_eq(query.due_to, 1004);
    query = resolve(DUE_VIEW_WEEK, 1000, 900, 2000);
    ck_assert_int_eq(query.due_from, 1000);
    ck_assert_int_eq(query.due_to, 1007);
    query = resolve(DUE_VIEW_TODAY, 1000, 1000, DATE_NONE);
    ck_assert_int_gt(query.due_from, query.due_to);
}
END_TEST

START_TEST(the_ends_of_the_calendar_catch_no_undated_task)
{
    for (int due = DUE_VIEW_OVERDUE; due < DUE_VIEW_NONE; due++) {
        struct task_query last = resolve((enum due_view)due, DATE_MAX, DATE_NONE, DATE_NONE);
        ck_assert_int_le(last.due_to, DATE_MAX);
        struct task_query first = resolve((enum due_view)due, DATE_MIN, DATE_NONE, DATE_NONE);
        ck_assert_int_ge(first.due_from, DATE_MIN);
    }
    struct task_query tomorrow = resolve(DUE_VIEW_TOMORROW, DATE_MAX, DATE_NONE, DATE_NONE);
    ck_assert_int_gt(tomorrow.due_from, tomorrow.due_to);
    struct task_query overdue = resolve(DUE_VIEW_OVERDUE, DATE_MIN, DATE_NONE, DATE_NONE);
    ck_assert_int_gt(overdue.due_from, overdue.due_to);
    struct task_query after = resolve(DUE_VIEW_ANY, 0, DATE_MAX, DATE_NONE);
    ck_assert_int_gt(after.due_from, after.due_to);
    struct task_query before = resolve(DUE_VIEW_ANY, 0, DATE_NONE, DATE_MIN);
    ck_assert_int_gt(before.due_from, before.due_to);
}
END_TEST

Suite *suite_query_due(void)
{
    Suite *suite = suite_create("query_due");
    TCase *tcase = support_case(suite, "query_due");
    tcase_add_test(tcase, views_of_an_ordinary_day);
    tcase_add_test(tcase, month_follows_the_calendar);
    tcase_add_test(tcase, no_view_no_range);
    tcase_add_test(tcase, bounds_are_exclusive);
    tcase_add_test(tcase, bounds_and_view_intersect);
    tcase_add_test(tcase, the_ends_of_the_calendar_catch_no_undated_task);
    return suite;
}
