/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The Gregorian calendar and the texts of dates. Instants are in instant.c.
 */
#include "base/date.h"

#include "base/digits.h"

#define DAYS_PER_ERA    146097 /* 400 years, after which the calendar repeats */
#define DAYS_TO_1970    719468 /* from 0000-03-01 */
#define DAYS_PER_YEAR   365
#define YEARS_PER_ERA   400
#define SHIFT           3670 /* eras: half of what fits into 32 bits */
#define DATE_TEXT_CHARS (DATE_TEXT_SIZE - 1)

bool date_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_days_in_month(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && date_leap_year(year) ? 29 : days[month - 1];
}

/* Years are counted from March, so that the leap day is the last of its year and the days before a
 * month follow a straight line: (153 * month + 2) / 5. */
date_t date_from_civil(struct civil_date civil)
{
    int year = civil.month <= 2 ? civil.year - 1 : civil.year;
    int era = (year >= 0 ? year : year - (YEARS_PER_ERA - 1)) / YEARS_PER_ERA;
    int year_of_era = year - era * YEARS_PER_ERA;
    int month = (civil.month + 9) % 12; /* March is 0 */
    int day_of_year = (153 * month + 2) / 5 + civil.day - 1;
    int day_of_era =
        year_of_era * DAYS_PER_YEAR + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

/* After Neri and Schneider, "Euclidean affine functions and their application to calendar
 * algorithms" (2022): days are counted in quarters, and a product's upper half is a quotient while
 * its lower half tells the remainder. SHIFT makes all numbers positive. */
struct civil_date date_to_civil(date_t date)
{
    uint32_t quarters = 4 * ((uint32_t)date + DAYS_TO_1970 + SHIFT * DAYS_PER_ERA) + 3;
    uint32_t century = quarters / DAYS_PER_ERA;
    uint64_t product = UINT64_C(2939745) * (quarters % DAYS_PER_ERA | 3);
    uint32_t day_of_year = (uint32_t)product / 2939745 / 4; /* 2^32 / 2939745 is 4 * 365.25 */
    uint32_t line = 2141 * day_of_year + 197913;            /* 65536 / 2141 is a month's length */
    bool next_year = day_of_year >= 306;                    /* January and February */
    int year = (int)(100 * century + (uint32_t)(product >> 32)) - SHIFT * YEARS_PER_ERA;
    return (struct civil_date){
        .year = year + next_year,
        .month = (int)(line >> 16) - (next_year ? 12 : 0),
        .day = (int)((line & 0xffff) / 2141) + 1,
    };
}

bool date_parse(const char *text, size_t size, date_t *ret_date)
{
    struct civil_date civil;
    if (size != DATE_TEXT_CHARS || text[4] != '-' || text[7] != '-' ||
        !digits_read(text, 4, &civil.year) || !digits_read(text + 5, 2, &civil.month) ||
        !digits_read(text + 8, 2, &civil.day))
        return false;
    if (civil.year < 1970 || civil.day < 1 ||
        civil.day > date_days_in_month(civil.year, civil.month))
        return false;
    *ret_date = date_from_civil(civil);
    return true;
}

size_t date_format(date_t date, char out[static DATE_TEXT_SIZE])
{
    struct civil_date civil = date_to_civil(date);
    digits_write_pair(out, civil.year / 100);
    digits_write_pair(out + 2, civil.year % 100);
    out[4] = '-';
    digits_write_pair(out + 5, civil.month);
    out[7] = '-';
    digits_write_pair(out + 8, civil.day);
    out[DATE_TEXT_CHARS] = '\0';
    return DATE_TEXT_CHARS;
}
