/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What a way through the table costs, estimated from exact counts of what the filters match.
 */
#ifndef STORE_SQLITE_LIST_COST_H
#define STORE_SQLITE_LIST_COST_H

#include "store/sqlite/list.h"

/* What the estimates for one piece are made of. */
struct estimate {
    double need;       /* rows wanted */
    double all;        /* rows there are */
    double in_state;   /* in the allowed states */
    double matching;   /* with allowed facets */
    double due;        /* the parts that the other filters leave: 1 without the filter */
    double parent;     /* ... */
    double text;       /* ... */
    bool by_id;        /* the free key is id */
    uint32_t excluded; /* facets of rows that are no part of the piece */
};

/* Loads what it needs into the list. */
enum error_code list_estimate(struct list *list, const struct piece *piece, size_t need,
                              struct estimate *ret_estimate);

/* In microseconds of a small page cache; only the proportions matter. */
double list_cost(const struct list *list, const struct piece *piece,
                 const struct estimate *estimate, const struct source *source);

/* Of finding root tasks by a matching subtask, among `candidates` tasks or, for DRIVER_CHILDREN,
 * from all matching subtasks. */
double list_cost_by_child(const struct list *list, const struct source *source, double candidates);

#endif
