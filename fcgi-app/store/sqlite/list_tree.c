/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The tree view: the root tasks that a matching subtask brings into a page, beside those that match
 * themselves.
 */
#include "store/sqlite/list.h"

/* A full page of roots that match leaves only the others before its last row to be looked for: the
 * part of all rows that they are likely to be. */
static double range_left(struct list *list, const struct piece *piece, const struct picks *picks)
{
    if (picks->count < picks->limit)
        return 1;
    int64_t roots = tally_sum(&list->tally, list->forbidden | piece->excluded | FACET_SUBTASK);
    return roots > (int64_t)picks->limit ? (double)picks->limit / (double)roots : 1;
}

enum error_code list_pick_by_child(struct list *list, const struct piece *piece,
                                   struct picks *picks)
{
    struct ways ways;
    enum error_code code = list_ways_by_child(list, piece, range_left(list, piece, picks), &ways);
    const struct way *way = code == ERROR_NONE ? list_cheapest(&ways) : NULL;
    return way != NULL ? list_pick(list, piece, &way->source, picks) : code;
}
