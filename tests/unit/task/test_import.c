/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules of a set of tasks that is imported, each broken by name; new numbers.
 */
#include "../fail_malloc.h"
#include "import_sample.h"

static void recur(size_t place, date_t due_date, date_t anchor, int index)
{
    task(place)->due_date = due_date;
    task(place)->recurring = (struct recurrence){RECURRENCE_MONTHLY, 1, anchor, index};
}

static void expect_ok(void)
{
    ck_assert_int_eq(import_check(&faults, &set), ERROR_NONE);
    ck_assert_msg(faults.count == 0, "%s: %s", faults.count ? faults.first->where : "",
                  faults.count ? faults.first->detail : "");
}

/* --- Rules ------------------------------------------------------------------------------------ */

START_TEST(empty_set)
{
    make_set(0);
    expect_ok();
    ck_assert_int_eq(import_highest_id(&set), 0);
    ck_assert_ptr_null(import_find(&set, 1));
    ck_assert_int_eq(import_renumber(&set, 5), 4);
}
END_TEST

START_TEST(counters_are_set)
{
    make_set(4);
    complete(1);
    complete(3);
    task(1)->parent_id = 1;
    task(2)->parent_id = 1;
    depend(0, 4);
    depend(0, 3);
    depend(0, 2);
    expect_ok();
    ck_assert_int_eq(task(0)->subtasks.total, 2);
    ck_assert_int_eq(task(0)->subtasks.completed, 1);
    ck_assert_int_eq(task(0)->dependencies.total, 3);
    ck_assert_int_eq(task(0)->dependencies.completed, 2);
    ck_assert_int_eq(task(0)->depends_on.ids[0], 2);
    ck_assert_int_eq(task(0)->depends_on.ids[2], 4);
    ck_assert_ptr_eq(import_find(&set, 3), &records[2]);
}
END_TEST

START_TEST(id_given_twice)
{
    make_set(3);
    task(2)->id = 1;
    expect_refused(2, "#/tasks/2/id", "#/tasks/0");
}
END_TEST

START_TEST(record_without_an_id_is_passed_over)
{
    make_set(2);
    task(0)->id = 0;
    expect_ok();
    ck_assert_uint_eq(set.ordered, 1);
}
END_TEST

START_TEST(parent_missing)
{
    make_set(2);
    task(1)->parent_id = 9;
    expect_refused(1, "#/tasks/1/parent_id", "no task 9");
}
END_TEST

START_TEST(own_parent)
{
    make_set(1);
    task(0)->parent_id = 1;
    expect_refused(0, "#/tasks/0/parent_id", "its own parent");
}
END_TEST

START_TEST(third_level)
{
    make_set(3);
    task(1)->parent_id = 1;
    task(2)->parent_id = 2;
    expect_refused(2, "#/tasks/2/parent_id", "one level deep");
}
END_TEST

START_TEST(dependency_missing)
{
    make_set(1);
    depend(0, 7);
    expect_refused(0, "#/tasks/0/depends_on/0", "no task 7");
}
END_TEST

START_TEST(dependency_on_itself)
{
    make_set(2);
    depend(1, 1);
    depend(1, 2);
    expect_refused(1, "#/tasks/1/depends_on/1", "on itself");
}
END_TEST

START_TEST(dependency_given_twice)
{
    make_set(2);
    depend(1, 1);
    depend(1, 1);
    expect_refused(1, "#/tasks/1/depends_on/1", "given twice");
}
END_TEST

START_TEST(open_task_with_a_time_of_completion)
{
    make_set(1);
    task(0)->completed_at = 5;
    expect_refused(0, "#/tasks/0/completed_at", "not completed");
}
END_TEST

/* Reopening an archived task leaves it archived. */
START_TEST(open_task_archived)
{
    make_set(2);
    task(0)->archived = true;
    task(1)->parent_id = 1;
    task(1)->archived = true;
    expect_ok();
}
END_TEST

START_TEST(open_subtask_of_an_archived_task_archived)
{
    make_set(2);
    complete(0);
    task(0)->archived = task(1)->archived = true;
    task(1)->parent_id = 1;
    expect_ok();
}
END_TEST

START_TEST(active_subtask_of_an_archived_task)
{
    make_set(2);
    complete(0);
    task(0)->archived = true;
    task(1)->parent_id = 1;
    expect_refused(1, "#/tasks/1/archived", "its parent 1");
}
END_TEST

START_TEST(own_next_instance)
{
    make_set(1);
    task(0)->next_id = 1;
    expect_refused(0, "#/tasks/0/next_id", "follow itself");
}
END_TEST

START_TEST(next_instance_that_is_gone)
{
    make_set(1);
    task(0)->next_id = 8;
    expect_ok();
    ck_assert_int_eq(import_highest_id(&set), 8);
}
END_TEST

START_TEST(recurring_without_a_date)
{
    make_set(1);
    recur(0, DATE_NONE, DATE_NONE, 0);
    expect_refused(0, "#/tasks/0/recurring", "needs a due_date");
}
END_TEST

START_TEST(recurring_with_another_date)
{
    make_set(1);
    recur(0, 58, 30, 0);
    expect_refused(0, "#/tasks/0/recurring", "not the occurrence");
}
END_TEST

START_TEST(recurring_beyond_the_last_date)
{
    make_set(1);
    recur(0, DATE_MAX, DATE_MAX, 1);
    expect_refused(0, "#/tasks/0/recurring", "not the occurrence");
}
END_TEST

START_TEST(recurring_from_its_anchor)
{
    make_set(1);
    recur(0, 58, 30, 1); /* 1970-01-31, and then February's last day */
    expect_ok();
}
END_TEST

/* --- Numbers ---------------------------------------------------------------------------------- */

START_TEST(links_follow_new_numbers)
{
    make_set(3);
    task(0)->id = 50;
    task(1)->id = 10;
    task(2)->id = 20;
    task(0)->parent_id = 20;
    depend(0, 20);
    depend(0, 10);
    task(1)->next_id = 50;
    task(2)->next_id = 99;
    expect_ok();
    ck_assert_int_eq(import_highest_id(&set), 99);
    ck_assert_int_eq(import_renumber(&set, 101), 104);
    ck_assert_int_eq(task(1)->id, 101);
    ck_assert_int_eq(task(2)->id, 102);
    ck_assert_int_eq(task(0)->id, 103);
    ck_assert_int_eq(task(0)->parent_id, 102);
    ck_assert_int_eq(task(0)->depends_on.ids[0], 101);
    ck_assert_int_eq(task(0)->depends_on.ids[1], 102);
    ck_assert_int_eq(task(1)->next_id, 103);
    ck_assert_int_eq(task(2)->next_id, 104);
    ck_assert_ptr_eq(import_find(&set, 50), &records[0]);
}
END_TEST

START_TEST(every_failed_allocation_is_reported)
{
    for (long n = 0;; n++) {
        make_set(3);
        depend(0, 2);
        depend(1, 3);
        support_reset();
        fail_malloc_after(n);
        enum error_code code = import_check(&faults, &set);
        if (!fail_malloc_off()) {
            ck_assert_int_eq(code, ERROR_NONE);
            ck_assert_int_gt(n, 3);
            return;
        }
        ck_assert_int_eq(code, ERROR_MEMORY);
    }
}
END_TEST

Suite *suite_import(void)
{
    const TTest *const rules[] = {
        empty_set,
        counters_are_set,
        id_given_twice,
        record_without_an_id_is_passed_over,
        parent_missing,
        own_parent,
        third_level,
        dependency_missing,
        dependency_on_itself,
        dependency_given_twice,
        open_task_with_a_time_of_completion,
        open_task_archived,
        open_subtask_of_an_archived_task_archived,
        active_subtask_of_an_archived_task,
        own_next_instance,
        next_instance_that_is_gone,
        recurring_without_a_date,
        recurring_with_another_date,
        recurring_beyond_the_last_date,
        recurring_from_its_anchor,
        links_follow_new_numbers,
        every_failed_allocation_is_reported,
    };
    Suite *suite = suite_create("import");
    TCase *tcase = support_case(suite, "import");
    for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
        tcase_add_test(tcase, rules[i]);
    return suite;
}
