/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The query string.
 */
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "support.h"

static struct http_exchange *exchange;

static void teardown(void)
{
    http_exchange_test_free(exchange);
    exchange = NULL;
}

static const char *value_of(const char *name)
{
    const struct parameter *parameter = http_parameter(&exchange->request, name);
    if (parameter == NULL)
        return NULL;
    ck_assert_uint_eq(parameter->size, strlen(parameter->value));
    return parameter->value;
}

START_TEST(parameters_keep_their_order)
{
    exchange = exchange_for("GET /?b=2&a=1", NULL);
    ck_assert_uint_eq(exchange->request.parameter_count, 2);
    ck_assert_str_eq(exchange->request.parameters[0].name, "b");
    ck_assert_str_eq(exchange->request.parameters[1].value, "1");
}
END_TEST

START_TEST(plus_and_escapes_are_decoded)
{
    exchange = exchange_for("GET /?q%5B=a+b%20c%2B%26%3D&u=%c3%A4", NULL);
    ck_assert_str_eq(value_of("q["), "a b c+&=");
    ck_assert_str_eq(value_of("u"), "\xc3\xa4");
}
END_TEST

START_TEST(only_the_first_equals_sign_separates)
{
    exchange = exchange_for("GET /?a=b=c", NULL);
    ck_assert_str_eq(value_of("a"), "b=c");
}
END_TEST

START_TEST(a_parameter_without_equals_sign_is_empty)
{
    exchange = exchange_for("GET /?a&b=", NULL);
    ck_assert_str_eq(value_of("a"), "");
    ck_assert_str_eq(value_of("b"), "");
}
END_TEST

START_TEST(empty_pieces_are_ignored)
{
    exchange = exchange_for("GET /?&a=1&&b=2&", NULL);
    ck_assert_uint_eq(exchange->request.parameter_count, 2);
    ck_assert_uint_eq(exchange->faults.count, 0);
}
END_TEST

START_TEST(an_absent_parameter_is_null)
{
    exchange = exchange_for("GET /?a=1", NULL);
    ck_assert_ptr_null(value_of("b"));
}
END_TEST

static void assert_fault(const char *line, const char *name, const char *detail)
{
    exchange = exchange_for(line, NULL);
    ck_assert_uint_eq(exchange->faults.count, 1);
    ck_assert_ptr_nonnull(fault_at(exchange, FAULT_PARAMETER, name));
    ck_assert_str_eq(fault_at(exchange, FAULT_PARAMETER, name), detail);
    ck_assert_uint_eq(exchange->request.parameter_count, 1);
    teardown();
}

START_TEST(bad_escapes_are_faults)
{
    assert_fault("GET /?ok=1&a=%", "a", "has a bad percent escape");
    assert_fault("GET /?ok=1&a=%4", "a", "has a bad percent escape");
    assert_fault("GET /?a=%zz&ok=1", "a", "has a bad percent escape");
    assert_fault("GET /?a=%4&ok=1", "a", "has a bad percent escape");
    assert_fault("GET /?a%g=1&ok=1", "a%g", "its name has a bad percent escape");
}
END_TEST

START_TEST(invalid_utf8_is_a_fault)
{
    assert_fault("GET /?a=%ff&ok=1", "a", "is not valid UTF-8");
    assert_fault("GET /?a=%c3&ok=1", "a", "is not valid UTF-8");
    assert_fault("GET /?a=%ed%a0%80&ok=1", "a", "is not valid UTF-8");
}
END_TEST

START_TEST(nul_is_a_fault)
{
    assert_fault("GET /?a=x%00y&ok=1", "a", "must not contain NUL");
    assert_fault("GET /?a%00=x&ok=1", "a?", "its name must not contain NUL");
}
END_TEST

static void make_with(unsigned count)
{
    char line[1024] = "GET /?";
    for (unsigned i = 0; i < count; i++)
        snprintf(line + strlen(line), sizeof line - strlen(line), "p%u=1&", i);
    exchange = exchange_for(line, NULL);
}

START_TEST(as_many_parameters_as_allowed_are_read)
{
    make_with(HTTP_QUERY_MAX);
    ck_assert_uint_eq(exchange->request.parameter_count, HTTP_QUERY_MAX);
    ck_assert_uint_eq(exchange->faults.count, 0);
}
END_TEST

START_TEST(more_parameters_are_one_fault)
{
    make_with(HTTP_QUERY_MAX + 1);
    ck_assert_uint_eq(exchange->request.parameter_count, 0);
    ck_assert_uint_eq(exchange->faults.count, 1);
}
END_TEST

START_TEST(a_boolean_is_true_false_or_absent)
{
    exchange = exchange_for("GET /?t=true&f=false", NULL);
    ck_assert(http_parameter_bool(&exchange->request, "t", &exchange->faults));
    ck_assert(!http_parameter_bool(&exchange->request, "f", &exchange->faults));
    ck_assert(!http_parameter_bool(&exchange->request, "x", &exchange->faults));
    ck_assert_uint_eq(exchange->faults.count, 0);
}
END_TEST

START_TEST(another_boolean_is_a_fault)
{
    exchange = exchange_for("GET /?t=True", NULL);
    ck_assert(!http_parameter_bool(&exchange->request, "t", &exchange->faults));
    ck_assert_str_eq(fault_at(exchange, FAULT_PARAMETER, "t"), "must be true or false");
}
END_TEST

Suite *suite_query_string(void)
{
    Suite *suite = suite_create("query_string");
    TCase *tests = tcase_create("query_string");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, parameters_keep_their_order);
    tcase_add_test(tests, plus_and_escapes_are_decoded);
    tcase_add_test(tests, only_the_first_equals_sign_separates);
    tcase_add_test(tests, a_parameter_without_equals_sign_is_empty);
    tcase_add_test(tests, empty_pieces_are_ignored);
    tcase_add_test(tests, an_absent_parameter_is_null);
    tcase_add_test(tests, bad_escapes_are_faults);
    tcase_add_test(tests, invalid_utf8_is_a_fault);
    tcase_add_test(tests, nul_is_a_fault);
    tcase_add_test(tests, as_many_parameters_as_allowed_are_read);
    tcase_add_test(tests, more_parameters_are_one_fault);
    tcase_add_test(tests, a_boolean_is_true_false_or_absent);
    tcase_add_test(tests, another_boolean_is_a_fault);
    suite_add_tcase(suite, tests);
    return suite;
}
