/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The texts of instants, after RFC 3339. Declared in date.h.
 */
#include "base/date.h"

#include <string.h>

#include "base/digits.h"

#define MS_PER_DAY    INT64_C(86400000)
#define MS_PER_MINUTE INT64_C(60000)

/* What four digits of a year can show, in UTC. */
#define INSTANT_MIN INT64_C(-62167219200000) /* 0000-01-01T00:00:00.000Z */
#define INSTANT_MAX INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */

/* What is left of the text. */
struct scanner {
    const char *text;
    size_t size;
};

struct time_of_day {
    int hour, minute, second, millisecond;
};

static bool take_char(struct scanner *s, const char *any_of)
{
    if (s->size == 0 || s->text[0] == '\0' || strchr(any_of, s->text[0]) == NULL)
        return false;
    s->text++;
    s->size--;
    return true;
}

static bool take_number(struct scanner *s, size_t count, int max, int *ret_number)
{
    if (s->size < count || !digits_read(s->text, count, ret_number) || *ret_number > max)
        return false;
    s->text += count;
    s->size -= count;
    return true;
}

static bool take_date(struct scanner *s, struct civil_date *ret_civil)
{
    return take_number(s, 4, 9999, &ret_civil->year) && take_char(s, "-") &&
           take_number(s, 2, 12, &ret_civil->month) && take_char(s, "-") &&
           take_number(s, 2, 31, &ret_civil->day) && ret_civil->day >= 1 &&
           ret_civil->day <= date_days_in_month(ret_civil->year, ret_civil->month);
}

static bool take_fraction(struct scanner *s, int *ret_milliseconds)
{
    *ret_milliseconds = 0;
    if (!take_char(s, "."))
        return true;
    int digit;
    int worth = 100;
    size_t before = s->size;
    while (take_number(s, 1, 9, &digit)) {
        *ret_milliseconds += digit * worth;
        worth /= 10;
    }
    return s->size < before;
}

static bool take_time(struct scanner *s, struct time_of_day *ret_time)
{
    return take_number(s, 2, 23, &ret_time->hour) && take_char(s, ":") &&
           take_number(s, 2, 59, &ret_time->minute) && take_char(s, ":") &&
           take_number(s, 2, 60, &ret_time->second) && take_fraction(s, &ret_time->millisecond);
}

static bool take_offset(struct scanner *s, int *ret_minutes)
{
    if (take_char(s, "Zz")) {
        *ret_minutes = 0;
        return true;
    }
    bool west = s->size > 0 && s->text[0] == '-';
    int hours, minutes;
    if (!take_char(s, "+-") || !take_number(s, 2, 23, &hours) || !take_char(s, ":") ||
        !take_number(s, 2, 59, &minutes))
        return false;
    *ret_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

bool instant_parse(const char *text, size_t size, int64_t *ret_milliseconds)
{
    struct scanner s = {text, size};
    struct civil_date civil;
    struct time_of_day time;
    int offset;
    if (!take_date(&s, &civil) || !take_char(&s, "Tt") || !take_time(&s, &time) ||
        !take_offset(&s, &offset) || s.size > 0)
        return false;

    int64_t minutes = time.hour * 60 + time.minute - offset;
    int64_t instant = date_from_civil(civil) * MS_PER_DAY + minutes * MS_PER_MINUTE +
                      time.second * 1000 + time.millisecond;
    /* Leap seconds end a day of UTC, nothing else (section 5.7). */
    bool last_minute = (minutes + 1) % (24 * 60) == 0;
    if ((time.second == 60 && !last_minute) || instant < INSTANT_MIN || instant > INSTANT_MAX)
        return false;
    *ret_milliseconds = instant;
    return true;
}

static int64_t bounded(int64_t milliseconds)
{
    if (milliseconds < INSTANT_MIN)
        return INSTANT_MIN;
    return milliseconds > INSTANT_MAX ? INSTANT_MAX : milliseconds;
}

size_t instant_format(int64_t milliseconds, char out[static INSTANT_TEXT_SIZE])
{
    int64_t since_min = bounded(milliseconds) - INSTANT_MIN;
    int in_day = (int)(since_min % MS_PER_DAY);
    date_format((date_t)(since_min / MS_PER_DAY + INSTANT_MIN / MS_PER_DAY), out);
    out[10] = 'T';
    digits_write_pair(out + 11, in_day / 3600000);
    out[13] = ':';
    digits_write_pair(out + 14, in_day / 60000 % 60);
    out[16] = ':';
    digits_write_pair(out + 17, in_day / 1000 % 60);
    out[19] = '.';
    digits_write(out + 20, 3, in_day % 1000);
    out[23] = 'Z';
    out[24] = '\0';
    return INSTANT_TEXT_SIZE - 1;
}
