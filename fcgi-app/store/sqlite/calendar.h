/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The calendar: how many tasks of each combination of facets are due on each day, kept in blocks of
 * days (tally_changes.h), read here. Tasks without a due date are not in it.
 */
#ifndef STORE_SQLITE_CALENDAR_H
#define STORE_SQLITE_CALENDAR_H

#include "store/sqlite/facets.h"
#include "store/sqlite/internal.h"

#define CALENDAR_BLOCK_DAYS 16 /* as in the schema */

/* The key of a row. */
int64_t calendar_id(date_t block, uint32_t facets);

/* One combination of facets in one block, valid while it is visited. */
struct calendar_row {
    uint32_t facets; /* FACET_DEPENDENT too */
    date_t first;    /* of the block */
    int64_t n;       /* in the whole block */
    sqlite3_stmt *statement;
};

/* The tasks that are due in the range, whose ends are cuts (below). It may lie anywhere; first >
 * last is empty. */
int64_t calendar_sum(const struct calendar_row *row, struct date_range range);

typedef void (*calendar_visitor)(void *context, const struct calendar_row *row);

/* What to visit: the rows without the forbidden bits in all blocks that have a day of the range.
 * Days before which a range of interest may begin or end are its cuts: other blocks are read as
 * wholes, which costs a third. */
struct calendar_query {
    struct date_range range;
    uint32_t forbidden;
    const date_t *cuts;
    size_t cut_count;
};

/* In the order of the blocks. */
enum error_code calendar_visit(struct store_view *view, const struct calendar_query *query,
                               calendar_visitor visit, void *context);

#endif
