/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The arithmetic of statistics, and their meaning task by task.
 */
#include "task/statistics.h"

#define RATE_WHOLE 1000 /* 100.0 per cent */

int64_t statistics_active(const struct statistics_group *group)
{
    return group->pending + group->completed;
}

int64_t statistics_total(const struct statistics_group *group)
{
    return statistics_active(group) + group->archived;
}

int statistics_rate(const struct statistics_group *group)
{
    int64_t active = statistics_active(group);
    return active == 0 ? 0 : (int)((group->completed * RATE_WHOLE + active / 2) / active);
}

struct statistics_facts statistics_facts(const struct task *task)
{
    return (struct statistics_facts){
        .priority = task->priority,
        .category = task->category,
        .completed = task->completed,
        .archived = task->archived,
        .subtask = task->parent_id != 0,
        .has_dependencies = task->dependencies.total > 0,
        .blocked = task_blocked(task),
        .recurring = task->recurring.type != RECURRENCE_NONE,
        .due_date = task->due_date,
        .created_at = task->created_at,
        .completed_at = task->completed_at,
    };
}

void statistics_init(struct statistics *statistics)
{
    *statistics = (struct statistics){.oldest_due = DATE_NONE};
}

static void add_to_group(struct statistics_group *group, const struct statistics_facts *facts,
                         int64_t n)
{
    if (facts->archived)
        group->archived += n;
    else if (facts->completed)
        group->completed += n;
    else
        group->pending += n;
}

void statistics_add_many(struct statistics *statistics, const struct statistics_facts *facts,
                         int64_t n)
{
    add_to_group(&statistics->all, facts, n);
    add_to_group(&statistics->priorities[facts->priority], facts, n);
    add_to_group(&statistics->categories[facts->category], facts, n);
    if (facts->archived)
        return;
    statistics->root_tasks += facts->subtask ? 0 : n;
    statistics->subtasks += facts->subtask ? n : 0;
    statistics->with_dependencies += facts->has_dependencies ? n : 0;
    statistics->blocked += facts->blocked ? n : 0;
    statistics->recurring += facts->recurring ? n : 0;
    statistics->due[DUE_VIEW_NONE] += facts->due_date == DATE_NONE ? n : 0;
}

static bool in_day(const struct statistics_day *day, int64_t instant)
{
    return day->begin <= instant && instant < day->end;
}

/* For an active task that has a due date. */
static void add_due(struct statistics *statistics, date_t today,
                    const struct statistics_facts *facts)
{
    for (enum due_view view = DUE_VIEW_TODAY; view <= DUE_VIEW_MONTH; view++) {
        struct date_range range = due_view_range(view, today);
        statistics->due[view] += range.first <= facts->due_date && facts->due_date <= range.last;
    }
    if (facts->completed || facts->due_date >= today)
        return;
    statistics->due[DUE_VIEW_OVERDUE]++;
    if (facts->due_date < statistics->oldest_due)
        statistics->oldest_due = facts->due_date;
}

void statistics_add(struct statistics *statistics, const struct statistics_day *day,
                    const struct statistics_facts *facts)
{
    statistics_add_many(statistics, facts, 1);
    if (!facts->archived && facts->due_date != DATE_NONE)
        add_due(statistics, day->today, facts);
    statistics->created_today += in_day(day, facts->created_at);
    statistics->completed_today += in_day(day, facts->completed_at);
}

int statistics_oldest_days(const struct statistics *statistics, date_t today)
{
    return statistics->oldest_due == DATE_NONE ? 0 : today - statistics->oldest_due;
}
