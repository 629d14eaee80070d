/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/json_memory.c.
 */
#include "base/json_memory.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "../fail_malloc.h"
#include "base/cleanup.h"

/* Long strings, so that Jansson's buffer for a token grows. */
#define LONG "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
static const char TEXT[] = "{\"" LONG "\": [\"" LONG LONG "\", {\"a\": 1.5}, null], \"b\": {}}";

static void setup(void)
{
    json_memory_init();
}

static void check_whole(json_t *json)
{
    json_t *list = json_object_get(json, LONG);
    ck_assert_uint_eq(json_object_size(json), 2);
    ck_assert_uint_eq(json_array_size(list), 3);
    ck_assert_str_eq(json_string_value(json_array_get(list, 0)), LONG LONG);
    json_decref(json);
}

START_TEST(a_text_is_read_whole)
{
    json_error_t error;
    bool is_short = true;
    check_whole(json_memory_load(TEXT, strlen(TEXT), 0, &error, &is_short));
    ck_assert(!is_short);
}
END_TEST

START_TEST(a_malformed_text_is_told_from_a_lack_of_memory)
{
    json_error_t error;
    bool is_short = true;
    ck_assert_ptr_null(json_memory_load(TEXT, strlen(TEXT) - 1, 0, &error, &is_short));
    ck_assert(!is_short);
    ck_assert_int_eq(error.line, 1);
}
END_TEST

/* Whole or not at all, and nothing is left behind: under the address sanitizer that is seen. */
START_TEST(each_allocation_fails)
{
    for (long n = 0;; n++) {
        json_error_t error;
        bool is_short = false;
        fail_malloc_after(n);
        json_t *json = json_memory_load(TEXT, strlen(TEXT), 0, &error, &is_short);
        bool has_failed = fail_malloc_off();
        ck_assert_int_eq(is_short, has_failed);
        ck_assert_int_eq(json == NULL, has_failed);
        if (has_failed)
            continue;
        check_whole(json);
        ck_assert_int_gt(n, 10);
        return;
    }
}
END_TEST

START_TEST(a_file_is_read_too)
{
    json_error_t error;
    for (long n = 0;; n++) {
        bool is_short = false;
        FILE *file = fmemopen((void *)(uintptr_t)TEXT, strlen(TEXT), "r");
        ck_assert_ptr_nonnull(file);
        fail_malloc_after(n);
        json_t *json = json_memory_load_file(file, 0, &error, &is_short);
        bool has_failed = fail_malloc_off();
        fclose(file);
        ck_assert_int_eq(is_short, has_failed);
        if (has_failed)
            continue;
        check_whole(json);
        return;
    }
}
END_TEST

START_TEST(outside_of_a_parse_a_failure_is_jansson_s_own)
{
    json_t *list = json_array();
    for (long n = 0;; n++) {
        fail_malloc_after(n);
        int result = json_array_append_new(list, json_string(LONG));
        bool has_failed = fail_malloc_off();
        ck_assert_int_eq(result == 0, !has_failed);
        if (!has_failed)
            break;
    }
    ck_assert_uint_eq(json_array_size(list), 1);
    json_decref(list);
}
END_TEST

Suite *suite_json_memory(void);
Suite *suite_json_memory(void)
{
    Suite *suite = suite_create("json_memory");
    TCase *tests = tcase_create("json_memory");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, a_text_is_read_whole);
    tcase_add_test(tests, a_malformed_text_is_told_from_a_lack_of_memory);
    tcase_add_test(tests, each_allocation_fails);
    tcase_add_test(tests, a_file_is_read_too);
    tcase_add_test(tests, outside_of_a_parse_a_failure_is_jansson_s_own);
    suite_add_tcase(suite, tests);
    return suite;
}
