/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the operations share: reading the task, the rules that guard a change, and completing.
 */
#ifndef API_OPERATION_RULES_H
#define API_OPERATION_RULES_H

#include "api/operations.h"

/* Refuses with ids (may be empty) and a detail (may be NULL). Returns ERROR_NONE, for `return`. */
enum error_code operation_refuse(struct operation *operation, enum refusal_kind kind,
                                 struct id_list ids, const char *detail);
bool operation_refused(const struct operation *operation);

/* The stored task, if the caller accepts its version; else REFUSAL_NOT_FOUND or REFUSAL_STALE. */
enum error_code operation_load(struct operation *operation, int64_t id, struct task *ret_task);

/* Refuses what would make more than two levels, or a subtask of an archived task. *ret_parent is
 * the parent. */
enum error_code operation_check_parent(struct operation *operation, const struct task *task,
                                       struct task *ret_parent);

/* Refuses a cycle. */
enum error_code operation_check_cycle(struct operation *operation, const struct task *task);

/* Refuses while one of the task's dependencies is open. */
enum error_code operation_check_blockers(struct operation *operation, const struct task *task);

/* Opens the journal's entry: "<verb> “<description>”". */
enum error_code operation_begin_change(struct operation *operation, enum change_action action,
                                       const char *verb, const struct task *task);

/* Marks the task completed now and, if it recurs and no next instance was ever made, stores that.
 * *ret_next has id 0 if none was; *ret_ended is then true if there is no further date. The caller
 * stores the task itself. */
enum error_code operation_finish(struct operation *operation, struct task *task,
                                 struct task *ret_next, bool *ret_ended);

#endif
