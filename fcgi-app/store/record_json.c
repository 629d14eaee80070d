/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Writes the members that images and exported records share.
 */
#include "store/record_json.h"

static void member_id(struct json_writer *w, const char *key, int64_t id)
{
    if (id == 0)
        json_write_member_null(w, key);
    else
        json_write_member_int(w, key, id);
}

static void member_date(struct json_writer *w, const char *key, date_t date)
{
    char text[DATE_TEXT_SIZE];
    if (date == DATE_NONE)
        json_write_member_null(w, key);
    else
        json_write_member_string(w, key, text, date_format(date, text));
}

/* series: of a task, which has its place in one; a template has none. */
static void member_recurrence(struct json_writer *w, const struct recurrence *recurring,
                              bool series)
{
    json_write_key(w, "recurring");
    if (recurring->type == RECURRENCE_NONE) {
        json_write_null(w);
        return;
    }
    json_write_object_begin(w);
    json_write_member_cstring(w, "type", recurrence_type_name(recurring->type));
    json_write_member_int(w, "interval", recurring->interval);
    if (series) {
        member_date(w, "anchor", recurring->anchor);
        json_write_member_int(w, "index", recurring->index);
    }
    json_write_object_end(w);
}

static void member_ids(struct json_writer *w, const char *key, struct id_list ids)
{
    json_write_key(w, key);
    json_write_array_begin(w);
    for (size_t i = 0; i < ids.count; i++)
        json_write_int(w, ids.ids[i]);
    json_write_array_end(w);
}

void record_json_task(struct json_writer *w, const struct task *task)
{
    json_write_member_int(w, "id", task->id);
    json_write_member_string(w, "description", task->description.data, task->description.size);
    json_write_member_bool(w, "completed", task->completed);
    json_write_member_cstring(w, "priority", task_priority_name(task->priority));
    json_write_member_cstring(w, "category", task_category_name(task->category));
    member_date(w, "due_date", task->due_date);
    json_write_member_string(w, "notes", task->notes.data, task->notes.size);
    member_id(w, "parent_id", task->parent_id);
    member_ids(w, "depends_on", task->depends_on);
    member_recurrence(w, &task->recurring, true);
    member_id(w, "next_id", task->next_id);
    json_write_member_bool(w, "archived", task->archived);
}

void record_json_template(struct json_writer *w, const struct task_template *row)
{
    json_write_member_string(w, "name", row->name.data, row->name.size);
    json_write_member_string(w, "description", row->description.data, row->description.size);
    json_write_member_cstring(w, "priority", task_priority_name(row->priority));
    json_write_member_cstring(w, "category", task_category_name(row->category));
    json_write_member_string(w, "notes", row->notes.data, row->notes.size);
    member_recurrence(w, &row->recurring, false);
}
