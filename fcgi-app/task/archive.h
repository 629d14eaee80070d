/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Archiving: which tasks may be put away and brought back. That a parent takes its subtasks along
 * is its caller's work.
 */
#ifndef TASK_ARCHIVE_H
#define TASK_ARCHIVE_H

#include "task/refusal.h"

/* Why the task cannot be archived: REFUSAL_NOT_COMPLETED, or REFUSAL_NONE. A task that is archived
 * already may be archived again, whatever its state. */
enum refusal_kind archive_refusal(const struct task *task);

/* Why the task cannot be brought back: REFUSAL_PARENT_ARCHIVED for a subtask of an archived parent,
 * REFUSAL_NOT_COMPLETED for an open task that is not archived, or REFUSAL_NONE. parent: NULL for a
 * root task. */
enum refusal_kind unarchive_refusal(const struct task *task, const struct task *parent);

/* Sets the task's archived and updated_at. False: it is as wanted already, and nothing is set. */
bool archive_set(struct task *task, bool archived, int64_t now);

#endif
