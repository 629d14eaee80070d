/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * JSON pointers in URI fragments.
 */
#include <check.h>
#include <string.h>

#include "api/task_input.h"
#include "base/arena.h"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena, 1024);
}

static void teardown(void)
{
    arena_close(&arena);
}

static void expect(const char *token, size_t size, const char *pointer)
{
    const char *made = json_pointer_append(&arena, "#", token, size);
    ck_assert_ptr_nonnull(made);
    ck_assert_str_eq(made, pointer);
}

START_TEST(plain_name_is_kept)
{
    expect("colour", 6, "#/colour");
}
END_TEST

START_TEST(tilde_and_slash_are_escaped)
{
    expect("a~b/c", 5, "#/a~0b~1c");
}
END_TEST

START_TEST(what_a_fragment_may_not_hold_is_percent_encoded)
{
    expect("a b\"%\n", 6, "#/a%20b%22%25%0A");
    expect("\xc3\xa9", 2, "#/%C3%A9");
    expect("a\0b", 3, "#/a%00b");
}
END_TEST

START_TEST(empty_name_is_an_empty_token)
{
    expect("", 0, "#/");
}
END_TEST

START_TEST(long_name_is_cut)
{
    char name[5000];
    memset(name, 'x', sizeof(name));
    const char *made = json_pointer_append(&arena, "#", name, sizeof(name));
    ck_assert_ptr_nonnull(made);
    ck_assert_uint_eq(strlen(made), 202);
}
END_TEST

Suite *suite_json_pointer(void);
Suite *suite_json_pointer(void)
{
    Suite *suite = suite_create("json_pointer");
    TCase *tests = tcase_create("append");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, plain_name_is_kept);
    tcase_add_test(tests, tilde_and_slash_are_escaped);
    tcase_add_test(tests, what_a_fragment_may_not_hold_is_percent_encoded);
    tcase_add_test(tests, empty_name_is_an_empty_token);
    tcase_add_test(tests, long_name_is_cut);
    suite_add_tcase(suite, tests);
    return suite;
}
