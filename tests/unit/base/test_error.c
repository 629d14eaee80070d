/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/error.c.
 */
#include "base/error.h"

#include <check.h>
#include <string.h>

#include "base/utf8.h"

START_TEST(every_code_has_its_own_name)
{
    for (int i = 0; i < ERROR_CODE_COUNT; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(error_name((enum error_code)i), error_name((enum error_code)j));
}
END_TEST

START_TEST(unknown_codes_have_a_name)
{
    ck_assert_str_eq(error_name(ERROR_CODE_COUNT), "unknown");
    ck_assert_str_eq(error_name((enum error_code) - 1), "unknown");
}
END_TEST

START_TEST(set_fills_and_returns_the_code)
{
    struct error error = {0};
    ck_assert_int_eq(error_set(&error, ERROR_BUSY, "lock", "held by %d", 42), ERROR_BUSY);
    ck_assert_int_eq(error.code, ERROR_BUSY);
    ck_assert_str_eq(error.field, "lock");
    ck_assert_str_eq(error.message, "held by 42");
}
END_TEST

START_TEST(set_needs_no_structure)
{
    ck_assert_int_eq(error_set(NULL, ERROR_MEMORY, NULL, "%s", "x"), ERROR_MEMORY);
}
END_TEST

START_TEST(long_message_is_cut)
{
    struct error error;
    error_set(&error, ERROR_INVALID, NULL, "%*s", 1000, "x");
    ck_assert_uint_eq(strlen(error.message), sizeof(error.message) - 1);
}
END_TEST

START_TEST(message_of_exactly_the_size_is_whole)
{
    struct error error;
    error_set(&error, ERROR_INVALID, NULL, "%*s", (int)sizeof(error.message) - 1, "é");
    ck_assert_uint_eq(strlen(error.message), sizeof(error.message) - 1);
    ck_assert(utf8_valid(error.message, strlen(error.message)));
}
END_TEST

/* The loop moves the cut through each byte of a four-byte code point. */
START_TEST(cut_leaves_no_part_of_a_code_point)
{
    struct error error;
    error_set(&error, ERROR_INVALID, NULL, "%*s\xf0\x9f\x98\x80%*s", 508 + _i, "", 100, "");
    size_t size = strlen(error.message);
    ck_assert(utf8_valid(error.message, size));
    ck_assert_uint_eq(size, (size_t)(_i == 0 ? 511 : 508 + _i) - (_i == 0 ? 3 : 0));
}
END_TEST

START_TEST(invalid_bytes_become_question_marks)
{
    struct error error;
    error_set(&error, ERROR_INVALID, NULL, "a%sb%s", "\xff\xc3", "\xe2\x82");
    ck_assert_str_eq(error.message, "a\?\?b\?\?");
}
END_TEST

START_TEST(own_message_may_be_an_argument)
{
    struct error error;
    error_set(&error, ERROR_SYSTEM, NULL, "inner");
    error_set(&error, error.code, "file", "outer: %s", error.message);
    ck_assert_str_eq(error.message, "outer: inner");
}
END_TEST

Suite *suite_error(void);
Suite *suite_error(void)
{
    Suite *suite = suite_create("error");
    TCase *tcase = tcase_create("error");
    tcase_add_test(tcase, every_code_has_its_own_name);
    tcase_add_test(tcase, unknown_codes_have_a_name);
    tcase_add_test(tcase, set_fills_and_returns_the_code);
    tcase_add_test(tcase, set_needs_no_structure);
    tcase_add_test(tcase, long_message_is_cut);
    tcase_add_test(tcase, message_of_exactly_the_size_is_whole);
    tcase_add_loop_test(tcase, cut_leaves_no_part_of_a_code_point, 0, 4);
    tcase_add_test(tcase, invalid_bytes_become_question_marks);
    tcase_add_test(tcase, own_message_may_be_an_argument);
    suite_add_tcase(suite, tcase);
    return suite;
}
