/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules for the value of each writable field, and for fields that depend on each other. What a
 * field's type is in JSON is checked by the caller.
 */
#include "task/validate.h"

#include <inttypes.h>

#include "base/utf8.h"

static bool accept_text(struct faults *faults, const char *data, size_t size, struct text *ret_text)
{
    const char *copy = arena_memdup(faults->arena, data, size);
    if (copy == NULL) {
        faults->failed = true;
        return false;
    }
    *ret_text = (struct text){copy, size};
    return true;
}

static bool check_encoding(struct faults *faults, const char *pointer, const char *data,
                           size_t size)
{
    if (utf8_valid(data, size))
        return true;
    faults_add(faults, FAULT_POINTER, pointer, "must be valid UTF-8");
    return false;
}

static bool check_length(struct faults *faults, const char *pointer, const char *data, size_t size,
                         size_t max)
{
    size_t count = utf8_count(data, size);
    if (count <= max)
        return true;
    faults_add(faults, FAULT_POINTER, pointer, "must have at most %zu characters, not %zu", max,
               count);
    return false;
}

static bool is_line_layout(uint32_t code_point)
{
    return code_point == '\n' || code_point == '\r' || code_point == '\t';
}

static bool check_controls(struct faults *faults, const char *pointer, const char *data,
                           size_t size, bool lines)
{
    for (size_t at = 0; at < size;) {
        uint32_t code_point;
        at += utf8_decode(data + at, size - at, &code_point);
        if (!utf8_is_control(code_point) || (lines && is_line_layout(code_point)))
            continue;
        faults_add(faults, FAULT_POINTER, pointer,
                   "must not contain control characters%s, such as U+%04" PRIX32,
                   lines ? " other than line breaks and tabs" : "", code_point);
        return false;
    }
    return true;
}

bool validate_description(struct faults *faults, const char *pointer, const char *data, size_t size,
                          struct text *ret_description)
{
    if (!check_encoding(faults, pointer, data, size))
        return false;
    size_t start, length;
    utf8_trim(data, size, &start, &length);
    if (length == 0) {
        faults_add(faults, FAULT_POINTER, pointer, "must not be empty or only white space");
        return false;
    }
    bool fits = check_length(faults, pointer, data + start, length, TASK_DESCRIPTION_MAX);
    bool clean = check_controls(faults, pointer, data + start, length, false);
    return fits && clean && accept_text(faults, data + start, length, ret_description);
}

bool validate_notes(struct faults *faults, const char *pointer, const char *data, size_t size,
                    struct text *ret_notes)
{
    if (!check_encoding(faults, pointer, data, size))
        return false;
    bool fits = check_length(faults, pointer, data, size, TASK_NOTES_MAX);
    bool clean = check_controls(faults, pointer, data, size, true);
    return fits && clean && accept_text(faults, data, size, ret_notes);
}

bool validate_priority(struct faults *faults, const char *pointer, const char *data, size_t size,
                       enum task_priority *ret_priority)
{
    enum task_priority priority = task_priority_parse(data, size);
    if (priority == 0) {
        faults_add(faults, FAULT_POINTER, pointer, "must be one of high, medium, low");
        return false;
    }
    *ret_priority = priority;
    return true;
}

bool validate_category(struct faults *faults, const char *pointer, const char *data, size_t size,
                       enum task_category *ret_category)
{
    enum task_category category = task_category_parse(data, size);
    if (category == 0) {
        faults_add(faults, FAULT_POINTER, pointer,
                   "must be one of work, personal, shopping, other");
        return false;
    }
    *ret_category = category;
    return true;
}

bool validate_due_date(struct faults *faults, const char *pointer, const char *data, size_t size,
                       date_t *ret_date)
{
    if (date_parse(data, size, ret_date))
        return true;
    faults_add(faults, FAULT_POINTER, pointer,
               "must be a date of the calendar, YYYY-MM-DD, from 1970-01-01 to 9999-12-31");
    return false;
}

bool validate_recurrence_type(struct faults *faults, const char *pointer, const char *data,
                              size_t size, enum recurrence_type *ret_type)
{
    enum recurrence_type type = recurrence_type_parse(data, size);
    if (type == RECURRENCE_NONE) {
        faults_add(faults, FAULT_POINTER, pointer, "must be one of daily, weekly, monthly");
        return false;
    }
    *ret_type = type;
    return true;
}

bool validate_recurrence_interval(struct faults *faults, const char *pointer, int64_t interval,
                                  int *ret_interval)
{
    if (interval < 1 || interval > TASK_RECURRENCE_INTERVAL_MAX) {
        faults_add(faults, FAULT_POINTER, pointer, "must be from 1 to %d",
                   TASK_RECURRENCE_INTERVAL_MAX);
        return false;
    }
    *ret_interval = (int)interval;
    return true;
}

bool validate_id(struct faults *faults, const char *pointer, int64_t id, int64_t *ret_id)
{
    if (id < 1 || id > TASK_ID_MAX) {
        faults_add(faults, FAULT_POINTER, pointer, "must be from 1 to %" PRId64, TASK_ID_MAX);
        return false;
    }
    *ret_id = id;
    return true;
}

bool validate_task(struct faults *faults, const struct task *task)
{
    bool undated = task->recurring.type != RECURRENCE_NONE && task->due_date == DATE_NONE;
    bool own_parent = task->id != 0 && task->parent_id == task->id;
    if (undated)
        faults_add(faults, FAULT_POINTER, "#/recurring", "a recurring task needs a due_date");
    if (own_parent)
        faults_add(faults, FAULT_POINTER, "#/parent_id", "a task cannot be its own parent");
    return !undated && !own_parent;
}
