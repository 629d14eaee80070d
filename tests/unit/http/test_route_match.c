/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Paths and templates.
 */
#include <stdio.h>
#include <string.h>

#include "http/route_match.h"
#include "routes.h"
#include "suites.h"
#include "support.h"

static struct http_exchange *exchange;

static void teardown(void)
{
    http_exchange_test_free(exchange);
    exchange = NULL;
}

static size_t row_of(const char *method, const char *path)
{
    char line[2048];
    snprintf(line, sizeof line, "%s %s", method, path);
    teardown();
    exchange = exchange_for(line, NULL);
    return http_match(&test_router, exchange).row;
}

static bool is_known(const char *path)
{
    row_of("GET", path);
    return http_match(&test_router, exchange).path != NULL;
}

START_TEST(each_row_is_found)
{
    ck_assert_uint_eq(row_of("GET", "/tasks"), ROUTE_LIST);
    ck_assert_uint_eq(row_of("POST", "/tasks"), ROUTE_CREATE);
    ck_assert_uint_eq(row_of("POST", "/tasks/quick"), ROUTE_QUICK);
    ck_assert_uint_eq(row_of("GET", "/tasks/1"), ROUTE_GET);
    ck_assert_uint_eq(row_of("DELETE", "/tasks/1"), ROUTE_DELETE);
    ck_assert_uint_eq(row_of("POST", "/tasks/1/complete"), ROUTE_COMPLETE);
}
END_TEST

START_TEST(head_is_get)
{
    ck_assert_uint_eq(row_of("HEAD", "/tasks/1"), ROUTE_GET);
}
END_TEST

START_TEST(another_method_of_a_known_path_has_no_row)
{
    ck_assert_uint_eq(row_of("PUT", "/tasks"), ROUTE_COUNT);
    ck_assert(is_known("/tasks"));
}
END_TEST

START_TEST(a_literal_path_wins_over_a_template)
{
    ck_assert_uint_eq(row_of("GET", "/tasks/quick"), ROUTE_COUNT);
    struct http_match match = http_match(&test_router, exchange);
    ck_assert_str_eq(match.path, "/tasks/quick");
    ck_assert_uint_eq(match.methods, HTTP_METHOD_BIT(HTTP_POST));
}
END_TEST

START_TEST(an_id_is_handed_out)
{
    row_of("GET", "/tasks/9007199254740991");
    ck_assert_int_eq(exchange->path_ids[0], INT64_C(9007199254740991));
}
END_TEST

START_TEST(what_is_not_an_id_is_unknown)
{
    static const char *const BAD[] = {
        "/tasks/0",
        "/tasks/01",
        "/tasks/-1",
        "/tasks/+1",
        "/tasks/1x",
        "/tasks/abc",
        "/tasks/1.0",
        "/tasks/",
        "/tasks/ 1",
        "/tasks/9007199254740992",
        "/tasks/1e3",
        "/tasks/0x1",
        "/tasks/99999999999999999999999999",
    };
    for (size_t i = 0; i < ARRAY_SIZE(BAD); i++)
        ck_assert_msg(!is_known(BAD[i]), "%s", BAD[i]);
}
END_TEST

START_TEST(other_paths_are_unknown)
{
    static const char *const BAD[] = {
        "",
        "/",
        "/task",
        "/tasks/",
        "/tasksx",
        "/tasks/1/",
        "//tasks",
        "/Tasks",
        "/tasks/1/complet",
        "/tasks/1/completed",
        "/lists/a",
        "/lists//changes/1",
    };
    for (size_t i = 0; i < ARRAY_SIZE(BAD); i++)
        ck_assert_msg(!is_known(BAD[i]), "%s", BAD[i]);
}
END_TEST

START_TEST(a_text_and_an_id_are_counted_apart)
{
    ck_assert_uint_eq(row_of("GET", "/lists/h\xc3\xa4h & co/changes/7"), ROUTE_NAMED);
    ck_assert_str_eq(exchange->path_texts[0].data, "h\xc3\xa4h & co");
    ck_assert_uint_eq(exchange->path_texts[0].size, 9);
    ck_assert_int_eq(exchange->path_ids[0], 7);
}
END_TEST

static bool known_with_name(const char *unit, unsigned count)
{
    char path[1024] = "/lists/";
    for (unsigned i = 0; i < count; i++)
        strcat(path, unit);
    strcat(path, "/changes/7");
    return is_known(path);
}

START_TEST(a_text_has_up_to_200_code_points)
{
    ck_assert(known_with_name("\xc3\xa4", HTTP_PATH_TEXT_MAX));
    ck_assert(!known_with_name("\xc3\xa4", HTTP_PATH_TEXT_MAX + 1));
}
END_TEST

START_TEST(a_text_of_invalid_utf8_is_unknown)
{
    ck_assert(!known_with_name("\xff", 1));
    ck_assert(!known_with_name("a\xc3", 1));
}
END_TEST

Suite *suite_route_match(void)
{
    Suite *suite = suite_create("route_match");
    TCase *tests = tcase_create("route_match");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, each_row_is_found);
    tcase_add_test(tests, head_is_get);
    tcase_add_test(tests, another_method_of_a_known_path_has_no_row);
    tcase_add_test(tests, a_literal_path_wins_over_a_template);
    tcase_add_test(tests, an_id_is_handed_out);
    tcase_add_test(tests, what_is_not_an_id_is_unknown);
    tcase_add_test(tests, other_paths_are_unknown);
    tcase_add_test(tests, a_text_and_an_id_are_counted_apart);
    tcase_add_test(tests, a_text_has_up_to_200_code_points);
    tcase_add_test(tests, a_text_of_invalid_utf8_is_unknown);
    suite_add_tcase(suite, tests);
    return suite;
}
