/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The task's defaults, the names of its enumerations and what is computed from its fields. The
 * rules for what a client may write are in validate.c.
 */
#include "task/task.h"

#include <string.h>

#include "base/cleanup.h"

static const char *const priority_names[] = {
    [TASK_PRIORITY_HIGH] = "high",
    [TASK_PRIORITY_MEDIUM] = "medium",
    [TASK_PRIORITY_LOW] = "low",
};
_Static_assert(ARRAY_SIZE(priority_names) == TASK_PRIORITY_END, "every priority has a name");

static const char *const category_names[] = {
    [TASK_CATEGORY_WORK] = "work",
    [TASK_CATEGORY_PERSONAL] = "personal",
    [TASK_CATEGORY_SHOPPING] = "shopping",
    [TASK_CATEGORY_OTHER] = "other",
};
_Static_assert(ARRAY_SIZE(category_names) == TASK_CATEGORY_END, "every category has a name");

static const char *const recurrence_names[] = {
    [RECURRENCE_DAILY] = "daily",
    [RECURRENCE_WEEKLY] = "weekly",
    [RECURRENCE_MONTHLY] = "monthly",
};
_Static_assert(ARRAY_SIZE(recurrence_names) == RECURRENCE_END, "every recurrence has a name");

void task_init(struct task *task)
{
    *task = (struct task){
        .description = {"", 0},
        .notes = {"", 0},
        .priority = TASK_PRIORITY_MEDIUM,
        .category = TASK_CATEGORY_OTHER,
        .due_date = DATE_NONE,
        .recurring = {.type = RECURRENCE_NONE, .anchor = DATE_NONE},
        .completed_at = INSTANT_NONE,
        .version = 1,
    };
}

static const char *name_of(const char *const *names, size_t count, unsigned value)
{
    return value < count ? names[value] : NULL;
}

/* Value 0 of each table is nameless and stands for "none of them". */
static unsigned value_of(const char *const *names, unsigned count, const char *name, size_t size)
{
    for (unsigned value = 1; value < count; value++)
        if (strlen(names[value]) == size && memcmp(names[value], name, size) == 0)
            return value;
    return 0;
}

const char *task_priority_name(enum task_priority priority)
{
    return name_of(priority_names, TASK_PRIORITY_END, (unsigned)priority);
}

const char *task_category_name(enum task_category category)
{
    return name_of(category_names, TASK_CATEGORY_END, (unsigned)category);
}

const char *recurrence_type_name(enum recurrence_type type)
{
    return name_of(recurrence_names, RECURRENCE_END, (unsigned)type);
}

enum task_priority task_priority_parse(const char *name, size_t size)
{
    return (enum task_priority)value_of(priority_names, TASK_PRIORITY_END, name, size);
}

enum task_category task_category_parse(const char *name, size_t size)
{
    return (enum task_category)value_of(category_names, TASK_CATEGORY_END, name, size);
}

enum recurrence_type recurrence_type_parse(const char *name, size_t size)
{
    return (enum recurrence_type)value_of(recurrence_names, RECURRENCE_END, name, size);
}

bool task_overdue(const struct task *task, date_t today)
{
    return task->due_date < today && !task->completed && !task->archived;
}

int task_days_overdue(const struct task *task, date_t today)
{
    return task_overdue(task, today) ? today - task->due_date : 0;
}

bool task_blocked(const struct task *task)
{
    return !task->completed && task->dependencies.completed < task->dependencies.total;
}
