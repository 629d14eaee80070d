/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/clock.c. Linked with -Wl,--wrap=clock_gettime, so that a test says what time it is.
 * The zones come from a folder of the test's own: one of them is made here, so that no package of
 * zones is needed.
 */
#include "base/clock.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"

int __real_clock_gettime(clockid_t clock, struct timespec *ret_time);
int __wrap_clock_gettime(clockid_t clock, struct timespec *ret_time);

/* The clock that is not the system's; Check itself needs the others. */
static clockid_t pretended_clock = -1;
static struct timespec pretended;

int __wrap_clock_gettime(clockid_t clock, struct timespec *ret_time)
{
    if (clock != pretended_clock)
        return __real_clock_gettime(clock, ret_time);
    *ret_time = pretended;
    return 0;
}

static void pretend_now(const char *text)
{
    int64_t milliseconds = 0;
    ck_assert(instant_parse(text, strlen(text), &milliseconds));
    pretended_clock = CLOCK_REALTIME;
    pretended = (struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000};
}

static char folder[] = "/tmp/todo-test-zones-XXXXXX";

/* A zone file of version 2 (RFC 8536): UTC, and since 1901 what the rule says. Some C libraries do
 * not look at the rule of a file without any transition. */
static void write_zone(const char *name, const char *rule)
{
    static const char header[44] = {'T', 'Z', 'i', 'f', '2', [35] = 1, [39] = 1, [43] = 4};
    static const uint8_t transition[8] = {0xff, 0xff, 0xff, 0xff, 0x80};
    static const char types[11] = {[7] = 'U', [8] = 'T', [9] = 'C'};
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    fwrite(header, sizeof(header), 1, file);
    fwrite(transition + 4, 4, 1, file);
    fwrite(types, sizeof(types), 1, file);
    fwrite(header, sizeof(header), 1, file);
    fwrite(transition, 8, 1, file);
    fwrite(types, sizeof(types), 1, file);
    fprintf(file, "\n%s\n", rule);
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(mkdir("zones", 0700), 0);
    ck_assert_int_eq(mkdir("zones/Test", 0700), 0);
    write_zone("zones/Test/East", "<+14>-14");
    write_zone("zones/Test/West", "<-11>11");
    write_zone("zones/Test/Summer", "CET-1CEST,M3.5.0,M10.5.0/3");
    write_zone("outside", "<+14>-14");
    FILE *file = fopen("zones/table.tab", "w");
    fputs("no zone\n", file);
    fclose(file);
    file = fopen("zones/empty", "w");
    fclose(file);
    char zones[sizeof(folder) + 6];
    snprintf(zones, sizeof(zones), "%s/zones", folder);
    setenv("TZDIR", zones, 1);
}

static void teardown(void)
{
    static const char *const files[] = {"zones/Test/East", "zones/Test/West", "zones/Test/Summer",
                                        "zones/table.tab", "zones/empty",     "outside"};
    for (size_t i = 0; i < ARRAY_SIZE(files); i++)
        unlink(files[i]);
    rmdir("zones/Test");
    rmdir("zones");
    rmdir(folder);
}

static void assert_today(const char *expected)
{
    char text[DATE_TEXT_SIZE];
    date_format(clock_today(), text);
    ck_assert_str_eq(text, expected);
}

START_TEST(now_is_in_milliseconds)
{
    pretend_now("2026-01-02T10:11:12.123Z");
    pretended.tv_nsec += 999999;
    ck_assert_int_eq(clock_now() % 1000, 123);
    ck_assert_int_eq(clock_now() / 1000, pretended.tv_sec);
}
END_TEST

START_TEST(monotonic_is_in_nanoseconds)
{
    pretended = (struct timespec){5, 7};
    pretended_clock = CLOCK_MONOTONIC;
    uint64_t now = clock_monotonic();
    pretended_clock = -1;
    ck_assert_uint_eq(now, 5000000007);
}
END_TEST

START_TEST(monotonic_does_not_go_back)
{
    uint64_t before = clock_monotonic();
    ck_assert_uint_ge(clock_monotonic(), before);
}
END_TEST

START_TEST(without_a_zone_today_is_in_utc)
{
    setenv("TZ", "<+14>-14", 1);
    pretend_now("2026-01-02T23:59:59.999Z");
    assert_today("2026-01-02");
    pretend_now("2026-01-03T00:00:00Z");
    assert_today("2026-01-03");
}
END_TEST

START_TEST(utc_needs_no_files)
{
    setenv("TZDIR", "/nonexistent", 1);
    ck_assert_int_eq(clock_set_zone("UTC", NULL), ERROR_NONE);
    pretend_now("2026-01-02T23:59:59Z");
    assert_today("2026-01-02");
}
END_TEST

START_TEST(zone_decides_the_date)
{
    pretend_now("2026-01-02T10:30:00Z");
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_NONE);
    assert_today("2026-01-03");
    ck_assert_int_eq(clock_set_zone("Test/West", NULL), ERROR_NONE);
    assert_today("2026-01-01");
    ck_assert_int_eq(clock_set_zone("UTC", NULL), ERROR_NONE);
    assert_today("2026-01-02");
}
END_TEST

START_TEST(date_changes_at_midnight_of_the_zone)
{
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_NONE);
    pretend_now("2026-01-02T09:59:59.999Z");
    assert_today("2026-01-02");
    pretend_now("2026-01-02T10:00:00.000Z");
    assert_today("2026-01-03");
}
END_TEST

START_TEST(date_follows_a_clock_that_is_set_back)
{
    pretend_now("2026-01-03T00:00:00Z");
    assert_today("2026-01-03");
    pretend_now("2026-01-02T23:59:30Z");
    assert_today("2026-01-02");
}
END_TEST

START_TEST(summer_time_counts)
{
    ck_assert_int_eq(clock_set_zone("Test/Summer", NULL), ERROR_NONE);
    pretend_now("2026-01-02T22:30:00Z");
    assert_today("2026-01-02");
    pretend_now("2026-07-02T22:30:00Z");
    assert_today("2026-07-03");
}
END_TEST

static void assert_local(const char *date, int hour, int minute, const char *expected)
{
    date_t day = 0;
    int64_t instant = 0;
    ck_assert(date_parse(date, 10, &day));
    ck_assert(instant_parse(expected, strlen(expected), &instant));
    ck_assert_int_eq(clock_from_local(day, (hour * 60 + minute) * 60), instant);
}

START_TEST(local_times_become_instants)
{
    ck_assert_int_eq(clock_set_zone("UTC", NULL), ERROR_NONE);
    assert_local("2026-07-02", 12, 30, "2026-07-02T12:30:00Z");
    ck_assert_int_eq(clock_set_zone("Test/Summer", NULL), ERROR_NONE);
    assert_local("2026-01-02", 0, 0, "2026-01-01T23:00:00Z");
    assert_local("2026-07-02", 0, 0, "2026-07-01T22:00:00Z");
}
END_TEST

START_TEST(local_time_that_was_skipped_counts_from_before)
{
    ck_assert_int_eq(clock_set_zone("Test/Summer", NULL), ERROR_NONE);
    assert_local("2026-03-29", 1, 59, "2026-03-29T00:59:00Z");
    assert_local("2026-03-29", 2, 0, "2026-03-29T01:00:00Z");
    assert_local("2026-03-29", 2, 59, "2026-03-29T01:59:00Z");
    assert_local("2026-03-29", 3, 0, "2026-03-29T01:00:00Z");
}
END_TEST

START_TEST(local_time_that_came_twice_is_the_first)
{
    ck_assert_int_eq(clock_set_zone("Test/Summer", NULL), ERROR_NONE);
    assert_local("2026-10-25", 1, 59, "2026-10-24T23:59:00Z");
    assert_local("2026-10-25", 2, 0, "2026-10-25T00:00:00Z");
    assert_local("2026-10-25", 2, 59, "2026-10-25T00:59:00Z");
    assert_local("2026-10-25", 3, 0, "2026-10-25T02:00:00Z");
}
END_TEST

START_TEST(environment_of_later_does_not_matter)
{
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_NONE);
    pretend_now("2026-01-02T10:30:00Z");
    setenv("TZ", "UTC0", 1);
    assert_today("2026-01-03");
}
END_TEST

static const int64_t distant[] = {INT64_MIN, -1000000000000000, INT64_MAX, 300000000000000};

START_TEST(dates_stay_in_their_bounds)
{
    date_t bound = distant[_i] < 0 ? DATE_MIN : DATE_MAX;
    ck_assert_int_eq(clock_date(distant[_i]), bound);
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_NONE);
    ck_assert_int_eq(clock_date(distant[_i]), bound);
}
END_TEST

START_TEST(bounds_hold_in_a_zone)
{
    ck_assert_int_eq(clock_set_zone("Test/West", NULL), ERROR_NONE);
    ck_assert_int_eq(clock_date(0), DATE_MIN); /* 1969-12-31 there */
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_NONE);
    ck_assert_int_eq(clock_date((int64_t)DATE_MAX * 86400000 + 86399999), DATE_MAX);
    ck_assert_int_eq(clock_date(-36000001), DATE_MIN);
}
END_TEST

START_TEST(part_of_a_second_before_the_epoch_is_the_day_before)
{
    ck_assert_int_eq(clock_date(86400000 - 1), 0);
    ck_assert_int_eq(clock_date(86400000), 1);
}
END_TEST

static void assert_begins(const char *date_text, const char *instant_text)
{
    date_t date = 0;
    int64_t instant = 0;
    ck_assert(date_parse(date_text, strlen(date_text), &date));
    ck_assert(instant_parse(instant_text, strlen(instant_text), &instant));
    ck_assert_int_eq(clock_day_begin(date), instant);
    ck_assert_int_eq(clock_date(instant), date);
    ck_assert_int_eq(clock_date(instant - 1), date - 1);
}

START_TEST(a_day_begins_at_midnight_of_the_zone)
{
    assert_begins("2026-01-02", "2026-01-02T00:00:00Z");
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_NONE);
    assert_begins("2026-01-02", "2026-01-01T10:00:00Z");
    ck_assert_int_eq(clock_set_zone("Test/West", NULL), ERROR_NONE);
    assert_begins("2026-01-02", "2026-01-02T11:00:00Z");
}
END_TEST

START_TEST(a_day_is_as_long_as_summer_time_makes_it)
{
    ck_assert_int_eq(clock_set_zone("Test/Summer", NULL), ERROR_NONE);
    assert_begins("2026-03-29", "2026-03-28T23:00:00Z");
    assert_begins("2026-03-30", "2026-03-29T22:00:00Z");
    assert_begins("2026-10-25", "2026-10-24T22:00:00Z");
    assert_begins("2026-10-26", "2026-10-25T23:00:00Z");
}
END_TEST

START_TEST(the_first_and_the_last_day_hold_all_their_instants)
{
    ck_assert_int_le(clock_day_begin(DATE_MIN), 0);
    ck_assert_int_eq(clock_day_begin(DATE_MAX), (int64_t)DATE_MAX * 86400000);
    ck_assert_int_ge(clock_day_begin(DATE_MAX + 1), ((int64_t)DATE_MAX + 1) * 86400000);
}
END_TEST

static const struct {
    const char *name;
    const char *zone;
} no_zones[] = {
    {"nothing", ""},
    {"unknown", "Test/Nowhere"},
    {"folder", "Test"},
    {"out of the folder", "../outside"},
    {"out of the folder, later", "Test/../../outside"},
    {"absolute path", "/etc/localtime"},
    {"rule of POSIX", "CET-1CEST,M3.5.0,M10.5.0/3"},
    {"colon", ":Test/East"},
    {"space", "Test/East "},
    {"not a zone file", "table.tab"},
    {"empty file", "empty"},
    {"too long", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    {"UTC in lower case", "utc"},
};

START_TEST(unknown_zones_are_refused)
{
    struct error error = {0};
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_NONE);
    ck_assert_msg(clock_set_zone(no_zones[_i].zone, &error) == ERROR_INVALID, "%s",
                  no_zones[_i].name);
    ck_assert_int_eq(error.code, ERROR_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, no_zones[_i].zone));
    pretend_now("2026-01-02T10:30:00Z");
    assert_today("2026-01-03"); /* the zone of before */
}
END_TEST

START_TEST(overlong_zone_folder_knows_no_zone)
{
    char path[5000];
    memset(path, 'x', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    setenv("TZDIR", path, 1);
    ck_assert_int_eq(clock_set_zone("Test/East", NULL), ERROR_INVALID);
}
END_TEST

Suite *suite_clock(void);
Suite *suite_clock(void)
{
    Suite *suite = suite_create("clock");
    TCase *tcase = tcase_create("clock");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, now_is_in_milliseconds);
    tcase_add_test(tcase, monotonic_is_in_nanoseconds);
    tcase_add_test(tcase, monotonic_does_not_go_back);
    tcase_add_test(tcase, without_a_zone_today_is_in_utc);
    tcase_add_test(tcase, utc_needs_no_files);
    tcase_add_test(tcase, zone_decides_the_date);
    tcase_add_test(tcase, date_changes_at_midnight_of_the_zone);
    tcase_add_test(tcase, date_follows_a_clock_that_is_set_back);
    tcase_add_test(tcase, summer_time_counts);
    tcase_add_test(tcase, local_times_become_instants);
    tcase_add_test(tcase, local_time_that_was_skipped_counts_from_before);
    tcase_add_test(tcase, local_time_that_came_twice_is_the_first);
    tcase_add_test(tcase, environment_of_later_does_not_matter);
    tcase_add_loop_test(tcase, dates_stay_in_their_bounds, 0, (int)ARRAY_SIZE(distant));
    tcase_add_test(tcase, bounds_hold_in_a_zone);
    tcase_add_test(tcase, part_of_a_second_before_the_epoch_is_the_day_before);
    tcase_add_test(tcase, a_day_begins_at_midnight_of_the_zone);
    tcase_add_test(tcase, a_day_is_as_long_as_summer_time_makes_it);
    tcase_add_test(tcase, the_first_and_the_last_day_hold_all_their_instants);
    tcase_add_loop_test(tcase, unknown_zones_are_refused, 0, (int)ARRAY_SIZE(no_zones));
    tcase_add_test(tcase, overlong_zone_folder_knows_no_zone);
    suite_add_tcase(suite, tcase);
    return suite;
}
