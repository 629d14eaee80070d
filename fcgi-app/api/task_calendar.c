/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * GET /tasks.ics: tasks as to-dos of an iCalendar object (RFC 5545 section 3.6.2). Owns the
 * properties and what of a task each tells.
 */
#include <inttypes.h>
#include <stdio.h>

#include "api/routes.h"
#include "api/task_stream.h"
#include "base/icalendar.h"

/* The longest lines made here are far shorter. */
#define LINE_SIZE 128

/* Months have at least this many days. */
#define DAYS_OF_EVERY_MONTH 28

static void begin(struct buf *out)
{
    icalendar_line(out, "BEGIN:VCALENDAR");
    icalendar_line(out, "VERSION:2.0");
    icalendar_line(out, "PRODID:-//Todo App//Todo App 4//EN");
    icalendar_line(out, "CALSCALE:GREGORIAN");
}

/* A calendar must have a component, even when no task matches. */
static void time_zone(struct buf *out)
{
    icalendar_line(out, "BEGIN:VTIMEZONE");
    icalendar_line(out, "TZID:UTC");
    icalendar_line(out, "BEGIN:STANDARD");
    icalendar_line(out, "DTSTART:19700101T000000");
    icalendar_line(out, "TZOFFSETFROM:+0000");
    icalendar_line(out, "TZOFFSETTO:+0000");
    icalendar_line(out, "END:STANDARD");
    icalendar_line(out, "END:VTIMEZONE");
}

static void end(struct buf *out, bool any)
{
    if (!any)
        time_zone(out);
    icalendar_line(out, "END:VCALENDAR");
}

/* Ids are never reused, so this names the task for ever. */
static void uid(struct buf *out, const char *name, int64_t id)
{
    char line[LINE_SIZE];
    snprintf(line, sizeof(line), "%s:task-%" PRId64 "@todo-app", name, id);
    icalendar_line(out, line);
}

static void priority(struct buf *out, enum task_priority value)
{
    /* Section 3.8.1.9: 1 to 4 are high, 5 medium, 6 to 9 low. */
    static const char *const lines[TASK_PRIORITY_END] = {
        [TASK_PRIORITY_HIGH] = "PRIORITY:1",
        [TASK_PRIORITY_MEDIUM] = "PRIORITY:5",
        [TASK_PRIORITY_LOW] = "PRIORITY:9",
    };
    icalendar_line(out, lines[value]);
}

static void state(struct buf *out, const struct task *task)
{
    icalendar_line(out, task->completed ? "STATUS:COMPLETED" : "STATUS:NEEDS-ACTION");
    if (!task->completed)
        return;
    icalendar_line(out, "PERCENT-COMPLETE:100");
    if (task->completed_at != INSTANT_NONE)
        icalendar_instant(out, "COMPLETED", task->completed_at);
}

/* The days of the month of which the last one that a month has is the due day: 30 is
 * "28,29,30". */
static void month_days(struct buf *line, int day)
{
    buf_append_string(line, ";BYMONTHDAY=");
    for (int one = day > DAYS_OF_EVERY_MONTH ? DAYS_OF_EVERY_MONTH : day; one <= day; one++) {
        buf_append_int(line, one);
        if (one < day)
            buf_append_char(line, ',');
    }
    if (day > DAYS_OF_EVERY_MONTH)
        buf_append_string(line, ";BYSETPOS=-1");
}

/* A rule counts from DTSTART, which therefore is the due date. A completed task has its follower as
 * a task of its own, so that a rule would show the rest of the series twice. */
static void recurrence(struct buf *out, const struct task *task)
{
    static const char *const frequencies[RECURRENCE_END] = {
        [RECURRENCE_DAILY] = "DAILY",
        [RECURRENCE_WEEKLY] = "WEEKLY",
        [RECURRENCE_MONTHLY] = "MONTHLY",
    };
    struct buf line CLEANUP_BUF = {0};
    const struct recurrence *rule = &task->recurring;
    if (rule->type == RECURRENCE_NONE || task->completed)
        return;
    icalendar_date(out, "DTSTART;VALUE=DATE", task->due_date);
    buf_printf(&line, "RRULE:FREQ=%s;INTERVAL=%d", frequencies[rule->type], rule->interval);
    if (rule->type == RECURRENCE_MONTHLY)
        month_days(&line, date_to_civil(rule->anchor).day);
    const char *text = buf_string(&line);
    if (text != NULL)
        icalendar_line(out, text);
    out->failed |= line.failed;
}

static void texts(struct buf *out, const struct task *task)
{
    icalendar_text(out, "SUMMARY", task->description.data, task->description.size);
    if (task->notes.size > 0)
        icalendar_text(out, "DESCRIPTION", task->notes.data, task->notes.size);
}

static void write_task(struct buf *out, const struct task *task, date_t today)
{
    char category[LINE_SIZE];
    (void)today;
    icalendar_line(out, "BEGIN:VTODO");
    uid(out, "UID", task->id);
    icalendar_instant(out, "DTSTAMP", task->updated_at);
    icalendar_instant(out, "CREATED", task->created_at);
    icalendar_instant(out, "LAST-MODIFIED", task->updated_at);
    texts(out, task);
    state(out, task);
    priority(out, task->priority);
    snprintf(category, sizeof(category), "CATEGORIES:%s", task_category_name(task->category));
    icalendar_line(out, category);
    recurrence(out, task);
    if (task->due_date != DATE_NONE)
        icalendar_date(out, "DUE;VALUE=DATE", task->due_date);
    if (task->parent_id != 0)
        uid(out, "RELATED-TO", task->parent_id);
    icalendar_line(out, "END:VTODO");
}

enum http_result api_task_calendar(struct http_exchange *exchange)
{
    static const struct task_stream_format format = {
        .content_type = "text/calendar; charset=utf-8",
        .disposition = "attachment; filename=\"tasks.ics\"",
        .begin = begin,
        .task = write_task,
        .end = end,
    };
    return task_stream(exchange, &format);
}
