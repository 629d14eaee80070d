/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/instant.c.
 */
#include <check.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/date.h"

static const struct {
    const char *text;
    const char *utc;
} instants[] = {
    {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"},
    {"2026-01-02T10:11:12.123Z", "2026-01-02T10:11:12.123Z"},
    {"2026-01-02t10:11:12z", "2026-01-02T10:11:12.000Z"},
    {"2026-01-02T10:11:12.5Z", "2026-01-02T10:11:12.500Z"},
    {"2026-01-02T10:11:12.98765432109876543210Z", "2026-01-02T10:11:12.987Z"},
    {"2026-01-02T10:11:12.0009Z", "2026-01-02T10:11:12.000Z"},
    {"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"},
    {"2025-12-31T23:30:00-23:59", "2026-01-01T23:29:00.000Z"},
    {"2026-01-02T10:11:12-00:00", "2026-01-02T10:11:12.000Z"},
    {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
    {"0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"},
    {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
    {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"},
    {"2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500Z"},
    {"2017-01-01T00:59:60+01:00", "2017-01-01T00:00:00.000Z"},
    {"2016-12-31T15:59:60-08:00", "2017-01-01T00:00:00.000Z"},
};

START_TEST(instants_are_read_and_written_in_utc)
{
    int64_t instant = INSTANT_NONE;
    ck_assert(instant_parse(instants[_i].text, strlen(instants[_i].text), &instant));
    char text[INSTANT_TEXT_SIZE];
    ck_assert_uint_eq(instant_format(instant, text), INSTANT_TEXT_SIZE - 1);
    ck_assert_str_eq(text, instants[_i].utc);
}
END_TEST

START_TEST(epoch_is_zero)
{
    int64_t instant;
    ck_assert(instant_parse("1970-01-01T00:00:01.002Z", 24, &instant));
    ck_assert_int_eq(instant, 1002);
}
END_TEST

static const struct {
    const char *name;
    const char *text;
} no_instants[] = {
    {"nothing", ""},
    {"date only", "2026-01-02"},
    {"no offset", "2026-01-02T10:11:12"},
    {"no seconds", "2026-01-02T10:11Z"},
    {"space instead of T", "2026-01-02 10:11:12Z"},
    {"short year", "226-01-02T10:11:12Z"},
    {"month 0", "2026-00-02T10:11:12Z"},
    {"month 13", "2026-13-02T10:11:12Z"},
    {"day 0", "2026-01-00T10:11:12Z"},
    {"February 30", "2026-02-30T10:11:12Z"},
    {"hour 24", "2026-01-02T24:00:00Z"},
    {"minute 60", "2026-01-02T10:60:00Z"},
    {"second 61", "2026-12-31T23:59:61Z"},
    {"leap second in the middle of a day", "2026-01-02T10:11:60Z"},
    {"leap second at midnight elsewhere", "2016-12-31T23:59:60+01:00"},
    {"empty fraction", "2026-01-02T10:11:12.Z"},
    {"comma", "2026-01-02T10:11:12,5Z"},
    {"offset without colon", "2026-01-02T10:11:12+0100"},
    {"offset of hours", "2026-01-02T10:11:12+01"},
    {"offset of 24 hours", "2026-01-02T10:11:12+24:00"},
    {"offset of 60 minutes", "2026-01-02T10:11:12+01:60"},
    {"offset without sign", "2026-01-02T10:11:12 01:00"},
    {"text after it", "2026-01-02T10:11:12Z "},
    {"two offsets", "2026-01-02T10:11:12Z+01:00"},
    {"before year 0 in UTC", "0000-01-01T00:00:00+00:01"},
    {"after year 9999 in UTC", "9999-12-31T23:59:59-00:01"},
    {"leap second after year 9999", "9999-12-31T23:59:60Z"},
    {"plus sign in a number", "2026-01-02T+1:11:12Z"},
};

START_TEST(other_texts_are_refused)
{
    int64_t instant = 4711;
    ck_assert_msg(!instant_parse(no_instants[_i].text, strlen(no_instants[_i].text), &instant),
                  "%s", no_instants[_i].name);
    ck_assert_int_eq(instant, 4711);
}
END_TEST

START_TEST(no_part_of_an_instant_is_one)
{
    static const char text[] = "2026-01-02T10:11:12.123+01:00";
    int64_t instant;
    for (size_t size = 0; size < sizeof(text) - 1; size++)
        ck_assert_msg(!instant_parse(text, size, &instant), "%zu", size);
    ck_assert(instant_parse(text, sizeof(text) - 1, &instant));
}
END_TEST

START_TEST(nul_is_no_separator)
{
    int64_t instant;
    ck_assert(!instant_parse("2026-01-02\00010:11:12Z", 20, &instant));
}
END_TEST

static const struct {
    int64_t instant;
    const char *text;
} extremes[] = {
    {INSTANT_NONE, "0000-01-01T00:00:00.000Z"},
    {INT64_MAX, "9999-12-31T23:59:59.999Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
};

START_TEST(any_number_can_be_shown)
{
    char text[INSTANT_TEXT_SIZE];
    instant_format(extremes[_i].instant, text);
    ck_assert_str_eq(text, extremes[_i].text);
}
END_TEST

Suite *suite_instant(void);
Suite *suite_instant(void)
{
    Suite *suite = suite_create("instant");
    TCase *tcase = tcase_create("instant");
    tcase_add_loop_test(tcase, instants_are_read_and_written_in_utc, 0, (int)ARRAY_SIZE(instants));
    tcase_add_test(tcase, epoch_is_zero);
    tcase_add_loop_test(tcase, other_texts_are_refused, 0, (int)ARRAY_SIZE(no_instants));
    tcase_add_test(tcase, no_part_of_an_instant_is_one);
    tcase_add_test(tcase, nul_is_no_separator);
    tcase_add_loop_test(tcase, any_number_can_be_shown, 0, (int)ARRAY_SIZE(extremes));
    suite_add_tcase(suite, tcase);
    return suite;
}
