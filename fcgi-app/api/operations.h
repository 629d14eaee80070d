/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What is done to tasks: each operation runs inside a write transaction, checks the rules of the
 * domain against the stored tasks, changes them and journals the change. Knows no HTTP, so that
 * requests, imports and undo can share it.
 */
#ifndef API_OPERATIONS_H
#define API_OPERATIONS_H

#include "api/task_input.h"
#include "store/rows.h"
#include "task/refusal.h"

/* One operation's surroundings. Caller-owned. */
struct operation {
    struct store_tx *tx;
    struct arena *arena; /* of everything that the operation returns */
    int64_t now;
    date_t today;
    const char *request_id;
    /* Whether the present version of what is changed is one that the caller accepts; NULL: any. */
    bool (*accepts)(void *context, int64_t version);
    void *accepts_context;
    struct refusal refusal; /* set when the operation returned ERROR_NONE and refused */
};

/* All return ERROR_NONE, with operation->refusal.kind saying whether the domain refused (then
 * nothing of the result is set, and the caller undoes the savepoint), or a storage failure. */

/* Creates a task. parent_id != 0: under that parent, whatever the input says; REFUSAL_NOT_FOUND if
 * there is no such task. */
enum error_code operation_create(struct operation *operation, const struct task_input *input,
                                 int64_t parent_id, struct task *ret_task);

/* PUT and PATCH: applies the input to task id. Completing and reopening by `completed` follow the
 * same rules as the operations below. Changing nothing keeps the version. */
enum error_code operation_update(struct operation *operation, int64_t id,
                                 const struct task_input *input, struct task *ret_task);

enum subtasks_choice { SUBTASKS_UNDECIDED, SUBTASKS_DELETE, SUBTASKS_KEEP };
enum error_code operation_delete(struct operation *operation, int64_t id,
                                 enum subtasks_choice subtasks);

struct completion {
    struct task task;
    struct task next; /* the next occurrence; id 0: none was created */
    const char *warnings[2];
    size_t warning_count;
};
enum error_code operation_complete(struct operation *operation, int64_t id,
                                   struct completion *ret_completion);
enum error_code operation_reopen(struct operation *operation, int64_t id, struct task *ret_task);

#endif
