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
    const char *actor; /* NULL: not known */
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

/* A parent takes its subtasks along, open ones too. */
enum error_code operation_archive(struct operation *operation, int64_t id, struct task *ret_task);
enum error_code operation_unarchive(struct operation *operation, int64_t id, struct task *ret_task);

/* Archives all completed tasks; *ret_count is the number of tasks that are archived now and were
 * not, subtasks that went along included. Never refuses. */
enum error_code operation_archive_completed(struct operation *operation, int64_t *ret_count);

/* --- Many tasks --------------------------------------------------------------------------------
 */

#define BULK_IDS_MAX 1000

enum bulk_kind { BULK_COMPLETE, BULK_DELETE, BULK_ARCHIVE, BULK_KIND_COUNT };

struct bulk_request {
    enum bulk_kind kind;
    struct id_list
        ids; /* 1 to BULK_IDS_MAX, each once; in the order in which they are dealt with */
    enum subtasks_choice subtasks; /* of BULK_DELETE */
    bool atomic;                   /* all or nothing */
};

struct bulk_skip {
    int64_t id;
    const char *reason;
};

/* Each id of the request is in one of the first three, in the order of the request. */
struct bulk_result {
    struct id_list succeeded;
    struct bulk_skip *skipped; /* there was nothing to do */
    size_t skipped_count;
    struct refused_item *failed;
    size_t failed_count;
    struct id_list created; /* the next instances that BULK_COMPLETE made */
};

/* REFUSAL_BULK_FAILED, with the items, if it is atomic and one was refused; else refuses nothing. A
 * bulk in which nothing succeeds leaves no change. */
enum error_code operation_bulk(struct operation *operation, const struct bulk_request *request,
                               struct bulk_result *ret_result);

struct undo_result {
    struct change undone; /* as it is now, undone */
    struct change change; /* the undo, a change itself */
};

/* Undoes a change, and what it did to every row; seq 0: the latest one that is left to undo.
 * Undoing an undo does the change again. REFUSAL_NOTHING_TO_UNDO: there is none, or it is undone
 * already; REFUSAL_NOT_FOUND; REFUSAL_UNDO_CONFLICT with the tasks that are in the way. */
enum error_code operation_undo(struct operation *operation, int64_t seq,
                               struct undo_result *ret_result);

#endif
