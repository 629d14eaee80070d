/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Defaults, names and computed facts of a task.
 */
#include <string.h>

#include "support.h"

#define TODAY ((date_t)20000)

static struct task due(date_t date)
{
    struct task task;
    task_init(&task);
    task.due_date = date;
    return task;
}

START_TEST(init_gives_the_defaults)
{
    struct task task;
    memset(&task, 0xFF, sizeof(task));
    task_init(&task);
    ck_assert_int_eq(task.id, 0);
    ck_assert_str_eq(task.description.data, "");
    ck_assert_str_eq(task.notes.data, "");
    ck_assert_uint_eq(task.description.size + task.notes.size, 0);
    ck_assert_int_eq(task.priority, TASK_PRIORITY_MEDIUM);
    ck_assert_int_eq(task.category, TASK_CATEGORY_OTHER);
    ck_assert(!task.completed && !task.archived);
    ck_assert_int_eq(task.due_date, DATE_NONE);
    ck_assert_int_eq(task.recurring.type, RECURRENCE_NONE);
    ck_assert_int_eq(task.recurring.anchor, DATE_NONE);
    ck_assert_int_eq(task.completed_at, INSTANT_NONE);
    ck_assert_int_eq(task.version, 1);
    ck_assert_int_eq(task.parent_id + task.next_id + task.created_at + task.updated_at, 0);
    ck_assert_uint_eq(task.depends_on.count, 0);
    ck_assert_int_eq(task.subtasks.total + task.dependencies.total, 0);
}
END_TEST

START_TEST(every_name_parses_to_its_value)
{
    for (int i = 1; i < TASK_PRIORITY_END; i++) {
        const char *name = task_priority_name((enum task_priority)i);
        ck_assert_int_eq(task_priority_parse(name, strlen(name)), i);
    }
    for (int i = 1; i < TASK_CATEGORY_END; i++) {
        const char *name = task_category_name((enum task_category)i);
        ck_assert_int_eq(task_category_parse(name, strlen(name)), i);
    }
    for (int i = 1; i < RECURRENCE_END; i++) {
        const char *name = recurrence_type_name((enum recurrence_type)i);
        ck_assert_int_eq(recurrence_type_parse(name, strlen(name)), i);
    }
}
END_TEST

START_TEST(names_are_those_of_the_api)
{
    ck_assert_str_eq(task_priority_name(TASK_PRIORITY_HIGH), "high");
    ck_assert_str_eq(task_priority_name(TASK_PRIORITY_MEDIUM), "medium");
    ck_assert_str_eq(task_priority_name(TASK_PRIORITY_LOW), "low");
    ck_assert_str_eq(task_category_name(TASK_CATEGORY_WORK), "work");
    ck_assert_str_eq(task_category_name(TASK_CATEGORY_PERSONAL), "personal");
    ck_assert_str_eq(task_category_name(TASK_CATEGORY_SHOPPING), "shopping");
    ck_assert_str_eq(task_category_name(TASK_CATEGORY_OTHER), "other");
    ck_assert_str_eq(recurrence_type_name(RECURRENCE_DAILY), "daily");
    ck_assert_str_eq(recurrence_type_name(RECURRENCE_WEEKLY), "weekly");
    ck_assert_str_eq(recurrence_type_name(RECURRENCE_MONTHLY), "monthly");
}
END_TEST

START_TEST(a_value_outside_has_no_name)
{
    ck_assert_ptr_null(task_priority_name((enum task_priority)0));
    ck_assert_ptr_null(task_priority_name(TASK_PRIORITY_END));
    ck_assert_ptr_null(task_category_name((enum task_category)0));
    ck_assert_ptr_null(task_category_name((enum task_category)99));
    ck_assert_ptr_null(recurrence_type_name(RECURRENCE_NONE));
    ck_assert_ptr_null(recurrence_type_name(RECURRENCE_END));
}
END_TEST

START_TEST(an_unknown_name_has_no_value)
{
    static const char *const names[] = {"", "HIGH", "hig", "highh", "lox", "none", "medium "};
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        ck_assert_int_eq(task_priority_parse(names[i], strlen(names[i])), 0);
        ck_assert_int_eq(task_category_parse(names[i], strlen(names[i])), 0);
        ck_assert_int_eq(recurrence_type_parse(names[i], strlen(names[i])), 0);
    }
    ck_assert_int_eq(task_priority_parse("low\0", 4), 0);
}
END_TEST

START_TEST(due_yesterday_is_overdue_today_is_not)
{
    struct task yesterday = due(TODAY - 1), today = due(TODAY), long_ago = due(DATE_MIN);
    ck_assert(task_overdue(&yesterday, TODAY));
    ck_assert_int_eq(task_days_overdue(&yesterday, TODAY), 1);
    ck_assert(!task_overdue(&today, TODAY));
    ck_assert_int_eq(task_days_overdue(&today, TODAY), 0);
    ck_assert_int_eq(task_days_overdue(&long_ago, TODAY), TODAY);
}
END_TEST

START_TEST(undated_completed_and_archived_are_never_overdue)
{
    struct task undated = due(DATE_NONE), completed = due(TODAY - 9), archived = due(TODAY - 9);
    completed.completed = true;
    archived.archived = true;
    ck_assert(!task_overdue(&undated, TODAY));
    ck_assert(!task_overdue(&completed, TODAY));
    ck_assert(!task_overdue(&archived, TODAY));
    ck_assert_int_eq(task_days_overdue(&completed, TODAY), 0);
}
END_TEST

START_TEST(blocked_while_open_with_an_open_dependency)
{
    struct task task;
    task_init(&task);
    ck_assert(!task_blocked(&task));
    task.dependencies = (struct progress){.total = 2, .completed = 1};
    ck_assert(task_blocked(&task));
    task.dependencies.completed = 2;
    ck_assert(!task_blocked(&task));
    task.dependencies.completed = 0;
    task.completed = true;
    ck_assert(!task_blocked(&task));
}
END_TEST

Suite *suite_task(void)
{
    Suite *suite = suite_create("task");
    TCase *tcase = support_case(suite, "task");
    tcase_add_test(tcase, init_gives_the_defaults);
    tcase_add_test(tcase, every_name_parses_to_its_value);
    tcase_add_test(tcase, names_are_those_of_the_api);
    tcase_add_test(tcase, a_value_outside_has_no_name);
    tcase_add_test(tcase, an_unknown_name_has_no_value);
    tcase_add_test(tcase, due_yesterday_is_overdue_today_is_not);
    tcase_add_test(tcase, undated_completed_and_archived_are_never_overdue);
    tcase_add_test(tcase, blocked_while_open_with_an_open_dependency);
    return suite;
}
