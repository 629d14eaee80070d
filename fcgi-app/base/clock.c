/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Time from the system, and the one time zone of the process. Calendar arithmetic is in date.c.
 */
#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/cleanup.h"

#define SECONDS_PER_DAY  86400
#define ZONE_NAME_MAX    64
#define ZONEINFO_DEFAULT "/usr/share/zoneinfo"
#define ZONEINFO_MAGIC   "TZif"

static bool zone_set; /* false: UTC, without the C library's help */

/* Within one minute the date of now does not change: zones differ by whole minutes. */
static _Thread_local struct {
    int64_t minute; /* since the epoch; 0: nothing remembered */
    date_t date;
} today;

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

uint64_t clock_monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Names come from a configuration: none may lead out of the zone directory. */
static bool zone_name_plausible(const char *name)
{
    size_t size = strlen(name);
    return size > 0 && size <= ZONE_NAME_MAX && name[0] != '/' && strstr(name, "..") == NULL &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") ==
               size;
}

static bool zone_known(const char *name)
{
    const char *directory = getenv("TZDIR");
    char path[4096];
    int length =
        snprintf(path, sizeof(path), "%s/%s",
                 directory != NULL && directory[0] != '\0' ? directory : ZONEINFO_DEFAULT, name);
    if (length < 0 || (size_t)length >= sizeof(path))
        return false;
    int fd CLEANUP_CLOSE = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char magic[sizeof(ZONEINFO_MAGIC) - 1];
    return fd >= 0 && read(fd, magic, sizeof(magic)) == (ssize_t)sizeof(magic) &&
           memcmp(magic, ZONEINFO_MAGIC, sizeof(magic)) == 0;
}

enum error_code clock_set_zone(const char *name, struct error *ret_error)
{
    bool utc = strcmp(name, "UTC") == 0;
    if (!utc && (!zone_name_plausible(name) || !zone_known(name)))
        return error_set(ret_error, ERROR_INVALID, NULL,
                         "the system does not know the time zone \"%s\"; give a name such as "
                         "Europe/Berlin or UTC (is the package tzdata installed?)",
                         name);
    if (setenv("TZ", utc ? "UTC0" : name, 1) != 0)
        return error_set(ret_error, ERROR_MEMORY, NULL, "no memory to set the time zone");
    tzset();
    zone_set = !utc;
    today.minute = 0;
    return ERROR_NONE;
}

static date_t clamp(int64_t days)
{
    if (days < DATE_MIN)
        return DATE_MIN;
    return days > DATE_MAX ? DATE_MAX : (date_t)days;
}

date_t clock_date(int64_t milliseconds)
{
    int64_t seconds = floor_divide(milliseconds, 1000);
    int64_t days = floor_divide(seconds, SECONDS_PER_DAY);
    /* Past the bounds by more than any zone's offset, the C library need not cope. */
    if (!zone_set || days < DATE_MIN - 2 || days > DATE_MAX + 2)
        return clamp(days);
    time_t instant = (time_t)seconds;
    struct tm local;
    if (localtime_r(&instant, &local) == NULL)
        return clamp(days);
    return clamp(date_from_civil(
        (struct civil_date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday}));
}

/* Seconds that local time is ahead of UTC at an instant. */
static int64_t offset_at(int64_t seconds)
{
    time_t instant = (time_t)seconds;
    struct tm local;
    return zone_set && localtime_r(&instant, &local) != NULL ? (int64_t)local.tm_gmtoff : 0;
}

/* The offsets of a day before and a day after are those around the change, if there is one. */
int64_t clock_from_local(date_t date, int seconds)
{
    int64_t local = (int64_t)date * SECONDS_PER_DAY + seconds;
    int64_t before = local - offset_at(local - SECONDS_PER_DAY);
    int64_t after = local - offset_at(local + SECONDS_PER_DAY);
    bool changed = before + offset_at(before) != local && after + offset_at(after) == local;
    return (changed ? after : before) * 1000;
}

date_t clock_today(void)
{
    int64_t now = clock_now();
    int64_t minute = floor_divide(now, 60000);
    if (minute != today.minute) {
        today.date = clock_date(now);
        today.minute = minute;
    }
    return today.date;
}

/* Zones differ from UTC by less than this. */
#define ZONE_SECONDS_MAX (INT64_C(2) * SECONDS_PER_DAY)

int64_t clock_day_begin(date_t date)
{
    int64_t utc = (int64_t)date * SECONDS_PER_DAY;
    int64_t before = utc - ZONE_SECONDS_MAX;
    int64_t begin = utc + ZONE_SECONDS_MAX;
    while (begin - before > 1) {
        int64_t middle = before + (begin - before) / 2;
        if (clock_date(middle * 1000) >= date)
            begin = middle;
        else
            before = middle;
    }
    return begin * 1000;
}
