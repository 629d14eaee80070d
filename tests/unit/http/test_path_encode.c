/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Percent-encoding of paths.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "suites.h"
#include "support.h"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena, 1);
}

static void teardown(void)
{
    arena_close(&arena);
}

static void encodes(const char *path, const char *encoded)
{
    ck_assert_str_eq(http_path_encode(&arena, path, strlen(path)), encoded);
}

START_TEST(what_a_path_may_hold_stays)
{
    encodes("/a-Z/0.9_~!$&'()*+,;=:@", "/a-Z/0.9_~!$&'()*+,;=:@");
    encodes("", "");
}
END_TEST

START_TEST(the_rest_is_escaped)
{
    encodes("a b%?#[]\"<>\\^`{|}", "a%20b%25%3F%23%5B%5D%22%3C%3E%5C%5E%60%7B%7C%7D");
    encodes("é☕", "%C3%A9%E2%98%95");
    encodes("\r\n\x7f\xff", "%0D%0A%7F%FF");
    ck_assert_str_eq(http_path_encode(&arena, "a\0b", 3), "a%00b");
}
END_TEST

START_TEST(no_memory)
{
    fail_malloc_after(0);
    const char *encoded = http_path_encode(&arena, "a", 1);
    fail_malloc_off();
    ck_assert_ptr_null(encoded);
}
END_TEST

Suite *suite_path_encode(void)
{
    Suite *suite = suite_create("path_encode");
    TCase *tcase = tcase_create("path_encode");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, what_a_path_may_hold_stays);
    tcase_add_test(tcase, the_rest_is_escaped);
    tcase_add_test(tcase, no_memory);
    suite_add_tcase(suite, tcase);
    return suite;
}
