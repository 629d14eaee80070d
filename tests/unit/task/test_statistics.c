/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What each task adds to the statistics, and their arithmetic.
 */
#include "support.h"
#include "task/statistics.h"

#define TODAY ((date_t)20483) /* 2026-01-30: the week runs into the next month */
#define BEGIN INT64_C(1769731200000)
#define END   (BEGIN + INT64_C(86400000))

static const struct statistics_day day = {TODAY, BEGIN, END};
static struct statistics statistics;

static struct task make(void)
{
    struct task task;
    task_init(&task);
    task.completed_at = INSTANT_NONE;
    return task;
}

static void add(const struct task *task)
{
    struct statistics_facts facts = statistics_facts(task);
    statistics_add(&statistics, &day, &facts);
}

/* The statistics of this task alone. */
static void count_alone(const struct task *task)
{
    statistics_init(&statistics);
    add(task);
}

static void expect_group(const struct statistics_group *group, int64_t pending, int64_t completed,
                         int64_t archived)
{
    ck_assert_int_eq(group->pending, pending);
    ck_assert_int_eq(group->completed, completed);
    ck_assert_int_eq(group->archived, archived);
    ck_assert_int_eq(statistics_active(group), pending + completed);
    ck_assert_int_eq(statistics_total(group), pending + completed + archived);
}

START_TEST(states_are_told_apart)
{
    struct task task = make();
    count_alone(&task);
    expect_group(&statistics.all, 1, 0, 0);
    task.completed = true;
    count_alone(&task);
    expect_group(&statistics.all, 0, 1, 0);
    task.archived = true;
    count_alone(&task);
    expect_group(&statistics.all, 0, 0, 1);
}
END_TEST

START_TEST(groups_hold_their_own)
{
    struct task task = make();
    task.priority = TASK_PRIORITY_HIGH;
    task.category = TASK_CATEGORY_SHOPPING;
    count_alone(&task);
    for (int value = TASK_PRIORITY_HIGH; value < TASK_PRIORITY_END; value++)
        expect_group(&statistics.priorities[value], value == TASK_PRIORITY_HIGH, 0, 0);
    for (int value = TASK_CATEGORY_WORK; value < TASK_CATEGORY_END; value++)
        expect_group(&statistics.categories[value], value == TASK_CATEGORY_SHOPPING, 0, 0);
}
END_TEST

START_TEST(rates_are_rounded_to_tenths_of_a_per_cent)
{
    static const struct {
        int64_t completed;
        int64_t pending;
        int tenths;
    } cases[] = {
        {0, 0, 0},   {0, 5, 0},    {5, 0, 1000}, {1, 2, 333}, {2, 1, 667},     {1, 1, 500},
        {1, 7, 125}, {1, 1999, 1}, {1, 2001, 0}, {1, 15, 63}, {1999, 1, 1000}, {1998, 2, 999},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct statistics_group group = {
            .pending = cases[i].pending, .completed = cases[i].completed, .archived = 1000};
        ck_assert_msg(statistics_rate(&group) == cases[i].tenths, "case %zu: %d", i,
                      statistics_rate(&group));
    }
}
END_TEST

START_TEST(relations_of_active_tasks)
{
    struct task task = make();
    task.parent_id = 5;
    task.dependencies = (struct progress){2, 1};
    task.recurring.type = RECURRENCE_DAILY;
    count_alone(&task);
    ck_assert_int_eq(statistics.root_tasks, 0);
    ck_assert_int_eq(statistics.subtasks, 1);
    ck_assert_int_eq(statistics.with_dependencies, 1);
    ck_assert_int_eq(statistics.blocked, 1);
    ck_assert_int_eq(statistics.recurring, 1);
    task.completed = true;
    count_alone(&task);
    ck_assert_int_eq(statistics.with_dependencies, 1);
    ck_assert_int_eq(statistics.blocked, 0);
    task.archived = true;
    count_alone(&task);
    ck_assert_int_eq(statistics.subtasks, 0);
    ck_assert_int_eq(statistics.with_dependencies, 0);
    ck_assert_int_eq(statistics.recurring, 0);
}
END_TEST

START_TEST(a_root_task_that_stands_alone)
{
    struct task task = make();
    count_alone(&task);
    ck_assert_int_eq(statistics.root_tasks, 1);
    ck_assert_int_eq(statistics.subtasks, 0);
    ck_assert_int_eq(statistics.with_dependencies, 0);
    ck_assert_int_eq(statistics.blocked, 0);
    ck_assert_int_eq(statistics.recurring, 0);
}
END_TEST

/* Which views hold a task due on that date: letters of "otTwmn". */
static void expect_due(date_t due_date, bool completed, const char *views)
{
    static const char letters[] = {
        [DUE_VIEW_OVERDUE] = 'o', [DUE_VIEW_TODAY] = 't', [DUE_VIEW_TOMORROW] = 'T',
        [DUE_VIEW_WEEK] = 'w',    [DUE_VIEW_MONTH] = 'm', [DUE_VIEW_NONE] = 'n'};
    struct task task = make();
    task.due_date = due_date;
    task.completed = completed;
    count_alone(&task);
    for (int view = DUE_VIEW_OVERDUE; view < DUE_VIEW_END; view++) {
        bool wanted = false;
        for (const char *c = views; *c != '\0'; c++)
            wanted |= *c == letters[view];
        ck_assert_msg(statistics.due[view] == wanted, "day %d: view %c", due_date - TODAY,
                      letters[view]);
    }
}

START_TEST(due_dates_are_in_their_views)
{
    expect_due(TODAY - 30, false, "o");
    expect_due(TODAY - 29, false, "om");
    expect_due(TODAY - 1, false, "om");
    expect_due(TODAY, false, "twm");
    expect_due(TODAY + 1, false, "Twm");
    expect_due(TODAY + 2, false, "w");
    expect_due(TODAY + 7, false, "w");
    expect_due(TODAY + 8, false, "");
    expect_due(DATE_NONE, false, "n");
}
END_TEST

START_TEST(completed_tasks_are_in_the_views_but_not_overdue)
{
    expect_due(TODAY - 1, true, "m");
    expect_due(TODAY, true, "twm");
    expect_due(DATE_NONE, true, "n");
}
END_TEST

START_TEST(archived_tasks_are_in_no_view)
{
    struct task task = make();
    task.completed = task.archived = true;
    task.due_date = TODAY;
    count_alone(&task);
    for (int view = DUE_VIEW_OVERDUE; view < DUE_VIEW_END; view++)
        ck_assert_int_eq(statistics.due[view], 0);
    task.due_date = DATE_NONE;
    count_alone(&task);
    ck_assert_int_eq(statistics.due[DUE_VIEW_NONE], 0);
}
END_TEST

START_TEST(the_oldest_overdue_task_is_found)
{
    static const date_t dates[] = {TODAY - 3, TODAY - 40, TODAY - 2, TODAY, TODAY + 5};
    struct task task = make();
    statistics_init(&statistics);
    ck_assert_int_eq(statistics_oldest_days(&statistics, TODAY), 0);
    for (size_t i = 0; i < ARRAY_SIZE(dates); i++) {
        task.due_date = dates[i];
        add(&task);
    }
    ck_assert_int_eq(statistics.oldest_due, TODAY - 40);
    ck_assert_int_eq(statistics_oldest_days(&statistics, TODAY), 40);
    ck_assert_int_eq(statistics.due[DUE_VIEW_OVERDUE], 3);
}
END_TEST

START_TEST(activity_is_that_of_the_day_archived_tasks_too)
{
    static const struct {
        int64_t instant;
        int counts;
    } cases[] = {{BEGIN - 1, 0}, {BEGIN, 1}, {END - 1, 1}, {END, 0}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct task task = make();
        task.completed = task.archived = true;
        task.created_at = cases[i].instant;
        count_alone(&task);
        ck_assert_int_eq(statistics.created_today, cases[i].counts);
        ck_assert_int_eq(statistics.completed_today, 0);
        task.created_at = 0;
        task.completed_at = cases[i].instant;
        count_alone(&task);
        ck_assert_int_eq(statistics.created_today, 0);
        ck_assert_int_eq(statistics.completed_today, cases[i].counts);
    }
}
END_TEST

START_TEST(many_alike_are_as_often_one)
{
    for (unsigned i = 0; i < 200; i++) {
        struct statistics many;
        struct task task = make();
        task.completed = support_random(2) == 1;
        task.archived = support_random(2) == 1;
        task.parent_id = support_random(2);
        task.dependencies.total = support_random(2);
        task.recurring.type = (enum recurrence_type)support_random(2);
        task.due_date = support_random(2) == 1 ? DATE_NONE : TODAY + 100;
        struct statistics_facts facts = statistics_facts(&task);
        statistics_init(&many);
        statistics_add_many(&many, &facts, 3);
        statistics_init(&statistics);
        for (int n = 0; n < 3; n++)
            add(&task);
        expect_group(&many.all, statistics.all.pending, statistics.all.completed,
                     statistics.all.archived);
        ck_assert_int_eq(many.root_tasks, statistics.root_tasks);
        ck_assert_int_eq(many.subtasks, statistics.subtasks);
        ck_assert_int_eq(many.with_dependencies, statistics.with_dependencies);
        ck_assert_int_eq(many.blocked, statistics.blocked);
        ck_assert_int_eq(many.recurring, statistics.recurring);
        ck_assert_int_eq(many.due[DUE_VIEW_NONE], statistics.due[DUE_VIEW_NONE]);
    }
}
END_TEST

Suite *suite_statistics(void)
{
    Suite *suite = suite_create("statistics");
    TCase *tests = support_case(suite, "statistics");
    tcase_add_test(tests, states_are_told_apart);
    tcase_add_test(tests, groups_hold_their_own);
    tcase_add_test(tests, rates_are_rounded_to_tenths_of_a_per_cent);
    tcase_add_test(tests, relations_of_active_tasks);
    tcase_add_test(tests, a_root_task_that_stands_alone);
    tcase_add_test(tests, due_dates_are_in_their_views);
    tcase_add_test(tests, completed_tasks_are_in_the_views_but_not_overdue);
    tcase_add_test(tests, archived_tasks_are_in_no_view);
    tcase_add_test(tests, the_oldest_overdue_task_is_found);
    tcase_add_test(tests, activity_is_that_of_the_day_archived_tasks_too);
    tcase_add_test(tests, many_alike_are_as_often_one);
    return suite;
}
