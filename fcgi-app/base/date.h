/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Civil dates of the proleptic Gregorian calendar and instants, with their texts: ISO 8601
 * `YYYY-MM-DD` and RFC 3339 in UTC with milliseconds. Pure functions, thread-safe; the time zone
 * and the clock are in clock.h.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days since 1970-01-01. */
typedef int32_t date_t;

#define DATE_MIN  ((date_t)0)       /* 1970-01-01: the first date a client may give */
#define DATE_MAX  ((date_t)2932896) /* 9999-12-31: the last one */
#define DATE_NONE ((date_t)2932897) /* no date; greater than every date, so that it sorts last */

#define DATE_TEXT_SIZE    11 /* "2026-01-05" with its NUL */
#define INSTANT_TEXT_SIZE 25 /* "2026-01-02T10:11:12.123Z" with its NUL */
#define INSTANT_NONE      INT64_MIN

struct civil_date {
    int year;  /* 1970-9999 */
    int month; /* 1-12 */
    int day;   /* 1-31 */
};

bool date_leap_year(int year);
int date_days_in_month(int year, int month); /* 0 if there is no such month */

/* Each other's inverse, also for years outside the range above: a million before and after. civil
 * must be a real date. */
date_t date_from_civil(struct civil_date civil);
struct civil_date date_to_civil(date_t date);

/* Exactly `YYYY-MM-DD`, a real date within DATE_MIN..DATE_MAX; false otherwise, output untouched.
 */
bool date_parse(const char *text, size_t size, date_t *ret_date);

/* Both write a terminated text and return its length. date must not be DATE_NONE; an instant
 * outside the years 0000-9999 is shown as the nearest one inside. */
size_t date_format(date_t date, char out[static DATE_TEXT_SIZE]);
size_t instant_format(int64_t milliseconds, char out[static INSTANT_TEXT_SIZE]);

/* RFC 3339 section 5.6 date-time, any offset, any number of fraction digits (cut to milliseconds);
 * false otherwise, also if in UTC it leaves the years 0000-9999; output then untouched. A leap
 * second (:60, only at 23:59 UTC) counts as the following second. */
bool instant_parse(const char *text, size_t size, int64_t *ret_milliseconds);

#endif
