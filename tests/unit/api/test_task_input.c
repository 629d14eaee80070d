/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The body of a task request: which values are taken, which faults are named, all at once.
 */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "api/task_input.h"
#include "http/body.h"

static struct arena arena;
static struct faults faults;
static struct task_input input;
static json_t *body;

static void setup(void)
{
    arena_init(&arena, 4096);
    faults_init(&faults, &arena);
}

static void teardown(void)
{
    json_decref(body);
    body = NULL;
    arena_close(&arena);
}

static void read_input(const char *json, enum task_input_mode mode)
{
    json_error_t error;
    body = json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    ck_assert_msg(body != NULL, "%s", error.text);
    task_input_read(&faults, body, mode, &input);
}

static void expect_fault(const char *pointer)
{
    for (const struct fault *fault = faults.first; fault != NULL; fault = fault->next) {
        if (strcmp(fault->where, pointer) == 0)
            return;
    }
    ck_abort_msg("no fault at %s among %zu", pointer, faults.count);
}

struct bad_value {
    const char *json;
    const char *pointer;
};

static const struct bad_value bad_values[] = {
    {"[]", "#"},
    {"null", "#"},
    {"\"text\"", "#"},
    {"{}", "#/description"},
    {"{\"description\":null}", "#/description"},
    {"{\"description\":1}", "#/description"},
    {"{\"description\":\"\"}", "#/description"},
    {"{\"description\":\" \\u3000 \"}", "#/description"},
    {"{\"description\":\"a\\nb\"}", "#/description"},
    {"{\"description\":\"a\\u0000b\"}", "#/description"},
    {"{\"description\":\"a\",\"completed\":1}", "#/completed"},
    {"{\"description\":\"a\",\"completed\":null}", "#/completed"},
    {"{\"description\":\"a\",\"priority\":\"High\"}", "#/priority"},
    {"{\"description\":\"a\",\"priority\":null}", "#/priority"},
    {"{\"description\":\"a\",\"priority\":[]}", "#/priority"},
    {"{\"description\":\"a\",\"category\":\"home\"}", "#/category"},
    {"{\"description\":\"a\",\"category\":false}", "#/category"},
    {"{\"description\":\"a\",\"due_date\":\"2026-02-30\"}", "#/due_date"},
    {"{\"description\":\"a\",\"due_date\":20260101}", "#/due_date"},
    {"{\"description\":\"a\",\"due_date\":\"1969-12-31\"}", "#/due_date"},
    {"{\"description\":\"a\",\"notes\":null}", "#/notes"},
    {"{\"description\":\"a\",\"notes\":{}}", "#/notes"},
    {"{\"description\":\"a\",\"notes\":\"\\u0007\"}", "#/notes"},
    {"{\"description\":\"a\",\"parent_id\":0}", "#/parent_id"},
    {"{\"description\":\"a\",\"parent_id\":\"1\"}", "#/parent_id"},
    {"{\"description\":\"a\",\"parent_id\":1.5}", "#/parent_id"},
    {"{\"description\":\"a\",\"parent_id\":9007199254740992}", "#/parent_id"},
    {"{\"description\":\"a\",\"depends_on\":null}", "#/depends_on"},
    {"{\"description\":\"a\",\"depends_on\":3}", "#/depends_on"},
    {"{\"description\":\"a\",\"depends_on\":[3,\"4\"]}", "#/depends_on/1"},
    {"{\"description\":\"a\",\"depends_on\":[3,-1]}", "#/depends_on/1"},
    {"{\"description\":\"a\",\"depends_on\":[3,4,3]}", "#/depends_on/2"},
    {"{\"description\":\"a\",\"recurring\":\"daily\"}", "#/recurring"},
    {"{\"description\":\"a\",\"recurring\":{}}", "#/recurring/type"},
    {"{\"description\":\"a\",\"recurring\":{\"type\":\"yearly\"}}", "#/recurring/type"},
    {"{\"description\":\"a\",\"recurring\":{\"type\":null}}", "#/recurring/type"},
    {"{\"description\":\"a\",\"recurring\":{\"type\":\"daily\",\"interval\":0}}",
     "#/recurring/interval"},
    {"{\"description\":\"a\",\"recurring\":{\"type\":\"daily\",\"interval\":1001}}",
     "#/recurring/interval"},
    {"{\"description\":\"a\",\"recurring\":{\"type\":\"daily\",\"interval\":null}}",
     "#/recurring/interval"},
    {"{\"description\":\"a\",\"recurring\":{\"type\":\"daily\",\"days\":2}}", "#/recurring/days"},
    {"{\"description\":\"a\",\"colour\":1}", "#/colour"},
    {"{\"description\":\"a\",\"Description\":\"b\"}", "#/Description"},
    {"{\"description\":\"a\",\"id\":1}", "#/id"},
    {"{\"description\":\"a\",\"archived\":false}", "#/archived"},
    {"{\"description\":\"a\",\"version\":1}", "#/version"},
    {"{\"description\":\"a\",\"subtasks\":{}}", "#/subtasks"},
};

START_TEST(bad_value_is_named_by_its_pointer)
{
    const struct bad_value *bad = &bad_values[_i];
    read_input(bad->json, TASK_INPUT_CREATE);
    ck_assert_msg(faults.count == 1, "%s: %zu faults", bad->json, faults.count);
    expect_fault(bad->pointer);
}
END_TEST

START_TEST(every_fault_is_named_at_once)
{
    read_input("{\"completed\":0,\"priority\":\"x\",\"category\":\"x\",\"due_date\":\"x\","
               "\"notes\":1,\"parent_id\":-1,\"depends_on\":[0],\"recurring\":{\"type\":1},"
               "\"x\":1,\"id\":1}",
               TASK_INPUT_CREATE);
    ck_assert_uint_eq(faults.count, 11);
    expect_fault("#/description");
    expect_fault("#/recurring/type");
    expect_fault("#/id");
}
END_TEST

START_TEST(all_values_are_taken)
{
    read_input("{\"description\":\" Buy milk \",\"completed\":true,\"priority\":\"high\","
               "\"category\":\"shopping\",\"due_date\":\"2026-01-05\",\"notes\":\"a\\nb\","
               "\"parent_id\":3.0,\"depends_on\":[9,7],"
               "\"recurring\":{\"type\":\"weekly\",\"interval\":2}}",
               TASK_INPUT_CREATE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_str_eq(input.values.description.data, "Buy milk");
    ck_assert(input.values.completed);
    ck_assert_int_eq(input.values.priority, TASK_PRIORITY_HIGH);
    ck_assert_int_eq(input.values.category, TASK_CATEGORY_SHOPPING);
    ck_assert_int_eq(input.values.due_date, date_from_civil((struct civil_date){2026, 1, 5}));
    ck_assert_str_eq(input.values.notes.data, "a\nb");
    ck_assert_int_eq(input.values.parent_id, 3);
    ck_assert_uint_eq(input.values.depends_on.count, 2);
    ck_assert_int_eq(input.values.depends_on.ids[0], 9);
    ck_assert_int_eq(input.values.recurring.type, RECURRENCE_WEEKLY);
    ck_assert_int_eq(input.values.recurring.interval, 2);
}
END_TEST

START_TEST(interval_is_one_if_not_given)
{
    read_input("{\"description\":\"a\",\"recurring\":{\"type\":\"daily\"}}", TASK_INPUT_CREATE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_int_eq(input.values.recurring.interval, 1);
}
END_TEST

START_TEST(merge_takes_only_what_is_given)
{
    read_input("{\"notes\":\"n\"}", TASK_INPUT_MERGE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_uint_eq(input.given, INPUT_NOTES);
}
END_TEST

START_TEST(merge_clears_by_null)
{
    read_input("{\"priority\":null,\"category\":null,\"notes\":null,\"due_date\":null,"
               "\"parent_id\":null,\"depends_on\":null,\"recurring\":null,\"completed\":null}",
               TASK_INPUT_MERGE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_int_eq(input.values.priority, TASK_PRIORITY_MEDIUM);
    ck_assert_int_eq(input.values.due_date, DATE_NONE);
    ck_assert_uint_ne(input.given & INPUT_RECURRENCE_TYPE, 0);
}
END_TEST

START_TEST(merge_does_not_clear_the_description)
{
    read_input("{\"description\":null}", TASK_INPUT_MERGE);
    expect_fault("#/description");
}
END_TEST

START_TEST(merge_of_a_part_of_the_recurrence_keeps_the_other)
{
    read_input("{\"recurring\":{\"interval\":3}}", TASK_INPUT_MERGE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_uint_eq(input.given, INPUT_RECURRENCE_INTERVAL);
}
END_TEST

START_TEST(read_only_fields_wait_for_the_stored_task)
{
    read_input("{\"description\":\"a\",\"id\":4,\"version\":2}", TASK_INPUT_REPLACE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_uint_ne(input.given & INPUT_READ_ONLY, 0);
}
END_TEST

static void depends_on(size_t count)
{
    body = json_pack("{s:s,s:[]}", "description", "a", "depends_on");
    for (size_t i = 1; i <= count; i++)
        json_array_append_new(json_object_get(body, "depends_on"), json_integer((json_int_t)i));
    task_input_read(&faults, body, TASK_INPUT_CREATE, &input);
}

START_TEST(hundred_dependencies_are_taken)
{
    depends_on(100);
    ck_assert_uint_eq(faults.count, 0);
}
END_TEST

START_TEST(hundred_and_one_dependencies_are_too_many)
{
    depends_on(101);
    ck_assert_uint_eq(faults.count, 1);
    expect_fault("#/depends_on");
}
END_TEST

Suite *suite_task_input(void);
Suite *suite_task_input(void)
{
    Suite *suite = suite_create("task_input");
    TCase *tests = tcase_create("read");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, bad_value_is_named_by_its_pointer, 0,
                        (int)(sizeof(bad_values) / sizeof(bad_values[0])));
    tcase_add_test(tests, every_fault_is_named_at_once);
    tcase_add_test(tests, all_values_are_taken);
    tcase_add_test(tests, interval_is_one_if_not_given);
    tcase_add_test(tests, merge_takes_only_what_is_given);
    tcase_add_test(tests, merge_clears_by_null);
    tcase_add_test(tests, merge_does_not_clear_the_description);
    tcase_add_test(tests, merge_of_a_part_of_the_recurrence_keeps_the_other);
    tcase_add_test(tests, read_only_fields_wait_for_the_stored_task);
    tcase_add_test(tests, hundred_dependencies_are_taken);
    tcase_add_test(tests, hundred_and_one_dependencies_are_too_many);
    suite_add_tcase(suite, tests);
    return suite;
}
