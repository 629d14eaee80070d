/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the operations share: reading the task, the rules that guard a change, and what is done to
 * one task inside an open change.
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

/* The same for a stored task whose dependencies are as stored: by its counters. */
enum error_code operation_check_blocked(struct operation *operation, const struct task *task);

/* Refuses to delete a task with subtasks without a choice. *ret_subtasks are their ids. */
enum error_code operation_check_delete(struct operation *operation, const struct task *task,
                                       enum subtasks_choice choice, struct id_list *ret_subtasks);

/* Opens the journal's entry: "<verb> “<description>”". */
enum error_code operation_begin_change(struct operation *operation, enum change_action action,
                                       const char *verb, const struct task *task);

/* Opens the journal's entry of an operation on many tasks; the caller gives it its summary. */
enum error_code operation_begin_bulk(struct operation *operation, enum change_action action,
                                     struct change **ret_change);

/* Its summary: "<verb> 3 <noun>s". ERROR_MEMORY. */
enum error_code operation_summarize(struct operation *operation, struct change *change,
                                    const char *verb, const char *noun, size_t count);

/* --- Inside an open change; the rules have been checked ----------------------------------------
 */

/* Marks the task completed now and, if it recurs and no next instance was ever made, stores that.
 * *ret_next has id 0 if none was; *ret_ended is then true if there is no further date. The caller
 * stores the task itself. */
enum error_code operation_finish(struct operation *operation, struct task *task,
                                 struct task *ret_next, bool *ret_ended);

/* The same for a task as it is stored, and stores it. */
enum error_code operation_complete_task(struct operation *operation, struct task *task,
                                        struct task *ret_next, bool *ret_ended);

/* Deletes a task; deletes its subtasks, or makes them root tasks. */
enum error_code operation_delete_task(struct operation *operation, const struct task *task,
                                      struct id_list subtasks, enum subtasks_choice choice);

/* Archives a task as it is stored, or brings it back; its subtasks go along. *ret_count grows by
 * the number of tasks that this changed. */
enum error_code operation_archive_task(struct operation *operation, struct task *task,
                                       struct id_list subtasks, bool archived, int64_t *ret_count);

#endif
