/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The template's defaults, the rules for its name, and the way from a task to a template and back.
 * The rules for the fields that it shares with a task are in validate.c.
 */
#include "task/template.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

static struct recurrence unbegun(const struct recurrence *recurrence)
{
    return (struct recurrence){
        .type = recurrence->type, .interval = recurrence->interval, .anchor = DATE_NONE};
}

void template_from_task(const struct task *task, int64_t now, struct task_template *ret_template)
{
    *ret_template = (struct task_template){
        .name = {"", 0},
        .description = task->description,
        .notes = task->notes,
        .priority = task->priority,
        .category = task->category,
        .recurring = unbegun(&task->recurring),
        .created_at = now,
        .updated_at = now,
        .version = 1,
    };
}

void template_init(struct task_template *task_template)
{
    struct task task;
    task_init(&task);
    template_from_task(&task, 0, task_template);
}

void template_to_task(const struct task_template *task_template, struct task *ret_task)
{
    task_init(ret_task);
    ret_task->description = task_template->description;
    ret_task->notes = task_template->notes;
    ret_task->priority = task_template->priority;
    ret_task->category = task_template->category;
    ret_task->recurring = unbegun(&task_template->recurring);
}

/* --- The name --------------------------------------------------------------------------------- */

static bool check_length(struct faults *faults, const char *pointer, const char *data, size_t size)
{
    size_t count = utf8_count(data, size);
    if (count >= 1 && count <= TEMPLATE_NAME_MAX)
        return true;
    faults_add(faults, FAULT_POINTER, pointer,
               "must have 1 to %d characters beside white space at its ends, not %zu",
               TEMPLATE_NAME_MAX, count);
    return false;
}

static bool check_characters(struct faults *faults, const char *pointer, const char *data,
                             size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t code_point;
        at += utf8_decode(data + at, size - at, &code_point);
        if (!utf8_is_control(code_point) && code_point != '/')
            continue;
        faults_add(faults, FAULT_POINTER, pointer,
                   "must not contain \"/\" or control characters, such as U+%04" PRIX32,
                   code_point);
        return false;
    }
    return true;
}

/* RFC 3986 section 3.3: what these two segments stand for is taken out of a path. */
static bool check_segment(struct faults *faults, const char *pointer, const char *data, size_t size)
{
    if ((size != 1 && size != 2) || memcmp(data, "..", size) != 0)
        return true;
    faults_add(faults, FAULT_POINTER, pointer, "must not be \".\" or \"..\"");
    return false;
}

bool validate_template_name(struct faults *faults, const char *pointer, const char *data,
                            size_t size, struct text *ret_name)
{
    if (!utf8_valid(data, size)) {
        faults_add(faults, FAULT_POINTER, pointer, "must be valid UTF-8");
        return false;
    }
    size_t start, length;
    utf8_trim(data, size, &start, &length);
    bool fits = check_length(faults, pointer, data + start, length);
    bool clean = check_characters(faults, pointer, data + start, length);
    if (!fits || !clean || !check_segment(faults, pointer, data + start, length))
        return false;
    const char *copy = arena_memdup(faults->arena, data + start, length);
    faults->failed |= copy == NULL;
    if (copy == NULL)
        return false;
    *ret_name = (struct text){copy, length};
    return true;
}
