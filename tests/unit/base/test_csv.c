/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/csv.c.
 */
#include "base/csv.h"

#include <check.h>
#include <string.h>

static void expect_cell(const char *text, size_t size, const char *cell)
{
    struct buf out CLEANUP_BUF = {0};
    struct csv_writer w = csv_writer(&out);
    csv_write_text(&w, text, size);
    ck_assert_str_eq(buf_string(&out), cell);
}

static void expect_text(const char *text, const char *cell)
{
    expect_cell(text, strlen(text), cell);
}

START_TEST(a_plain_text_stands_as_it_is)
{
    expect_text("", "");
    expect_text("Buy milk", "Buy milk");
    expect_text(" two  spaces ", " two  spaces ");
    expect_text("it's 5' long", "it's 5' long");
    expect_text("Straße 日本語 😀", "Straße 日本語 😀");
    expect_text("a\tb;c", "a\tb;c");
}
END_TEST

START_TEST(commas_quotes_and_line_breaks_are_quoted)
{
    expect_text("a,b", "\"a,b\"");
    expect_text("a\nb", "\"a\nb\"");
    expect_text("a\r\nb", "\"a\r\nb\"");
    expect_text("\"", "\"\"\"\"");
    expect_text("say \"no\"", "\"say \"\"no\"\"\"");
    expect_text("\"\"x", "\"\"\"\"\"x\"");
}
END_TEST

START_TEST(formulas_are_texts)
{
    expect_text("=1+1", "'=1+1");
    expect_text("+1", "'+1");
    expect_text("-1", "'-1");
    expect_text("@SUM(A1)", "'@SUM(A1)");
    expect_text("\t=1", "'\t=1");
    expect_text("\r=1", "\"'\r=1\"");
    expect_text("\n=1", "\"'\n=1\"");
    expect_text("=a,\"b\"", "\"'=a,\"\"b\"\"\"");
    expect_text("1=1", "1=1");
    expect_text("a-b", "a-b");
}
END_TEST

START_TEST(nothing_ends_at_a_nul)
{
    struct buf out CLEANUP_BUF = {0};
    struct csv_writer w = csv_writer(&out);
    csv_write_text(&w, "\0,x", 3);
    ck_assert_uint_eq(out.size, 5);
    ck_assert_int_eq(memcmp(out.data, "\"\0,x\"", 5), 0);
}
END_TEST

START_TEST(records_have_commas_between_cells)
{
    struct buf out CLEANUP_BUF = {0};
    struct csv_writer w = csv_writer(&out);
    csv_write_plain(&w, "id");
    csv_write_plain(&w, NULL);
    csv_write_bool(&w, true);
    csv_write_end(&w);
    csv_write_int(&w, INT64_C(9007199254740991));
    csv_write_text(&w, "x", 1);
    csv_write_bool(&w, false);
    csv_write_end(&w);
    ck_assert_str_eq(buf_string(&out), "id,,true\r\n9007199254740991,x,false\r\n");
}
END_TEST

Suite *suite_csv(void);
Suite *suite_csv(void)
{
    Suite *suite = suite_create("csv");
    TCase *tests = tcase_create("csv");
    tcase_add_test(tests, a_plain_text_stands_as_it_is);
    tcase_add_test(tests, commas_quotes_and_line_breaks_are_quoted);
    tcase_add_test(tests, formulas_are_texts);
    tcase_add_test(tests, nothing_ends_at_a_nul);
    tcase_add_test(tests, records_have_commas_between_cells);
    suite_add_tcase(suite, tests);
    return suite;
}
