/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Whether a task matches a query: the meaning of the filters in C, against which the SQL of the
 * store is tested.
 */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "base/utf8.h"
#include "task/query.h"

static bool tristate_matches(enum tristate wanted, bool value)
{
    return wanted == TRI_ANY || value == (wanted == TRI_TRUE);
}

static bool set_matches(value_set set, unsigned value)
{
    return set == 0 || (set & 1U << value) != 0;
}

static bool due_matches(const struct task_query *query, const struct task *task)
{
    if (query->overdue && (task->completed || task->archived))
        return false;
    if (query->due_range)
        return query->due_from <= task->due_date && task->due_date <= query->due_to;
    return !query->due_none || task->due_date == DATE_NONE;
}

static bool parent_matches(const struct task_query *query, const struct task *task)
{
    if (query->has_parent == TRI_TRUE)
        return task->parent_id == query->parent_id;
    return query->has_parent == TRI_ANY || task->parent_id == 0;
}

static bool text_matches(struct text text, struct text folded_needle)
{
    CLEANUP_BUF struct buf folded = {0};
    utf8_fold(&folded, text.data, text.size);
    return folded.size >= folded_needle.size &&
           memmem(folded.data, folded.size, folded_needle.data, folded_needle.size) != NULL;
}

static bool search_matches(const struct task_query *query, const struct task *task)
{
    return query->search_folded.size == 0 ||
           text_matches(task->description, query->search_folded) ||
           text_matches(task->notes, query->search_folded);
}

bool task_query_match(const struct task_query *query, const struct task *task)
{
    return tristate_matches(query->completed, task->completed) &&
           tristate_matches(query->archived, task->archived) &&
           tristate_matches(query->recurring, task->recurring.type != RECURRENCE_NONE) &&
           tristate_matches(query->blocked, task_blocked(task)) &&
           set_matches(query->priorities, (unsigned)task->priority) &&
           set_matches(query->categories, (unsigned)task->category) && due_matches(query, task) &&
           parent_matches(query, task) && search_matches(query, task);
}
