/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Why the domain refuses a change that is well formed: a conflict with the state.
 */
#ifndef TASK_REFUSAL_H
#define TASK_REFUSAL_H

#include "base/faults.h"
#include "task/task.h"

enum refusal_kind {
    REFUSAL_NONE,
    REFUSAL_INVALID, /* faults */
    REFUSAL_NOT_FOUND,
    REFUSAL_STALE,            /* the version is not the one that the caller expects */
    REFUSAL_BLOCKED,          /* ids: the open tasks that it waits for */
    REFUSAL_HAS_SUBTASKS,     /* ids: the subtasks */
    REFUSAL_DEPENDENCY_CYCLE, /* ids: the cycle, first and last the same */
    REFUSAL_SUBTASK_DEPTH,
    REFUSAL_PARENT_ARCHIVED,
    REFUSAL_NOT_COMPLETED,
    REFUSAL_NAME_TAKEN,
    REFUSAL_NOTHING_TO_UNDO,
    REFUSAL_UNDO_CONFLICT, /* ids: the tasks that later changes touched */
    REFUSAL_BULK_FAILED,   /* items: those of the tasks that were refused */
    REFUSAL_KIND_COUNT
};

struct refused_item;

struct refusal {
    enum refusal_kind kind;
    struct id_list ids;               /* in the operation's arena, as items */
    const struct refused_item *items; /* of an operation on many tasks */
    size_t item_count;
    struct faults faults; /* for REFUSAL_INVALID */
    const char *detail;   /* a sentence for a person; NULL: the problem's own */
};

/* One task of an operation on many, and why it was refused. */
struct refused_item {
    int64_t id;
    struct refusal refusal;
};

#endif
