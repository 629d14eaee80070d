/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reads the body of a template request. The fields that a template shares with a task are read as
 * those of a task, in task_input.c.
 */
#include "api/template_input.h"

#include <string.h>

#include "api/template_json.h"
#include "base/cleanup.h"
#include "base/json_memory.h"
#include "http/body.h"

enum field_kind { FIELD_UNKNOWN, FIELD_NAME, FIELD_SHARED, FIELD_READ_ONLY };

static const struct {
    const char *name;
    enum field_kind kind;
} fields[] = {
    {"name", FIELD_NAME},
    {"description", FIELD_SHARED},
    {"priority", FIELD_SHARED},
    {"category", FIELD_SHARED},
    {"notes", FIELD_SHARED},
    {"recurring", FIELD_SHARED},
    {"created_at", FIELD_READ_ONLY},
    {"updated_at", FIELD_READ_ONLY},
    {"version", FIELD_READ_ONLY},
};

static enum field_kind kind_of(const char *name, size_t size)
{
    for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
        if (strlen(fields[i].name) == size && memcmp(fields[i].name, name, size) == 0)
            return fields[i].kind;
    }
    return FIELD_UNKNOWN;
}

static void add_fault(struct faults *faults, const char *key, size_t size, const char *detail)
{
    const char *pointer = json_pointer_append(faults->arena, "#", key, size);
    faults->failed |= pointer == NULL;
    faults_add(faults, FAULT_POINTER, pointer == NULL ? "#" : pointer, "%s", detail);
}

static void read_name(struct faults *faults, const json_t *value, struct template_input *input)
{
    input->named = true;
    if (!json_is_string(value))
        faults_add(faults, FAULT_POINTER, "#/name", "must be a string");
    else
        validate_template_name(faults, "#/name", json_string_value(value),
                               json_string_length(value), &input->name);
}

/* Reads what is the template's own; puts what is as in a task into *shared. */
static void read_members(struct faults *faults, const json_t *body, enum task_input_mode mode,
                         struct template_input *input, json_t *shared)
{
    const char *key;
    size_t size;
    json_t *value;
    json_object_keylen_foreach((json_t *)body, key, size, value)
    {
        switch (kind_of(key, size)) {
        case FIELD_NAME:
            read_name(faults, value, input);
            break;
        case FIELD_SHARED:
            faults->failed |= json_object_set(shared, key, value) != 0;
            break;
        case FIELD_READ_ONLY:
            if (mode == TASK_INPUT_CREATE)
                add_fault(faults, key, size, "is read-only");
            break;
        default:
            add_fault(faults, key, size, "is not a known field");
        }
    }
}

void template_input_read(struct faults *faults, const json_t *body, enum task_input_mode mode,
                         struct template_input *ret_input)
{
    *ret_input = (struct template_input){.body = body};
    task_input_read(faults, NULL, mode, &ret_input->fields);
    if (!json_is_object(body)) {
        faults_add(faults, FAULT_POINTER, "#", "must be an object");
        return;
    }
    json_t *shared CLEANUP_JSON = json_object();
    if (shared == NULL) {
        faults->failed = true;
        return;
    }
    read_members(faults, body, mode, ret_input, shared);
    if (mode == TASK_INPUT_CREATE && !ret_input->named)
        faults_add(faults, FAULT_POINTER, "#/name", "is required");
    task_input_read(faults, shared, mode, &ret_input->fields);
    ret_input->fields.body = NULL; /* it ends here */
}

/* A client may send back what it read. */
static bool check_read_only(struct faults *faults, const json_t *body,
                            const struct task_template *present)
{
    CLEANUP_BUF struct buf text = {0};
    struct json_writer w = json_writer(&text);
    template_json(&w, present);
    bool is_short = false;
    json_t *now CLEANUP_JSON =
        text.failed ? NULL : json_memory_load(text.data, text.size, 0, NULL, &is_short);
    if (now == NULL)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
        const char *name = fields[i].name;
        const json_t *given = json_object_get(body, name);
        if (fields[i].kind != FIELD_READ_ONLY || given == NULL ||
            json_equal(given, json_object_get(now, name)))
            continue;
        add_fault(faults, name, strlen(name), "is read-only and differs from the present value");
    }
    return true;
}

bool template_input_apply(struct faults *faults, const struct template_input *input,
                          const struct task_template *present, struct task_template *ret_template)
{
    struct task_template row;
    template_from_task(&input->fields.values, 0, &row);
    if (present != NULL) {
        row.id = present->id;
        row.version = present->version;
        row.created_at = present->created_at;
        row.updated_at = present->updated_at;
    }
    row.name = input->named || present == NULL ? input->name : present->name;
    if (present != NULL && !check_read_only(faults, input->body, present))
        return false;
    *ret_template = row;
    return true;
}
