/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The tree view: the root tasks that a matching subtask brings into a page, beside those that match
 * themselves; and the subtasks under each root.
 */
#include "store/sqlite/list.h"
#include "store/sqlite/row.h"

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

enum error_code list_visit_children(struct list *list, const struct task *root)
{
    if (root->subtasks.total == 0 || (list->forbidden & FACET_SUBTASK) != 0)
        return ERROR_NONE;
    CLEANUP_SQL struct sql sql = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    list_sql_children(list, &sql);
    enum error_code code = sql_prepare(list->view, &sql, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, root->id);
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        struct task child;
        code = row_read(list->view, statement, list->arena, &child);
        if (code == ERROR_NONE)
            code = list->visit(list->context, &child, root);
        if (code != ERROR_NONE)
            return code;
    }
    return store_error(list->view, rc);
}
