/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * How many tasks there are of each combination of facets, and in a range of due dates: kept as
 * tally_changes.h says, read here. Lists choose their way by them; counts are answered from them.
 */
#ifndef STORE_SQLITE_TALLY_H
#define STORE_SQLITE_TALLY_H

#include "base/arena.h"
#include "store/sqlite/facets.h"
#include "store/sqlite/internal.h"

struct tally_row {
    uint32_t facets;
    int64_t n;
};

struct tally {
    struct tally_row *rows;
    size_t count; /* at most a few hundred */
};

enum error_code tally_load(struct store_view *view, struct arena *arena, struct tally *ret_tally);

/* The tasks that have none of the forbidden bits. */
int64_t tally_sum(const struct tally *tally, uint32_t forbidden);

/* The tasks due in from..to, by state. */
struct due_tally {
    int64_t n[2][2]; /* [archived][completed] */
};
enum error_code tally_load_due(struct store_view *view, date_t from, date_t to,
                               struct due_tally *ret_tally);

/* Those of the states that are not forbidden; bits that are no states are ignored. */
int64_t tally_sum_due(const struct due_tally *tally, uint32_t forbidden);

/* Whether a state is allowed. */
bool tally_state_allowed(uint32_t forbidden, int archived, int completed);

#endif
