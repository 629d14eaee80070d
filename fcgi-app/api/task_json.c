/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The JSON shape of a task. Owns the order and names of the members.
 */
#include "api/task_json.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

static inline void member_name(struct json_writer *w, const char *key, const char *name)
{
    json_write_member_plain(w, key, name, strlen(name));
}

void json_member_date(struct json_writer *w, const char *key, date_t date)
{
    char text[DATE_TEXT_SIZE];
    if (date == DATE_NONE) {
        json_write_member_null(w, key);
        return;
    }
    size_t size = date_format(date, text);
    json_write_member_plain(w, key, text, size);
}

void json_member_instant(struct json_writer *w, const char *key, int64_t instant)
{
    char text[INSTANT_TEXT_SIZE];
    if (instant == INSTANT_NONE) {
        json_write_member_null(w, key);
        return;
    }
    size_t size = instant_format(instant, text);
    json_write_member_plain(w, key, text, size);
}

void json_member_recurrence(struct json_writer *w, const struct recurrence *recurrence)
{
    if (recurrence->type == RECURRENCE_NONE) {
        json_write_member_null(w, "recurring");
        return;
    }
    json_write_key(w, "recurring");
    json_write_object_begin(w);
    member_name(w, "type", recurrence_type_name(recurrence->type));
    json_write_member_int(w, "interval", recurrence->interval);
    json_write_object_end(w);
}

void json_id_array(struct json_writer *w, struct id_list ids)
{
    json_write_array_begin(w);
    for (size_t i = 0; i < ids.count; i++)
        json_write_int(w, ids.ids[i]);
    json_write_array_end(w);
}

/* --- The task --------------------------------------------------------------------------------- */

/* A list writes all members of many tasks: those of bounded size are written without a look at the
 * capacity, into room for all of them that is asked for before. */
#define ROOM 512

static char *take_room(struct json_writer *w)
{
    return buf_reserve(w->buf, ROOM);
}

/* What was written ends here. */
static void leave_room(struct json_writer *w, const char *end, bool comma)
{
    assert(end - (w->buf->data + w->buf->size) <= ROOM);
    w->buf->size = (size_t)(end - w->buf->data);
    w->comma = comma;
}

/* Each writes something at `at` and returns the place behind it. */

/* A constant, whose size is then known where it is written. */
static inline char *put(char *at, const char *text)
{
    size_t size = strlen(text);
    memcpy(at, text, size);
    return at + size;
}

static inline char *put_int(char *at, int64_t number)
{
    if (number < 0 || number > 9)
        return at + int_format(number, at);
    *at = (char)('0' + number);
    return at + 1;
}

static inline char *put_bool(char *at, bool value)
{
    return value ? put(at, "true") : put(at, "false");
}

static char *put_date(char *at, date_t date)
{
    if (date == DATE_NONE)
        return put(at, "null");
    *at++ = '"';
    at += date_format(date, at);
    *at++ = '"';
    return at;
}

static char *put_instant(char *at, int64_t instant)
{
    if (instant == INSTANT_NONE)
        return put(at, "null");
    *at++ = '"';
    at += instant_format(instant, at);
    *at++ = '"';
    return at;
}

/* Most tasks were never changed. */
static char *put_times(char *at, const struct task *task)
{
    at = put(at, ",\"created_at\":");
    const char *created_at = at;
    at = put_instant(at, task->created_at);
    size_t size = (size_t)(at - created_at);
    at = put(at, ",\"updated_at\":");
    if (task->updated_at == task->created_at)
        at = (char *)memcpy(at, created_at, size) + size;
    else
        at = put_instant(at, task->updated_at);
    at = put(at, ",\"completed_at\":");
    return put_instant(at, task->completed_at);
}

static inline char *put_progress(char *at, struct progress progress)
{
    at = put(at, "{\"total\":");
    at = put_int(at, progress.total);
    at = put(at, ",\"completed\":");
    at = put_int(at, progress.completed);
    return put(at, "}");
}

static void write_start(struct json_writer *w, const struct task *task)
{
    char *at = take_room(w);
    if (at == NULL)
        return;
    if (w->comma)
        *at++ = ',';
    at = put(at, "{\"id\":");
    at = put_int(at, task->id);
    at = put(at, ",\"description\":");
    leave_room(w, at, false);
}

static void write_middle(struct json_writer *w, const struct task *task)
{
    char *at = take_room(w);
    if (at == NULL)
        return;
    at = put(at, ",\"completed\":");
    at = put_bool(at, task->completed);
    at = put(at, ",\"priority\":\"");
    at = stpcpy(at, task_priority_name(task->priority));
    at = put(at, "\",\"category\":\"");
    at = stpcpy(at, task_category_name(task->category));
    at = put(at, "\",\"due_date\":");
    at = put_date(at, task->due_date);
    at = put(at, ",\"notes\":");
    leave_room(w, at, false);
}

/* NULL: no room. */
static char *put_relations(struct json_writer *w, char *at, const struct task *task)
{
    at = put(at, ",\"parent_id\":");
    at = task->parent_id == 0 ? put(at, "null") : put_int(at, task->parent_id);
    if (task->depends_on.count == 0 && task->recurring.type == RECURRENCE_NONE)
        return put(at, ",\"depends_on\":[],\"recurring\":null");
    leave_room(w, at, true);
    json_write_key(w, "depends_on");
    json_id_array(w, task->depends_on);
    json_member_recurrence(w, &task->recurring);
    return take_room(w);
}

static void write_end(struct json_writer *w, const struct task *task, date_t today)
{
    char *at = take_room(w);
    if (at != NULL)
        at = put_relations(w, at, task);
    if (at == NULL)
        return;
    at = put(at, ",\"archived\":");
    at = put_bool(at, task->archived);
    at = put_times(at, task);
    at = put(at, ",\"version\":");
    at = put_int(at, task->version);
    at = put(at, ",\"overdue\":");
    at = put_bool(at, task_overdue(task, today));
    at = put(at, ",\"days_overdue\":");
    at = put_int(at, task_days_overdue(task, today));
    at = put(at, ",\"blocked\":");
    at = put_bool(at, task_blocked(task));
    at = put(at, ",\"subtasks\":");
    at = put_progress(at, task->subtasks);
    at = put(at, ",\"dependencies\":");
    at = put_progress(at, task->dependencies);
    leave_room(w, at, true);
}

void task_json_open(struct json_writer *w, const struct task *task, date_t today)
{
    write_start(w, task);
    json_write_string(w, task->description.data, task->description.size);
    write_middle(w, task);
    json_write_string(w, task->notes.data, task->notes.size);
    write_end(w, task, today);
}

void task_json(struct json_writer *w, const struct task *task, date_t today)
{
    task_json_open(w, task, today);
    json_write_object_end(w);
}

void task_tag(const struct task *task, date_t today, char out[static TASK_TAG_SIZE])
{
    int days = task_days_overdue(task, today);
    if (days > 0)
        snprintf(out, TASK_TAG_SIZE, "%" PRId64 "-d%d", task->version, days);
    else
        snprintf(out, TASK_TAG_SIZE, "%" PRId64, task->version);
}
