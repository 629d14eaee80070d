/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The JSON of a task, member by member, and its entity tag.
 */
#include <check.h>
#include <string.h>

#include "api/task_json.h"
#include "tests/unit/fail_malloc.h"

static struct buf out;
static struct task task;
static const date_t today = 20458; /* 2026-01-05 */

static void setup(void)
{
    task_init(&task);
    task.id = 12;
    task.description = (struct text){"Buy \"milk\"", 10};
    task.version = 3;
    task.created_at = task.updated_at = INT64_C(1767348672123);
}

static void teardown(void)
{
    buf_close(&out);
}

static void expect(const char *json)
{
    struct json_writer w = json_writer(&out);
    task_json(&w, &task, today);
    ck_assert_str_eq(buf_string(&out), json);
}

START_TEST(defaults)
{
    expect(
        "{\"id\":12,\"description\":\"Buy \\\"milk\\\"\",\"completed\":false,"
        "\"priority\":\"medium\",\"category\":\"other\",\"due_date\":null,\"notes\":\"\","
        "\"parent_id\":null,\"depends_on\":[],\"recurring\":null,\"archived\":false,"
        "\"created_at\":\"2026-01-02T10:11:12.123Z\",\"updated_at\":\"2026-01-02T10:11:12.123Z\","
        "\"completed_at\":null,\"version\":3,\"overdue\":false,\"days_overdue\":0,"
        "\"blocked\":false,\"subtasks\":{\"total\":0,\"completed\":0},"
        "\"dependencies\":{\"total\":0,\"completed\":0}}");
}
END_TEST

START_TEST(everything_set)
{
    int64_t ids[] = {3, 7};
    task.priority = TASK_PRIORITY_HIGH;
    task.category = TASK_CATEGORY_WORK;
    task.due_date = today - 4;
    task.parent_id = 5;
    task.depends_on = (struct id_list){ids, 2};
    task.recurring = (struct recurrence){RECURRENCE_MONTHLY, 2, today, 0};
    task.subtasks = (struct progress){5, 2};
    task.dependencies = (struct progress){2, 1};
    task.notes = (struct text){"n", 1};
    expect(
        "{\"id\":12,\"description\":\"Buy \\\"milk\\\"\",\"completed\":false,"
        "\"priority\":\"high\",\"category\":\"work\",\"due_date\":\"2026-01-01\",\"notes\":\"n\","
        "\"parent_id\":5,\"depends_on\":[3,7],\"recurring\":{\"type\":\"monthly\",\"interval\":2},"
        "\"archived\":false,\"created_at\":\"2026-01-02T10:11:12.123Z\","
        "\"updated_at\":\"2026-01-02T10:11:12.123Z\",\"completed_at\":null,\"version\":3,"
        "\"overdue\":true,\"days_overdue\":4,\"blocked\":true,"
        "\"subtasks\":{\"total\":5,\"completed\":2},\"dependencies\":{\"total\":2,\"completed\":1}"
        "}");
}
END_TEST

/* The writer asserts that what it writes fits into the room that it has asked for. */
START_TEST(the_longest_values_fit)
{
    task.id = task.version = task.parent_id = INT64_MIN;
    task.priority = TASK_PRIORITY_MEDIUM;
    task.category = TASK_CATEGORY_PERSONAL;
    task.due_date = DATE_MIN;
    task.completed_at = 0;
    task.updated_at = 1;
    task.subtasks = (struct progress){INT64_MIN, INT64_MIN};
    task.dependencies = (struct progress){INT64_MIN, INT64_MIN};
    expect(
        "{\"id\":-9223372036854775808,\"description\":\"Buy \\\"milk\\\"\",\"completed\":false,"
        "\"priority\":\"medium\",\"category\":\"personal\",\"due_date\":\"1970-01-01\",\"notes\":"
        "\"\","
        "\"parent_id\":-9223372036854775808,\"depends_on\":[],\"recurring\":null,"
        "\"archived\":false,\"created_at\":\"2026-01-02T10:11:12.123Z\","
        "\"updated_at\":\"1970-01-01T00:00:00.001Z\",\"completed_at\":\"1970-01-01T00:00:00.000Z\","
        "\"version\":-9223372036854775808,\"overdue\":true,\"days_overdue\":20458,"
        "\"blocked\":false,"
        "\"subtasks\":{\"total\":-9223372036854775808,\"completed\":-9223372036854775808},"
        "\"dependencies\":{\"total\":-9223372036854775808,\"completed\":-9223372036854775808}}");
}
END_TEST

/* Members follow each other whatever the buffer holds already, also across its growth. */
START_TEST(a_list_grows_the_buffer)
{
    task.id = 1;
    task.depends_on = (struct id_list){(int64_t[]){4}, 1};
    struct json_writer w = json_writer(&out);
    json_write_array_begin(&w);
    task_json(&w, &task, today);
    size_t size = out.size - 1;
    for (int i = 1; i < 20; i++)
        task_json(&w, &task, today);
    json_write_array_end(&w);
    ck_assert_uint_eq(out.size, 20 * (size + 1) + 1);
    for (size_t i = 1; i < 20; i++) {
        ck_assert_int_eq(out.data[i * (size + 1)], ',');
        ck_assert_mem_eq(out.data + 1 + i * (size + 1), out.data + 1, size);
    }
}
END_TEST

START_TEST(without_memory_the_buffer_fails)
{
    long nth = 0;
    do {
        buf_close(&out);
        fail_malloc_after(nth++);
        struct json_writer w = json_writer(&out);
        for (int i = 0; i < 3; i++)
            task_json(&w, &task, today);
        fail_malloc_off();
    } while (out.failed);
    ck_assert_int_gt(nth, 2);
}
END_TEST

START_TEST(tag_is_the_version)
{
    char tag[TASK_TAG_SIZE];
    task_tag(&task, today, tag);
    ck_assert_str_eq(tag, "3");
}
END_TEST

START_TEST(tag_changes_with_the_days_overdue)
{
    char tag[TASK_TAG_SIZE];
    task.due_date = today - 4;
    task_tag(&task, today, tag);
    ck_assert_str_eq(tag, "3-d4");
    task.completed = true;
    task_tag(&task, today, tag);
    ck_assert_str_eq(tag, "3");
}
END_TEST

Suite *suite_task_json(void);
Suite *suite_task_json(void)
{
    Suite *suite = suite_create("task_json");
    TCase *tests = tcase_create("json");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, defaults);
    tcase_add_test(tests, everything_set);
    tcase_add_test(tests, the_longest_values_fit);
    tcase_add_test(tests, a_list_grows_the_buffer);
    tcase_add_test(tests, without_memory_the_buffer_fails);
    tcase_add_test(tests, tag_is_the_version);
    tcase_add_test(tests, tag_changes_with_the_days_overdue);
    suite_add_tcase(suite, tests);
    return suite;
}
