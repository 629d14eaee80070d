/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The clock, the time zone and monotonic time.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#include "base/date.h"
#include "base/error.h"

/* Milliseconds since 1970-01-01T00:00:00Z, from CLOCK_REALTIME. Thread-safe. */
int64_t clock_now(void);

/* Nanoseconds from CLOCK_MONOTONIC. Thread-safe. */
uint64_t clock_monotonic(void);

/* Makes the named zone of the time zone database the one of clock_today(). Called once, before the
 * first thread. ERROR_INVALID when the system does not know the zone ("UTC" is always known). */
enum error_code clock_set_zone(const char *name, struct error *ret_error);

/* The civil date of an instant in the configured zone (UTC when none was set), within
 * DATE_MIN..DATE_MAX. Thread-safe. */
date_t clock_date(int64_t milliseconds);

/* The instant of a local date and time in the configured zone, `seconds` after that day's midnight
 * (0 to 86399). A time that a change of the clock skipped counts with the offset before the change;
 * of one that came twice it is the first. Thread-safe. */
int64_t clock_from_local(date_t date, int seconds);

/* The date of now. Thread-safe. */
date_t clock_today(void);

/* The first instant of a civil date in the configured zone, or of the next one where the zone left
 * this one out. The day ends where the next begins. Thread-safe. */
int64_t clock_day_begin(date_t date);

#endif
