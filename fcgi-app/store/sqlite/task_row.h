/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The row of a task alone, as a task is stored or restored: its links, what follows in other rows,
 * and the journal are the caller's. What is written of its dependencies is what the task says.
 */
#ifndef STORE_SQLITE_TASK_ROW_H
#define STORE_SQLITE_TASK_ROW_H

#include "store/sqlite/internal.h"
#include "task/task.h"

/* With its id, unless that is 0, its version and its counters. */
enum error_code task_row_insert(struct store_view *view, const struct task *task);

/* All but created_at; the version grows by one. before: the task as it is stored, its counters of
 * dependencies included. ERROR_STORAGE if the stored version is another one. */
enum error_code task_row_update(struct store_view *view, const struct task *before,
                                const struct task *after);

enum error_code task_row_delete(struct store_view *view, int64_t id);

#endif
