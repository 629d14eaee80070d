/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/icalendar.c.
 */
#include "base/icalendar.h"

#include <check.h>
#include <string.h>

#include "base/utf8.h"

static struct buf out;

static void teardown(void)
{
    buf_close(&out);
}

static void expect_text(const char *text, const char *value)
{
    struct buf line CLEANUP_BUF = {0};
    buf_printf(&line, "X:%s\r\n", value);
    buf_clear(&out);
    icalendar_text(&out, "X", text, strlen(text));
    ck_assert_str_eq(buf_string(&out), buf_string(&line));
}

START_TEST(texts_are_escaped)
{
    expect_text("", "");
    expect_text("Buy milk: 2 \"litres\"", "Buy milk: 2 \"litres\"");
    expect_text("a;b,c\\d", "a\\;b\\,c\\\\d");
    expect_text("one\ntwo\r\nthree\rfour", "one\\ntwo\\nthree\\nfour");
    expect_text("\r\n\r\n", "\\n\\n");
    expect_text("a\tb", "a\tb");
    expect_text("a\x01\x7f"
                "b",
                "ab");
}
END_TEST

/* Every line within its limit and whole characters; returns the text without its folds. */
static const char *unfold(void)
{
    static char text[20000];
    size_t size = 0;
    const char *line = buf_string(&out);
    while (*line != '\0') {
        const char *end = strstr(line, "\r\n");
        ck_assert_ptr_nonnull(end);
        size_t length = (size_t)(end - line);
        ck_assert_uint_le(length, ICALENDAR_LINE_MAX);
        ck_assert(utf8_valid(line, length));
        bool folded = size > 0 && *line == ' ';
        ck_assert(folded || size == 0);
        memcpy(text + size, line + folded, length - folded);
        size += length - folded;
        line = end + 2;
    }
    text[size] = '\0';
    return text;
}

START_TEST(long_lines_are_folded_between_characters)
{
    static const char *const characters[] = {"x", "é", "語", "😀", "\\", " "};
    for (size_t i = 0; i < ARRAY_SIZE(characters); i++) {
        for (unsigned count = 0; count < 200; count++) {
            struct buf text CLEANUP_BUF = {0};
            struct buf expected CLEANUP_BUF = {0};
            buf_append_string(&expected, "SUMMARY:");
            for (unsigned n = 0; n < count; n++) {
                buf_append_string(&text, characters[i]);
                buf_append_string(&expected, characters[i]);
                buf_append_string(&expected, *characters[i] == '\\' ? "\\" : "");
            }
            buf_clear(&out);
            icalendar_text(&out, "SUMMARY", count > 0 ? text.data : "", text.size);
            ck_assert_str_eq(unfold(), buf_string(&expected));
        }
    }
}
END_TEST

START_TEST(a_line_of_75_octets_is_not_folded)
{
    char line[ICALENDAR_LINE_MAX + 2] = {0};
    memset(line, 'x', ICALENDAR_LINE_MAX);
    icalendar_line(&out, line);
    ck_assert_uint_eq(out.size, ICALENDAR_LINE_MAX + 2);
    buf_clear(&out);
    line[ICALENDAR_LINE_MAX] = 'x';
    icalendar_line(&out, line);
    ck_assert_uint_eq(out.size, ICALENDAR_LINE_MAX + 1 + 3 + 2);
}
END_TEST

START_TEST(an_escape_is_never_cut)
{
    struct buf text CLEANUP_BUF = {0};
    for (unsigned n = 0; n < 100; n++)
        buf_append_char(&text, ',');
    icalendar_text(&out, "AB", text.data, text.size);
    ck_assert_ptr_null(strstr(buf_string(&out), "\\\r\n"));
}
END_TEST

START_TEST(dates_and_instants_are_in_basic_format)
{
    icalendar_date(&out, "DUE;VALUE=DATE", date_from_civil((struct civil_date){2026, 1, 5}));
    ck_assert_str_eq(buf_string(&out), "DUE;VALUE=DATE:20260105\r\n");
    buf_clear(&out);
    icalendar_instant(&out, "DTSTAMP", INT64_C(1767348672987));
    ck_assert_str_eq(buf_string(&out), "DTSTAMP:20260102T101112Z\r\n");
}
END_TEST

Suite *suite_icalendar(void);
Suite *suite_icalendar(void)
{
    Suite *suite = suite_create("icalendar");
    TCase *tests = tcase_create("icalendar");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, texts_are_escaped);
    tcase_add_test(tests, long_lines_are_folded_between_characters);
    tcase_add_test(tests, a_line_of_75_octets_is_not_folded);
    tcase_add_test(tests, an_escape_is_never_cut);
    tcase_add_test(tests, dates_and_instants_are_in_basic_format);
    suite_add_tcase(suite, tests);
    return suite;
}
