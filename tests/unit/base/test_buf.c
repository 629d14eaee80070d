/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/buf.c.
 */
#include "base/buf.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/fail_malloc.h"

static struct buf buf;

static void setup(void)
{
    buf = (struct buf){0};
}

static void teardown(void)
{
    buf_close(&buf);
}

START_TEST(empty_buffer_is_an_empty_string)
{
    ck_assert_str_eq(buf_string(&buf), "");
    ck_assert_uint_eq(buf.size, 0);
}
END_TEST

START_TEST(appends_follow_each_other)
{
    buf_append(&buf, "a\0b", 3);
    buf_append_string(&buf, "cd");
    buf_append_char(&buf, 'e');
    ck_assert_uint_eq(buf.size, 6);
    ck_assert_mem_eq(buf_string(&buf), "a\0bcde", 7);
}
END_TEST

START_TEST(nothing_may_be_appended)
{
    buf_append(&buf, NULL, 0);
    buf_append_string(&buf, "");
    ck_assert(!buf.failed);
    ck_assert_uint_eq(buf.size, 0);
}
END_TEST

START_TEST(terminator_does_not_count)
{
    buf_append_string(&buf, "x");
    buf_string(&buf);
    buf_append_string(&buf, "y");
    ck_assert_str_eq(buf_string(&buf), "xy");
}
END_TEST

START_TEST(grows_byte_by_byte)
{
    for (int i = 0; i < 100000; i++)
        buf_append_char(&buf, (char)(i % 251));
    ck_assert_uint_eq(buf.size, 100000);
    for (int i = 0; i < 100000; i++)
        ck_assert(buf.data[i] == (char)(i % 251));
}
END_TEST

START_TEST(growth_costs_few_allocations)
{
    fail_malloc_after(20);
    for (int i = 0; i < 1 << 20; i++)
        buf_append_char(&buf, 'x');
    ck_assert(!fail_malloc_off());
}
END_TEST

START_TEST(reserve_gives_all_the_room)
{
    char *place = buf_reserve(&buf, 10000);
    memset(place, 'x', 10000);
    buf.size += 10000;
    ck_assert_uint_ge(buf.capacity, 10000);
    ck_assert_mem_eq(buf_string(&buf) + 9999, "x", 2);
}
END_TEST

static const int64_t numbers[] = {0, 7, -1, 10, 1234567890, INT64_MAX, INT64_MIN, INT64_MIN + 1};

START_TEST(integers_are_decimal)
{
    char expected[32];
    snprintf(expected, sizeof(expected), "%" PRId64, numbers[_i]);
    buf_append_int(&buf, numbers[_i]);
    ck_assert_str_eq(buf_string(&buf), expected);
}
END_TEST

static const int widths[] = {0, 1, 126, 127, 128, 129, 255, 256, 257, 5000};

START_TEST(printf_formats_any_length)
{
    int width = widths[_i];
    buf_append_char(&buf, '<');
    buf_printf(&buf, "%.*s|%d", width, "", 5);
    buf_printf(&buf, "%*s>", width, "");
    ck_assert_uint_eq(buf.size, (size_t)width + 5 - 1);
    ck_assert_int_eq(buf.data[buf.size - 1], '>');
    ck_assert_int_eq(strncmp(buf_string(&buf), "<|5", 3), 0);
}
END_TEST

START_TEST(clear_keeps_the_memory)
{
    buf_append_string(&buf, "text");
    const char *data = buf.data;
    buf_clear(&buf);
    buf_append_string(&buf, "more");
    ck_assert_ptr_eq(buf.data, data);
    ck_assert_str_eq(buf_string(&buf), "more");
}
END_TEST

START_TEST(closed_buffer_is_usable_again)
{
    buf_append_string(&buf, "text");
    buf_close(&buf);
    ck_assert_ptr_null(buf.data);
    buf_append_string(&buf, "more");
    ck_assert_str_eq(buf_string(&buf), "more");
}
END_TEST

START_TEST(failure_is_sticky)
{
    fail_malloc_after(0);
    buf_append_string(&buf, "lost");
    fail_malloc_off();
    ck_assert(buf.failed);
    buf_append_string(&buf, "lost too");
    buf_append_char(&buf, 'x');
    buf_append_int(&buf, 1);
    buf_printf(&buf, "%d", 1);
    ck_assert_ptr_null(buf_reserve(&buf, 1));
    ck_assert_ptr_null(buf_string(&buf));
    ck_assert_uint_eq(buf.size, 0);
}
END_TEST

START_TEST(clear_ends_the_failure)
{
    fail_malloc_after(0);
    buf_append_char(&buf, 'x');
    fail_malloc_off();
    buf_clear(&buf);
    buf_append_string(&buf, "fine");
    ck_assert_str_eq(buf_string(&buf), "fine");
}
END_TEST

START_TEST(failure_while_growing_keeps_what_was_there)
{
    buf_append_string(&buf, "kept");
    fail_malloc_after(0);
    const char *place = buf_reserve(&buf, 1 << 20);
    fail_malloc_off();
    ck_assert_ptr_null(place);
    ck_assert_mem_eq(buf.data, "kept", 4);
    ck_assert_uint_eq(buf.size, 4);
}
END_TEST

START_TEST(long_printf_without_memory_appends_nothing)
{
    buf_append_string(&buf, "kept");
    fail_malloc_after(0);
    buf_printf(&buf, "%5000d", 1);
    fail_malloc_off();
    ck_assert(buf.failed);
    ck_assert_uint_eq(buf.size, 4);
}
END_TEST

START_TEST(impossible_sizes_fail)
{
    buf_append_char(&buf, 'x');
    ck_assert_ptr_null(buf_reserve(&buf, SIZE_MAX));
    ck_assert(buf.failed);
    buf_clear(&buf);
    ck_assert_ptr_null(buf_reserve(&buf, SIZE_MAX / 2 + 2));
    ck_assert(buf.failed);
}
END_TEST

Suite *suite_buf(void);
Suite *suite_buf(void)
{
    Suite *suite = suite_create("buf");
    TCase *tcase = tcase_create("buf");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, empty_buffer_is_an_empty_string);
    tcase_add_test(tcase, appends_follow_each_other);
    tcase_add_test(tcase, nothing_may_be_appended);
    tcase_add_test(tcase, terminator_does_not_count);
    tcase_add_test(tcase, grows_byte_by_byte);
    tcase_add_test(tcase, growth_costs_few_allocations);
    tcase_add_test(tcase, reserve_gives_all_the_room);
    tcase_add_loop_test(tcase, integers_are_decimal, 0, (int)ARRAY_SIZE(numbers));
    tcase_add_loop_test(tcase, printf_formats_any_length, 0, (int)ARRAY_SIZE(widths));
    tcase_add_test(tcase, clear_keeps_the_memory);
    tcase_add_test(tcase, closed_buffer_is_usable_again);
    tcase_add_test(tcase, failure_is_sticky);
    tcase_add_test(tcase, clear_ends_the_failure);
    tcase_add_test(tcase, failure_while_growing_keeps_what_was_there);
    tcase_add_test(tcase, long_printf_without_memory_appends_nothing);
    tcase_add_test(tcase, impossible_sizes_fail);
    suite_add_tcase(suite, tcase);
    return suite;
}
