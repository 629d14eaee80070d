/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the due views mean: each is a range of dates around today.
 */
#include "task/query.h"

static struct date_range month_of(date_t date)
{
    struct civil_date civil = date_to_civil(date);
    date_t first = date - civil.day + 1;
    return (struct date_range){first, first + date_days_in_month(civil.year, civil.month) - 1};
}

struct date_range due_view_range(enum due_view view, date_t today)
{
    switch (view) {
    case DUE_VIEW_OVERDUE:
        return (struct date_range){DATE_MIN, today - 1};
    case DUE_VIEW_TODAY:
        return (struct date_range){today, today};
    case DUE_VIEW_TOMORROW:
        return (struct date_range){today + 1, today + 1};
    case DUE_VIEW_WEEK:
        return (struct date_range){today, today + 7};
    case DUE_VIEW_MONTH:
        return month_of(today);
    default:
        return (struct date_range){DATE_MIN, DATE_MAX};
    }
}

void task_query_resolve_due(struct task_query *query)
{
    struct date_range range = due_view_range(query->due, query->today);
    bool after = query->due_after != DATE_NONE, before = query->due_before != DATE_NONE;
    if (after && query->due_after >= range.first)
        range.first = query->due_after + 1;
    if (before && query->due_before <= range.last)
        range.last = query->due_before - 1;
    if (range.last > DATE_MAX)
        range.last = DATE_MAX;
    bool undated = query->due == DUE_VIEW_NONE;
    if (undated && (after || before))
        range = (struct date_range){DATE_MAX, DATE_MIN};
    bool dated = query->due != DUE_VIEW_ANY && !undated;
    query->due_none = undated && !after && !before;
    query->due_range = dated || after || before;
    query->due_from = range.first;
    query->due_to = range.last;
    query->overdue = query->due == DUE_VIEW_OVERDUE;
}
