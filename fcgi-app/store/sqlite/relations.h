/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What a task's row says about other tasks, and what must follow when one of them changes: links of
 * dependencies, and the counters of parents and dependents with their versions.
 */
#ifndef STORE_SQLITE_RELATIONS_H
#define STORE_SQLITE_RELATIONS_H

#include "store/sqlite/internal.h"
#include "task/task.h"

/* How many of these tasks there are, and how many of them are completed. */
enum error_code relations_progress(struct store_view *view, struct id_list ids,
                                   struct progress *ret_progress);

/* Stores the links of a task that has none. */
enum error_code relations_link(struct store_view *view, int64_t id, struct id_list depends_on);

/* Removes all links of a task to those that it depends on. */
enum error_code relations_unlink(struct store_view *view, int64_t id);

/* Brings the counters of others up to date with a task that came (before NULL), changed, or goes
 * (after NULL). Links of dependents to a task that goes must be removed already. */
enum error_code relations_follow(struct store_view *view, const struct task *before,
                                 const struct task *after);

#endif
