/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The images of the journal read back. journal.c writes them.
 */
#include "store/sqlite/image_read.h"

#include "base/json_memory.h"

static void release_json(json_t **json)
{
    json_decref(*json);
}

/* An image on its way. */
struct reader {
    const json_t *json; /* the object */
    struct arena *arena;
    enum error_code code; /* the first failure */
};

static void fail(struct reader *reader, enum error_code code)
{
    if (reader->code == ERROR_NONE)
        reader->code = code;
}

/* NULL, and a failure, if the member is missing. */
static const json_t *member(struct reader *reader, const char *key)
{
    const json_t *value = json_object_get(reader->json, key);
    if (value == NULL)
        fail(reader, ERROR_CORRUPT);
    return value;
}

static int64_t read_int(struct reader *reader, const char *key)
{
    const json_t *value = member(reader, key);
    if (!json_is_integer(value))
        fail(reader, ERROR_CORRUPT);
    return json_integer_value(value);
}

static int64_t read_int_or(struct reader *reader, const char *key, int64_t none)
{
    return json_is_null(member(reader, key)) ? none : read_int(reader, key);
}

static bool read_bool(struct reader *reader, const char *key)
{
    const json_t *value = member(reader, key);
    if (!json_is_boolean(value))
        fail(reader, ERROR_CORRUPT);
    return json_is_true(value);
}

/* As it lies in the JSON. */
static struct text borrow_text(struct reader *reader, const char *key)
{
    const json_t *value = member(reader, key);
    if (!json_is_string(value)) {
        fail(reader, ERROR_CORRUPT);
        return (struct text){"", 0};
    }
    return (struct text){json_string_value(value), json_string_length(value)};
}

static struct text read_text(struct reader *reader, const char *key)
{
    struct text text = borrow_text(reader, key);
    text.data = arena_memdup(reader->arena, text.data, text.size);
    if (text.data == NULL)
        fail(reader, ERROR_MEMORY);
    return text;
}

static date_t read_date(struct reader *reader, const char *key)
{
    date_t date = DATE_NONE;
    if (json_is_null(member(reader, key)))
        return date;
    struct text text = borrow_text(reader, key);
    if (!date_parse(text.data, text.size, &date))
        fail(reader, ERROR_CORRUPT);
    return date;
}

static enum task_priority read_priority(struct reader *reader)
{
    struct text name = borrow_text(reader, "priority");
    enum task_priority priority = task_priority_parse(name.data, name.size);
    if (priority == 0)
        fail(reader, ERROR_CORRUPT);
    return priority;
}

static enum task_category read_category(struct reader *reader)
{
    struct text name = borrow_text(reader, "category");
    enum task_category category = task_category_parse(name.data, name.size);
    if (category == 0)
        fail(reader, ERROR_CORRUPT);
    return category;
}

static struct id_list read_ids(struct reader *reader, const char *key)
{
    const json_t *array = member(reader, key);
    struct id_list list = {NULL, json_array_size(array)};
    if (!json_is_array(array))
        fail(reader, ERROR_CORRUPT);
    list.ids = arena_calloc(reader->arena, list.count, sizeof(*list.ids));
    if (list.ids == NULL) {
        fail(reader, ERROR_MEMORY);
        return (struct id_list){0};
    }
    for (size_t i = 0; i < list.count; i++) {
        const json_t *id = json_array_get(array, i);
        if (!json_is_integer(id))
            fail(reader, ERROR_CORRUPT);
        list.ids[i] = json_integer_value(id);
    }
    return list;
}

/* series: of a task, which has its place in one. */
static struct recurrence read_recurrence(struct reader *reader, bool series)
{
    struct recurrence recurring = {.anchor = DATE_NONE};
    const json_t *json = member(reader, "recurring");
    if (json_is_null(json))
        return recurring;
    struct reader inner = {.json = json, .arena = reader->arena};
    struct text type = borrow_text(&inner, "type");
    recurring.type = recurrence_type_parse(type.data, type.size);
    recurring.interval = (int)read_int(&inner, "interval");
    if (series) {
        recurring.anchor = read_date(&inner, "anchor");
        recurring.index = (int)read_int(&inner, "index");
    }
    if (recurring.type == RECURRENCE_NONE || inner.code != ERROR_NONE)
        fail(reader, ERROR_CORRUPT);
    return recurring;
}

static enum error_code load(struct text image, json_t **ret_json)
{
    bool is_short = false;
    json_t *json = json_memory_load(image.data, image.size, 0, NULL, &is_short);
    if (json == NULL)
        return is_short ? ERROR_MEMORY : ERROR_CORRUPT;
    *ret_json = json;
    return ERROR_NONE;
}

static void read_task(struct reader *reader, struct task *task)
{
    task->id = read_int(reader, "id");
    task->description = read_text(reader, "description");
    task->completed = read_bool(reader, "completed");
    task->priority = read_priority(reader);
    task->category = read_category(reader);
    task->due_date = read_date(reader, "due_date");
    task->notes = read_text(reader, "notes");
    task->parent_id = read_int_or(reader, "parent_id", 0);
    task->depends_on = read_ids(reader, "depends_on");
    task->recurring = read_recurrence(reader, true);
    task->next_id = read_int_or(reader, "next_id", 0);
    task->archived = read_bool(reader, "archived");
    task->created_at = read_int(reader, "created_at");
    task->updated_at = read_int(reader, "updated_at");
    task->completed_at = read_int_or(reader, "completed_at", INSTANT_NONE);
    task->version = read_int(reader, "version");
}

enum error_code image_read_task(struct text image, struct arena *arena, struct task *ret_task)
{
    json_t *json CLEANUP(release_json) = NULL;
    struct task task = {0};
    enum error_code code = load(image, &json);
    if (code != ERROR_NONE)
        return code;
    struct reader reader = {.json = json, .arena = arena};
    read_task(&reader, &task);
    if (reader.code == ERROR_NONE)
        *ret_task = task;
    return reader.code;
}

static void read_template(struct reader *reader, struct task_template *row)
{
    row->id = read_int(reader, "id");
    row->name = read_text(reader, "name");
    row->description = read_text(reader, "description");
    row->priority = read_priority(reader);
    row->category = read_category(reader);
    row->notes = read_text(reader, "notes");
    row->recurring = read_recurrence(reader, false);
    row->created_at = read_int(reader, "created_at");
    row->updated_at = read_int(reader, "updated_at");
    row->version = read_int(reader, "version");
}

enum error_code image_read_template(struct text image, struct arena *arena,
                                    struct task_template *ret_template)
{
    json_t *json CLEANUP(release_json) = NULL;
    struct task_template row = {0};
    enum error_code code = load(image, &json);
    if (code != ERROR_NONE)
        return code;
    struct reader reader = {.json = json, .arena = arena};
    read_template(&reader, &row);
    if (reader.code == ERROR_NONE)
        *ret_template = row;
    return reader.code;
}

enum error_code image_read_version(struct text image, int64_t *ret_version)
{
    json_t *json CLEANUP(release_json) = NULL;
    enum error_code code = load(image, &json);
    if (code != ERROR_NONE)
        return code;
    struct reader reader = {.json = json};
    int64_t version = read_int(&reader, "version");
    if (reader.code == ERROR_NONE)
        *ret_version = version;
    return reader.code;
}
