/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/tracestate.c.
 */
#include "observe/tracestate.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"

#define TEN      "xxxxxxxxxx"
#define FIFTY    TEN TEN TEN TEN TEN
#define TEXT_256 FIFTY FIFTY FIFTY FIFTY FIFTY "xxxxxx"
#define TEXT_241 FIFTY FIFTY FIFTY FIFTY TEN TEN TEN TEN "x"

static const struct {
    const char *header;
    const char *kept;
} valid[] = {
    {"a=1", "a=1"},
    {"a=1,b=2", "a=1,b=2"},
    {"a=1 \t , \tb=2\t", "a=1,b=2"},
    {"a=1,,\t,b=2,", "a=1,b=2"},
    {"a=1,b=2,a=3", "a=1,b=2"},
    {"ab=1,a=2", "ab=1,a=2"},
    {"abcdefghijklmnopqrstuvwxyz0123456789_-*/= !~",
     "abcdefghijklmnopqrstuvwxyz0123456789_-*/= !~"},
    {"0tenant@system=1", "0tenant@system=1"},
    {TEXT_256 "=1", TEXT_256 "=1"},
    {TEXT_241 "@abcdefghijklmn=1", TEXT_241 "@abcdefghijklmn=1"},
    {"a=" TEXT_256, "a=" TEXT_256},
};

START_TEST(valid_list_is_kept)
{
    char text[TRACESTATE_SIZE_MAX + 1];
    size_t size = tracestate_read(valid[_i].header, text);
    ck_assert_str_eq(text, valid[_i].kept);
    ck_assert_uint_eq(size, strlen(valid[_i].kept));
}
END_TEST

static const char *const invalid[] = {
    NULL,
    "",
    " \t ",
    ",",
    "a",
    "a=",
    "a= ",
    "=1",
    "A=1",
    "1a=1",
    "_a=1",
    "a =1",
    "a.b=1",
    "a=b=c",
    "a=b\tc",
    "a=\x7f",
    "a=\xc3\xa9",
    "\xff=1",
    "@b=1",
    "a@=1",
    "a@1b=1",
    "a@@b=1",
    "a@b@c=1",
    "_a@b=1",
    TEXT_256 "x=1",
    TEXT_241 "x@a=1",
    "a@abcdefghijklmno=1",
    "a=" TEXT_256 "x",
    "a=1,b",
    "b=,a=1",
};

START_TEST(invalid_list_is_dropped)
{
    char text[TRACESTATE_SIZE_MAX + 1] = "as before";
    ck_assert_uint_eq(tracestate_read(invalid[_i], text), 0);
    ck_assert_str_eq(text, "");
}
END_TEST

static size_t read_members(unsigned count, const char *value)
{
    char header[16384] = "";
    char text[TRACESTATE_SIZE_MAX + 1];
    size_t size = 0;
    for (unsigned i = 0; i < count; i++)
        size += (size_t)snprintf(header + size, sizeof(header) - size, "k%02u=%s,", i, value);
    size_t kept = tracestate_read(header, text);
    ck_assert_uint_eq(kept, strlen(text));
    return kept;
}

START_TEST(members_are_limited)
{
    ck_assert_uint_eq(read_members(TRACESTATE_MEMBERS_MAX, "1"),
                      TRACESTATE_MEMBERS_MAX * strlen("k00=1,") - 1);
    ck_assert_uint_eq(read_members(TRACESTATE_MEMBERS_MAX + 1, "1"), 0);
}
END_TEST

START_TEST(long_list_loses_whole_members_at_its_end)
{
    size_t member = strlen("k00=" TEXT_241);
    size_t fitting = (TRACESTATE_SIZE_MAX + 1) / (member + 1);
    ck_assert_uint_eq(read_members(20, TEXT_241), fitting * (member + 1) - 1);
}
END_TEST

Suite *suite_tracestate(void);
Suite *suite_tracestate(void)
{
    Suite *suite = suite_create("tracestate");
    TCase *tcase = tcase_create("tracestate");
    tcase_add_loop_test(tcase, valid_list_is_kept, 0, (int)ARRAY_SIZE(valid));
    tcase_add_loop_test(tcase, invalid_list_is_dropped, 0, (int)ARRAY_SIZE(invalid));
    tcase_add_test(tcase, members_are_limited);
    tcase_add_test(tcase, long_list_loses_whole_members_at_its_end);
    suite_add_tcase(suite, tcase);
    return suite;
}
