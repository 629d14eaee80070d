/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The facets of a task: one bit for each value of each filter that has few values, as the generated
 * column `facets` of the schema has them.
 */
#ifndef STORE_SQLITE_FACETS_H
#define STORE_SQLITE_FACETS_H

#include <stdint.h>

#include "task/query.h"

/* The schema computes the same bits; a test holds both equal. */
#define FACET_OPEN            (UINT32_C(1) << 0)
#define FACET_COMPLETED       (UINT32_C(1) << 1)
#define FACET_ACTIVE          (UINT32_C(1) << 2)
#define FACET_ARCHIVED        (UINT32_C(1) << 3)
#define FACET_PRIORITY(value) (UINT32_C(8) << (value))
#define FACET_CATEGORY(value) (UINT32_C(64) << (value))
#define FACET_ONCE            (UINT32_C(1) << 11)
#define FACET_RECURRING       (UINT32_C(1) << 12)
#define FACET_FREE            (UINT32_C(1) << 13)
#define FACET_BLOCKED         (UINT32_C(1) << 14)
#define FACET_ROOT            (UINT32_C(1) << 15)
#define FACET_SUBTASK         (UINT32_C(1) << 16)
#define FACET_DATED           (UINT32_C(1) << 17)
#define FACET_UNDATED         (UINT32_C(1) << 18)
#define FACET_DEPENDENT       (UINT32_C(1) << 19) /* has dependencies; in the calendar alone */

#define FACETS_STATE (FACET_OPEN | FACET_COMPLETED | FACET_ACTIVE | FACET_ARCHIVED)

/* The bits of which a task that matches the query has none. Due ranges, a certain parent and the
 * search are not among them. */
uint32_t facets_forbidden(const struct task_query *query);

/* The bits of the other priorities. */
uint32_t facets_other_priorities(enum task_priority priority);

uint32_t facets_of(const struct task *task);

/* Sets completed, archived, priority and category. */
static inline void facets_read(uint32_t facets, struct task *task)
{
    task->completed = (facets & FACET_COMPLETED) != 0;
    task->archived = (facets & FACET_ARCHIVED) != 0;
    task->priority = (facets & FACET_PRIORITY(TASK_PRIORITY_HIGH)) != 0     ? TASK_PRIORITY_HIGH
                     : (facets & FACET_PRIORITY(TASK_PRIORITY_MEDIUM)) != 0 ? TASK_PRIORITY_MEDIUM
                                                                            : TASK_PRIORITY_LOW;
    task->category =
        (facets & FACET_CATEGORY(TASK_CATEGORY_WORK)) != 0       ? TASK_CATEGORY_WORK
        : (facets & FACET_CATEGORY(TASK_CATEGORY_PERSONAL)) != 0 ? TASK_CATEGORY_PERSONAL
        : (facets & FACET_CATEGORY(TASK_CATEGORY_SHOPPING)) != 0 ? TASK_CATEGORY_SHOPPING
                                                                 : TASK_CATEGORY_OTHER;
}

#endif
