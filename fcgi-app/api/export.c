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
#include "store/record_json.h"

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

static enum error_code write_task(void *context, const struct task *task, const struct task *parent)
{
    (void)parent;
    struct rendering *rendering = context;
    struct json_writer w = begin_record(rendering);
    record_json_task(&w, task);
    json_member_instant(&w, "created_at", task->created_at);
    json_member_instant(&w, "updated_at", task->updated_at);
    json_member_instant(&w, "completed_at", task->completed_at);
    json_write_object_end(&w);
    return rendering->out->failed ? ERROR_MEMORY : ERROR_NONE;
}

static enum error_code write_template(void *context, const struct task_template *row)
{
    struct rendering *rendering = context;
    struct json_writer w = begin_record(rendering);
    record_json_template(&w, row);
    json_member_instant(&w, "created_at", row->created_at);
    json_member_instant(&w, "updated_at", row->updated_at);
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
