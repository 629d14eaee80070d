/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules for the value of each writable field. Each check takes a value as a client gave it and
 * either stores the accepted value or adds a fault; it goes on in both cases.
 */
#ifndef TASK_VALIDATE_H
#define TASK_VALIDATE_H

#include "base/faults.h"
#include "task/task.h"

/* data need not be terminated; it may hold any bytes. Texts accepted are copied into the arena of
 * faults. pointer is the JSON pointer for the fault. All return whether the value was accepted; the
 * output is untouched otherwise. */

/* 1 to TASK_DESCRIPTION_MAX code points after trimming white space; no control characters. */
bool validate_description(struct faults *faults, const char *pointer, const char *data, size_t size,
                          struct text *ret_description);

/* Up to TASK_NOTES_MAX code points; control characters only \n, \r and \t. Not trimmed. */
bool validate_notes(struct faults *faults, const char *pointer, const char *data, size_t size,
                    struct text *ret_notes);

bool validate_priority(struct faults *faults, const char *pointer, const char *data, size_t size,
                       enum task_priority *ret_priority);
bool validate_category(struct faults *faults, const char *pointer, const char *data, size_t size,
                       enum task_category *ret_category);
bool validate_due_date(struct faults *faults, const char *pointer, const char *data, size_t size,
                       date_t *ret_date);
bool validate_recurrence_type(struct faults *faults, const char *pointer, const char *data,
                              size_t size, enum recurrence_type *ret_type);
bool validate_recurrence_interval(struct faults *faults, const char *pointer, int64_t interval,
                                  int *ret_interval);

/* 1..TASK_ID_MAX. */
bool validate_id(struct faults *faults, const char *pointer, int64_t id, int64_t *ret_id);

/* Rules over several fields of a task that is about to be stored: a recurring task needs a due date
 * (fault at "#/recurring"); a task may not be its own parent (fault at "#/parent_id"). */
bool validate_task(struct faults *faults, const struct task *task);

#endif
