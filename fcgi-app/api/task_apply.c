/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Lays the input of a request over the stored task, and makes the checks that need the store. Used
 * inside the transaction, and before it when the input is faulty already, so that one answer names
 * every fault.
 */
#include <stdio.h>
#include <string.h>

#include "api/task_input.h"
#include "api/task_json.h"
#include "base/json_memory.h"
#include "http/body.h"
#include "task/dependencies.h"
#include "task/recurrence.h"
#include "task/validate.h"

static bool takes(const struct task_input *input, unsigned bit)
{
    return input->mode == TASK_INPUT_CREATE || input->mode == TASK_INPUT_REPLACE ||
           (input->given & bit) != 0;
}

static void lay_recurrence(struct faults *faults, const struct task_input *input, struct task *task)
{
    struct recurrence before = task->recurring;
    if (takes(input, INPUT_RECURRENCE_TYPE))
        task->recurring.type = input->values.recurring.type;
    if (takes(input, INPUT_RECURRENCE_INTERVAL))
        task->recurring.interval = input->values.recurring.interval;
    if (task->recurring.type != RECURRENCE_NONE && task->recurring.interval == 0)
        task->recurring.interval = 1;
    if (task->recurring.type == RECURRENCE_NONE) {
        if ((input->given & (INPUT_RECURRENCE_TYPE | INPUT_RECURRENCE_INTERVAL)) ==
            INPUT_RECURRENCE_INTERVAL)
            faults_add(faults, FAULT_POINTER, "#/recurring/type", "is required");
        task->recurring = (struct recurrence){.anchor = DATE_NONE};
    } else if (task->recurring.type != before.type || task->recurring.interval != before.interval)
        recurrence_start(&task->recurring, task->due_date);
}

static void lay_values(struct faults *faults, const struct task_input *input, struct task *task)
{
    const struct task *values = &input->values;
    date_t due_before = task->due_date;
    if (takes(input, INPUT_DESCRIPTION))
        task->description = values->description;
    if (takes(input, INPUT_COMPLETED))
        task->completed = values->completed;
    if (takes(input, INPUT_PRIORITY))
        task->priority = values->priority;
    if (takes(input, INPUT_CATEGORY))
        task->category = values->category;
    if (takes(input, INPUT_DUE_DATE))
        task->due_date = values->due_date;
    if (takes(input, INPUT_NOTES))
        task->notes = values->notes;
    if (takes(input, INPUT_PARENT_ID))
        task->parent_id = values->parent_id;
    lay_recurrence(faults, input, task);
    if (task->due_date != due_before && task->recurring.type != RECURRENCE_NONE)
        recurrence_start(&task->recurring, task->due_date);
}

static enum error_code lay_dependencies(const struct task_input *input, struct arena *arena,
                                        struct task *task)
{
    struct id_list given = input->values.depends_on;
    if (!takes(input, INPUT_DEPENDS_ON))
        return ERROR_NONE;
    /* A copy: the input keeps the order of the body, which the faults' pointers need. */
    task->depends_on.ids = arena_calloc(arena, given.count, sizeof(*given.ids));
    task->depends_on.count = given.count;
    if (task->depends_on.ids == NULL)
        return ERROR_MEMORY;
    if (given.count > 0)
        memcpy(task->depends_on.ids, given.ids, given.count * sizeof(*given.ids));
    id_list_normalize(&task->depends_on);
    return ERROR_NONE;
}

static enum error_code check_exists(struct faults *faults, struct store_view *view, int64_t id,
                                    const char *pointer)
{
    struct task unused;
    enum error_code code = store_task_get(view, id, faults->arena, &unused);
    if (code != ERROR_NOT_FOUND)
        return code;
    faults_add(faults, FAULT_POINTER, pointer, "there is no task with this id");
    return ERROR_NONE;
}

static enum error_code check_references(struct faults *faults, struct store_view *view,
                                        const struct task_input *input, const struct task *present)
{
    const struct id_list *ids = &input->values.depends_on;
    enum error_code code = ERROR_NONE;
    if (input->values.parent_id != 0)
        code = check_exists(faults, view, input->values.parent_id, "#/parent_id");
    for (size_t i = 0; i < ids->count && code == ERROR_NONE; i++) {
        char pointer[40];
        if (present != NULL && id_list_contains(present->depends_on, ids->ids[i]))
            continue;
        snprintf(pointer, sizeof(pointer), "#/depends_on/%zu", input->places[i]);
        code = check_exists(faults, view, ids->ids[i], pointer);
    }
    return code;
}

/* A client may send back what it read: a read-only field is accepted with its present value. */
static enum error_code check_read_only(struct faults *faults, const struct task_input *input,
                                       const struct task *present, date_t today)
{
    static const char *const names[] = {"id",           "archived", "created_at",  "updated_at",
                                        "completed_at", "version",  "overdue",     "blocked",
                                        "days_overdue", "subtasks", "dependencies"};
    if ((input->given & INPUT_READ_ONLY) == 0 || present == NULL)
        return ERROR_NONE;
    struct buf text CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&text);
    task_json(&w, present, today);
    bool is_short = false;
    json_t *now CLEANUP_JSON =
        text.failed ? NULL : json_memory_load(text.data, text.size, 0, NULL, &is_short);
    if (now == NULL)
        return ERROR_MEMORY;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const json_t *given = json_object_get(input->body, names[i]);
        if (given == NULL || json_equal(given, json_object_get(now, names[i])))
            continue;
        const char *where = arena_printf(faults->arena, "#/%s", names[i]);
        faults_add(faults, FAULT_POINTER, where == NULL ? "#" : where,
                   "is read-only and differs from the present value");
    }
    return ERROR_NONE;
}

enum error_code task_input_apply(struct faults *faults, struct store_view *view,
                                 const struct task_input *input, const struct task *present,
                                 date_t today, struct task *ret_task)
{
    struct task task;
    const struct task *under = present != NULL ? present : input->base;
    if (under != NULL)
        task = *under;
    else
        task_init(&task);
    lay_values(faults, input, &task);
    enum error_code code = lay_dependencies(input, faults->arena, &task);
    if (code == ERROR_NONE)
        code = check_references(faults, view, input, present);
    if (code == ERROR_NONE)
        code = check_read_only(faults, input, present, today);
    if (code != ERROR_NONE)
        return code;
    struct task checked = task;
    if (input->due_date_fault)
        checked.due_date = DATE_MIN;
    validate_task(faults, &checked);
    if (faults->failed)
        return ERROR_MEMORY;
    *ret_task = task;
    return ERROR_NONE;
}
