/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Readers of the single parameters of a list, for query.c alone.
 */
#ifndef TASK_QUERY_VALUES_H
#define TASK_QUERY_VALUES_H

#include "task/query.h"

/* Reads the value (not empty) into its members of query, or adds a fault. */
typedef void (*query_reader)(struct faults *faults, const struct parameter *parameter,
                             struct task_query *query);

void query_read_completed(struct faults *, const struct parameter *, struct task_query *);
void query_read_archived(struct faults *, const struct parameter *, struct task_query *);
void query_read_priority(struct faults *, const struct parameter *, struct task_query *);
void query_read_category(struct faults *, const struct parameter *, struct task_query *);
void query_read_due(struct faults *, const struct parameter *, struct task_query *);
void query_read_due_before(struct faults *, const struct parameter *, struct task_query *);
void query_read_due_after(struct faults *, const struct parameter *, struct task_query *);
void query_read_parent_id(struct faults *, const struct parameter *, struct task_query *);
void query_read_recurring(struct faults *, const struct parameter *, struct task_query *);
void query_read_blocked(struct faults *, const struct parameter *, struct task_query *);
void query_read_q(struct faults *, const struct parameter *, struct task_query *);
void query_read_today(struct faults *, const struct parameter *, struct task_query *);
void query_read_sort(struct faults *, const struct parameter *, struct task_query *);
void query_read_view(struct faults *, const struct parameter *, struct task_query *);
void query_read_limit(struct faults *, const struct parameter *, struct task_query *);
void query_read_cursor(struct faults *, const struct parameter *, struct task_query *);
void query_read_count(struct faults *, const struct parameter *, struct task_query *);

#endif
