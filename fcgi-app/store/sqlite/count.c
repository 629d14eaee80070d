/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Counting what matches. Filters of few values are counted in the tally, ranges of due dates in
 * that of due dates; all others must look at every row that the cheapest of their indexes leads to.
 */
#include "store/sqlite/list.h"

bool list_needs_rows(const struct list *list)
{
    const struct task_query *query = list->query;
    if (query->search_folded.size > 0 || query->has_parent == TRI_TRUE)
        return true;
    return query->due_range && (list->forbidden & ~(FACETS_STATE | FACET_UNDATED)) != 0;
}

static enum error_code count_due(struct list *list, struct progress *count)
{
    struct due_tally tally;
    enum error_code code =
        tally_load_due(list->view, list->query->due_from, list->query->due_to, &tally);
    if (code != ERROR_NONE)
        return code;
    count->total = tally_sum_due(&tally, list->forbidden);
    count->completed = tally_sum_due(&tally, list->forbidden | FACET_OPEN);
    return ERROR_NONE;
}

static enum error_code count_facets(struct list *list, struct progress *count)
{
    enum error_code code = list_load_tally(list);
    count->total = tally_sum(&list->tally, list->forbidden);
    count->completed = tally_sum(&list->tally, list->forbidden | FACET_OPEN);
    return code;
}

/* --- Counting rows ------------------------------------------------------------------------------
 */

/* In index entries that are passed. */
#define COST_ROW      15.0 /* a look at a row */
#define COST_SCAN     2.0  /* a row in the order of ids */
#define COST_CONTAINS 6.0  /* the same, and its texts */
#define COST_MATCH    12.0 /* a row that the search index finds */

struct choice {
    enum driver driver;
    double cost;
};

static void offer(struct choice *choice, enum driver driver, int64_t rows, double each)
{
    double cost = (double)rows * each;
    if (cost < choice->cost)
        *choice = (struct choice){driver, cost};
}

static enum error_code load_numbers(struct list *list)
{
    enum error_code code = list_load_tally(list);
    if (code == ERROR_NONE && list->query->due_range)
        code = list_load_due_rows(list);
    if (code == ERROR_NONE && list->query->has_parent == TRI_TRUE)
        code = list_load_parent_rows(list);
    if (code == ERROR_NONE && list->terms != NULL)
        code = list_load_text_rows(list);
    return code;
}

enum error_code list_cheapest_source(struct list *list, struct source *ret_source)
{
    enum error_code code = load_numbers(list);
    if (code != ERROR_NONE)
        return code;
    const struct task_query *query = list->query;
    bool is_covered = query->search_folded.size == 0 && query->has_parent != TRI_TRUE;
    int64_t all = tally_sum(&list->tally, 0);
    double scan = query->search_folded.size > 0 ? COST_CONTAINS : COST_SCAN;
    struct choice choice = {DRIVER_ROWID, (double)all * scan};
    offer(&choice, DRIVER_FACETS, tally_sum(&list->tally, list->forbidden), COST_ROW);
    if (query->due_range)
        offer(&choice, DRIVER_DUE_RANGE, list->due_rows, is_covered ? 1 : COST_ROW);
    if (query->has_parent == TRI_TRUE)
        offer(&choice, DRIVER_PARENT, list->parent_rows, COST_ROW);
    if (list->terms != NULL)
        offer(&choice, DRIVER_TEXT, list->text_rows, COST_MATCH);
    *ret_source = (struct source){.driver = choice.driver, .excluded = list->forbidden};
    return ERROR_NONE;
}

static enum error_code count_arm(struct list *list, sqlite3_stmt *statement, const struct arm *arm,
                                 struct progress *count)
{
    for (int i = 0; i < ARM_VALUES; i++)
        sqlite3_bind_int64(statement, i + 1, arm->values[i]);
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(list->view, rc);
    count->total += sqlite3_column_int64(statement, 0);
    count->completed += sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    return ERROR_NONE;
}

static enum error_code count_rows(struct list *list, struct progress *count)
{
    CLEANUP_SQL struct sql sql = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    struct source source;
    struct arm *arms = NULL;
    size_t arm_count = 0;
    enum error_code code = list_cheapest_source(list, &source);
    if (code == ERROR_NONE)
        code = list_arms(list, &source, &arms, &arm_count);
    if (code != ERROR_NONE)
        return code;
    list_sql_matching(list, &source, "count(*), coalesce(sum(t.completed), 0)", &sql);
    code = sql_prepare(list->view, &sql, &statement);
    for (size_t i = 0; i < arm_count && code == ERROR_NONE; i++)
        code = count_arm(list, statement, &arms[i], count);
    return code;
}

enum error_code store_task_count(struct store_view *view, const struct task_query *query,
                                 struct arena *arena, struct progress *ret_count)
{
    struct list list;
    struct progress count = {0};
    enum error_code code = list_init(&list, view, query, NULL, arena);
    if (code == ERROR_NONE && !list_is_empty(query)) {
        if (list_needs_rows(&list))
            code = count_rows(&list, &count);
        else
            code = query->due_range ? count_due(&list, &count) : count_facets(&list, &count);
    }
    if (code == ERROR_NONE)
        *ret_count = count;
    return code;
}
