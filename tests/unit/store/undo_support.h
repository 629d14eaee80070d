/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the tests of undo share: undoing one change in a write of its own, and everything that the
 * database says of tasks and templates, to compare before and after.
 */
#ifndef TESTS_UNIT_STORE_UNDO_SUPPORT_H
#define TESTS_UNIT_STORE_UNDO_SUPPORT_H

#include "fixture.h"
#include "store/rows.h"

struct undo_outcome {
    int64_t target; /* what to undo */
    struct arena *arena;
    bool is_conflict;
    struct id_list conflicts;
    int64_t seq; /* of the undo; 0 if there is none */
};

/* Undoes outcome->target; every code must be ERROR_NONE. What conflicts is rolled back. */
void undo_change(struct store *store, struct undo_outcome *outcome);

/* The same where no conflict is expected; the number of the undo. */
int64_t undo_cleanly(struct store *store, int64_t target);

/* The number of the newest change. */
int64_t newest_change(const struct fixture *fixture);

/* Tasks with their counters, links, templates and tallies as one text, without versions. Frees with
 * free(). */
char *state_text(const struct fixture *fixture);
void check_state(const struct fixture *fixture, const char *expected);

/* Counters and tallies equal what counting gives, no reference dangles, nothing is a third level.
 */
void check_counts(const struct fixture *fixture);

#endif
