/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reads the body of a task request: types and values of each field. What needs the store is in
 * task_apply.c.
 */
#include "api/task_input.h"

#include <stdio.h>
#include <string.h>

#include "http/body.h"
#include "task/validate.h"

/* Where a field is read: its pointer, its value, and the input that it goes to. */
struct reading {
    struct faults *faults;
    const char *pointer;
    const json_t *value;
    struct task_input *input;
};

typedef void (*field_reader)(const struct reading *reading);

static const char *text_of(const struct reading *r, const char *allowed, size_t *ret_size)
{
    if (!json_is_string(r->value)) {
        faults_add(r->faults, FAULT_POINTER, r->pointer, "must be %s", allowed);
        return NULL;
    }
    *ret_size = json_string_length(r->value);
    return json_string_value(r->value);
}

static void read_description(const struct reading *r)
{
    size_t size = 0;
    const char *text = text_of(r, "a string", &size);
    if (text != NULL)
        validate_description(r->faults, r->pointer, text, size, &r->input->values.description);
}

static void read_notes(const struct reading *r)
{
    size_t size = 0;
    const char *text = text_of(r, "a string", &size);
    if (text != NULL)
        validate_notes(r->faults, r->pointer, text, size, &r->input->values.notes);
}

static void read_completed(const struct reading *r)
{
    if (json_is_boolean(r->value))
        r->input->values.completed = json_is_true(r->value);
    else
        faults_add(r->faults, FAULT_POINTER, r->pointer, "must be true or false");
}

static void read_priority(const struct reading *r)
{
    size_t size = 0;
    const char *text = text_of(r, "one of the strings high, medium, low", &size);
    if (text != NULL)
        validate_priority(r->faults, r->pointer, text, size, &r->input->values.priority);
}

static void read_category(const struct reading *r)
{
    size_t size = 0;
    const char *text = text_of(r, "one of the strings work, personal, shopping, other", &size);
    if (text != NULL)
        validate_category(r->faults, r->pointer, text, size, &r->input->values.category);
}

static void read_due_date(const struct reading *r)
{
    size_t size = 0;
    if (json_is_null(r->value))
        return;
    const char *text = text_of(r, "a date such as \"2026-01-05\", or null", &size);
    r->input->due_date_fault = text == NULL || !validate_due_date(r->faults, r->pointer, text, size,
                                                                  &r->input->values.due_date);
}

/* Stores an id and returns true, or adds a fault. */
static bool read_id(const struct reading *r, const char *pointer, const json_t *value,
                    const char *allowed, int64_t *ret_id)
{
    int64_t id;
    if (!http_json_integer(value, &id)) {
        faults_add(r->faults, FAULT_POINTER, pointer, "must be %s", allowed);
        return false;
    }
    return validate_id(r->faults, pointer, id, ret_id);
}

static void read_parent_id(const struct reading *r)
{
    if (!json_is_null(r->value))
        read_id(r, r->pointer, r->value, "the id of a task, or null", &r->input->values.parent_id);
}

static bool repeated(const struct id_list *ids, int64_t id)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->ids[i] == id)
            return true;
    }
    return false;
}

static void read_depends_on(const struct reading *r)
{
    struct id_list *ids = &r->input->values.depends_on;
    size_t count = json_array_size(r->value);
    if (!json_is_array(r->value) || count > TASK_DEPENDS_ON_MAX) {
        faults_add(r->faults, FAULT_POINTER, r->pointer, "must be an array of at most %d ids",
                   TASK_DEPENDS_ON_MAX);
        return;
    }
    ids->ids = arena_calloc(r->faults->arena, count, sizeof(*ids->ids));
    r->input->places = arena_calloc(r->faults->arena, count, sizeof(*r->input->places));
    if (ids->ids == NULL || r->input->places == NULL) {
        r->faults->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        char pointer[40];
        int64_t id;
        snprintf(pointer, sizeof(pointer), "%s/%zu", r->pointer, i);
        if (!read_id(r, pointer, json_array_get(r->value, i), "the id of a task", &id))
            continue;
        if (repeated(ids, id)) {
            faults_add(r->faults, FAULT_POINTER, pointer, "is given twice");
            continue;
        }
        r->input->places[ids->count] = i;
        ids->ids[ids->count++] = id;
    }
}

static void read_recurrence_type(const struct reading *r)
{
    size_t size = 0;
    const char *text = text_of(r, "one of the strings daily, weekly, monthly", &size);
    if (text != NULL)
        validate_recurrence_type(r->faults, r->pointer, text, size,
                                 &r->input->values.recurring.type);
}

static void read_recurrence_interval(const struct reading *r)
{
    int64_t interval;
    if (http_json_integer(r->value, &interval))
        validate_recurrence_interval(r->faults, r->pointer, interval,
                                     &r->input->values.recurring.interval);
    else
        faults_add(r->faults, FAULT_POINTER, r->pointer, "must be an integer from 1 to %d",
                   TASK_RECURRENCE_INTERVAL_MAX);
}

static void read_recurring(const struct reading *r);
static void read_nothing(const struct reading *r)
{
    (void)r;
}

struct field {
    const char *name;
    unsigned bit;
    field_reader read;
    bool required; /* null does not clear it */
};

/* INPUT_READ_ONLY fields are compared with the stored task when the input is applied. */
static const struct field fields[] = {
    {"description", INPUT_DESCRIPTION, read_description, true},
    {"completed", INPUT_COMPLETED, read_completed, false},
    {"priority", INPUT_PRIORITY, read_priority, false},
    {"category", INPUT_CATEGORY, read_category, false},
    {"due_date", INPUT_DUE_DATE, read_due_date, false},
    {"notes", INPUT_NOTES, read_notes, false},
    {"parent_id", INPUT_PARENT_ID, read_parent_id, false},
    {"depends_on", INPUT_DEPENDS_ON, read_depends_on, false},
    {"recurring", INPUT_RECURRENCE_TYPE | INPUT_RECURRENCE_INTERVAL, read_recurring, false},
    {"id", INPUT_READ_ONLY, read_nothing, true},
    {"archived", INPUT_READ_ONLY, read_nothing, true},
    {"created_at", INPUT_READ_ONLY, read_nothing, true},
    {"updated_at", INPUT_READ_ONLY, read_nothing, true},
    {"completed_at", INPUT_READ_ONLY, read_nothing, true},
    {"version", INPUT_READ_ONLY, read_nothing, true},
    {"overdue", INPUT_READ_ONLY, read_nothing, true},
    {"days_overdue", INPUT_READ_ONLY, read_nothing, true},
    {"blocked", INPUT_READ_ONLY, read_nothing, true},
    {"subtasks", INPUT_READ_ONLY, read_nothing, true},
    {"dependencies", INPUT_READ_ONLY, read_nothing, true},
};

static const struct field recurrence_fields[] = {
    {"type", INPUT_RECURRENCE_TYPE, read_recurrence_type, true},
    {"interval", INPUT_RECURRENCE_INTERVAL, read_recurrence_interval, false},
};

static const struct field *find_field(const struct field *table, size_t count, const char *name,
                                      size_t size)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(table[i].name) == size && memcmp(table[i].name, name, size) == 0)
            return &table[i];
    }
    return NULL;
}

static void read_member(const struct reading *r, const struct field *field)
{
    struct task_input *input = r->input;
    bool creates = input->mode == TASK_INPUT_CREATE || input->mode == TASK_INPUT_OVERRIDE;
    if (field->bit == INPUT_READ_ONLY && creates) {
        faults_add(r->faults, FAULT_POINTER, r->pointer, "is read-only");
        return;
    }
    input->given |= field->bit;
    /* A merge patch clears by null: the value in the input is already the default. */
    if (json_is_null(r->value) && input->mode == TASK_INPUT_MERGE && !field->required)
        return;
    field->read(r);
}

static void read_members(struct faults *faults, const json_t *object, const char *pointer,
                         const struct field *table, size_t count, struct task_input *input)
{
    const char *key;
    size_t size;
    json_t *value;
    json_object_keylen_foreach((json_t *)object, key, size, value)
    {
        const char *where = json_pointer_append(faults->arena, pointer, key, size);
        const struct field *field = find_field(table, count, key, size);
        struct reading reading = {faults, where, value, input};
        if (where == NULL)
            faults->failed = true;
        else if (field == NULL)
            faults_add(faults, FAULT_POINTER, where, "is not a known field");
        else
            read_member(&reading, field);
    }
}

static void read_recurring(const struct reading *r)
{
    if (json_is_null(r->value))
        return;
    if (!json_is_object(r->value)) {
        faults_add(r->faults, FAULT_POINTER, r->pointer,
                   "must be an object with type and interval, or null");
        return;
    }
    /* A patch of some members keeps the others (RFC 7396). */
    unsigned members = INPUT_RECURRENCE_TYPE | INPUT_RECURRENCE_INTERVAL;
    r->input->given &= ~members;
    r->input->values.recurring.interval = 1;
    read_members(r->faults, r->value, r->pointer, recurrence_fields, ARRAY_SIZE(recurrence_fields),
                 r->input);
    if (r->input->mode == TASK_INPUT_MERGE)
        return;
    if ((r->input->given & INPUT_RECURRENCE_TYPE) == 0)
        faults_add(r->faults, FAULT_POINTER, "#/recurring/type", "is required");
    r->input->given |= members;
}

void task_input_read(struct faults *faults, const json_t *body, enum task_input_mode mode,
                     struct task_input *ret_input)
{
    *ret_input = (struct task_input){.mode = mode, .body = body};
    task_init(&ret_input->values);
    if (body == NULL)
        return;
    if (!json_is_object(body)) {
        faults_add(faults, FAULT_POINTER, "#", "must be an object");
        return;
    }
    read_members(faults, body, "#", fields, ARRAY_SIZE(fields), ret_input);
    bool whole = mode == TASK_INPUT_CREATE || mode == TASK_INPUT_REPLACE;
    if (whole && (ret_input->given & INPUT_DESCRIPTION) == 0)
        faults_add(faults, FAULT_POINTER, "#/description", "is required");
}
