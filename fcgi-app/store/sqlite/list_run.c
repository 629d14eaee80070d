/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Runs a list: piece after piece until the page is full.
 */
#include "store/sqlite/list.h"
#include "store/sqlite/row.h"
#include "store/sqlite/text_index.h"
#include "store/sqlite/touched.h"

#define WINDOW_FACTOR 4 /* ids looked at for each row wanted, before anything is planned */

/* --- Beginning ---------------------------------------------------------------------------------
 */

static enum error_code init_search(struct list *list)
{
    enum error_code code = text_index_terms(list->query->search_folded, list->arena, &list->terms);
    return code == ERROR_NONE ? ERROR_NONE : store_fail(list->view, code);
}

enum error_code list_init(struct list *list, struct store_view *view,
                          const struct task_query *query, const struct task_cursor *after,
                          struct arena *arena)
{
    *list = (struct list){
        .view = view,
        .arena = arena,
        .query = query,
        .after = after,
        .keys = query->sort,
        .forbidden = facets_forbidden(query),
        .tree = query->view == TASK_VIEW_TREE,
        .due_rows = LIST_UNKNOWN,
        .parent_rows = LIST_UNKNOWN,
        .text_rows = LIST_UNKNOWN,
        .left = query->limit,
    };
    while (list->keys[list->key_count++].key != TASK_SORT_ID)
        ;
    enum error_code code = init_search(list);
    return code == ERROR_NONE && view->tx != NULL ? touched_settle(view) : code;
}

bool list_is_empty(const struct task_query *query)
{
    return query->due_range && query->due_from > query->due_to;
}

/* --- Rows --------------------------------------------------------------------------------------
 */

/* The present row of the statement is the next of the list. */
static enum error_code visit(struct list *list, sqlite3_stmt *statement)
{
    if (list->left == 0) {
        list->more = true;
        return ERROR_NONE;
    }
    list->left--;
    struct task task;
    enum error_code code = row_read(list->view, statement, list->arena, &task);
    if (code == ERROR_NONE)
        code = list->visit(list->context, &task, NULL);
    return code == ERROR_NONE && list->tree ? list_visit_children(list, &task) : code;
}

static enum error_code visit_id(struct list *list, int64_t id)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(list->view, STATEMENT_TASK_LISTED, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE) /* an index names a row that is not there */
        return store_fail(list->view, ERROR_CORRUPT);
    return rc == SQLITE_ROW ? visit(list, statement) : store_error(list->view, rc);
}

/* --- The window --------------------------------------------------------------------------------
 */

/* A list by id of which most tasks are part is the table itself. So the first look is at a window
 * of ids there, without any planning; what it leaves open is planned. */

static bool window_fits(const struct list *list, const struct piece *piece)
{
    const struct task_query *query = list->query;
    return !list->tree && list->key_count == 1 && piece->fixed == 0 && !query->due_range &&
           query->has_parent != TRI_TRUE && query->search_folded.size == 0;
}

static enum error_code last_id(struct list *list, int64_t *ret_id)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(list->view, STATEMENT_TASK_LAST_ID, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(list->view, rc);
    *ret_id = sqlite3_column_int64(statement, 0);
    return ERROR_NONE;
}

static enum error_code visit_window(struct list *list, int64_t after, int64_t until)
{
    bool descending = list->keys[0].descending;
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(
        list->view, descending ? STATEMENT_TASK_WINDOW_DESCENDING : STATEMENT_TASK_WINDOW,
        &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int64(statement, 2, until);
    sqlite3_bind_int64(statement, 3, list->forbidden);
    sqlite3_bind_int64(statement, 4, list->left + 1);
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        code = visit(list, statement);
        if (code != ERROR_NONE)
            return code;
    }
    return store_error(list->view, rc);
}

/* Visits the window and cuts it off the piece; *ret_end: nothing is left of it. */
static enum error_code run_window(struct list *list, struct piece *piece, bool *ret_end)
{
    bool descending = list->keys[0].descending;
    int64_t width = WINDOW_FACTOR * ((int64_t)list->left + 1);
    int64_t last = 0;
    enum error_code code = ERROR_NONE;
    if (descending && piece->after.open)
        code = last_id(list, &last);
    if (code != ERROR_NONE)
        return code;
    int64_t after = !piece->after.open ? piece->after.number : descending ? last + 1 : 0;
    int64_t until = descending ? after - width : after + width;
    code = visit_window(list, after, until);
    if (code == ERROR_NONE && !descending && !list->more)
        code = last_id(list, &last);
    if (code != ERROR_NONE)
        return code;
    piece->after = (struct bound){.number = until};
    *ret_end = descending ? until <= 1 : until >= last;
    return ERROR_NONE;
}

/* --- Pieces ------------------------------------------------------------------------------------
 */

static enum error_code pick_matching(struct list *list, struct piece piece, struct picks *picks)
{
    struct ways ways;
    if (!list_clip_due(list, &piece))
        return ERROR_NONE;
    enum error_code code = list_ways(list, &piece, picks->limit, &ways);
    const struct way *way = code == ERROR_NONE ? list_cheapest(&ways) : NULL;
    return way != NULL ? list_pick(list, &piece, &way->source, picks) : code;
}

static enum error_code run_piece(struct list *list, const struct piece *piece)
{
    struct picks picks = {.limit = (size_t)list->left + 1};
    picks.rows = arena_alloc(list->arena, picks.limit * sizeof(*picks.rows));
    if (picks.rows == NULL)
        return store_fail(list->view, ERROR_MEMORY);
    enum error_code code = pick_matching(list, *piece, &picks);
    if (code == ERROR_NONE && list->tree)
        code = list_pick_by_child(list, piece, &picks);
    for (size_t i = 0; i < picks.count && code == ERROR_NONE; i++)
        code = visit_id(list, picks.rows[i].numbers[TASK_SORT_ID]);
    return code;
}

static enum error_code run(struct list *list, struct piece *pieces, size_t count)
{
    enum error_code code = ERROR_NONE;
    bool end = false;
    if (count > 0 && window_fits(list, &pieces[0]))
        code = run_window(list, &pieces[0], &end);
    for (size_t i = 0; i < count && code == ERROR_NONE && !end && !list->more; i++)
        code = run_piece(list, &pieces[i]);
    return code;
}

enum error_code store_task_list(struct store_view *view, const struct task_query *query,
                                const struct task_cursor *after, struct arena *arena,
                                store_task_visitor visitor, void *context, bool *ret_more)
{
    if (list_is_empty(query)) {
        *ret_more = false;
        return ERROR_NONE;
    }
    struct list list;
    struct piece *pieces = NULL;
    size_t count = 0;
    enum error_code code = list_init(&list, view, query, after, arena);
    list.visit = visitor;
    list.context = context;
    if (code == ERROR_NONE)
        code = list_pieces(&list, &pieces, &count);
    if (code == ERROR_NONE)
        code = run(&list, pieces, count);
    if (code == ERROR_NONE)
        *ret_more = list.more;
    return code;
}
