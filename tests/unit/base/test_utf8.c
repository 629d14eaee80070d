/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/utf8.c.
 */
#include "base/utf8.h"

#include <check.h>
#include <string.h>

#include "base/cleanup.h"

static size_t decode(const char *text, uint32_t *ret_code_point)
{
    return utf8_decode(text, strlen(text), ret_code_point);
}

static const struct {
    const char *text;
    uint32_t code_point;
} valid[] = {
    {"\x01", 0x01},
    {"\x7f", 0x7f},
    {"\xc2\x80", 0x80},
    {"\xdf\xbf", 0x7ff},
    {"\xe0\xa0\x80", 0x800},
    {"\xed\x9f\xbf", 0xd7ff},
    {"\xee\x80\x80", 0xe000},
    {"\xef\xbf\xbf", 0xffff},
    {"\xf0\x90\x80\x80", 0x10000},
    {"\xf3\xa0\x80\x80", 0xe0000},
    {"\xf4\x8f\xbf\xbf", 0x10ffff},
};

START_TEST(bounds_of_each_length_are_valid)
{
    uint32_t code_point;
    ck_assert_uint_eq(decode(valid[_i].text, &code_point), strlen(valid[_i].text));
    ck_assert_uint_eq(code_point, valid[_i].code_point);
    char out[4];
    ck_assert_uint_eq(utf8_encode(code_point, out), strlen(valid[_i].text));
    ck_assert_mem_eq(out, valid[_i].text, strlen(valid[_i].text));
    ck_assert(utf8_valid(valid[_i].text, strlen(valid[_i].text)));
}
END_TEST

static const struct {
    const char *name;
    const char *text;
    size_t skipped;
} invalid[] = {
    {"lone continuation", "\x80", 1},
    {"last continuation byte alone", "\xbf", 1},
    {"overlong two bytes", "\xc0\x80", 1},
    {"overlong two bytes, c1", "\xc1\xbf", 1},
    {"overlong three bytes", "\xe0\x9f\xbf", 1},
    {"overlong four bytes", "\xf0\x8f\xbf\xbf", 1},
    {"first surrogate", "\xed\xa0\x80", 1},
    {"last surrogate", "\xed\xbf\xbf", 1},
    {"above U+10FFFF", "\xf4\x90\x80\x80", 1},
    {"lead byte f5", "\xf5\x80\x80\x80", 1},
    {"byte ff", "\xff", 1},
    {"two bytes cut", "\xc3", 1},
    {"three bytes cut to one", "\xe2", 1},
    {"three bytes cut to two", "\xe2\x82", 2},
    {"four bytes cut to one", "\xf0", 1},
    {"four bytes cut to two", "\xf0\x9f", 2},
    {"four bytes cut to three", "\xf0\x9f\x98", 3},
    {"two bytes broken by ASCII", "\xc3(", 1},
    {"three bytes broken by ASCII", "\xe2\x82(", 2},
    {"four bytes broken by a lead", "\xf0\x9f\x98\xc3", 3},
};

START_TEST(invalid_sequences_are_told_and_skipped)
{
    uint32_t code_point = 0;
    size_t skipped = decode(invalid[_i].text, &code_point);
    ck_assert_msg(code_point == UTF8_INVALID, "%s", invalid[_i].name);
    ck_assert_msg(skipped == invalid[_i].skipped, "%s: %zu", invalid[_i].name, skipped);
    ck_assert_msg(!utf8_valid(invalid[_i].text, strlen(invalid[_i].text)), "%s", invalid[_i].name);
}
END_TEST

START_TEST(every_code_point_survives_encoding)
{
    for (uint32_t code_point = 0; code_point <= 0x10ffff; code_point++) {
        bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
        char bytes[4];
        size_t size = utf8_encode(code_point, bytes);
        uint32_t decoded;
        size_t length = utf8_decode(bytes, size, &decoded);
        if (surrogate ? decoded != UTF8_INVALID : decoded != code_point || length != size)
            ck_abort_msg("U+%04X", code_point);
    }
}
END_TEST

START_TEST(invalid_end_makes_a_text_invalid)
{
    ck_assert(utf8_valid("", 0));
    ck_assert(utf8_valid("Grüße 😀", strlen("Grüße 😀")));
    ck_assert(!utf8_valid("Grüße 😀", strlen("Grüße 😀") - 1));
}
END_TEST

START_TEST(code_points_are_counted)
{
    ck_assert_uint_eq(utf8_count("", 0), 0);
    ck_assert_uint_eq(utf8_count("abc", 3), 3);
    ck_assert_uint_eq(utf8_count("é€😀", strlen("é€😀")), 3);
}
END_TEST

START_TEST(controls_are_the_category_cc)
{
    for (uint32_t code_point = 0; code_point < 0x3000; code_point++) {
        bool expected = code_point <= 0x1f || (code_point >= 0x7f && code_point <= 0x9f);
        ck_assert_msg(utf8_is_control(code_point) == expected, "U+%04X", code_point);
    }
}
END_TEST

START_TEST(spaces_are_the_25_of_unicode)
{
    static const uint32_t spaces[] = {0x9,    0xa,    0xb,    0xc,    0xd,    0x20,   0x85,
                                      0xa0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
                                      0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028,
                                      0x2029, 0x202f, 0x205f, 0x3000};
    size_t found = 0;
    for (uint32_t code_point = 0; code_point <= 0x10ffff; code_point++)
        found += utf8_is_space(code_point);
    ck_assert_uint_eq(found, 25);
    for (size_t i = 0; i < ARRAY_SIZE(spaces); i++)
        ck_assert_msg(utf8_is_space(spaces[i]), "U+%04X", spaces[i]);
}
END_TEST

static const struct {
    const char *text;
    size_t start;
    const char *trimmed;
} trims[] = {
    {"", 0, ""},
    {"a", 0, "a"},
    {" a b ", 1, "a b"},
    {" \t\r\n ", 5, ""},
    {"\xe3\x80\x80ä\xc2\xa0\xe2\x80\xa8", 3, "ä"},
    {"\xe2\x80\x8b", 0, "\xe2\x80\x8b"}, /* ZERO WIDTH SPACE is no White_Space */
    {"x😀", 0, "x😀"},
    {" x\xa0", 1, "x\xa0"}, /* not U+00A0, but a broken byte */
    {"x\x80\x80\x80\x80\x80 ", 0, "x\x80\x80\x80\x80\x80"},
};

START_TEST(white_space_is_trimmed_at_both_ends)
{
    size_t start, size;
    utf8_trim(trims[_i].text, strlen(trims[_i].text), &start, &size);
    ck_assert_uint_eq(start, trims[_i].start);
    ck_assert_uint_eq(size, strlen(trims[_i].trimmed));
    ck_assert_mem_eq(trims[_i].text + start, trims[_i].trimmed, size);
}
END_TEST

Suite *suite_utf8(void);
Suite *suite_utf8(void)
{
    Suite *suite = suite_create("utf8");
    TCase *tcase = tcase_create("utf8");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, bounds_of_each_length_are_valid, 0, (int)ARRAY_SIZE(valid));
    tcase_add_loop_test(tcase, invalid_sequences_are_told_and_skipped, 0, (int)ARRAY_SIZE(invalid));
    tcase_add_test(tcase, every_code_point_survives_encoding);
    tcase_add_test(tcase, invalid_end_makes_a_text_invalid);
    tcase_add_test(tcase, code_points_are_counted);
    tcase_add_test(tcase, controls_are_the_category_cc);
    tcase_add_test(tcase, spaces_are_the_25_of_unicode);
    tcase_add_loop_test(tcase, white_space_is_trimmed_at_both_ends, 0, (int)ARRAY_SIZE(trims));
    suite_add_tcase(suite, tcase);
    return suite;
}
