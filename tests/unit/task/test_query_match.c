/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Each filter against tasks that it must let through and tasks that it must not.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "support.h"
#include "task/query.h"

#define TODAY ((date_t)20000)

static struct task_query query;
static struct task task;

static void setup_match(void)
{
    task_query_init(&query, TODAY);
    task_init(&task);
    task.id = 5;
    task.description = support_text("Read the Documentation");
    task.notes = support_text("Zw\xC3\xB6lf \xC3\x9C"
                              "ben");
}

static void expect(bool matches)
{
    ck_assert_int_eq(task_query_match(&query, &task), matches);
}

static void set_due(enum due_view due)
{
    query.due = due;
    task_query_resolve_due(&query);
}

START_TEST(default_hides_archived_only)
{
    expect(true);
    task.completed = true;
    expect(true);
    task.archived = true;
    expect(false);
    query.archived = TRI_ANY;
    expect(true);
    query.archived = TRI_TRUE;
    expect(true);
    task.archived = false;
    expect(false);
}
END_TEST

START_TEST(completed_filter)
{
    query.completed = TRI_TRUE;
    expect(false);
    task.completed = true;
    expect(true);
    query.completed = TRI_FALSE;
    expect(false);
}
END_TEST

START_TEST(recurring_filter)
{
    query.recurring = TRI_TRUE;
    expect(false);
    task.recurring.type = RECURRENCE_DAILY;
    expect(true);
    query.recurring = TRI_FALSE;
    expect(false);
}
END_TEST

START_TEST(blocked_filter)
{
    query.blocked = TRI_TRUE;
    expect(false);
    task.dependencies.total = 1;
    expect(true);
    query.blocked = TRI_FALSE;
    expect(false);
    task.completed = true;
    expect(true);
}
END_TEST

START_TEST(priority_and_category_sets)
{
    query.priorities = 1U << TASK_PRIORITY_HIGH | 1U << TASK_PRIORITY_MEDIUM;
    expect(true);
    task.priority = TASK_PRIORITY_LOW;
    expect(false);
    query.priorities = 0;
    query.categories = 1U << TASK_CATEGORY_WORK;
    expect(false);
    task.category = TASK_CATEGORY_WORK;
    expect(true);
}
END_TEST

START_TEST(due_range_excludes_undated)
{
    set_due(DUE_VIEW_WEEK);
    expect(false);
    task.due_date = TODAY + 7;
    task.completed = true;
    expect(true);
    task.due_date = TODAY + 8;
    expect(false);
    task.due_date = TODAY - 1;
    expect(false);
}
END_TEST

START_TEST(due_none_is_undated_only)
{
    set_due(DUE_VIEW_NONE);
    expect(true);
    task.due_date = DATE_MAX;
    expect(false);
}
END_TEST

START_TEST(overdue_is_open_and_not_archived)
{
    set_due(DUE_VIEW_OVERDUE);
    query.archived = TRI_ANY;
    task.due_date = TODAY;
    expect(false);
    task.due_date = TODAY - 1;
    expect(true);
    task.completed = true;
    expect(false);
    task.completed = false;
    task.archived = true;
    expect(false);
}
END_TEST

START_TEST(overdue_view_agrees_with_the_task)
{
    query.archived = TRI_ANY;
    set_due(DUE_VIEW_OVERDUE);
    for (int i = 0; i < 4 * 8; i++) {
        task.completed = i & 1;
        task.archived = i & 2;
        task.due_date = i / 4 == 7 ? DATE_NONE : TODAY - 3 + i / 4;
        expect(task_overdue(&task, TODAY));
    }
}
END_TEST

START_TEST(parent_filter)
{
    query.has_parent = TRI_FALSE;
    expect(true);
    task.parent_id = 9;
    expect(false);
    query.has_parent = TRI_TRUE;
    query.parent_id = 9;
    expect(true);
    query.parent_id = 8;
    expect(false);
    query.has_parent = TRI_ANY;
    expect(true);
}
END_TEST

START_TEST(search_is_a_folded_substring_of_either_text)
{
    static const struct {
        const char *folded;
        bool found;
    } cases[] = {
        {"doc", true},          {"t", true},     {"documentation", true},
        {"zw\xC3\xB6lf", true}, {"doc ", false}, {"dokument", false},
        {"ation zw", false},    {"%", false},    {"read the documentation and much more", false},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        query.search_folded = support_text(cases[i].folded);
        expect(cases[i].found);
    }
}
END_TEST

START_TEST(search_in_empty_texts_finds_nothing)
{
    task.description = task.notes = support_text("");
    query.search_folded = support_text("x");
    expect(false);
}
END_TEST

START_TEST(search_without_memory_finds_nothing)
{
    task.notes = support_text("");
    query.search_folded = support_text("doc");
    fail_malloc_after(0);
    bool found = task_query_match(&query, &task);
    ck_assert(fail_malloc_off());
    ck_assert(!found);
    expect(true);
}
END_TEST

Suite *suite_query_match(void)
{
    Suite *suite = suite_create("query_match");
    TCase *tcase = support_case(suite, "query_match");
    tcase_add_checked_fixture(tcase, setup_match, NULL);
    tcase_add_test(tcase, default_hides_archived_only);
    tcase_add_test(tcase, completed_filter);
    tcase_add_test(tcase, recurring_filter);
    tcase_add_test(tcase, blocked_filter);
    tcase_add_test(tcase, priority_and_category_sets);
    tcase_add_test(tcase, due_range_excludes_undated);
    tcase_add_test(tcase, due_none_is_undated_only);
    tcase_add_test(tcase, overdue_is_open_and_not_archived);
    tcase_add_test(tcase, overdue_view_agrees_with_the_task);
    tcase_add_test(tcase, parent_filter);
    tcase_add_test(tcase, search_is_a_folded_substring_of_either_text);
    tcase_add_test(tcase, search_in_empty_texts_finds_nothing);
    tcase_add_test(tcase, search_without_memory_finds_nothing);
    return suite;
}
