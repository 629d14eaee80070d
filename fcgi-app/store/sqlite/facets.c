/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The facets of a task.
 */
#include "store/sqlite/facets.h"

static uint32_t forbid(enum tristate wanted, uint32_t bit_if_false, uint32_t bit_if_true)
{
    switch (wanted) {
    case TRI_FALSE:
        return bit_if_true;
    case TRI_TRUE:
        return bit_if_false;
    default:
        return 0;
    }
}

static uint32_t forbid_values(const struct task_query *query)
{
    uint32_t forbidden = 0;
    for (unsigned value = TASK_PRIORITY_HIGH; value < TASK_PRIORITY_END; value++) {
        if (query->priorities != 0 && (query->priorities & 1U << value) == 0)
            forbidden |= FACET_PRIORITY(value);
    }
    for (unsigned value = TASK_CATEGORY_WORK; value < TASK_CATEGORY_END; value++) {
        if (query->categories != 0 && (query->categories & 1U << value) == 0)
            forbidden |= FACET_CATEGORY(value);
    }
    return forbidden;
}

uint32_t facets_forbidden(const struct task_query *query)
{
    uint32_t forbidden = forbid_values(query);
    forbidden |= forbid(query->completed, FACET_OPEN, FACET_COMPLETED);
    forbidden |= forbid(query->archived, FACET_ACTIVE, FACET_ARCHIVED);
    forbidden |= forbid(query->recurring, FACET_ONCE, FACET_RECURRING);
    forbidden |= forbid(query->blocked, FACET_FREE, FACET_BLOCKED);
    forbidden |= forbid(query->has_parent, FACET_ROOT, FACET_SUBTASK);
    if (query->overdue)
        forbidden |= FACET_COMPLETED | FACET_ARCHIVED;
    if (query->due_range)
        forbidden |= query->due_to < DATE_NONE ? FACET_UNDATED : 0;
    else if (query->due_none)
        forbidden |= FACET_DATED;
    return forbidden;
}

uint32_t facets_other_priorities(enum task_priority priority)
{
    uint32_t all = 0;
    for (unsigned value = TASK_PRIORITY_HIGH; value < TASK_PRIORITY_END; value++)
        all |= FACET_PRIORITY(value);
    return all & ~FACET_PRIORITY(priority);
}

uint32_t facets_of(const struct task *task)
{
    return (task->completed ? FACET_COMPLETED : FACET_OPEN) |
           (task->archived ? FACET_ARCHIVED : FACET_ACTIVE) | FACET_PRIORITY(task->priority) |
           FACET_CATEGORY(task->category) |
           (task->recurring.type != RECURRENCE_NONE ? FACET_RECURRING : FACET_ONCE) |
           (task_blocked(task) ? FACET_BLOCKED : FACET_FREE) |
           (task->parent_id != 0 ? FACET_SUBTASK : FACET_ROOT) |
           (task->due_date == DATE_NONE ? FACET_UNDATED : FACET_DATED);
}
