/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Sets of tasks for the tests of the import.
 */
#ifndef TESTS_UNIT_TASK_IMPORT_SAMPLE_H
#define TESTS_UNIT_TASK_IMPORT_SAMPLE_H

#include "support.h"
#include "task/import.h"

#define RECORDS_MAX 60

extern struct import_record records[RECORDS_MAX];
extern struct import_set set; /* of these records */

/* count open tasks with the ids 1 to count. */
void make_set(size_t count);

struct task *task(size_t place);
void depend(size_t place, int64_t id);
void complete(size_t place);

/* The set has one fault, and this record alone is refused. */
void expect_refused(size_t place, const char *where, const char *detail);

#endif
