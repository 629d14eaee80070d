/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Writes content lines of iCalendar (RFC 5545 section 3.1) into a buffer: folded, escaped, ended by
 * CR LF. Which properties there are is the caller's matter.
 */
#ifndef BASE_ICALENDAR_H
#define BASE_ICALENDAR_H

#include "base/buf.h"
#include "base/date.h"

#define ICALENDAR_LINE_MAX 75 /* octets of a line without its CR LF */

/* A line as it stands: name, parameters, value; ASCII. */
void icalendar_line(struct buf *out, const char *line);

/* A value of type TEXT (section 3.3.11): valid UTF-8. Backslash, semicolon and comma are escaped;
 * each line break (CR LF, CR or LF) becomes \n; other control characters but tab are left out. No
 * line is folded inside a character. name: with parameters, without the colon. */
void icalendar_text(struct buf *out, const char *name, const char *data, size_t size);

/* Values of type DATE and, in UTC, DATE-TIME (sections 3.3.4 and 3.3.5): without fractions. */
void icalendar_date(struct buf *out, const char *name, date_t date);
void icalendar_instant(struct buf *out, const char *name, int64_t milliseconds);

#endif
