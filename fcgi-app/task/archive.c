/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules of archiving, see archive.h.
 */
#include "task/archive.h"

enum refusal_kind archive_refusal(const struct task *task)
{
    return task->archived || task->completed ? REFUSAL_NONE : REFUSAL_NOT_COMPLETED;
}

enum refusal_kind unarchive_refusal(const struct task *task, const struct task *parent)
{
    if (!task->archived)
        return task->completed ? REFUSAL_NONE : REFUSAL_NOT_COMPLETED;
    return parent != NULL && parent->archived ? REFUSAL_PARENT_ARCHIVED : REFUSAL_NONE;
}

bool archive_set(struct task *task, bool archived, int64_t now)
{
    if (task->archived == archived)
        return false;
    task->archived = archived;
    task->updated_at = now;
    return true;
}
