/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The JSON shape of a task. Owns the order and names of the members.
 */
#include "api/task_json.h"

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

static inline void member_progress(struct json_writer *w, const char *key, struct progress progress)
{
    json_write_key(w, key);
    json_write_object_begin(w);
    json_write_member_int(w, "total", progress.total);
    json_write_member_int(w, "completed", progress.completed);
    json_write_object_end(w);
}

void json_id_array(struct json_writer *w, struct id_list ids)
{
    json_write_array_begin(w);
    for (size_t i = 0; i < ids.count; i++)
        json_write_int(w, ids.ids[i]);
    json_write_array_end(w);
}

static void members_writable(struct json_writer *w, const struct task *task)
{
    json_write_member_int(w, "id", task->id);
    json_write_member_string(w, "description", task->description.data, task->description.size);
    json_write_member_bool(w, "completed", task->completed);
    member_name(w, "priority", task_priority_name(task->priority));
    member_name(w, "category", task_category_name(task->category));
    json_member_date(w, "due_date", task->due_date);
    json_write_member_string(w, "notes", task->notes.data, task->notes.size);
    if (task->parent_id == 0)
        json_write_member_null(w, "parent_id");
    else
        json_write_member_int(w, "parent_id", task->parent_id);
    json_write_key(w, "depends_on");
    json_id_array(w, task->depends_on);
    json_member_recurrence(w, &task->recurring);
}

void task_json_open(struct json_writer *w, const struct task *task, date_t today)
{
    json_write_object_begin(w);
    members_writable(w, task);
    json_write_member_bool(w, "archived", task->archived);
    json_member_instant(w, "created_at", task->created_at);
    json_member_instant(w, "updated_at", task->updated_at);
    json_member_instant(w, "completed_at", task->completed_at);
    json_write_member_int(w, "version", task->version);
    json_write_member_bool(w, "overdue", task_overdue(task, today));
    json_write_member_int(w, "days_overdue", task_days_overdue(task, today));
    json_write_member_bool(w, "blocked", task_blocked(task));
    member_progress(w, "subtasks", task->subtasks);
    member_progress(w, "dependencies", task->dependencies);
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
