/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * One task as a row: its columns in the order that every SELECT of whole tasks uses, and what is
 * read with it.
 */
#ifndef STORE_SQLITE_ROW_H
#define STORE_SQLITE_ROW_H

#include "base/arena.h"
#include "store/sqlite/internal.h"
#include "task/task.h"

/* Fills *ret_task from the present row of a statement that selects TASK_COLUMNS; the texts are
 * SQLite's and live until the statement moves. depends_on is in the arena. */
enum error_code row_read(struct store_view *view, sqlite3_stmt *statement, struct arena *arena,
                         struct task *ret_task);

/* Copies the texts into the arena. */
enum error_code row_keep_texts(struct store_view *view, struct arena *arena, struct task *task);

/* The ids that a statement of the table gives for one id; `limit` 0: all. */
enum error_code row_ids(struct store_view *view, enum statement id, int64_t argument, size_t limit,
                        struct arena *arena, struct id_list *ret_ids);

#endif
