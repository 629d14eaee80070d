/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Recurrence: the calendar rule. Occurrence k is anchor + k intervals, never previous + interval,
 * so that a monthly task of the 31st keeps its day after a short month.
 */
#ifndef TASK_RECURRENCE_H
#define TASK_RECURRENCE_H

#include <stdbool.h>

#include "task/task.h"

/* The date of occurrence number index (>= 0). False, output untouched, when it is past DATE_MAX or
 * the task does not recur. */
bool recurrence_date(const struct recurrence *recurrence, int index, date_t *ret_date);

/* The dates of the occurrences after the task's own, in their order: up to count of them, fewer
 * where the calendar ends. Returns how many; 0 when the task does not recur. */
size_t recurrence_following(const struct recurrence *recurrence, size_t count, date_t ret_dates[]);

/* Begins a series at due_date: anchor and index are set so that this task is occurrence 0. */
void recurrence_start(struct recurrence *recurrence, date_t due_date);

/* Fills *ret_next with the task that follows `task` when it is completed: same description,
 * priority, category, notes, parent and recurrence; not its dependencies, not its subtasks; open,
 * due at the next occurrence, timestamps now. Texts are shared with `task`. False when there is no
 * further occurrence: it does not recur or the next date is past DATE_MAX. */
bool recurrence_next(const struct task *task, int64_t now, struct task *ret_next);

#endif
