/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules for the value of each field: one test for each way to be refused.
 */
#include <stdlib.h>
#include <string.h>

#include "../fail_malloc.h"
#include "support.h"
#include "task/validate.h"

#define HERE "#/field"

/* unit repeated count times, in the arena. */
static char *repeat(const char *unit, size_t count)
{
    size_t size = strlen(unit);
    char *all = arena_alloc(&arena, size * count + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(all + i * size, unit, size);
    all[size * count] = '\0';
    return all;
}

static void accept_description(const char *given, const char *expected)
{
    struct text text;
    support_reset();
    ck_assert(validate_description(&faults, HERE, given, strlen(given), &text));
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_str_eq(text.data, expected);
    ck_assert_uint_eq(text.size, strlen(expected));
    ck_assert_ptr_ne(text.data, given);
}

static void refuse_description(const char *data, size_t size, const char *detail)
{
    struct text text = {"before", 6};
    faults_init(&faults, &arena);
    ck_assert(!validate_description(&faults, HERE, data, size, &text));
    support_expect_fault(FAULT_POINTER, HERE, detail);
    ck_assert_str_eq(text.data, "before");
}

static void refuse_notes(const char *data, size_t size, const char *detail)
{
    struct text text = {"before", 6};
    faults_init(&faults, &arena);
    ck_assert(!validate_notes(&faults, HERE, data, size, &text));
    support_expect_fault(FAULT_POINTER, HERE, detail);
    ck_assert_str_eq(text.data, "before");
}

START_TEST(description_is_trimmed)
{
    accept_description("Buy milk", "Buy milk");
    accept_description(" \t\r\nBuy  milk\n\xC2\xA0\xE3\x80\x80", "Buy  milk");
    accept_description("x", "x");
}
END_TEST

START_TEST(description_of_white_space_is_refused)
{
    refuse_description("", 0, "must not be empty");
    refuse_description(" \t\n\xE2\x80\x83", 6, "must not be empty");
}
END_TEST

START_TEST(description_length_counts_code_points)
{
    struct text text;
    const char *longest = repeat("\xF0\x9F\x98\x80", TASK_DESCRIPTION_MAX);
    ck_assert(validate_description(&faults, HERE, longest, strlen(longest), &text));
    ck_assert_uint_eq(text.size, 4 * TASK_DESCRIPTION_MAX);
    const char *longer = repeat("\xC3\xA4", TASK_DESCRIPTION_MAX + 1);
    refuse_description(longer, strlen(longer), "at most 1000 characters, not 1001");
}
END_TEST

START_TEST(description_length_is_counted_after_trimming)
{
    struct text text;
    char *padded = repeat(" ", TASK_DESCRIPTION_MAX + 2);
    memset(padded + 1, 'x', TASK_DESCRIPTION_MAX);
    ck_assert(validate_description(&faults, HERE, padded, strlen(padded), &text));
    ck_assert_uint_eq(text.size, TASK_DESCRIPTION_MAX);
}
END_TEST

START_TEST(description_with_a_control_character_is_refused)
{
    refuse_description("a\tb", 3, "U+0009");
    refuse_description("a\nb", 3, "U+000A");
    refuse_description("a\0b", 3, "U+0000");
    refuse_description("a\x7F", 2, "U+007F");
    refuse_description("a\xC2\x9F", 3, "U+009F");
}
END_TEST

START_TEST(description_of_invalid_utf8_is_refused)
{
    refuse_description("a\xFF", 2, "valid UTF-8");
    refuse_description("\xED\xA0\x80", 3, "valid UTF-8");
}
END_TEST

START_TEST(description_faults_are_all_told)
{
    struct text text;
    char *bad = repeat("x", TASK_DESCRIPTION_MAX + 1);
    bad[5] = '\a';
    ck_assert(!validate_description(&faults, HERE, bad, strlen(bad), &text));
    ck_assert_uint_eq(faults.count, 2);
}
END_TEST

START_TEST(notes_keep_lines_and_white_space)
{
    static const char notes[] = "\n one\r\n\ttwo \n";
    struct text text;
    ck_assert(validate_notes(&faults, HERE, notes, strlen(notes), &text));
    ck_assert_str_eq(text.data, notes);
}
END_TEST

START_TEST(notes_may_be_empty)
{
    struct text text = {"before", 6};
    ck_assert(validate_notes(&faults, HERE, "", 0, &text));
    ck_assert_uint_eq(text.size, 0);
    ck_assert_str_eq(text.data, "");
}
END_TEST

START_TEST(notes_length_counts_code_points)
{
    struct text text;
    const char *longest = repeat("\xE2\x82\xAC", TASK_NOTES_MAX);
    ck_assert(validate_notes(&faults, HERE, longest, strlen(longest), &text));
    const char *longer = repeat("n", TASK_NOTES_MAX + 1);
    refuse_notes(longer, strlen(longer), "at most 20000 characters, not 20001");
}
END_TEST

START_TEST(notes_with_other_controls_are_refused)
{
    refuse_notes("a\0b", 3, "U+0000");
    refuse_notes("a\x1B[0m", 5, "other than line breaks and tabs, such as U+001B");
    refuse_notes("a\xC2\x85", 3, "U+0085");
}
END_TEST

START_TEST(notes_of_invalid_utf8_are_refused)
{
    refuse_notes("\xC0\x80", 2, "valid UTF-8");
}
END_TEST

START_TEST(text_without_memory_is_no_fault_of_the_client)
{
    struct text description = {"before", 6}, notes = {"before", 6};
    fail_malloc_after(0);
    bool accepted = validate_description(&faults, HERE, "x", 1, &description);
    ck_assert(fail_malloc_off());
    ck_assert(!accepted && faults.failed);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_str_eq(description.data, "before");
    faults_init(&faults, &arena);
    fail_malloc_after(0);
    accepted = validate_notes(&faults, HERE, "x", 1, &notes);
    ck_assert(fail_malloc_off());
    ck_assert(!accepted && faults.failed);
    ck_assert_str_eq(notes.data, "before");
}
END_TEST

START_TEST(priority_is_one_of_its_names)
{
    enum task_priority priority = TASK_PRIORITY_LOW;
    ck_assert(validate_priority(&faults, HERE, "high", 4, &priority));
    ck_assert_int_eq(priority, TASK_PRIORITY_HIGH);
    ck_assert(!validate_priority(&faults, HERE, "High", 4, &priority));
    support_expect_fault(FAULT_POINTER, HERE, "high, medium, low");
    ck_assert_int_eq(priority, TASK_PRIORITY_HIGH);
}
END_TEST

START_TEST(category_is_one_of_its_names)
{
    enum task_category category = TASK_CATEGORY_OTHER;
    ck_assert(validate_category(&faults, HERE, "shopping", 8, &category));
    ck_assert_int_eq(category, TASK_CATEGORY_SHOPPING);
    ck_assert(!validate_category(&faults, HERE, "home", 4, &category));
    support_expect_fault(FAULT_POINTER, HERE, "work, personal, shopping, other");
    ck_assert_int_eq(category, TASK_CATEGORY_SHOPPING);
}
END_TEST

START_TEST(due_date_is_a_real_date)
{
    date_t date = DATE_NONE;
    ck_assert(validate_due_date(&faults, HERE, "2024-02-29", 10, &date));
    ck_assert_int_eq(date, date_from_civil((struct civil_date){2024, 2, 29}));
    static const char *const bad[] = {"",           "2026-02-29",  "2026-2-1",
                                      "1969-12-31", "10000-01-01", "2026-01-05T00:00:00Z",
                                      "tomorrow"};
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        date_t before = date;
        support_reset();
        ck_assert(!validate_due_date(&faults, HERE, bad[i], strlen(bad[i]), &date));
        support_expect_fault(FAULT_POINTER, HERE, "YYYY-MM-DD");
        ck_assert_int_eq(date, before);
    }
}
END_TEST

START_TEST(recurrence_type_is_one_of_its_names)
{
    enum recurrence_type type = RECURRENCE_NONE;
    ck_assert(validate_recurrence_type(&faults, HERE, "monthly", 7, &type));
    ck_assert_int_eq(type, RECURRENCE_MONTHLY);
    ck_assert(!validate_recurrence_type(&faults, HERE, "yearly", 6, &type));
    support_expect_fault(FAULT_POINTER, HERE, "daily, weekly, monthly");
    ck_assert_int_eq(type, RECURRENCE_MONTHLY);
}
END_TEST

START_TEST(recurrence_interval_has_a_range)
{
    static const int64_t bad[] = {0, -1, 1001, INT64_MIN, INT64_MAX, INT64_C(0x100000001)};
    int interval = 0;
    ck_assert(validate_recurrence_interval(&faults, HERE, 1, &interval));
    ck_assert_int_eq(interval, 1);
    ck_assert(validate_recurrence_interval(&faults, HERE, 1000, &interval));
    ck_assert_int_eq(interval, 1000);
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        support_reset();
        ck_assert(!validate_recurrence_interval(&faults, HERE, bad[i], &interval));
        support_expect_fault(FAULT_POINTER, HERE, "from 1 to 1000");
        ck_assert_int_eq(interval, 1000);
    }
}
END_TEST

START_TEST(id_has_a_range)
{
    static const int64_t bad[] = {0, -1, TASK_ID_MAX + 1, INT64_MIN, INT64_MAX};
    int64_t id = 0;
    ck_assert(validate_id(&faults, HERE, 1, &id));
    ck_assert_int_eq(id, 1);
    ck_assert(validate_id(&faults, HERE, TASK_ID_MAX, &id));
    ck_assert_int_eq(id, TASK_ID_MAX);
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        support_reset();
        ck_assert(!validate_id(&faults, HERE, bad[i], &id));
        support_expect_fault(FAULT_POINTER, HERE, "from 1 to 9007199254740991");
        ck_assert_int_eq(id, TASK_ID_MAX);
    }
}
END_TEST

START_TEST(plain_task_is_valid)
{
    struct task task;
    task_init(&task);
    ck_assert(validate_task(&faults, &task));
    task.id = 7;
    task.parent_id = 6;
    task.due_date = DATE_MIN;
    task.recurring = (struct recurrence){RECURRENCE_DAILY, 1, DATE_MIN, 0};
    ck_assert(validate_task(&faults, &task));
    ck_assert_uint_eq(faults.count, 0);
}
END_TEST

START_TEST(recurring_task_needs_a_due_date)
{
    struct task task;
    task_init(&task);
    task.recurring = (struct recurrence){RECURRENCE_DAILY, 1, DATE_NONE, 0};
    ck_assert(!validate_task(&faults, &task));
    support_expect_fault(FAULT_POINTER, "#/recurring", "due_date");
}
END_TEST

START_TEST(task_is_not_its_own_parent)
{
    struct task task;
    task_init(&task);
    task.id = 5;
    task.parent_id = 5;
    ck_assert(!validate_task(&faults, &task));
    support_expect_fault(FAULT_POINTER, "#/parent_id", "own parent");
}
END_TEST

Suite *suite_validate(void)
{
    Suite *suite = suite_create("validate");
    TCase *texts = support_case(suite, "texts");
    tcase_add_test(texts, description_is_trimmed);
    tcase_add_test(texts, description_of_white_space_is_refused);
    tcase_add_test(texts, description_length_counts_code_points);
    tcase_add_test(texts, description_length_is_counted_after_trimming);
    tcase_add_test(texts, description_with_a_control_character_is_refused);
    tcase_add_test(texts, description_of_invalid_utf8_is_refused);
    tcase_add_test(texts, description_faults_are_all_told);
    tcase_add_test(texts, notes_keep_lines_and_white_space);
    tcase_add_test(texts, notes_may_be_empty);
    tcase_add_test(texts, notes_length_counts_code_points);
    tcase_add_test(texts, notes_with_other_controls_are_refused);
    tcase_add_test(texts, notes_of_invalid_utf8_are_refused);
    tcase_add_test(texts, text_without_memory_is_no_fault_of_the_client);
    TCase *values = support_case(suite, "values");
    tcase_add_test(values, priority_is_one_of_its_names);
    tcase_add_test(values, category_is_one_of_its_names);
    tcase_add_test(values, due_date_is_a_real_date);
    tcase_add_test(values, recurrence_type_is_one_of_its_names);
    tcase_add_test(values, recurrence_interval_has_a_range);
    tcase_add_test(values, id_has_a_range);
    TCase *together = support_case(suite, "together");
    tcase_add_test(together, plain_task_is_valid);
    tcase_add_test(together, recurring_task_needs_a_due_date);
    tcase_add_test(together, task_is_not_its_own_parent);
    return suite;
}
