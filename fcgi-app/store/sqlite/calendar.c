/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The calendar, read.
 */
#include "store/sqlite/calendar.h"

#define FACETS_BITS 20 /* as in the schema */

/* Of STATEMENT_CALENDAR_BLOCKS and STATEMENT_CALENDAR_DAYS; the latter's days follow. */
enum column { COLUMN_ID, COLUMN_N, COLUMN_DAYS };

int64_t calendar_id(date_t block, uint32_t facets)
{
    return (int64_t)block << FACETS_BITS | facets;
}

static int64_t day(const struct calendar_row *row, date_t place)
{
    return sqlite3_column_int64(row->statement, COLUMN_DAYS + (int)place);
}

int64_t calendar_sum(const struct calendar_row *row, struct date_range range)
{
    date_t end = row->first + CALENDAR_BLOCK_DAYS;
    date_t first = range.first > row->first ? range.first - row->first : 0;
    date_t last = range.last < end ? range.last - row->first : CALENDAR_BLOCK_DAYS - 1;
    if (first == 0 && last >= CALENDAR_BLOCK_DAYS - 1)
        return row->n;
    int64_t sum = 0;
    for (date_t place = first; place <= last && place < CALENDAR_BLOCK_DAYS; place++)
        sum += day(row, place);
    return sum;
}

/* --- Visiting --------------------------------------------------------------------------------- */

static struct calendar_row read_row(sqlite3_stmt *statement)
{
    int64_t id = sqlite3_column_int64(statement, COLUMN_ID);
    return (struct calendar_row){
        .facets = (uint32_t)(id & ((1 << FACETS_BITS) - 1)),
        .first = (date_t)(id >> FACETS_BITS) * CALENDAR_BLOCK_DAYS,
        .n = sqlite3_column_int64(statement, COLUMN_N),
        .statement = statement,
    };
}

/* Visits the blocks first to end - 1. */
static enum error_code visit_blocks(struct store_view *view, enum statement id, date_t first,
                                    date_t end, uint32_t forbidden, calendar_visitor visit,
                                    void *context)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    if (first >= end)
        return ERROR_NONE;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, calendar_id(first, 0));
    sqlite3_bind_int64(statement, 2, calendar_id(end, 0));
    sqlite3_bind_int64(statement, 3, forbidden);
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        struct calendar_row row = read_row(statement);
        visit(context, &row);
    }
    return store_error(view, rc);
}

/* The first block from this one on that has a cut within it, or `end`. */
static date_t next_cut(const struct calendar_query *query, date_t block, date_t end)
{
    date_t next = end;
    for (size_t i = 0; i < query->cut_count; i++) {
        date_t cut = query->cuts[i];
        date_t of_cut = cut / CALENDAR_BLOCK_DAYS;
        if (cut % CALENDAR_BLOCK_DAYS > 0 && of_cut >= block && of_cut < next)
            next = of_cut;
    }
    return next;
}

enum error_code calendar_visit(struct store_view *view, const struct calendar_query *query,
                               calendar_visitor visit, void *context)
{
    if (query->range.last < DATE_MIN)
        return ERROR_NONE;
    date_t block =
        query->range.first > DATE_MIN ? query->range.first / CALENDAR_BLOCK_DAYS : DATE_MIN;
    date_t end = query->range.last / CALENDAR_BLOCK_DAYS + 1;
    enum error_code code = ERROR_NONE;
    while (block < end && code == ERROR_NONE) {
        date_t cut = next_cut(query, block, end);
        code = visit_blocks(view, STATEMENT_CALENDAR_BLOCKS, block, cut, query->forbidden, visit,
                            context);
        if (code == ERROR_NONE && cut < end)
            code = visit_blocks(view, STATEMENT_CALENDAR_DAYS, cut, cut + 1, query->forbidden,
                                visit, context);
        block = cut + 1;
    }
    return code;
}
