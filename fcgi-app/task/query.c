/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The parameters of a task list: the table of them, and the rules between them. How each single
 * value is read is in query_values.c, what the due views mean in query_due.c.
 */
#include "task/query.h"

#include <string.h>

#include "base/cleanup.h"
#include "task/query_values.h"

/* X(name): first those that filter. */
#define FILTER_PARAMETERS(X)                                                                       \
    X(completed)                                                                                   \
    X(archived)                                                                                    \
    X(priority)                                                                                    \
    X(category)                                                                                    \
    X(due)                                                                                         \
    X(due_before)                                                                                  \
    X(due_after)                                                                                   \
    X(parent_id)                                                                                   \
    X(recurring)                                                                                   \
    X(blocked)                                                                                     \
    X(q)                                                                                           \
    X(today)
#define PAGE_PARAMETERS(X)                                                                         \
    X(sort)                                                                                        \
    X(view)                                                                                        \
    X(limit)                                                                                       \
    X(cursor)                                                                                      \
    X(count)

#define PARAMETER_NAME(name) #name,
const char *const task_filter_parameters[] = {FILTER_PARAMETERS(PARAMETER_NAME) NULL};
const char *const task_query_parameters[] = {FILTER_PARAMETERS(PARAMETER_NAME)
                                                 PAGE_PARAMETERS(PARAMETER_NAME) NULL};
#undef PARAMETER_NAME

#define PARAMETER_READER(name) {#name, query_read_##name},
static const struct {
    const char *name;
    query_reader read;
} readers[] = {FILTER_PARAMETERS(PARAMETER_READER) PAGE_PARAMETERS(PARAMETER_READER)};
#undef PARAMETER_READER
_Static_assert(ARRAY_SIZE(readers) + 1 == ARRAY_SIZE(task_query_parameters),
               "every parameter has a reader");

void task_query_init(struct task_query *query, date_t today)
{
    *query = (struct task_query){
        .archived = TRI_FALSE,
        .due_after = DATE_NONE,
        .due_before = DATE_NONE,
        .search = {"", 0},
        .search_folded = {"", 0},
        .sort = {{TASK_SORT_ID, false}},
        .sort_count = 1,
        .view = TASK_VIEW_FLAT,
        .limit = TASK_LIMIT_DEFAULT,
        .today = today,
    };
}

static void read_parameter(struct faults *faults, const struct parameter *parameter,
                           struct task_query *query)
{
    for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
        if (strcmp(parameter->name, readers[i].name) != 0)
            continue;
        if (parameter->size == 0)
            faults_add(faults, FAULT_PARAMETER, parameter->name, "must not be empty");
        else
            readers[i].read(faults, parameter, query);
        return;
    }
}

bool task_query_parse(struct faults *faults, const struct parameter *parameters, size_t count,
                      date_t today, struct task_query *ret_query)
{
    size_t faults_before = faults->count;
    struct task_query query;
    task_query_init(&query, today);
    for (size_t i = 0; i < count; i++)
        read_parameter(faults, &parameters[i], &query);
    if (faults->count > faults_before || faults->failed)
        return false;
    task_query_resolve_due(&query);
    *ret_query = query;
    return true;
}
