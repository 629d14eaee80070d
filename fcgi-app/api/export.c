/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Renders the export, one record a line.
 */
#include "api/export.h"

#include <stdio.h>

#include "api/import.h"
#include "api/task_json.h"
#include "store/import.h"

#define EXPORT_PAGE 500  /* tasks of a part */
#define ARENA_BLOCK 4096 /* for their dependencies */

struct rendering {
    struct export *export;
    struct buf *out;
};

static struct json_writer begin_record(struct rendering *rendering)
{
    struct json_writer w = json_writer(rendering->out);
    buf_append_string(rendering->out, rendering->export->comma ? ",\n" : "\n");
    rendering->export->comma = true;
    json_write_object_begin(&w);
    return w;
}

static void member_date(struct json_writer *w, const char *key, date_t date)
{
    char text[DATE_TEXT_SIZE];
    if (date == DATE_NONE)
        json_write_member_null(w, key);
    else
        json_write_member_string(w, key, text, date_format(date, text));
}

static void member_instant(struct json_writer *w, const char *key, int64_t instant)
{
    char text[INSTANT_TEXT_SIZE];
    if (instant == INSTANT_NONE)
        json_write_member_null(w, key);
    else
        json_write_member_string(w, key, text, instant_format(instant, text));
}

static void member_id(struct json_writer *w, const char *key, int64_t id)
{
    if (id == 0)
        json_write_member_null(w, key);
    else
        json_write_member_int(w, key, id);
}

static void member_recurrence(struct json_writer *w, const struct recurrence *recurring,
                              bool series)
{
    if (recurring->type == RECURRENCE_NONE) {
        json_write_member_null(w, "recurring");
        return;
    }
    json_write_key(w, "recurring");
    json_write_object_begin(w);
    json_write_member_cstring(w, "type", recurrence_type_name(recurring->type));
    json_write_member_int(w, "interval", recurring->interval);
    if (series) {
        member_date(w, "anchor", recurring->anchor);
        json_write_member_int(w, "index", recurring->index);
    }
    json_write_object_end(w);
}

static enum error_code write_task(void *context, const struct task *task, const struct task *parent)
{
    (void)parent;
    struct rendering *rendering = context;
    struct json_writer w = begin_record(rendering);
    json_write_member_int(&w, "id", task->id);
    json_write_member_string(&w, "description", task->description.data, task->description.size);
    json_write_member_bool(&w, "completed", task->completed);
    json_write_member_cstring(&w, "priority", task_priority_name(task->priority));
    json_write_member_cstring(&w, "category", task_category_name(task->category));
    member_date(&w, "due_date", task->due_date);
    json_write_member_string(&w, "notes", task->notes.data, task->notes.size);
    member_id(&w, "parent_id", task->parent_id);
    json_write_key(&w, "depends_on");
    json_id_array(&w, task->depends_on);
    member_recurrence(&w, &task->recurring, true);
    member_id(&w, "next_id", task->next_id);
    json_write_member_bool(&w, "archived", task->archived);
    member_instant(&w, "created_at", task->created_at);
    member_instant(&w, "updated_at", task->updated_at);
    member_instant(&w, "completed_at", task->completed_at);
    json_write_object_end(&w);
    return rendering->out->failed ? ERROR_MEMORY : ERROR_NONE;
}

static enum error_code write_template(void *context, const struct task_template *row)
{
    struct rendering *rendering = context;
    struct json_writer w = begin_record(rendering);
    json_write_member_string(&w, "name", row->name.data, row->name.size);
    json_write_member_string(&w, "description", row->description.data, row->description.size);
    json_write_member_cstring(&w, "priority", task_priority_name(row->priority));
    json_write_member_cstring(&w, "category", task_category_name(row->category));
    json_write_member_string(&w, "notes", row->notes.data, row->notes.size);
    member_recurrence(&w, &row->recurring, false);
    member_instant(&w, "created_at", row->created_at);
    member_instant(&w, "updated_at", row->updated_at);
    json_write_object_end(&w);
    return rendering->out->failed ? ERROR_MEMORY : ERROR_NONE;
}

/* --- Parts ------------------------------------------------------------------------------------ */

static void write_head(struct rendering *rendering)
{
    buf_printf(rendering->out, "{\"format\":\"" EXPORT_FORMAT "\",\"version\":%d,\"tasks\":[",
               EXPORT_VERSION);
    rendering->export->phase = EXPORT_TASKS;
}

static enum error_code write_tasks(struct rendering *rendering)
{
    CLEANUP(arena_close) struct arena arena;
    arena_init(&arena, ARENA_BLOCK);
    struct export *export = rendering->export;
    int64_t after = export->last_id;
    enum error_code code = store_task_walk(export->view, after, EXPORT_PAGE, &arena, write_task,
                                           rendering, &export->last_id);
    if (code != ERROR_NONE || export->last_id != after)
        return code;
    export->phase = EXPORT_TEMPLATES;
    export->comma = false;
    buf_append_string(rendering->out, "\n],\"templates\":[");
    return ERROR_NONE;
}

static enum error_code write_templates(struct rendering *rendering)
{
    struct export *export = rendering->export;
    enum error_code code = store_template_list(export->view, write_template, rendering);
    buf_append_string(rendering->out, "\n]}\n");
    export->phase = EXPORT_END;
    return code;
}

enum error_code export_part(struct export *export, struct buf *out, bool *ret_more)
{
    struct rendering rendering = {export, out};
    enum error_code code = ERROR_NONE;
    if (export->phase == EXPORT_HEAD)
        write_head(&rendering);
    if (export->phase == EXPORT_TASKS)
        code = write_tasks(&rendering);
    if (code == ERROR_NONE && export->phase == EXPORT_TEMPLATES)
        code = write_templates(&rendering);
    if (code == ERROR_NONE && out->failed)
        code = ERROR_MEMORY;
    *ret_more = export->phase != EXPORT_END;
    return code;
}

/* An instant as text has separators that file names should not have. */
void export_file_name(int64_t now, char out[static EXPORT_NAME_SIZE])
{
    char text[INSTANT_TEXT_SIZE];
    instant_format(now, text);
    snprintf(out, EXPORT_NAME_SIZE, "todo-app-export-%.4s%.2s%.2sT%.2s%.2s%.2sZ.json", text,
             text + 5, text + 8, text + 11, text + 14, text + 17);
}
