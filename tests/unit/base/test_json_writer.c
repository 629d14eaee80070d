/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/json_writer.c.
 */
#include "base/json_writer.h"

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/fail_malloc.h"

static struct buf buf;
static struct json_writer w;

static void setup(void)
{
    buf = (struct buf){0};
    w = json_writer(&buf);
}

static void teardown(void)
{
    buf_close(&buf);
}

START_TEST(members_are_separated_by_commas)
{
    json_write_object_begin(&w);
    json_write_member_cstring(&w, "a", "x");
    json_write_member_string(&w, "b", "yz", 1);
    json_write_member_int(&w, "c", -5);
    json_write_member_bool(&w, "d", true);
    json_write_member_bool(&w, "e", false);
    json_write_member_null(&w, "f");
    json_write_object_end(&w);
    ck_assert_str_eq(buf_string(&buf),
                     "{\"a\":\"x\",\"b\":\"y\",\"c\":-5,\"d\":true,\"e\":false,\"f\":null}");
}
END_TEST

START_TEST(values_of_an_array_are_separated_by_commas)
{
    json_write_array_begin(&w);
    json_write_int(&w, 1);
    json_write_int(&w, 2);
    json_write_string(&w, "x", 1);
    json_write_raw(&w, "{\"r\":1}", 7);
    json_write_milliseconds(&w, 1500);
    json_write_milliseconds(&w, 0);
    json_write_null(&w);
    json_write_bool(&w, true);
    json_write_array_end(&w);
    ck_assert_str_eq(buf_string(&buf), "[1,2,\"x\",{\"r\":1},0.001,0.000,null,true]");
}
END_TEST

START_TEST(empty_structures_nest)
{
    json_write_array_begin(&w);
    json_write_object_begin(&w);
    json_write_object_end(&w);
    json_write_array_begin(&w);
    json_write_array_end(&w);
    json_write_object_begin(&w);
    json_write_key(&w, "k");
    json_write_array_begin(&w);
    json_write_array_end(&w);
    json_write_member_int(&w, "l", 1);
    json_write_object_end(&w);
    json_write_array_end(&w);
    ck_assert_str_eq(buf_string(&buf), "[{},[],{\"k\":[],\"l\":1}]");
}
END_TEST

START_TEST(no_string_is_null)
{
    json_write_cstring(&w, NULL);
    ck_assert_str_eq(buf_string(&buf), "null");
}
END_TEST

static const struct {
    int64_t nanoseconds;
    const char *text;
} durations[] = {
    {0, "0.000"},
    {999, "0.000"},
    {1000, "0.001"},
    {12345678, "12.345"},
    {60000000000, "60000.000"},
    {-1500000, "-1.500"},
    {-20000, "-0.020"},
    {INT64_MAX, "9223372036854.775"},
    {INT64_MIN, "-9223372036854.775"},
};

START_TEST(durations_are_milliseconds_with_three_decimals)
{
    json_write_milliseconds(&w, durations[_i].nanoseconds);
    ck_assert_str_eq(buf_string(&buf), durations[_i].text);
}
END_TEST

static const struct {
    const char *name;
    const char *in;
    const char *out; /* without its quotes */
} strings[] = {
    {"nothing", "", ""},
    {"plain", "plain text 0-9 /<>&'", "plain text 0-9 /<>&'"},
    {"quote and backslash", "\"\\", "\\\"\\\\"},
    {"short escapes", "\b\f\n\r\t", "\\b\\f\\n\\r\\t"},
    {"other controls", "\x01\x0b\x0e\x1f", "\\u0001\\u000b\\u000e\\u001f"},
    {"delete", "a\x7f", "a\\u007f"},
    {"C1 controls", "\xc2\x80\xc2\x85\xc2\x9b\xc2\x9f", "\\u0080\\u0085\\u009b\\u009f"},
    {"line separators", "\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029"},
    {"neighbours of what is escaped", "\xc2\xa0\xe2\x80\xa7\xe2\x80\xaa",
     "\xc2\xa0\xe2\x80\xa7\xe2\x80\xaa"},
    {"two, three and four bytes", "é€😀", "é€😀"},
    {"lone continuation", "a\x80z", "a�z"},
    {"byte that never occurs", "\xff\xfe", "��"},
    {"overlong slash", "\xc0\xaf", "��"},
    {"surrogate", "\xed\xa0\x80", "���"},
    {"above U+10FFFF", "\xf4\x90\x80\x80", "����"},
    {"cut in the middle", "x\xe2\x82", "x�"},
    {"cut before a quote", "\xf0\x9f\x98\"", "�\\\""},
    {"escape between runs", "aa\nbb\ncc", "aa\\nbb\\ncc"},
};

START_TEST(strings_are_escaped)
{
    char expected[128];
    snprintf(expected, sizeof(expected), "\"%s\"", strings[_i].out);
    json_write_cstring(&w, strings[_i].in);
    ck_assert_msg(strcmp(buf_string(&buf), expected) == 0, "%s: %s", strings[_i].name,
                  buf_string(&buf));
}
END_TEST

START_TEST(nul_is_escaped)
{
    json_write_string(&w, "a\0b", 3);
    ck_assert_str_eq(buf_string(&buf), "\"a\\u0000b\"");
}
END_TEST

START_TEST(no_data_of_no_size_is_empty)
{
    json_write_string(&w, NULL, 0);
    ck_assert_str_eq(buf_string(&buf), "\"\"");
}
END_TEST

/* Every pair of bytes, in the middle and at the end of a string. */
START_TEST(any_bytes_are_valid_json)
{
    for (int second = 0; second < 256; second++) {
        char bytes[] = {'a', (char)_i, (char)second, 'z', (char)_i, (char)second};
        buf_clear(&buf);
        w = json_writer(&buf);
        json_write_array_begin(&w);
        json_write_string(&w, bytes, sizeof(bytes));
        json_write_array_end(&w);
        json_t *parsed = json_loadb(buf.data, buf.size, JSON_ALLOW_NUL, NULL);
        ck_assert_msg(parsed != NULL, "bytes %02x %02x", _i, second);
        json_decref(parsed);
    }
}
END_TEST

START_TEST(long_strings_of_escapes_fit)
{
    char bytes[3000];
    memset(bytes, 1, sizeof(bytes));
    json_write_string(&w, bytes, sizeof(bytes));
    ck_assert_uint_eq(buf.size, 6 * sizeof(bytes) + 2);
}
END_TEST

static void write_something_of_everything(void)
{
    w = json_writer(&buf);
    json_write_object_begin(&w);
    json_write_member_cstring(&w, "key of a size that wants memory of its own", "a\nb");
    char filler[300];
    memset(filler, 'x', sizeof(filler));
    filler[150] = '\n';
    json_write_member_string(&w, "k", filler, sizeof(filler));
    json_write_key(&w, "ms");
    json_write_milliseconds(&w, -5000);
    json_write_key(&w, "list");
    json_write_array_begin(&w);
    json_write_raw(&w, filler, sizeof(filler));
    json_write_array_end(&w);
    json_write_member_bool(&w, "b", true);
    json_write_member_null(&w, "n");
    json_write_member_int(&w, "i", 12);
    json_write_object_end(&w);
}

START_TEST(without_memory_the_buffer_fails)
{
    long nth = 0;
    do {
        buf_close(&buf);
        fail_malloc_after(nth++);
        write_something_of_everything();
        fail_malloc_off();
    } while (buf.failed);
    ck_assert_int_gt(nth, 2);
}
END_TEST

/* Every length of plain text before and after something that is escaped, so that no step of several
 * bytes at once misses it. */
START_TEST(escapes_are_found_at_any_place)
{
    static const char specials[] = "\"\\\n\x1f\x7f\xff";
    char text[40];
    for (size_t size = 1; size <= sizeof(text); size++) {
        for (size_t at = 0; at < size; at++) {
            struct buf expected CLEANUP_BUF = {0};
            struct json_writer alone = json_writer(&expected);
            memset(text, 'x', size);
            text[at] = specials[(size + at) % (sizeof(specials) - 1)];
            json_write_string(&alone, &text[at], 1);
            size_t escape = expected.size - 2;

            buf_clear(&buf);
            w = json_writer(&buf);
            json_write_string(&w, text, size);
            ck_assert_uint_eq(buf.size, size - 1 + escape + 2);
            ck_assert_mem_eq(buf.data + 1, text, at);
            ck_assert_mem_eq(buf.data + 1 + at, expected.data + 1, escape);
            ck_assert_mem_eq(buf.data + 1 + at + escape, text + at + 1, size - at - 1);
        }
    }
}
END_TEST

Suite *suite_json_writer(void);
Suite *suite_json_writer(void)
{
    Suite *suite = suite_create("json_writer");
    TCase *tcase = tcase_create("json_writer");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, members_are_separated_by_commas);
    tcase_add_test(tcase, values_of_an_array_are_separated_by_commas);
    tcase_add_test(tcase, empty_structures_nest);
    tcase_add_test(tcase, no_string_is_null);
    tcase_add_loop_test(tcase, durations_are_milliseconds_with_three_decimals, 0,
                        (int)ARRAY_SIZE(durations));
    tcase_add_loop_test(tcase, strings_are_escaped, 0, (int)ARRAY_SIZE(strings));
    tcase_add_test(tcase, nul_is_escaped);
    tcase_add_test(tcase, no_data_of_no_size_is_empty);
    tcase_add_loop_test(tcase, any_bytes_are_valid_json, 0, 256);
    tcase_add_test(tcase, long_strings_of_escapes_fit);
    tcase_add_test(tcase, without_memory_the_buffer_fails);
    tcase_add_test(tcase, escapes_are_found_at_any_place);
    suite_add_tcase(suite, tcase);
    return suite;
}
