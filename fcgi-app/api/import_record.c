/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * One record of an imported document. Every field but id and description may be absent or null, as
 * those are that an older program did not know: it then takes its default.
 */
#include "api/import_fields.h"

#include <stdio.h>

#include "task/recurrence.h"

static void require(struct import_reading *r, unsigned bit, const char *name)
{
    char pointer[IMPORT_POINTER_SIZE + 24];
    if ((r->given & bit) != 0)
        return;
    snprintf(pointer, sizeof(pointer), "%s/%s", r->pointer, name);
    faults_add(r->faults, FAULT_POINTER, pointer, "is required");
}

/* What an older program did not record is taken from what it did: a task was completed no earlier
 * than it was created, and changed no later than that is known. */
static void fill_times(struct import_reading *r)
{
    struct task *task = r->task;
    if ((r->given & IMPORT_GIVEN_CREATED_AT) == 0)
        task->created_at = r->now;
    if (task->completed && task->completed_at == INSTANT_NONE)
        task->completed_at =
            (r->given & IMPORT_GIVEN_UPDATED_AT) != 0 ? task->updated_at : task->created_at;
    if ((r->given & IMPORT_GIVEN_UPDATED_AT) != 0)
        return;
    task->updated_at = task->created_at;
    if (task->completed_at > task->updated_at)
        task->updated_at = task->completed_at;
}

static void start_series(struct import_reading *r)
{
    struct recurrence *recurring = &r->task->recurring;
    if (recurring->type == RECURRENCE_NONE)
        *recurring = (struct recurrence){.anchor = DATE_NONE};
    else if (recurring->anchor == DATE_NONE)
        recurrence_start(recurring, r->task->due_date);
}

static bool begin_record(struct import_reading *r, const json_t *value)
{
    task_init(r->task);
    r->given = 0;
    if (json_is_object(value))
        return true;
    faults_add(r->faults, FAULT_POINTER, r->pointer, "must be an object");
    return false;
}

bool import_read_task(struct import_reading *r, const json_t *value)
{
    size_t faults = r->faults->count;
    if (!begin_record(r, value))
        return false;
    import_read_fields(r, value);
    require(r, IMPORT_GIVEN_ID, "id");
    require(r, IMPORT_GIVEN_DESCRIPTION, "description");
    fill_times(r);
    start_series(r);
    return r->faults->count == faults;
}

bool import_read_template(struct import_reading *r, const json_t *value)
{
    struct task task;
    size_t faults = r->faults->count;
    r->task = &task;
    if (!begin_record(r, value))
        return false;
    import_read_fields(r, value);
    if (!r->is_named)
        require(r, IMPORT_GIVEN_NAME, "name");
    require(r, IMPORT_GIVEN_DESCRIPTION, "description");
    fill_times(r);
    if (r->faults->count > faults)
        return false;
    struct text name = r->template_->name;
    template_from_task(&task, task.created_at, r->template_);
    r->template_->name = name;
    r->template_->updated_at = task.updated_at;
    return true;
}
