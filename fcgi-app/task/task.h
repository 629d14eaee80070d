/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The task: its fields, their values and limits, and what is computed from them. Free of JSON, HTTP
 * and SQL.
 */
#ifndef TASK_TASK_H
#define TASK_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/text.h"

#define TASK_ID_MAX                  INT64_C(9007199254740991) /* 2^53 - 1: exact in any JSON reader */
#define TASK_DESCRIPTION_MAX         1000                      /* code points after trimming */
#define TASK_NOTES_MAX               20000                     /* code points */
#define TASK_DEPENDS_ON_MAX          100
#define TASK_RECURRENCE_INTERVAL_MAX 1000

enum task_priority {
    TASK_PRIORITY_HIGH = 1,
    TASK_PRIORITY_MEDIUM,
    TASK_PRIORITY_LOW,
    TASK_PRIORITY_END
};

enum task_category {
    TASK_CATEGORY_WORK = 1,
    TASK_CATEGORY_PERSONAL,
    TASK_CATEGORY_SHOPPING,
    TASK_CATEGORY_OTHER,
    TASK_CATEGORY_END
};

enum recurrence_type {
    RECURRENCE_NONE,
    RECURRENCE_DAILY,
    RECURRENCE_WEEKLY,
    RECURRENCE_MONTHLY,
    RECURRENCE_END
};

/* Occurrence number `index` of the series falls on `anchor` + index intervals. */
struct recurrence {
    enum recurrence_type type;
    int interval;  /* 1..TASK_RECURRENCE_INTERVAL_MAX; 0 for RECURRENCE_NONE */
    date_t anchor; /* DATE_NONE for RECURRENCE_NONE */
    int index;     /* this task's number in the series, from 0 */
};

struct progress {
    int64_t total;
    int64_t completed;
};

struct task {
    int64_t id; /* 0 before it is stored */
    struct text description;
    struct text notes;
    enum task_priority priority;
    enum task_category category;
    bool completed;
    bool archived;
    date_t due_date;   /* or DATE_NONE */
    int64_t parent_id; /* or 0 */
    struct recurrence recurring;
    int64_t next_id; /* the instance that completing this one created, or 0; never created twice */
    struct id_list depends_on; /* ascending, without duplicates */
    int64_t created_at;        /* milliseconds since the epoch, as all instants */
    int64_t updated_at;
    int64_t completed_at; /* or INSTANT_NONE */
    int64_t version;      /* 1, 2, ...: grows with every change of anything that an answer shows */
    struct progress subtasks;     /* kept by the store */
    struct progress dependencies; /* kept by the store */
};

/* All defaults: medium, other, no dates, open; texts empty; timestamps 0; version 1. */
void task_init(struct task *task);

/* The values' names in the API; NULL for a value outside the enumeration. */
const char *task_priority_name(enum task_priority priority);
const char *task_category_name(enum task_category category);
const char *recurrence_type_name(enum recurrence_type type); /* "daily"...; NULL for NONE */

/* The value of a name, exact case; 0 if there is none. */
enum task_priority task_priority_parse(const char *name, size_t size);
enum task_category task_category_parse(const char *name, size_t size);
enum recurrence_type recurrence_type_parse(const char *name, size_t size);

/* Due before today, not completed, not archived. */
bool task_overdue(const struct task *task, date_t today);
/* Days since the due date while overdue, else 0. */
int task_days_overdue(const struct task *task, date_t today);
/* Not completed, and at least one task that it depends on is open. */
bool task_blocked(const struct task *task);

#endif
