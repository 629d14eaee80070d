/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reads the fields of a record of an imported document: types and values. What a record must have,
 * and what it gets for what is missing, is in import_record.c.
 */
#include "api/import_fields.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/digits.h"
#include "http/body.h"
#include "task/recurrence.h"
#include "task/validate.h"

#define LOCAL_TIME_SIZE 19 /* "2026-01-05 10:11:12" */

typedef void (*field_reader)(struct import_reading *r, const json_t *value);

struct import_field {
    const char *name;
    unsigned bit; /* in given; 0: nobody asks */
    field_reader read;
};

/* --- Values ----------------------------------------------------------------------------------- */

static bool read_local_time(const char *text, size_t size, int64_t *ret_instant)
{
    date_t date;
    int hour, minute, second;
    if (size != LOCAL_TIME_SIZE || !date_parse(text, 10, &date) || text[10] != ' ' ||
        text[13] != ':' || text[16] != ':' || !digits_read(text + 11, 2, &hour) ||
        !digits_read(text + 14, 2, &minute) || !digits_read(text + 17, 2, &second) || hour > 23 ||
        minute > 59 || second > 59)
        return false;
    *ret_instant = clock_from_local(date, (hour * 60 + minute) * 60 + second);
    return true;
}

bool import_instant(const char *text, size_t size, int64_t *ret_instant)
{
    return read_local_time(text, size, ret_instant) || instant_parse(text, size, ret_instant);
}

static void fault(struct import_reading *r, const char *detail)
{
    faults_add(r->faults, FAULT_POINTER, r->pointer, "%s", detail);
}

static const char *text_of(struct import_reading *r, const json_t *value, const char *wanted,
                           size_t *ret_size)
{
    if (!json_is_string(value)) {
        fault(r, wanted);
        return NULL;
    }
    *ret_size = json_string_length(value);
    return json_string_value(value);
}

static void read_instant(struct import_reading *r, const json_t *value, int64_t *ret_instant)
{
    if (!json_is_string(value) ||
        !import_instant(json_string_value(value), json_string_length(value), ret_instant))
        fault(r, "must be an instant such as \"2026-01-05T10:11:12.000Z\", or a local time such as "
                 "\"2026-01-05 10:11:12\"");
}

static void read_bool(struct import_reading *r, const json_t *value, bool *ret_value)
{
    if (json_is_boolean(value))
        *ret_value = json_is_true(value);
    else
        fault(r, "must be true or false");
}

static bool read_id_value(struct import_reading *r, const char *pointer, const json_t *value,
                          int64_t *ret_id)
{
    int64_t id;
    if (!http_json_integer(value, &id)) {
        faults_add(r->faults, FAULT_POINTER, pointer, "must be the id of a task");
        return false;
    }
    return validate_id(r->faults, pointer, id, ret_id);
}

/* --- Fields of a task and of a template --------------------------------------------------------
 */

static void read_description(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be a string", &size);
    if (text != NULL)
        validate_description(r->faults, r->pointer, text, size, &r->task->description);
}

static void read_notes(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be a string", &size);
    if (text != NULL && size > 0)
        validate_notes(r->faults, r->pointer, text, size, &r->task->notes);
}

static void read_priority(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be one of high, medium, low", &size);
    if (text != NULL)
        validate_priority(r->faults, r->pointer, text, size, &r->task->priority);
}

static void read_category(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be one of work, personal, shopping, other", &size);
    if (text != NULL)
        validate_category(r->faults, r->pointer, text, size, &r->task->category);
}

static void read_created_at(struct import_reading *r, const json_t *value)
{
    read_instant(r, value, &r->task->created_at);
}

static void read_updated_at(struct import_reading *r, const json_t *value)
{
    read_instant(r, value, &r->task->updated_at);
}

static void read_recurring(struct import_reading *r, const json_t *value);

/* --- Fields of a task --------------------------------------------------------------------------
 */

static void read_id(struct import_reading *r, const json_t *value)
{
    int64_t id;
    if (!read_id_value(r, r->pointer, value, &id))
        return;
    if (id > IMPORT_ID_MAX)
        fault(r, "leaves no room for the ids of further tasks");
    else
        r->task->id = id;
}

static void read_completed(struct import_reading *r, const json_t *value)
{
    read_bool(r, value, &r->task->completed);
}

static void read_archived(struct import_reading *r, const json_t *value)
{
    read_bool(r, value, &r->task->archived);
}

static void read_due_date(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be a date such as \"2026-01-05\", or null", &size);
    if (text != NULL)
        validate_due_date(r->faults, r->pointer, text, size, &r->task->due_date);
}

static void read_parent_id(struct import_reading *r, const json_t *value)
{
    read_id_value(r, r->pointer, value, &r->task->parent_id);
}

static void read_next_id(struct import_reading *r, const json_t *value)
{
    read_id_value(r, r->pointer, value, &r->task->next_id);
}

static void read_completed_at(struct import_reading *r, const json_t *value)
{
    read_instant(r, value, &r->task->completed_at);
}

static void read_depends_on(struct import_reading *r, const json_t *value)
{
    struct id_list *ids = &r->task->depends_on;
    size_t count = json_array_size(value);
    if (!json_is_array(value) || count > TASK_DEPENDS_ON_MAX) {
        faults_add(r->faults, FAULT_POINTER, r->pointer, "must be an array of at most %d ids",
                   TASK_DEPENDS_ON_MAX);
        return;
    }
    if (count == 0)
        return;
    ids->ids = arena_calloc(r->faults->arena, count, sizeof(*ids->ids));
    r->faults->failed |= ids->ids == NULL;
    for (size_t i = 0; i < count && ids->ids != NULL; i++) {
        char pointer[IMPORT_POINTER_SIZE + 24];
        snprintf(pointer, sizeof(pointer), "%s/%zu", r->pointer, i);
        if (read_id_value(r, pointer, json_array_get(value, i), &ids->ids[ids->count]))
            ids->count++;
    }
}

/* --- Recurrence --------------------------------------------------------------------------------
 */

static void read_type(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be one of daily, weekly, monthly", &size);
    if (text != NULL)
        validate_recurrence_type(r->faults, r->pointer, text, size, &r->task->recurring.type);
}

static void read_interval(struct import_reading *r, const json_t *value)
{
    int64_t interval;
    if (http_json_integer(value, &interval))
        validate_recurrence_interval(r->faults, r->pointer, interval, &r->task->recurring.interval);
    else
        fault(r, "must be an integer");
}

static void read_anchor(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be a date such as \"2026-01-05\"", &size);
    if (text != NULL)
        validate_due_date(r->faults, r->pointer, text, size, &r->task->recurring.anchor);
}

static void read_index(struct import_reading *r, const json_t *value)
{
    int64_t index;
    if (http_json_integer(value, &index) && index >= 0 && index <= DATE_MAX)
        r->task->recurring.index = (int)index;
    else
        fault(r, "must be the number of this occurrence, from 0");
}

static const struct import_field recurrence_fields[] = {
    {"type", IMPORT_GIVEN_TYPE, read_type},
    {"interval", 0, read_interval},
    {"anchor", IMPORT_GIVEN_ANCHOR, read_anchor},
    {"index", IMPORT_GIVEN_INDEX, read_index},
};

/* --- Records -----------------------------------------------------------------------------------
 */

static void read_name(struct import_reading *r, const json_t *value)
{
    size_t size = 0;
    const char *text = text_of(r, value, "must be a string", &size);
    if (text != NULL)
        validate_template_name(r->faults, r->pointer, text, size, &r->template_->name);
}

static const struct import_field task_fields[] = {
    {"id", IMPORT_GIVEN_ID, read_id},
    {"description", IMPORT_GIVEN_DESCRIPTION, read_description},
    {"completed", 0, read_completed},
    {"priority", 0, read_priority},
    {"category", 0, read_category},
    {"due_date", 0, read_due_date},
    {"notes", 0, read_notes},
    {"parent_id", 0, read_parent_id},
    {"depends_on", 0, read_depends_on},
    {"recurring", 0, read_recurring},
    {"next_id", 0, read_next_id},
    {"archived", 0, read_archived},
    {"created_at", IMPORT_GIVEN_CREATED_AT, read_created_at},
    {"updated_at", IMPORT_GIVEN_UPDATED_AT, read_updated_at},
    {"completed_at", 0, read_completed_at},
};

static const struct import_field template_fields[] = {
    {"name", IMPORT_GIVEN_NAME, read_name},
    {"description", IMPORT_GIVEN_DESCRIPTION, read_description},
    {"priority", 0, read_priority},
    {"category", 0, read_category},
    {"notes", 0, read_notes},
    {"recurring", 0, read_recurring},
    {"created_at", IMPORT_GIVEN_CREATED_AT, read_created_at},
    {"updated_at", IMPORT_GIVEN_UPDATED_AT, read_updated_at},
};

static const struct import_field *find_field(const struct import_field *table, size_t count,
                                             const char *name, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(table[i].name) == size && memcmp(table[i].name, name, size) == 0)
            return &table[i];
    }
    return NULL;
}

static void read_unknown(struct import_reading *r, const char *name, size_t size)
{
    const char *where = json_pointer_append(r->faults->arena, r->pointer, name, size);
    if (where == NULL)
        r->faults->failed = true;
    else
        faults_add(r->faults, FAULT_POINTER, where, "is not a known field");
}

/* Reads the members of an object; the pointer grows by each one's name while it is read. */
static void read_members(struct import_reading *r, const json_t *object,
                         const struct import_field *table, size_t count)
{
    const char *name;
    size_t size;
    json_t *value;
    size_t length = strlen(r->pointer);
    json_object_keylen_foreach((json_t *)object, name, size, value)
    {
        const struct import_field *field = find_field(table, count, name, size);
        if (field == NULL) {
            read_unknown(r, name, size);
            continue;
        }
        if (json_is_null(value))
            continue;
        r->given |= field->bit;
        snprintf(r->pointer + length, sizeof(r->pointer) - length, "/%s", field->name);
        field->read(r, value);
        r->pointer[length] = '\0';
    }
}

static void read_recurring(struct import_reading *r, const json_t *value)
{
    if (!json_is_object(value)) {
        fault(r, "must be an object with type and interval, or null");
        return;
    }
    size_t faults = r->faults->count;
    r->task->recurring.interval = 1;
    read_members(r, value, recurrence_fields, ARRAY_SIZE(recurrence_fields));
    unsigned series = r->given & (IMPORT_GIVEN_ANCHOR | IMPORT_GIVEN_INDEX);
    if (r->faults->count > faults)
        return;
    if ((r->given & IMPORT_GIVEN_TYPE) == 0)
        fault(r, "needs a type");
    else if (series != 0 && series != (IMPORT_GIVEN_ANCHOR | IMPORT_GIVEN_INDEX))
        fault(r, "needs anchor and index, or neither");
    else if (series != 0 && r->template_ != NULL)
        fault(r, "has no anchor and no index in a template");
}

void import_read_fields(struct import_reading *r, const json_t *object)
{
    if (r->template_ == NULL)
        read_members(r, object, task_fields, ARRAY_SIZE(task_fields));
    else
        read_members(r, object, template_fields, ARRAY_SIZE(template_fields));
}
