/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What a way through the table costs. Estimates take filters for independent of each other; where
 * they are not (all open tasks were created last, say), the states lead every index, so that the
 * common cases stay cheap.
 */
#include "store/sqlite/list_cost.h"

#define COST_SEEK       4.0   /* to begin an arm */
#define COST_ENTRY      0.2   /* to pass an index entry */
#define COST_SCAN       0.4   /* to pass a row in the order of ids */
#define COST_ROW        3.0   /* to look up a row */
#define COST_MATCH      3.0   /* to find a row by the search index */
#define COST_CONTAINS   1.0   /* to look into its texts */
#define COST_TEXT_START 100.0 /* to begin a search */
#define COST_CHILD      4.0   /* to look for a row's subtasks */

#define SAME_VALUE_ROWS 20.0  /* rows that share a time stamp or a description */
#define DAYS_PER_LIST   500.0 /* rows that share a due date: one in so many */
#define TEXT_SHARE      0.02  /* part of all rows that a text is in, unless counted */

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* Never 0, so that it can divide. */
static double part(double rows, double of)
{
    if (of < 1)
        return 1;
    double share = rows / of;
    return share > 1 ? 1 : share < 1e-9 ? 1e-9 : share;
}

/* How often arms of equal density make later ones shorter: about the logarithm. */
static double halvings(double arms)
{
    double count = 0;
    for (; arms > 1; arms /= 2)
        count++;
    return count;
}

static double text_rows(const struct list *list)
{
    return list->text_rows == LIST_UNKNOWN ? (double)tally_sum(&list->tally, 0) * TEXT_SHARE
                                           : (double)list->text_rows;
}

/* --- The estimate ------------------------------------------------------------------------------
 */

static enum error_code load_filters(struct list *list, bool count_text)
{
    enum error_code code = ERROR_NONE;
    if (list->query->due_range)
        code = list_load_due_rows(list);
    if (code == ERROR_NONE && list->query->has_parent == TRI_TRUE)
        code = list_load_parent_rows(list);
    if (code == ERROR_NONE && list->terms != NULL && count_text)
        code = list_load_text_rows(list);
    return code;
}

static void estimate_filters(const struct list *list, struct estimate *estimate)
{
    const struct task_query *query = list->query;
    uint32_t undated = (list->forbidden & FACETS_STATE) | FACET_UNDATED;
    if (query->due_range)
        estimate->due = part((double)list->due_rows, (double)tally_sum(&list->tally, undated));
    if (query->has_parent == TRI_TRUE)
        estimate->parent = part((double)list->parent_rows, estimate->all);
    if (query->search_folded.size > 0)
        estimate->text = part(text_rows(list), estimate->all);
}

enum error_code list_estimate(struct list *list, const struct piece *piece, size_t need,
                              struct estimate *ret_estimate)
{
    enum error_code code = list_load_tally(list);
    if (code != ERROR_NONE)
        return code;
    uint32_t excluded = list->forbidden | piece->excluded | (list->tree ? FACET_SUBTASK : 0);
    struct estimate estimate = {
        .need = (double)need,
        .all = (double)tally_sum(&list->tally, 0),
        .in_state = (double)tally_sum(&list->tally, excluded & FACETS_STATE),
        .matching = (double)tally_sum(&list->tally, excluded),
        .due = 1,
        .parent = 1,
        .text = 1,
        .by_id = list->keys[piece->leaf].key == TASK_SORT_ID,
        .excluded = excluded,
    };
    /* A search in the order of ids ends with the page; counting it first would cost more. */
    code = load_filters(list, !estimate.by_id);
    if (code != ERROR_NONE)
        return code;
    estimate_filters(list, &estimate);
    *ret_estimate = estimate;
    return ERROR_NONE;
}

/* --- One way -----------------------------------------------------------------------------------
 */

static double cost_index(const struct list *list, const struct piece *piece,
                         const struct estimate *e, enum task_sort_key key)
{
    bool is_fixed = (piece->fixed & 1U << key) != 0;
    bool serves_due = key == TASK_SORT_DUE_DATE && list->query->due_range;
    double rows = e->in_state;
    if (is_fixed)
        rows = key == TASK_SORT_DUE_DATE ? e->in_state / DAYS_PER_LIST : SAME_VALUE_ROWS;
    else if (serves_due)
        rows = (double)list->due_rows;
    double facets = part(e->matching, e->in_state);
    double others = (serves_due ? 1 : e->due) * e->parent * e->text;
    enum task_sort_key in_order = is_fixed ? TASK_SORT_ID : key;
    bool is_sorted = list->keys[piece->leaf].key == in_order;
    double passed = is_sorted ? least(rows, e->need / (facets * others)) : rows;
    bool looks_up = e->parent * e->text < 1 || !is_sorted;
    return 4 * COST_SEEK + passed * (COST_ENTRY + (looks_up ? facets * e->due * COST_ROW : 0));
}

static double cost_facets(const struct list *list, const struct estimate *e)
{
    double arms = (double)list_arm_count(list, DRIVER_FACETS, e->excluded);
    double others = e->due * e->parent * e->text;
    double passed = e->matching;
    if (e->by_id)
        passed = least(passed, e->need * (1 + halvings(arms)) / others);
    return arms * COST_SEEK + passed * (others < 1 || !e->by_id ? COST_ROW : COST_ENTRY);
}

static double cost_due_range(const struct list *list, const struct estimate *e)
{
    double facets = part(e->matching, e->in_state);
    bool looks_up = !e->by_id || e->parent * e->text < 1;
    return 4 * COST_SEEK +
           (double)list->due_rows * (COST_ENTRY + (looks_up ? facets * COST_ROW : 0));
}

static double cost_due_day(const struct list *list, const struct estimate *e)
{
    double arms = (double)list_arm_count(list, DRIVER_DUE_DAY, e->excluded);
    double others = part(e->matching, e->in_state) * e->parent * e->text;
    double passed = least((double)list->due_rows, e->need * (1 + halvings(arms)) / others);
    return arms * COST_SEEK + passed * (e->parent * e->text < 1 ? COST_ROW : COST_ENTRY);
}

static double cost_text(const struct list *list, const struct estimate *e)
{
    double found = text_rows(list);
    double others = part(e->matching, e->all) * e->due * e->parent;
    double passed = e->by_id ? least(found, e->need / others) : found;
    return COST_TEXT_START + passed * (COST_MATCH + COST_ROW);
}

static double cost_rowid(const struct estimate *e)
{
    double others = part(e->matching, e->all) * e->due * e->parent * e->text;
    double each = COST_SCAN + (e->text < 1 ? COST_CONTAINS : 0);
    return least(e->all, e->need / others) * each;
}

double list_cost(const struct list *list, const struct piece *piece,
                 const struct estimate *estimate, const struct source *source)
{
    switch (source->driver) {
    case DRIVER_INDEX:
        return cost_index(list, piece, estimate, source->key);
    case DRIVER_FACETS:
        return cost_facets(list, estimate);
    case DRIVER_DUE_RANGE:
        return cost_due_range(list, estimate);
    case DRIVER_DUE_DAY:
        return cost_due_day(list, estimate);
    case DRIVER_PARENT:
        return (double)list->parent_rows * COST_ROW;
    case DRIVER_TEXT:
        return cost_text(list, estimate);
    default:
        return cost_rowid(estimate);
    }
}

double list_cost_by_child(const struct list *list, const struct source *source, double candidates)
{
    if (source->driver != DRIVER_CHILDREN)
        return candidates * COST_CHILD;
    double subtasks = (double)tally_sum(&list->tally, source->excluded);
    switch (source->inner) {
    case DRIVER_TEXT:
        return COST_TEXT_START + text_rows(list) * (COST_MATCH + 2 * COST_ROW);
    case DRIVER_DUE_RANGE:
        return 4 * COST_SEEK + (double)list->due_rows * 2 * COST_ROW;
    case DRIVER_PARENT:
        return COST_SEEK + (double)list->parent_rows * COST_ROW;
    default:
        return (double)list_arm_count(list, DRIVER_FACETS, source->excluded) * COST_SEEK +
               subtasks * 2 * COST_ROW;
    }
}
