/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What a transaction does to the tallies and to the calendar: summed up in memory, so that each of
 * their rows is written once, however many tasks concern it.
 */
#ifndef STORE_SQLITE_TALLY_CHANGES_H
#define STORE_SQLITE_TALLY_CHANGES_H

#include "store/sqlite/calendar.h"

/* Rows that are kept until they are written: a batch has some dozens, a bulk of 1,000 some
 * hundreds. What needs more writes some of them more than once. */
#define TALLY_CHANGES_MAX   1024
#define TALLY_CHANGES_SLOTS (2 * TALLY_CHANGES_MAX)

#define TALLY_SLOT_MS 900000 /* a quarter of an hour, as in the schema */

/* All of a task that is counted. A date that is none is in no calendar. */
struct tally_state {
    uint32_t facets; /* as the schema has them, without FACET_DEPENDENT */
    bool dependent;
    date_t due_date;
    int64_t created_at;   /* instants */
    int64_t completed_at; /* INSTANT_NONE: it is not completed */
};

enum tally_kind {
    TALLY_KIND_FACETS,
    TALLY_KIND_DEPENDENT,
    TALLY_KIND_DUE,
    TALLY_KIND_CREATED,
    TALLY_KIND_COMPLETED,
    TALLY_KIND_CALENDAR,
    TALLY_KIND_COUNT
};

/* How much is to be added to a row. */
struct tally_change {
    enum tally_kind kind;
    int32_t n;
    int64_t id;
    int32_t days[CALENDAR_BLOCK_DAYS]; /* of TALLY_KIND_CALENDAR */
};

struct tally_changes {
    size_t count;
    uint16_t slots[TALLY_CHANGES_SLOTS]; /* a hash table: 0 or the place of a row, counted from 1 */
    struct tally_change rows[TALLY_CHANGES_MAX];
};

void tally_changes_clear(struct tally_changes *changes);

/* Adds n tasks in this state, or takes them out where n is negative. If that might need more rows
 * than there are, it writes all there is first; otherwise it cannot fail. */
enum error_code tally_changes_add(struct tally_changes *changes, struct store_view *view,
                                  const struct tally_state *state, int32_t n);

/* Writes all there is, in the transaction of the view, and clears. */
enum error_code tally_changes_write(struct tally_changes *changes, struct store_view *view);

#endif
