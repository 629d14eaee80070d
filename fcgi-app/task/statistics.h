/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Statistics: what is counted, and how. The store counts by its own means; statistics_add is the
 * meaning that they are held against.
 */
#ifndef TASK_STATISTICS_H
#define TASK_STATISTICS_H

#include "task/query.h"

/* Tasks by state. Archived tasks are completed, but counted apart. */
struct statistics_group {
    int64_t pending;   /* open, not archived */
    int64_t completed; /* completed, not archived */
    int64_t archived;
};

/* What is not archived. */
int64_t statistics_active(const struct statistics_group *group);
int64_t statistics_total(const struct statistics_group *group);

/* The completed part of the active tasks in tenths of a per cent, rounded half up: 0 to 1000; 0
 * when there are none. */
int statistics_rate(const struct statistics_group *group);

struct statistics {
    struct statistics_group all;
    struct statistics_group priorities[TASK_PRIORITY_END]; /* by value */
    struct statistics_group categories[TASK_CATEGORY_END];
    /* Of the active tasks, by view: as many as the view lists. */
    int64_t due[DUE_VIEW_END];
    date_t oldest_due; /* of the overdue ones; DATE_NONE: there are none */
    /* Of the active tasks. */
    int64_t root_tasks;
    int64_t subtasks;
    int64_t with_dependencies;
    int64_t blocked;
    int64_t recurring;
    /* Archived ones too. */
    int64_t created_today;
    int64_t completed_today;
};

/* The day that the statistics are about. */
struct statistics_day {
    date_t today;
    int64_t begin; /* instant, included */
    int64_t end;   /* instant, excluded */
};

/* What of a task is counted. */
struct statistics_facts {
    enum task_priority priority;
    enum task_category category;
    bool completed;
    bool archived;
    bool subtask;
    bool has_dependencies;
    bool blocked;
    bool recurring;
    date_t due_date;
    int64_t created_at;
    int64_t completed_at; /* or INSTANT_NONE */
};

struct statistics_facts statistics_facts(const struct task *task);

/* All zero. */
void statistics_init(struct statistics *statistics);

/* Counts n tasks alike, but nothing that depends on the day. */
void statistics_add_many(struct statistics *statistics, const struct statistics_facts *facts,
                         int64_t n);

/* Counts one task. */
void statistics_add(struct statistics *statistics, const struct statistics_day *day,
                    const struct statistics_facts *facts);

/* Days since the oldest overdue date; 0 when nothing is overdue. */
int statistics_oldest_days(const struct statistics *statistics, date_t today);

#endif
