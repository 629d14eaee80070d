/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the tests of the task have in common: an arena and a list of faults for each test, and
 * readers of the faults.
 */
#ifndef TESTS_UNIT_TASK_SUPPORT_H
#define TESTS_UNIT_TASK_SUPPORT_H

#include <check.h>
#include <stdint.h>

#include "base/faults.h"
#include "task/task.h"

extern struct arena arena; /* asks malloc for every object, so that each of them can fail */
extern struct faults faults;

/* A case whose tests begin with an empty arena and no faults. */
TCase *support_case(Suite *suite, const char *name);

/* The faults forgotten, so that a loop can go on. */
void support_reset(void);

/* Exactly one fault, of this kind, at this place, with this in its detail. */
void support_expect_fault(enum fault_kind kind, const char *where, const char *detail_part);

/* Deterministic pseudo-random numbers, below limit. */
uint32_t support_random(uint32_t limit);

struct text support_text(const char *string);

Suite *suite_archive(void);
Suite *suite_task(void);
Suite *suite_validate(void);
Suite *suite_recurrence(void);
Suite *suite_dependencies(void);
Suite *suite_statistics(void);
Suite *suite_import(void);
Suite *suite_import_cycles(void);
Suite *suite_query(void);
Suite *suite_query_due(void);
Suite *suite_query_match(void);
Suite *suite_cursor(void);
Suite *suite_cursor_forged(void);
Suite *suite_quick_add(void);
Suite *suite_quick_add_spans(void);
Suite *suite_template(void);

#endif
