/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules of archiving.
 */
#include "support.h"
#include "task/archive.h"

static struct task make(bool completed, bool archived)
{
    struct task task;
    task_init(&task);
    task.completed = completed;
    task.archived = archived;
    task.updated_at = 5;
    return task;
}

START_TEST(only_completed_tasks_can_be_archived)
{
    struct task open = make(false, false), done = make(true, false);
    ck_assert_int_eq(archive_refusal(&open), REFUSAL_NOT_COMPLETED);
    ck_assert_int_eq(archive_refusal(&done), REFUSAL_NONE);
}
END_TEST

START_TEST(archived_tasks_can_be_archived_again)
{
    struct task open = make(false, true), done = make(true, true);
    ck_assert_int_eq(archive_refusal(&open), REFUSAL_NONE);
    ck_assert_int_eq(archive_refusal(&done), REFUSAL_NONE);
}
END_TEST

START_TEST(archived_tasks_can_be_brought_back)
{
    struct task open = make(false, true), done = make(true, true), parent = make(true, false);
    ck_assert_int_eq(unarchive_refusal(&open, NULL), REFUSAL_NONE);
    ck_assert_int_eq(unarchive_refusal(&done, NULL), REFUSAL_NONE);
    ck_assert_int_eq(unarchive_refusal(&open, &parent), REFUSAL_NONE);
}
END_TEST

START_TEST(no_subtask_comes_back_under_an_archived_parent)
{
    struct task open = make(false, true), done = make(true, true), parent = make(true, true);
    ck_assert_int_eq(unarchive_refusal(&open, &parent), REFUSAL_PARENT_ARCHIVED);
    ck_assert_int_eq(unarchive_refusal(&done, &parent), REFUSAL_PARENT_ARCHIVED);
}
END_TEST

START_TEST(what_is_not_archived_must_be_completed_to_be_brought_back)
{
    struct task open = make(false, false), done = make(true, false);
    ck_assert_int_eq(unarchive_refusal(&open, NULL), REFUSAL_NOT_COMPLETED);
    ck_assert_int_eq(unarchive_refusal(&done, NULL), REFUSAL_NONE);
}
END_TEST

START_TEST(setting_tells_whether_anything_changed)
{
    struct task task = make(true, false);
    ck_assert(!archive_set(&task, false, 9));
    ck_assert_int_eq(task.updated_at, 5);
    ck_assert(archive_set(&task, true, 9));
    ck_assert(task.archived);
    ck_assert_int_eq(task.updated_at, 9);
    ck_assert(archive_set(&task, false, 11));
    ck_assert(!task.archived);
    ck_assert_int_eq(task.updated_at, 11);
}
END_TEST

Suite *suite_archive(void)
{
    Suite *suite = suite_create("archive");
    TCase *tcase = support_case(suite, "archive");
    tcase_add_test(tcase, only_completed_tasks_can_be_archived);
    tcase_add_test(tcase, archived_tasks_can_be_archived_again);
    tcase_add_test(tcase, archived_tasks_can_be_brought_back);
    tcase_add_test(tcase, no_subtask_comes_back_under_an_archived_parent);
    tcase_add_test(tcase, what_is_not_archived_must_be_completed_to_be_brought_back);
    tcase_add_test(tcase, setting_tells_whether_anything_changed);
    return suite;
}
