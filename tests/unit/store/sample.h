/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Varied tasks, random changes to them, and a model of what the store should hold: the tasks in
 * memory, matched and sorted without any SQL. The same seed gives the same.
 */
#ifndef TESTS_UNIT_STORE_SAMPLE_H
#define TESTS_UNIT_STORE_SAMPLE_H

#include "fixture.h"
#include "store/rows.h"

#define SAMPLE_TODAY ((date_t)20000)

/* --- Chance ----------------------------------------------------------------------------------- */

struct chance {
    uint64_t state;
    bool never_archived; /* no task is; else an active one may be below an archived one */
};

unsigned chance_below(struct chance *chance, unsigned limit); /* 0..limit-1 */
bool chance_in(struct chance *chance, unsigned n);            /* true once in n */

/* --- Tasks and queries ------------------------------------------------------------------------ */

/* A task without relations. Texts are in the arena. */
void sample_task(struct chance *chance, struct arena *arena, struct task *ret_task);

/* Any filters, order, view and limit. */
void sample_query(struct chance *chance, struct arena *arena, struct task_query *ret_query);

/* --- Writes ----------------------------------------------------------------------------------- */

/* In one write: inserts tasks with parents and dependencies among those there are, ... */
void sample_insert(struct store *store, struct chance *chance, unsigned count);
/* ... or updates, moves, links, completes and deletes some, and inserts a few. */
void sample_change(struct store *store, struct chance *chance, unsigned count);

/* Runs one function in one write under one change; every code must be ERROR_NONE. */
typedef void (*sample_fn)(struct store_tx *tx, void *arg);
void sample_write(struct store *store, sample_fn run, void *arg);

/* --- The model -------------------------------------------------------------------------------- */

struct model {
    struct arena arena;
    struct task *tasks;
    size_t count;
};

void model_load(struct model *model, struct store_view *view);
void model_close(struct model *model);

/* One row of a list as it should be. */
struct expected {
    const struct task *task;
    const struct task *parent; /* as the visitor is told */
};

/* The whole list of a query, all pages after `after` (NULL: from the start). Frees with free(). */
struct expected *model_list(const struct model *model, const struct task_query *query,
                            size_t *ret_count);
struct progress model_count(const struct model *model, const struct task_query *query);

/* The order of the query: < 0, 0, > 0. */
int model_compare(const struct task_query *query, const struct task *a, const struct task *b);

void cursor_after(struct arena *arena, const struct task *task, struct task_cursor *ret_cursor);

#endif
