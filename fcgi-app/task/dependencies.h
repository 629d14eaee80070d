/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Dependencies: finding the cycle that a new set of dependencies would close.
 */
#ifndef TASK_DEPENDENCIES_H
#define TASK_DEPENDENCIES_H

#include "base/arena.h"
#include "base/error.h"
#include "task/task.h"

/* Gives the ids that task id depends on now. *ret_ids may be in memory that stays valid until the
 * search ends. */
typedef enum error_code (*dependency_lookup)(void *context, int64_t id, struct id_list *ret_ids);

/* Would task id, depending on depends_on, close a cycle? Breadth-first over the graph that lookup
 * shows, each task looked up at most once and id never, no recursion (chains of 10,000 are common
 * input). If so *ret_cycle is a shortest one in order, beginning and ending with id ([5, 7, 9, 5];
 * a self-dependency is [5, 5]); else its count is 0. Working memory and result are in the arena.
 * Errors: ERROR_MEMORY, or what lookup returned; *ret_cycle is then untouched. */
enum error_code dependency_cycle(int64_t id, struct id_list depends_on, dependency_lookup lookup,
                                 void *context, struct arena *arena, struct id_list *ret_cycle);

/* Sorts ascending and removes duplicates in place. */
void id_list_normalize(struct id_list *ids);
/* In a normalized list: binary search. */
bool id_list_contains(struct id_list ids, int64_t id);
bool id_list_find(struct id_list ids, int64_t id, size_t *ret_place);

#endif
