/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The calendar rule, over years.
 */
#include "support.h"
#include "task/recurrence.h"

static date_t on(int year, int month, int day)
{
    return date_from_civil((struct civil_date){year, month, day});
}

static date_t occurrence(enum recurrence_type type, int interval, date_t anchor, int index)
{
    const struct recurrence rule = {type, interval, anchor, 0};
    date_t date = DATE_NONE;
    ck_assert(recurrence_date(&rule, index, &date));
    return date;
}

static void expect_none(enum recurrence_type type, int interval, date_t anchor, int index)
{
    const struct recurrence rule = {type, interval, anchor, 0};
    date_t date = 77;
    ck_assert(!recurrence_date(&rule, index, &date));
    ck_assert_int_eq(date, 77);
}

START_TEST(the_31st_comes_back_after_a_short_month)
{
    date_t anchor = on(2026, 1, 31);
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, anchor, 0), anchor);
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, anchor, 1), on(2026, 2, 28));
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, anchor, 2), on(2026, 3, 31));
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, anchor, 3), on(2026, 4, 30));
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, anchor, 11), on(2026, 12, 31));
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, anchor, 25), on(2028, 2, 29));
}
END_TEST

START_TEST(leap_day_every_twelve_months)
{
    date_t anchor = on(2024, 2, 29);
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 12, anchor, 1), on(2025, 2, 28));
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 12, anchor, 4), on(2028, 2, 29));
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 12, anchor, 76), on(2100, 2, 28));
}
END_TEST

START_TEST(a_century_of_months_keeps_the_day)
{
    for (int day = 1; day <= 31; day++)
        for (int k = 0; k < 1200; k++) {
            int year = 2026 + k / 12, month = 1 + k % 12;
            int last = date_days_in_month(year, month);
            ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, on(2026, 1, day), k),
                             on(year, month, day < last ? day : last));
        }
}
END_TEST

START_TEST(days_and_weeks_are_plain_arithmetic)
{
    date_t anchor = on(2026, 12, 30);
    ck_assert_int_eq(occurrence(RECURRENCE_DAILY, 1, anchor, 2), on(2027, 1, 1));
    ck_assert_int_eq(occurrence(RECURRENCE_DAILY, 1000, anchor, 3), anchor + 3000);
    ck_assert_int_eq(occurrence(RECURRENCE_WEEKLY, 1, anchor, 1), on(2027, 1, 6));
    ck_assert_int_eq(occurrence(RECURRENCE_WEEKLY, 2, anchor, 5), anchor + 70);
}
END_TEST

START_TEST(the_last_date_is_the_end)
{
    ck_assert_int_eq(occurrence(RECURRENCE_DAILY, 1, DATE_MAX - 1, 1), DATE_MAX);
    expect_none(RECURRENCE_DAILY, 1, DATE_MAX, 1);
    expect_none(RECURRENCE_WEEKLY, 1, DATE_MAX - 6, 1);
    ck_assert_int_eq(occurrence(RECURRENCE_MONTHLY, 1, on(9999, 11, 30), 1), on(9999, 12, 30));
    expect_none(RECURRENCE_MONTHLY, 1, on(9999, 12, 1), 1);
    expect_none(RECURRENCE_DAILY, 1000, DATE_MIN, INT32_MAX);
    expect_none(RECURRENCE_WEEKLY, 1000, DATE_MIN, INT32_MAX);
    expect_none(RECURRENCE_MONTHLY, 1000, DATE_MIN, INT32_MAX);
}
END_TEST

START_TEST(a_one_time_task_has_no_occurrence)
{
    expect_none(RECURRENCE_NONE, 0, DATE_NONE, 0);
}
END_TEST

START_TEST(following_dates_come_after_the_own_one)
{
    const struct recurrence rule = {RECURRENCE_MONTHLY, 1, on(2026, 1, 31), 1};
    date_t dates[4] = {0, 0, 0, 77};
    ck_assert_uint_eq(recurrence_following(&rule, 3, dates), 3);
    ck_assert_int_eq(dates[0], on(2026, 3, 31));
    ck_assert_int_eq(dates[1], on(2026, 4, 30));
    ck_assert_int_eq(dates[2], on(2026, 5, 31));
    ck_assert_int_eq(dates[3], 77);
}
END_TEST

START_TEST(following_dates_end_with_the_calendar)
{
    const struct recurrence rule = {RECURRENCE_WEEKLY, 1, DATE_MAX - 20, 0};
    const struct recurrence once = {RECURRENCE_NONE, 0, DATE_NONE, 0};
    date_t dates[4] = {0, 0, 77, 77};
    ck_assert_uint_eq(recurrence_following(&rule, 4, dates), 2);
    ck_assert_int_eq(dates[1], DATE_MAX - 6);
    ck_assert_int_eq(dates[2], 77);
    ck_assert_uint_eq(recurrence_following(&once, 4, dates), 0);
}
END_TEST

START_TEST(start_begins_a_series)
{
    struct recurrence rule = {RECURRENCE_WEEKLY, 3, 5, 9};
    recurrence_start(&rule, on(2026, 5, 1));
    ck_assert_int_eq(rule.anchor, on(2026, 5, 1));
    ck_assert_int_eq(rule.index, 0);
    ck_assert_int_eq(rule.interval, 3);
    ck_assert_int_eq(rule.type, RECURRENCE_WEEKLY);
}
END_TEST

static struct task monthly_task(void)
{
    struct task task;
    task_init(&task);
    task.id = 9;
    task.description = support_text("Rent");
    task.notes = support_text("by transfer");
    task.priority = TASK_PRIORITY_HIGH;
    task.category = TASK_CATEGORY_PERSONAL;
    task.completed = true;
    task.archived = true;
    task.due_date = on(2026, 1, 31);
    task.parent_id = 3;
    task.recurring = (struct recurrence){RECURRENCE_MONTHLY, 1, task.due_date, 0};
    task.next_id = 12;
    static int64_t ids[] = {1, 2};
    task.depends_on = (struct id_list){ids, 2};
    task.created_at = 1;
    task.updated_at = 2;
    task.completed_at = 3;
    task.version = 8;
    task.subtasks = task.dependencies = (struct progress){2, 2};
    return task;
}

START_TEST(next_is_an_open_copy_without_links)
{
    struct task task = monthly_task(), next;
    ck_assert(recurrence_next(&task, 1000, &next));
    ck_assert_ptr_eq(next.description.data, task.description.data);
    ck_assert_ptr_eq(next.notes.data, task.notes.data);
    ck_assert_int_eq(next.priority, TASK_PRIORITY_HIGH);
    ck_assert_int_eq(next.category, TASK_CATEGORY_PERSONAL);
    ck_assert_int_eq(next.parent_id, 3);
    ck_assert(!next.completed && !next.archived);
    ck_assert_int_eq(next.id, 0);
    ck_assert_int_eq(next.next_id, 0);
    ck_assert_uint_eq(next.depends_on.count, 0);
    ck_assert_int_eq(next.subtasks.total + next.dependencies.total, 0);
    ck_assert_int_eq(next.created_at, 1000);
    ck_assert_int_eq(next.updated_at, 1000);
    ck_assert_int_eq(next.completed_at, INSTANT_NONE);
    ck_assert_int_eq(next.version, 1);
}
END_TEST

START_TEST(next_of_next_keeps_the_anchor)
{
    struct task task = monthly_task(), february, march;
    ck_assert(recurrence_next(&task, 0, &february));
    ck_assert_int_eq(february.due_date, on(2026, 2, 28));
    ck_assert_int_eq(february.recurring.index, 1);
    ck_assert(recurrence_next(&february, 0, &march));
    ck_assert_int_eq(march.due_date, on(2026, 3, 31));
    ck_assert_int_eq(march.recurring.anchor, task.due_date);
}
END_TEST

START_TEST(no_next_past_the_end_or_for_a_one_time_task)
{
    struct task task = monthly_task(), next = {.id = 77};
    task.due_date = task.recurring.anchor = DATE_MAX;
    ck_assert(!recurrence_next(&task, 0, &next));
    task.recurring = (struct recurrence){.type = RECURRENCE_NONE, .anchor = DATE_NONE};
    ck_assert(!recurrence_next(&task, 0, &next));
    ck_assert_int_eq(next.id, 77);
}
END_TEST

Suite *suite_recurrence(void)
{
    Suite *suite = suite_create("recurrence");
    TCase *tcase = support_case(suite, "recurrence");
    tcase_add_test(tcase, the_31st_comes_back_after_a_short_month);
    tcase_add_test(tcase, leap_day_every_twelve_months);
    tcase_add_test(tcase, a_century_of_months_keeps_the_day);
    tcase_add_test(tcase, days_and_weeks_are_plain_arithmetic);
    tcase_add_test(tcase, the_last_date_is_the_end);
    tcase_add_test(tcase, a_one_time_task_has_no_occurrence);
    tcase_add_test(tcase, following_dates_come_after_the_own_one);
    tcase_add_test(tcase, following_dates_end_with_the_calendar);
    tcase_add_test(tcase, start_begins_a_series);
    tcase_add_test(tcase, next_is_an_open_copy_without_links);
    tcase_add_test(tcase, next_of_next_keeps_the_anchor);
    tcase_add_test(tcase, no_next_past_the_end_or_for_a_one_time_task);
    return suite;
}
