/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/date.c.
 */
#include "base/date.h"

#include <check.h>
#include <string.h>

#include "base/cleanup.h"

START_TEST(calendar_agrees_with_counting)
{
    struct civil_date civil = {1970, 1, 1};
    for (date_t date = DATE_MIN; date <= DATE_MAX; date++) {
        struct civil_date back = date_to_civil(date);
        if (date_from_civil(civil) != date || back.year != civil.year ||
            back.month != civil.month || back.day != civil.day)
            ck_abort_msg("day %d, %d-%d-%d", date, civil.year, civil.month, civil.day);
        if (++civil.day > date_days_in_month(civil.year, civil.month)) {
            civil.day = 1;
            civil.month = civil.month % 12 + 1;
            civil.year += civil.month == 1;
        }
    }
    ck_assert_int_eq(civil.year, 10000);
}
END_TEST

START_TEST(days_before_the_epoch_are_negative)
{
    ck_assert_int_eq(date_from_civil((struct civil_date){1969, 12, 31}), -1);
    ck_assert_int_eq(date_from_civil((struct civil_date){0, 3, 1}), -719468);
    for (date_t date = -1000000; date < 0; date++)
        ck_assert_int_eq(date_from_civil(date_to_civil(date)), date);
}
END_TEST

START_TEST(a_million_years_either_way_are_converted)
{
    for (date_t date = -365000000; date <= 365000000; date += 999983)
        ck_assert_int_eq(date_from_civil(date_to_civil(date)), date);
}
END_TEST

START_TEST(leap_years_follow_the_gregorian_rule)
{
    ck_assert(date_leap_year(2024));
    ck_assert(!date_leap_year(2023));
    ck_assert(!date_leap_year(2100));
    ck_assert(date_leap_year(2000));
}
END_TEST

START_TEST(months_have_their_days)
{
    static const int days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0};
    for (int month = 0; month < (int)ARRAY_SIZE(days); month++)
        ck_assert_int_eq(date_days_in_month(2023, month), days[month]);
    ck_assert_int_eq(date_days_in_month(2024, 2), 29);
    ck_assert_int_eq(date_days_in_month(2024, 3), 31);
    ck_assert_int_eq(date_days_in_month(2023, -1), 0);
}
END_TEST

static const struct {
    const char *text;
    date_t date;
} dates[] = {
    {"1970-01-01", DATE_MIN}, {"1970-01-02", 1},        {"2000-02-29", 11016},
    {"2026-01-05", 20458},    {"9999-12-31", DATE_MAX},
};

START_TEST(dates_are_read_and_written)
{
    date_t date = DATE_NONE;
    ck_assert(date_parse(dates[_i].text, strlen(dates[_i].text), &date));
    ck_assert_int_eq(date, dates[_i].date);
    char text[DATE_TEXT_SIZE];
    ck_assert_uint_eq(date_format(date, text), DATE_TEXT_SIZE - 1);
    ck_assert_str_eq(text, dates[_i].text);
}
END_TEST

static const struct {
    const char *name;
    const char *text;
} no_dates[] = {
    {"nothing", ""},
    {"too short", "2026-01-0"},
    {"too long", "2026-01-051"},
    {"space before", " 2026-01-05"},
    {"space instead of a digit", "2026-01- 5"},
    {"sign", "+026-01-05"},
    {"letters", "2026-ja-05"},
    {"letter in the year", "2o26-01-05"},
    {"slashes", "2026/01/05"},
    {"second separator", "2026-01/05"},
    {"month 0", "2026-00-05"},
    {"month 13", "2026-13-05"},
    {"day 0", "2026-01-00"},
    {"day 32", "2026-01-32"},
    {"April 31", "2026-04-31"},
    {"no leap year", "2023-02-29"},
    {"century", "2100-02-29"},
    {"before the first date", "1969-12-31"},
    {"year 0", "0000-01-01"},
    {"instant", "2026-01-05T00:00:00Z"},
};

START_TEST(other_texts_are_refused)
{
    date_t date = 4711;
    ck_assert_msg(!date_parse(no_dates[_i].text, strlen(no_dates[_i].text), &date), "%s",
                  no_dates[_i].name);
    ck_assert_int_eq(date, 4711);
}
END_TEST

START_TEST(bytes_after_the_size_are_not_read)
{
    date_t date;
    ck_assert(date_parse("2026-01-05x", 10, &date));
    ck_assert(!date_parse("2026-01-05", 9, &date));
}
END_TEST

Suite *suite_date(void);
Suite *suite_date(void)
{
    Suite *suite = suite_create("date");
    TCase *tcase = tcase_create("date");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, calendar_agrees_with_counting);
    tcase_add_test(tcase, days_before_the_epoch_are_negative);
    tcase_add_test(tcase, a_million_years_either_way_are_converted);
    tcase_add_test(tcase, leap_years_follow_the_gregorian_rule);
    tcase_add_test(tcase, months_have_their_days);
    tcase_add_loop_test(tcase, dates_are_read_and_written, 0, (int)ARRAY_SIZE(dates));
    tcase_add_loop_test(tcase, other_texts_are_refused, 0, (int)ARRAY_SIZE(no_dates));
    tcase_add_test(tcase, bytes_after_the_size_are_not_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
