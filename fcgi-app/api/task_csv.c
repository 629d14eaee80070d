/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * GET /tasks.csv: tasks as a table (RFC 4180). Owns the columns: the members of a task's JSON in
 * their order, those of objects in it with both names joined.
 */
#include "api/routes.h"
#include "api/task_stream.h"
#include "base/csv.h"

static const char *const columns[] = {
    "id",
    "description",
    "completed",
    "priority",
    "category",
    "due_date",
    "notes",
    "parent_id",
    "depends_on",
    "recurring_type",
    "recurring_interval",
    "archived",
    "created_at",
    "updated_at",
    "completed_at",
    "version",
    "overdue",
    "days_overdue",
    "blocked",
    "subtasks_total",
    "subtasks_completed",
    "dependencies_total",
    "dependencies_completed",
};

static void begin(struct buf *out)
{
    struct csv_writer w = csv_writer(out);
    for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
        csv_write_plain(&w, columns[i]);
    csv_write_end(&w);
}

static void write_date(struct csv_writer *w, date_t date)
{
    char text[DATE_TEXT_SIZE];
    if (date != DATE_NONE)
        date_format(date, text);
    csv_write_plain(w, date != DATE_NONE ? text : NULL);
}

static void write_instant(struct csv_writer *w, int64_t instant)
{
    char text[INSTANT_TEXT_SIZE];
    if (instant != INSTANT_NONE)
        instant_format(instant, text);
    csv_write_plain(w, instant != INSTANT_NONE ? text : NULL);
}

/* 0 stands for none. */
static void write_number_or_none(struct csv_writer *w, int64_t number)
{
    if (number != 0)
        csv_write_int(w, number);
    else
        csv_write_plain(w, NULL);
}

/* "3 7": a comma would make many readers see columns. */
static void write_ids(struct csv_writer *w, struct id_list ids)
{
    csv_write_plain(w, NULL);
    for (size_t i = 0; i < ids.count; i++) {
        if (i > 0)
            buf_append_char(w->buf, ' ');
        buf_append_int(w->buf, ids.ids[i]);
    }
}

static void write_fields(struct csv_writer *w, const struct task *task)
{
    csv_write_int(w, task->id);
    csv_write_text(w, task->description.data, task->description.size);
    csv_write_bool(w, task->completed);
    csv_write_plain(w, task_priority_name(task->priority));
    csv_write_plain(w, task_category_name(task->category));
    write_date(w, task->due_date);
    csv_write_text(w, task->notes.data, task->notes.size);
    write_number_or_none(w, task->parent_id);
    write_ids(w, task->depends_on);
    csv_write_plain(w, recurrence_type_name(task->recurring.type));
    write_number_or_none(w, task->recurring.interval);
}

static void write_state(struct csv_writer *w, const struct task *task, date_t today)
{
    csv_write_bool(w, task->archived);
    write_instant(w, task->created_at);
    write_instant(w, task->updated_at);
    write_instant(w, task->completed_at);
    csv_write_int(w, task->version);
    csv_write_bool(w, task_overdue(task, today));
    csv_write_int(w, task_days_overdue(task, today));
    csv_write_bool(w, task_blocked(task));
    csv_write_int(w, task->subtasks.total);
    csv_write_int(w, task->subtasks.completed);
    csv_write_int(w, task->dependencies.total);
    csv_write_int(w, task->dependencies.completed);
}

static void write_task(struct buf *out, const struct task *task, date_t today)
{
    struct csv_writer w = csv_writer(out);
    write_fields(&w, task);
    write_state(&w, task, today);
    csv_write_end(&w);
}

enum http_result api_task_csv(struct http_exchange *exchange)
{
    static const struct task_stream_format format = {
        .content_type = "text/csv; charset=utf-8; header=present",
        .disposition = "attachment; filename=\"tasks.csv\"",
        .begin = begin,
        .task = write_task,
    };
    return task_stream(exchange, &format);
}
