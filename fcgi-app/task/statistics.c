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

static void add_to_group(struct statistics_group *group, const struct statistics_facts *facts)
{
    group->archived += facts->archived;
    group->completed += facts->completed && !facts->archived;
    group->pending += !facts->completed && !facts->archived;
}

static bool in_day(const struct statistics_day *day, int64_t instant)
{
    return day->begin <= instant && instant < day->end;
}

static void add_due(struct statistics *statistics, date_t today,
                    const struct statistics_facts *facts)
{
    if (facts->due_date == DATE_NONE) {
        statistics->due[DUE_VIEW_NONE]++;
        return;
    }
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

static void add_active(struct statistics *statistics, date_t today,
                       const struct statistics_facts *facts)
{
    statistics->root_tasks += !facts->subtask;
    statistics->subtasks += facts->subtask;
    statistics->with_dependencies += facts->has_dependencies;
    statistics->blocked += facts->blocked;
    statistics->recurring += facts->recurring;
    add_due(statistics, today, facts);
}

void statistics_add(struct statistics *statistics, const struct statistics_day *day,
                    const struct statistics_facts *facts)
{
    add_to_group(&statistics->all, facts);
    add_to_group(&statistics->priorities[facts->priority], facts);
    add_to_group(&statistics->categories[facts->category], facts);
    if (!facts->archived)
        add_active(statistics, day->today, facts);
    statistics->created_today += in_day(day, facts->created_at);
    statistics->completed_today += in_day(day, facts->completed_at);
}

int statistics_oldest_days(const struct statistics *statistics, date_t today)
{
    return statistics->oldest_due == DATE_NONE ? 0 : today - statistics->oldest_due;
}
