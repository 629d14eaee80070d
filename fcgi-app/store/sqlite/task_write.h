/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Binding a task to the statements that write one.
 */
#ifndef STORE_SQLITE_TASK_WRITE_H
#define STORE_SQLITE_TASK_WRITE_H

#include "base/buf.h"
#include "store/sqlite/internal.h"
#include "task/task.h"

#define TASK_PARAMETER_CREATED_AT 20 /* of the statements that insert */
#define TASK_PARAMETER_COUNT      21 /* the first number that is free */

/* The description folded for order and search. */
enum error_code task_fold_description(struct store_view *view, const struct task *task,
                                      struct buf *folded);

/* Binds parameters 1 to 19. Texts must live until the statement is released. */
void task_bind(sqlite3_stmt *statement, const struct task *task, const struct buf *folded);

#endif
