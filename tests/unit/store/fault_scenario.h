/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The life that the fault tests put a store through, and what must hold afterwards wherever a
 * fault struck: each outcome is a documented one, nothing that was acknowledged is lost, the file
 * is sound.
 */
#ifndef TESTS_UNIT_STORE_FAULT_SCENARIO_H
#define TESTS_UNIT_STORE_FAULT_SCENARIO_H

#include "fixture.h"

#define SCENARIO_BATCH   5 /* writes in one batch */
#define SCENARIO_BATCHES 3

struct scenario {
    struct fixture fixture;
    bool is_acknowledged[SCENARIO_BATCHES * SCENARIO_BATCH]; /* of the write with this value */
    bool is_refused[SCENARIO_BATCHES * SCENARIO_BATCH];
};

/* A database with one row (value -1) that is older than any fault. */
void scenario_init(struct scenario *scenario);

/* Opens, writes batches with a read after each, checkpoints, closes. */
void scenario_live(struct scenario *scenario);

/* With the fault gone. is_exact: what was not acknowledged must not be there. */
void scenario_check(struct scenario *scenario, bool is_exact);

/* A documented storage failure. */
bool is_storage_failure(enum error_code code);

#endif
