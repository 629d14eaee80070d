/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The calendar rule of recurring tasks. Storing the next task, and never twice, is the store's and
 * its caller's work.
 */
#include "task/recurrence.h"

/* Keeps the anchor's day of the month, or takes the last day of a shorter month. */
static bool add_months(date_t anchor, int64_t months, date_t *ret_date)
{
    struct civil_date civil = date_to_civil(anchor);
    int64_t month = (int64_t)civil.year * 12 + civil.month - 1 + months;
    if (month / 12 > date_to_civil(DATE_MAX).year)
        return false;
    civil.year = (int)(month / 12);
    civil.month = (int)(month % 12) + 1;
    int days = date_days_in_month(civil.year, civil.month);
    if (civil.day > days)
        civil.day = days;
    *ret_date = date_from_civil(civil);
    return true;
}

static bool add_days(date_t anchor, int64_t days, date_t *ret_date)
{
    if (anchor + days > DATE_MAX)
        return false;
    *ret_date = (date_t)(anchor + days);
    return true;
}

bool recurrence_date(const struct recurrence *recurrence, int index, date_t *ret_date)
{
    int64_t steps = (int64_t)index * recurrence->interval;
    switch (recurrence->type) {
    case RECURRENCE_DAILY:
        return add_days(recurrence->anchor, steps, ret_date);
    case RECURRENCE_WEEKLY:
        return add_days(recurrence->anchor, 7 * steps, ret_date);
    case RECURRENCE_MONTHLY:
        return add_months(recurrence->anchor, steps, ret_date);
    default:
        return false;
    }
}

size_t recurrence_following(const struct recurrence *recurrence, size_t count, date_t ret_dates[])
{
    size_t found = 0;
    while (found < count &&
           recurrence_date(recurrence, recurrence->index + 1 + (int)found, &ret_dates[found]))
        found++;
    return found;
}

void recurrence_start(struct recurrence *recurrence, date_t due_date)
{
    recurrence->anchor = due_date;
    recurrence->index = 0;
}

bool recurrence_next(const struct task *task, int64_t now, struct task *ret_next)
{
    struct task next;
    task_init(&next);
    next.recurring = task->recurring;
    next.recurring.index++;
    if (!recurrence_date(&next.recurring, next.recurring.index, &next.due_date))
        return false;
    next.description = task->description;
    next.notes = task->notes;
    next.priority = task->priority;
    next.category = task->category;
    next.parent_id = task->parent_id;
    next.created_at = now;
    next.updated_at = now;
    *ret_next = next;
    return true;
}
