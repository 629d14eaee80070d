/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the two files of the import's rules share. Private to them.
 */
#ifndef TASK_IMPORT_CYCLES_H
#define TASK_IMPORT_CYCLES_H

#include "task/import.h"

#define IMPORT_NOWHERE SIZE_MAX

/* The place of the first record with this source_id, or IMPORT_NOWHERE. */
size_t import_place(const struct import_set *set, int64_t source_id);

/* Adds a fault at "#/tasks/<place>/<member>" and marks the record refused. */
void import_refuse(struct faults *faults, struct import_set *set, size_t place, const char *member,
                   const char *format, ...) PRINTF_LIKE(5, 6);

/* A fault for each cycle of dependencies of two tasks or more, at the depends_on of its first
 * record, which names the cycle. ERROR_MEMORY. */
enum error_code import_check_cycles(struct faults *faults, struct import_set *set);

#endif
