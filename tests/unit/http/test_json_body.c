/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * JSON bodies.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/body.h"
#include "routes.h"
#include "suites.h"
#include "support.h"

static struct http_exchange *exchange;

static void teardown(void)
{
    http_exchange_test_free(exchange);
    exchange = NULL;
}

static json_t *parse(const char *body, size_t size, bool *ret_answered)
{
    teardown();
    exchange = exchange_with_body("POST /tasks", body, size, NULL);
    exchange->route = &test_routes[ROUTE_CREATE];
    return http_body_parse(exchange, ret_answered);
}

static json_t *parse_good(const char *body, size_t size)
{
    bool answered = true;
    json_t *json = parse(body, size, &answered);
    ck_assert_ptr_nonnull(json);
    ck_assert(!answered);
    ck_assert_uint_eq(exchange->faults.count, 0);
    return json;
}

static void assert_malformed(const char *body, size_t size, const char *place)
{
    bool answered = false;
    ck_assert_ptr_null(parse(body, size, &answered));
    ck_assert(answered);
    assert_problem(exchange, 400, "malformed-json");
    json_t *json = json_of(exchange);
    const char *detail = json_string_value(json_object_get(json, "detail"));
    ck_assert_msg(strncmp(detail, place, strlen(place)) == 0, "%s", detail);
    ck_assert_uint_lt(strlen(detail), 200);
    char members[100];
    snprintf(members, sizeof(members),
             "line %lld, column %lld: ", json_integer_value(json_object_get(json, "line")),
             json_integer_value(json_object_get(json, "column")));
    ck_assert_msg(strncmp(detail, members, strlen(members)) == 0, "%s", detail);
    json_decref(json);
}

static void assert_malformed_text(const char *body, const char *place)
{
    assert_malformed(body, strlen(body), place);
}

static void assert_unrepresentable(const char *body, size_t size)
{
    bool answered = true;
    ck_assert_ptr_null(parse(body, size, &answered));
    ck_assert(!answered);
    ck_assert_uint_eq(exchange->faults.count, 1);
    ck_assert_ptr_nonnull(fault_at(exchange, FAULT_POINTER, "#"));
}

START_TEST(an_object_is_parsed)
{
    json_t *json = parse_good("{\"a\": [1, true, null, \"\\u00e4\"]}", 32);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "a")), 4);
    json_decref(json);
}
END_TEST

START_TEST(any_json_value_is_parsed)
{
    json_decref(parse_good("null", 4));
    json_decref(parse_good(" 1 ", 3));
    json_decref(parse_good("\"x\"", 3));
}
END_TEST

START_TEST(text_that_is_not_json_is_malformed)
{
    assert_malformed_text("{", "line 1, column 1: ");
    assert_malformed_text("{\"a\":1,}", "line 1, column 8: ");
    assert_malformed_text("{\n\"a\" 1}", "line 2, column 5: ");
    assert_malformed_text("{'a':1}", "line 1, column ");
    assert_malformed_text("[01]", "line 1, column ");
    assert_malformed_text("nul", "line 1, column ");
    assert_malformed_text("   ", "line 1, column ");
    assert_malformed_text("{\"a\":\"\t\"}", "line 1, column ");
}
END_TEST

START_TEST(trailing_text_is_malformed)
{
    assert_malformed_text("{} x", "line 1, column 4: ");
    assert_malformed_text("{}{}", "line 1, column 3: ");
}
END_TEST

START_TEST(duplicate_names_are_malformed)
{
    assert_malformed_text("{\"a\":1,\"a\":1}", "line 1, column ");
    assert_malformed_text("{\"a\":1,\"\\u0061\":1}", "line 1, column ");
}
END_TEST

START_TEST(invalid_utf8_is_malformed)
{
    assert_malformed_text("{\"a\":\"\xff\"}", "line 1, column ");
    assert_malformed_text("{\"a\":\"\xc0\x80\"}", "line 1, column ");
    assert_malformed_text("{\"a\":\"\xed\xa0\x80\"}", "line 1, column ");
}
END_TEST

START_TEST(a_lone_surrogate_is_malformed)
{
    assert_malformed_text("{\"a\":\"\\ud800\"}", "line 1, column ");
    assert_malformed_text("{\"a\":\"\\udc00\"}", "line 1, column ");
}
END_TEST

START_TEST(a_byte_order_mark_is_malformed)
{
    assert_malformed_text("\xef\xbb\xbf{}", "line 1, column ");
}
END_TEST

START_TEST(a_raw_nul_is_malformed)
{
    assert_malformed("{}\0", 3, "line 1, column ");
    assert_malformed("{\"a\":\"\0\"}", 9, "line 1, column ");
    assert_malformed("\0", 1, "line 1, column ");
}
END_TEST

START_TEST(deep_nesting_is_malformed)
{
    char *deep = malloc(100000);
    memset(deep, '[', 100000);
    assert_malformed(deep, 100000, "line 1, column ");
    free(deep);
}
END_TEST

START_TEST(little_of_the_input_is_echoed)
{
    char *longer = malloc(100000);
    memset(longer, 'x', 100000);
    assert_malformed(longer, 100000, "line 1, column ");
    free(longer);
}
END_TEST

START_TEST(an_empty_body_is_malformed)
{
    bool answered = false;
    exchange = exchange_for("POST /tasks", NULL);
    exchange->route = &test_routes[ROUTE_CREATE];
    ck_assert_ptr_null(http_body_parse(exchange, &answered));
    ck_assert(answered);
    assert_problem(exchange, 400, "malformed-json");
}
END_TEST

START_TEST(an_optional_body_may_be_empty)
{
    bool answered = true;
    exchange = exchange_for("POST /tasks/5/complete", NULL);
    exchange->route = &test_routes[ROUTE_COMPLETE];
    ck_assert_ptr_null(http_body_parse(exchange, &answered));
    ck_assert(!answered);
    ck_assert_uint_eq(exchange->faults.count, 0);
}
END_TEST

START_TEST(an_escaped_nul_in_a_value_is_kept)
{
    json_t *json = parse_good("{\"a\":\"x\\u0000y\"}", 16);
    ck_assert_uint_eq(json_string_length(json_object_get(json, "a")), 3);
    json_decref(json);
}
END_TEST

START_TEST(an_escaped_nul_in_a_name_is_a_fault)
{
    assert_unrepresentable("{\"a\\u0000b\":1}", 14);
}
END_TEST

START_TEST(a_number_out_of_range_is_a_fault)
{
    assert_unrepresentable("[1e400]", 7);
    assert_unrepresentable("[-1e400]", 8);
}
END_TEST

START_TEST(an_integer_beyond_64_bits_is_kept_as_a_real)
{
    json_t *json = parse_good("[123456789012345678901234567890, 5]", 35);
    int64_t number = 0;
    ck_assert(json_is_real(json_array_get(json, 0)));
    ck_assert(!http_json_integer(json_array_get(json, 0), &number));
    ck_assert(http_json_integer(json_array_get(json, 1), &number));
    ck_assert_int_eq(number, 5);
    json_decref(json);
}
END_TEST

static bool integer_of(const char *text, int64_t *ret_number)
{
    json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
    ck_assert_ptr_nonnull(json);
    bool is = http_json_integer(json, ret_number);
    json_decref(json);
    return is;
}

START_TEST(integers_and_integral_reals_are_integers)
{
    static const struct {
        const char *text;
        int64_t number;
    } GOOD[] = {
        {"0", 0},
        {"-5", -5},
        {"1.0", 1},
        {"1e3", 1000},
        {"-0.0", 0},
        {"9007199254740992.0", INT64_C(9007199254740992)},
        {"9223372036854775807", INT64_MAX},
    };
    for (size_t i = 0; i < ARRAY_SIZE(GOOD); i++) {
        int64_t number = 77;
        ck_assert_msg(integer_of(GOOD[i].text, &number), "%s", GOOD[i].text);
        ck_assert_int_eq(number, GOOD[i].number);
    }
}
END_TEST

START_TEST(other_values_are_not_integers)
{
    static const char *const BAD[] = {
        "1.5", "1e300", "9007199254740994.0", "-1e17", "true", "null", "\"1\"", "[1]"};
    for (size_t i = 0; i < ARRAY_SIZE(BAD); i++) {
        int64_t number = 77;
        ck_assert_msg(!integer_of(BAD[i], &number), "%s", BAD[i]);
        ck_assert_int_eq(number, 77);
    }
}
END_TEST

START_TEST(faults_are_answered_when_there_are_any)
{
    exchange = exchange_for("POST /tasks", NULL);
    ck_assert(!http_answered_faults(exchange));
    faults_add(&exchange->faults, FAULT_POINTER, "#/a", "is bad");
    ck_assert(http_answered_faults(exchange));
    assert_problem(exchange, 400, "validation");
}
END_TEST

static TCase *case_malformed(void)
{
    TCase *tests = tcase_create("malformed");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, text_that_is_not_json_is_malformed);
    tcase_add_test(tests, trailing_text_is_malformed);
    tcase_add_test(tests, duplicate_names_are_malformed);
    tcase_add_test(tests, invalid_utf8_is_malformed);
    tcase_add_test(tests, a_lone_surrogate_is_malformed);
    tcase_add_test(tests, a_byte_order_mark_is_malformed);
    tcase_add_test(tests, a_raw_nul_is_malformed);
    tcase_add_test(tests, deep_nesting_is_malformed);
    tcase_add_test(tests, little_of_the_input_is_echoed);
    tcase_add_test(tests, an_empty_body_is_malformed);
    return tests;
}

Suite *suite_json_body(void)
{
    Suite *suite = suite_create("json_body");
    TCase *tests = tcase_create("json_body");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, an_object_is_parsed);
    tcase_add_test(tests, any_json_value_is_parsed);
    tcase_add_test(tests, an_optional_body_may_be_empty);
    tcase_add_test(tests, an_escaped_nul_in_a_value_is_kept);
    tcase_add_test(tests, an_escaped_nul_in_a_name_is_a_fault);
    tcase_add_test(tests, a_number_out_of_range_is_a_fault);
    tcase_add_test(tests, an_integer_beyond_64_bits_is_kept_as_a_real);
    tcase_add_test(tests, integers_and_integral_reals_are_integers);
    tcase_add_test(tests, other_values_are_not_integers);
    tcase_add_test(tests, faults_are_answered_when_there_are_any);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, case_malformed());
    return suite;
}
