/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A set of tasks that comes in from outside as a whole, with links among themselves: the rules that
 * it must keep before any of it is stored, and new numbers for it. Where it is read from and how it
 * is stored is left to others.
 */
#ifndef TASK_IMPORT_H
#define TASK_IMPORT_H

#include "base/error.h"
#include "base/faults.h"
#include "task/task.h"

/* Higher ids in a document would leave too few for the tasks that come after it. */
#define IMPORT_ID_MAX (TASK_ID_MAX - INT64_C(1000000000))

/* One record. `task` has the ids of the document; depends_on in its order, as given. */
struct import_record {
    struct task task;  /* id 0: the record has none that is usable, and is refused */
    int64_t source_id; /* the id in the document, also after renumbering */
    bool refused;      /* it has a fault */
};

struct import_set {
    struct import_record *records; /* record i is #/tasks/i of the document */
    size_t count;
    size_t *order; /* the records that have an id, by ascending source_id */
    size_t ordered;
};

/* The record with this source_id, or NULL. After import_check. */
const struct import_record *import_find(const struct import_set *set, int64_t source_id);

/* Checks everything that takes more than one field or record: ids given twice; parents and
 * dependencies that are not there; more than two levels; cycles, each told once; recurring tasks
 * without a date, or whose date is not the occurrence that it should be; states that no sequence of
 * requests could lead to (completed_at of an open task, an active subtask of an archived task; an
 * archived task that is open was reopened). Each is a fault at "#/tasks/i/..." and marks its record
 * refused. Then normalizes depends_on and sets the counters of the tasks.
 * Time O(n log n); memory is in the arena of the faults. ERROR_MEMORY, or ERROR_NONE whether or not
 * there are faults. */
enum error_code import_check(struct faults *faults, struct import_set *set);

/* The highest id that the set uses, next_id of instances that are gone included; 0 for none. */
int64_t import_highest_id(const struct import_set *set);

/* Gives the tasks the ids from first_id on in the order of their old ones, and carries the links
 * over. A next_id that leads to no task of the set gets a number of its own behind them, which no
 * task may get: that the next instance was made once must not be forgotten. Returns the last id
 * taken. The set must have passed import_check without faults. */
int64_t import_renumber(struct import_set *set, int64_t first_id);

#endif
