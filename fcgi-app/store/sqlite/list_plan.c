/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The ways through the table for one piece of a list: all that lead to its rows, and the choice of
 * the cheapest.
 */
#include "store/sqlite/list_cost.h"

#define DAYS_MAX 62     /* a longer range of due dates is not walked day by day */
#define CHEAP    2000.0 /* a cost that is not worth a count */

static void add(struct ways *ways, struct source source, double cost)
{
    if (ways->count < LIST_WAYS_MAX)
        ways->all[ways->count++] = (struct way){.source = source, .cost = cost};
}

/* The keys whose index gives the piece's rows: its free one, and those that are fixed. */
static bool leads(const struct list *list, const struct piece *piece, enum task_sort_key key)
{
    bool has_index = key != TASK_SORT_ID && key != TASK_SORT_PRIORITY;
    return has_index && (list->keys[piece->leaf].key == key || (piece->fixed & 1U << key) != 0);
}

/* --- Rows that match ---------------------------------------------------------------------------
 */

static void offer(const struct list *list, const struct piece *piece,
                  const struct estimate *estimate, struct ways *ways, struct source source)
{
    source.excluded = estimate->excluded;
    add(ways, source, list_cost(list, piece, estimate, &source));
}

static void offer_due(const struct list *list, const struct piece *piece,
                      const struct estimate *estimate, struct ways *ways)
{
    const struct task_query *query = list->query;
    if (!query->due_range || leads(list, piece, TASK_SORT_DUE_DATE))
        return;
    offer(list, piece, estimate, ways, (struct source){.driver = DRIVER_DUE_RANGE});
    if (estimate->by_id && query->due_to - query->due_from < DAYS_MAX)
        offer(list, piece, estimate, ways, (struct source){.driver = DRIVER_DUE_DAY});
}

enum error_code list_ways(struct list *list, const struct piece *piece, size_t need,
                          struct ways *ret_ways)
{
    struct estimate estimate;
    struct ways ways = {.count = 0};
    enum error_code code = list_estimate(list, piece, need, &estimate);
    if (code != ERROR_NONE)
        return code;
    if (estimate.matching > 0) {
        for (unsigned key = 0; key < TASK_SORT_KEY_COUNT; key++) {
            struct source source = {.driver = DRIVER_INDEX, .key = (enum task_sort_key)key};
            if (leads(list, piece, source.key))
                offer(list, piece, &estimate, &ways, source);
        }
        offer(list, piece, &estimate, &ways, (struct source){.driver = DRIVER_FACETS});
        offer_due(list, piece, &estimate, &ways);
        if (list->query->has_parent == TRI_TRUE)
            offer(list, piece, &estimate, &ways, (struct source){.driver = DRIVER_PARENT});
        if (list->terms != NULL)
            offer(list, piece, &estimate, &ways, (struct source){.driver = DRIVER_TEXT});
        /* Without other filters the combinations of facets are as good, and never much worse. */
        if (estimate.by_id && piece->fixed == 0 &&
            estimate.due * estimate.parent * estimate.text < 1)
            offer(list, piece, &estimate, &ways, (struct source){.driver = DRIVER_ROWID});
    }
    *ret_ways = ways;
    return ERROR_NONE;
}

/* --- Root tasks that a matching subtask brings in ----------------------------------------------
 */

static void offer_by_child(const struct list *list, struct ways *ways, struct source source,
                           double candidates)
{
    source.by_child = true;
    add(ways, source, list_cost_by_child(list, &source, candidates));
}

static void offer_children(const struct list *list, struct ways *ways, enum driver inner)
{
    offer_by_child(list, ways,
                   (struct source){.driver = DRIVER_CHILDREN,
                                   .inner = inner,
                                   .excluded = list->forbidden | FACET_ROOT},
                   0);
}

static void offer_parents(const struct list *list, const struct piece *piece, double range,
                          struct ways *ways)
{
    double all = (double)tally_sum(&list->tally, 0) * range;
    double subtasks = (double)tally_sum(&list->tally, FACET_ROOT) * range;
    for (unsigned key = 0; key < TASK_SORT_KEY_COUNT; key++) {
        struct source source = {.driver = DRIVER_INDEX, .key = (enum task_sort_key)key};
        if (leads(list, piece, source.key))
            offer_by_child(list, ways, source, all);
    }
    if (list->keys[piece->leaf].key == TASK_SORT_ID && piece->fixed == 0)
        offer_by_child(list, ways, (struct source){.driver = DRIVER_PARENTS}, subtasks / 2);
}

/* Counting what a search finds costs more than looking through a few parents. */
static enum error_code load_for_children(struct list *list, double cost_so_far)
{
    enum error_code code = ERROR_NONE;
    if (list->query->due_range)
        code = list_load_due_rows(list);
    if (code == ERROR_NONE && list->query->has_parent == TRI_TRUE)
        code = list_load_parent_rows(list);
    if (code == ERROR_NONE && list->terms != NULL && cost_so_far > CHEAP)
        code = list_load_text_rows(list);
    return code;
}

enum error_code list_ways_by_child(struct list *list, const struct piece *piece, double range,
                                   struct ways *ret_ways)
{
    struct ways ways = {.count = 0};
    enum error_code code = list_load_tally(list);
    if (code == ERROR_NONE && tally_sum(&list->tally, list->forbidden | FACET_ROOT) > 0) {
        offer_parents(list, piece, range, &ways);
        code = load_for_children(list, list_cheapest(&ways)->cost);
        offer_children(list, &ways, DRIVER_FACETS);
        if (list->query->due_range)
            offer_children(list, &ways, DRIVER_DUE_RANGE);
        if (list->query->has_parent == TRI_TRUE)
            offer_children(list, &ways, DRIVER_PARENT);
        if (list->terms != NULL)
            offer_children(list, &ways, DRIVER_TEXT);
    }
    if (code == ERROR_NONE)
        *ret_ways = ways;
    return code;
}

/* --- The choice --------------------------------------------------------------------------------
 */

const struct way *list_cheapest(const struct ways *ways)
{
    const struct way *best = NULL;
    for (size_t i = 0; i < ways->count; i++) {
        if (best == NULL || ways->all[i].cost < best->cost)
            best = &ways->all[i];
    }
    return best;
}
