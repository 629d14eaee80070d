/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The body of a template request and the JSON of a template; the body of one text; and memory that
 * runs out while they are read.
 */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../fail_malloc.h"
#include "api/template_input.h"
#include "api/template_json.h"
#include "api/text_input.h"
#include "base/cleanup.h"
#include "http/body.h"

static struct arena arena;
static struct faults faults;
static struct template_input input;
static json_t *body;

static void setup(void)
{
    arena_init(&arena, 1);
    faults_init(&faults, &arena);
}

static void teardown(void)
{
    json_decref(body);
    body = NULL;
    arena_close(&arena);
}

static json_t *parse(const char *json)
{
    json_error_t error;
    json_decref(body);
    body = json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    ck_assert_msg(body != NULL, "%s", error.text);
    return body;
}

static void read_input(const char *json, enum task_input_mode mode)
{
    faults_init(&faults, &arena);
    template_input_read(&faults, parse(json), mode, &input);
}

/* places: those of the faults in their order, divided by spaces. */
static void expect_faults(const char *places)
{
    char found[400] = "";
    for (const struct fault *fault = faults.first; fault != NULL; fault = fault->next) {
        strcat(found, found[0] != '\0' ? " " : "");
        strcat(found, fault->where);
    }
    ck_assert_str_eq(found, places);
    ck_assert(!faults.failed);
}

#define FULL                                                                                       \
    "{\"name\":\" Weekly \",\"description\":\"Buy\",\"priority\":\"high\",\"category\":\"work\","  \
    "\"notes\":\"n\",\"recurring\":{\"type\":\"weekly\",\"interval\":2}}"
#define PRESENT                                                                                    \
    "{\"name\":\"Weekly\",\"description\":\"Buy\",\"priority\":\"high\",\"category\":\"work\","    \
    "\"notes\":\"n\",\"recurring\":{\"type\":\"weekly\",\"interval\":2},"                          \
    "\"created_at\":\"1970-01-01T00:00:00.001Z\",\"updated_at\":\"1970-01-01T00:00:00.002Z\","     \
    "\"version\":3}"

static struct task_template make(void)
{
    struct task_template row;
    template_init(&row);
    row.id = 7;
    row.name = (struct text){"Weekly", 6};
    row.description = (struct text){"Buy", 3};
    row.priority = TASK_PRIORITY_HIGH;
    row.category = TASK_CATEGORY_WORK;
    row.notes = (struct text){"n", 1};
    row.recurring = (struct recurrence){RECURRENCE_WEEKLY, 2, DATE_NONE, 0};
    row.created_at = 1;
    row.updated_at = 2;
    row.version = 3;
    return row;
}

START_TEST(json_of_a_template)
{
    struct buf out CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&out);
    struct task_template row = make();
    template_json(&w, &row);
    ck_assert_str_eq(buf_string(&out), PRESENT);
}
END_TEST

START_TEST(every_field_is_taken)
{
    struct task_template row;
    read_input(FULL, TASK_INPUT_CREATE);
    expect_faults("");
    ck_assert(template_input_apply(&faults, &input, NULL, &row));
    ck_assert_int_eq(row.id, 0);
    ck_assert_int_eq(row.version, 1);
    ck_assert_str_eq(row.name.data, "Weekly");
    ck_assert_str_eq(row.description.data, "Buy");
    ck_assert_str_eq(row.notes.data, "n");
    ck_assert_int_eq(row.priority, TASK_PRIORITY_HIGH);
    ck_assert_int_eq(row.category, TASK_CATEGORY_WORK);
    ck_assert_int_eq(row.recurring.type, RECURRENCE_WEEKLY);
    ck_assert_int_eq(row.recurring.interval, 2);
    ck_assert_int_eq(row.recurring.anchor, DATE_NONE);
}
END_TEST

START_TEST(a_name_is_needed_to_create)
{
    read_input("{}", TASK_INPUT_CREATE);
    expect_faults("#/name #/description");
    read_input("{}", TASK_INPUT_REPLACE);
    expect_faults("#/description");
}
END_TEST

START_TEST(what_is_no_field_of_a_template)
{
    read_input("{\"name\":1,\"description\":\"d\",\"id\":1,\"due_date\":null,\"a/b~\":1,"
               "\"version\":1,\"na\":1}",
               TASK_INPUT_CREATE);
    expect_faults("#/name #/id #/due_date #/a~1b~0 #/version #/na");
    read_input("5", TASK_INPUT_CREATE);
    expect_faults("#");
}
END_TEST

START_TEST(replace_keeps_the_name_and_the_creation)
{
    struct task_template present = make(), row;
    read_input("{\"description\":\"d\"}", TASK_INPUT_REPLACE);
    ck_assert(template_input_apply(&faults, &input, &present, &row));
    expect_faults("");
    ck_assert_int_eq(row.id, 7);
    ck_assert_int_eq(row.version, 3);
    ck_assert_int_eq(row.created_at, 1);
    ck_assert_str_eq(row.name.data, "Weekly");
    ck_assert_str_eq(row.description.data, "d");
    ck_assert_int_eq(row.priority, TASK_PRIORITY_MEDIUM);
    ck_assert_int_eq(row.recurring.type, RECURRENCE_NONE);
}
END_TEST

START_TEST(read_only_fields_must_be_as_they_are)
{
    struct task_template present = make(), row;
    read_input(PRESENT, TASK_INPUT_REPLACE);
    ck_assert(template_input_apply(&faults, &input, &present, &row));
    expect_faults("");
    present.version = 4;
    present.updated_at = 5;
    ck_assert(template_input_apply(&faults, &input, &present, &row));
    expect_faults("#/updated_at #/version");
}
END_TEST

/* --- One text ------------------------------------------------------------------------------------
 */

START_TEST(one_text)
{
    struct text text;
    ck_assert(text_input_read(&faults, parse("{\"text\":\"a\\u0000b\"}"), "text", &text));
    ck_assert_uint_eq(text.size, 3);
    ck_assert_mem_eq(text.data, "a\0b", 4);
    expect_faults("");
}
END_TEST

START_TEST(anything_but_one_text)
{
    static const struct {
        const char *json;
        const char *places;
    } rows[] = {{"[]", "#"},
                {"null", "#"},
                {"{}", "#/text"},
                {"{\"text\":null}", "#/text"},
                {"{\"Text\":\"x\",\"b\":1}", "#/Text #/b #/text"}};
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct text text = {"as before", 9};
        faults_init(&faults, &arena);
        ck_assert(!text_input_read(&faults, parse(rows[i].json), "text", &text));
        ck_assert_uint_eq(text.size, 9);
        expect_faults(rows[i].places);
    }
}
END_TEST

/* --- Memory --------------------------------------------------------------------------------------
 */

static const char *const bodies[] = {
    PRESENT, "{\"name\":\"/\",\"x\":1,\"version\":9,\"description\":1}", "[]"};

static void read_it(const json_t *json)
{
    struct text text;
    template_input_read(&faults, json, TASK_INPUT_REPLACE, &input);
    text_input_read(&faults, json, "text", &text);
}

static void apply_it(const json_t *json)
{
    struct task_template present = make(), row;
    (void)json;
    if (!template_input_apply(&faults, &input, &present, &row))
        faults.failed = true;
}

static void check_faults(void (*run)(const json_t *json), const json_t *json)
{
    bool has_failed = true;
    for (long n = 0; has_failed; n++) {
        faults_init(&faults, &arena);
        fail_malloc_after(n);
        run(json);
        has_failed = fail_malloc_off();
        ck_assert_int_eq(faults.failed, has_failed);
    }
}

START_TEST(every_allocation_of_reading_fails_once)
{
    json_set_alloc_funcs(malloc, free); /* so that Jansson's fail, too */
    check_faults(read_it, parse(bodies[_i]));
}
END_TEST

/* Not Jansson's: its parser does not notice when its buffer cannot grow. */
START_TEST(every_allocation_of_applying_fails_once)
{
    const json_t *json = parse(bodies[_i]);
    template_input_read(&faults, json, TASK_INPUT_REPLACE, &input);
    check_faults(apply_it, json);
}
END_TEST

Suite *suite_template_input(void);
Suite *suite_template_input(void)
{
    const TTest *const tests[] = {
        json_of_a_template,
        every_field_is_taken,
        a_name_is_needed_to_create,
        what_is_no_field_of_a_template,
        replace_keeps_the_name_and_the_creation,
        read_only_fields_must_be_as_they_are,
        one_text,
        anything_but_one_text,
    };
    Suite *suite = suite_create("template_input");
    TCase *tcase = tcase_create("template_input");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
        tcase_add_test(tcase, tests[i]);
    tcase_add_loop_test(tcase, every_allocation_of_reading_fails_once, 0, ARRAY_SIZE(bodies));
    tcase_add_loop_test(tcase, every_allocation_of_applying_fails_once, 0, ARRAY_SIZE(bodies));
    suite_add_tcase(suite, tcase);
    return suite;
}
