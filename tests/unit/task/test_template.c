/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Templates: the rules for their names, and what they keep of a task.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "support.h"
#include "task/template.h"

#define WHERE "#/name"

static void accepts(const char *given, const char *stored)
{
    struct text name = {0};
    ck_assert_msg(validate_template_name(&faults, WHERE, given, strlen(given), &name), "%s", given);
    ck_assert_str_eq(name.data, stored);
    ck_assert_uint_eq(name.size, strlen(stored));
    ck_assert_uint_eq(faults.count, 0);
}

static void refuses_bytes(const char *given, size_t size, const char *reason)
{
    struct text name = {"as before", 9};
    ck_assert(!validate_template_name(&faults, WHERE, given, size, &name));
    ck_assert_str_eq(name.data, "as before");
    support_expect_fault(FAULT_POINTER, WHERE, reason);
    support_reset();
}

static void refuses(const char *given, const char *reason)
{
    refuses_bytes(given, strlen(given), reason);
}

START_TEST(names_of_all_kinds)
{
    static const char *const names[] = {
        "a", "Weekly shopping", "Ä 🍵", "...", ".a", "a.", "a%2Fb", "?", "#", "\\", "e\u0301"};
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        accepts(names[i], names[i]);
}
END_TEST

START_TEST(white_space_at_the_ends_is_dropped)
{
    accepts(" \t a  b\n\u3000", "a  b");
}
END_TEST

START_TEST(empty_names)
{
    refuses("", "1 to 100 characters");
    refuses(" \n ", "not 0");
}
END_TEST

START_TEST(length_counts_code_points)
{
    char name[4 * (TEMPLATE_NAME_MAX + 1) + 3] = " ";
    for (int i = 0; i < TEMPLATE_NAME_MAX; i++)
        strcat(name, "😀");
    struct text stored;
    strcat(name, " ");
    ck_assert(validate_template_name(&faults, WHERE, name, strlen(name), &stored));
    ck_assert_uint_eq(stored.size, 4 * TEMPLATE_NAME_MAX);
    name[strlen(name) - 1] = '\0';
    strcat(name, "a");
    refuses(name, "not 101");
}
END_TEST

START_TEST(a_slash_would_divide_the_path)
{
    refuses("a/b", "U+002F");
    refuses("/", "U+002F");
}
END_TEST

START_TEST(control_characters)
{
    refuses("a\tb", "U+0009");
    refuses("a\nb", "U+000A");
    refuses("a\xC2\x80z", "U+0080");
    refuses_bytes("a\0b", 3, "U+0000");
}
END_TEST

START_TEST(dot_segments)
{
    refuses(".", "\".\"");
    refuses(" .. ", "\"..\"");
}
END_TEST

START_TEST(invalid_utf8)
{
    refuses("a\xFF", "UTF-8");
    refuses("\xED\xA0\x80", "UTF-8");
}
END_TEST

START_TEST(too_long_and_with_control_characters_are_two_faults)
{
    char name[TEMPLATE_NAME_MAX + 2];
    struct text stored = {0};
    memset(name, 'a', sizeof(name));
    name[5] = '\n';
    ck_assert(!validate_template_name(&faults, WHERE, name, sizeof(name), &stored));
    ck_assert_uint_eq(faults.count, 2);
}
END_TEST

START_TEST(no_memory_for_the_name)
{
    struct text stored = {"as before", 9};
    fail_malloc_after(0);
    bool accepted = validate_template_name(&faults, WHERE, "name", 4, &stored);
    fail_malloc_off();
    ck_assert(!accepted);
    ck_assert(faults.failed);
    ck_assert_str_eq(stored.data, "as before");
}
END_TEST

/* --- Tasks and templates ------------------------------------------------------------------------
 */

START_TEST(defaults)
{
    struct task_template row;
    template_init(&row);
    ck_assert_int_eq(row.id, 0);
    ck_assert_int_eq(row.version, 1);
    ck_assert_str_eq(row.name.data, "");
    ck_assert_str_eq(row.description.data, "");
    ck_assert_str_eq(row.notes.data, "");
    ck_assert_int_eq(row.priority, TASK_PRIORITY_MEDIUM);
    ck_assert_int_eq(row.category, TASK_CATEGORY_OTHER);
    ck_assert_int_eq(row.recurring.type, RECURRENCE_NONE);
    ck_assert_int_eq(row.recurring.anchor, DATE_NONE);
    ck_assert_int_eq(row.created_at, 0);
}
END_TEST

static struct task make_task(void)
{
    static int64_t dependency = 3;
    struct task task;
    task_init(&task);
    task.id = 5;
    task.description = support_text("Pay the rent");
    task.notes = support_text("notes");
    task.priority = TASK_PRIORITY_HIGH;
    task.category = TASK_CATEGORY_PERSONAL;
    task.completed = task.archived = true;
    task.due_date = 20000;
    task.parent_id = 2;
    task.recurring = (struct recurrence){RECURRENCE_MONTHLY, 2, 19000, 4};
    task.next_id = 9;
    task.depends_on = (struct id_list){&dependency, 1};
    task.completed_at = 1;
    task.version = 8;
    return task;
}

START_TEST(neither_ids_nor_dates_nor_state_are_kept)
{
    struct task task = make_task(), made;
    struct task_template row;
    template_from_task(&task, 77, &row);
    ck_assert_int_eq(row.id, 0);
    ck_assert_int_eq(row.version, 1);
    ck_assert_int_eq(row.created_at, 77);
    ck_assert_int_eq(row.updated_at, 77);
    ck_assert_int_eq(row.recurring.anchor, DATE_NONE);
    ck_assert_int_eq(row.recurring.index, 0);
    template_to_task(&row, &made);
    ck_assert_int_eq(made.id, 0);
    ck_assert_str_eq(made.description.data, "Pay the rent");
    ck_assert_str_eq(made.notes.data, "notes");
    ck_assert_int_eq(made.priority, TASK_PRIORITY_HIGH);
    ck_assert_int_eq(made.category, TASK_CATEGORY_PERSONAL);
    ck_assert(!made.completed && !made.archived);
    ck_assert_int_eq(made.due_date, DATE_NONE);
    ck_assert_int_eq(made.parent_id, 0);
    ck_assert_int_eq(made.recurring.type, RECURRENCE_MONTHLY);
    ck_assert_int_eq(made.recurring.interval, 2);
    ck_assert_int_eq(made.recurring.anchor, DATE_NONE);
    ck_assert_int_eq(made.recurring.index, 0);
    ck_assert_int_eq(made.next_id, 0);
    ck_assert_uint_eq(made.depends_on.count, 0);
    ck_assert_int_eq(made.completed_at, INSTANT_NONE);
    ck_assert_int_eq(made.version, 1);
}
END_TEST

Suite *suite_template(void)
{
    Suite *suite = suite_create("template");
    TCase *names = support_case(suite, "names");
    tcase_add_test(names, names_of_all_kinds);
    tcase_add_test(names, white_space_at_the_ends_is_dropped);
    tcase_add_test(names, empty_names);
    tcase_add_test(names, length_counts_code_points);
    tcase_add_test(names, a_slash_would_divide_the_path);
    tcase_add_test(names, control_characters);
    tcase_add_test(names, dot_segments);
    tcase_add_test(names, invalid_utf8);
    tcase_add_test(names, too_long_and_with_control_characters_are_two_faults);
    tcase_add_test(names, no_memory_for_the_name);
    TCase *values = support_case(suite, "values");
    tcase_add_test(values, defaults);
    tcase_add_test(values, neither_ids_nor_dates_nor_state_are_kept);
    return suite;
}
