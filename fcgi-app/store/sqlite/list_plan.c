/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Chooses the way through the table for one piece of a list: the cheapest by an estimate from exact
 * counts. Estimates take filters for independent of each other; where they are not (all open tasks
 * were created last, say), the states lead every index, so that the common cases stay cheap.
 */
#include "store/sqlite/list.h"

/* What things cost, in microseconds of a small page cache; only their proportions matter. */
#define COST_SEEK       4.0   /* to begin an arm */
#define COST_ENTRY      0.2   /* to pass an index entry */
#define COST_SCAN       0.4   /* to pass a row in the order of ids */
#define COST_ROW        3.0   /* to look up a row */
#define COST_MATCH      3.0   /* to find a row by the search index */
#define COST_TEXT_START 300.0 /* to begin a search */
#define COST_CHILD      4.0   /* to look for a row's subtasks */

#define SAME_INSTANT_ROWS 20.0 /* rows that share a time stamp or a description */
#define DAYS_PER_LIST     500  /* rows that share a due date: one in so many */
#define TEXT_SHARE        0.02 /* part of all rows that a text is in, unless counted */
#define DAYS_MAX          62   /* a longer range is not walked day by day */

/* What the estimates are made of. */
struct estimate {
    double need;
    double all;      /* rows */
    double in_state; /* in the allowed states */
    double matching; /* by facets */
    double due;      /* parts that the other filters leave: 1 without the filter */
    double parent;
    double text;
    bool by_id;    /* the free key is id */
    bool looks_up; /* some filter needs a look at the row */
};

static double part(double rows, double of)
{
    if (of < 1)
        return 1;
    double share = rows / of;
    return share > 1 ? 1 : share < 1e-9 ? 1e-9 : share;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* How often arms of equal density make later ones shorter: about the logarithm. */
static double halvings(double arms)
{
    double count = 0;
    for (; arms > 1; arms /= 2)
        count++;
    return count;
}

static enum error_code estimate_filters(struct list *list, bool count_text,
                                        struct estimate *estimate)
{
    const struct task_query *query = list->query;
    enum error_code code = ERROR_NONE;
    if (query->due_range) {
        code = list_load_due_rows(list);
        double dated =
            (double)tally_sum(&list->tally, (list->forbidden & FACETS_STATE) | FACET_UNDATED);
        estimate->due = part((double)list->due_rows, dated);
    }
    if (code == ERROR_NONE && query->has_parent == TRI_TRUE) {
        code = list_load_parent_rows(list);
        estimate->parent = part((double)list->parent_rows, estimate->all);
    }
    if (code == ERROR_NONE && list->phrase != NULL && count_text)
        code = list_load_text_rows(list);
    if (query->search_folded.size > 0)
        estimate->text = list->text_rows == LIST_UNKNOWN
                             ? TEXT_SHARE
                             : part((double)list->text_rows, estimate->all);
    estimate->looks_up =
        query->due_range || query->has_parent == TRI_TRUE || query->search_folded.size > 0;
    return code;
}

static enum error_code estimate_piece(struct list *list, const struct piece *piece, size_t need,
                                      struct estimate *ret_estimate)
{
    enum error_code code = list_load_tally(list);
    if (code != ERROR_NONE)
        return code;
    uint32_t forbidden = list->forbidden | piece->excluded | (list->tree ? FACET_SUBTASK : 0);
    struct estimate estimate = {
        .need = (double)need,
        .all = (double)tally_sum(&list->tally, 0),
        .in_state = (double)tally_sum(&list->tally, forbidden & FACETS_STATE),
        .matching = (double)tally_sum(&list->tally, forbidden),
        .due = 1,
        .parent = 1,
        .text = 1,
        .by_id = list->keys[piece->leaf].key == TASK_SORT_ID,
    };
    if (estimate.matching > 0)
        code = estimate_filters(list, !estimate.by_id || list->tree, &estimate);
    if (code == ERROR_NONE)
        *ret_estimate = estimate;
    return code;
}

/* --- The cost of each driver -------------------------------------------------------------------
 */

static double cost_index(const struct list *list, const struct piece *piece,
                         const struct estimate *e, enum task_sort_key key)
{
    enum task_sort_key leaf = list->keys[piece->leaf].key;
    double facets = part(e->matching, e->in_state);
    bool is_fixed = (piece->fixed & 1U << key) != 0;
    double rows = e->in_state, due = e->due;
    bool serves_due = key == TASK_SORT_DUE_DATE && list->query->due_range;
    if (is_fixed)
        rows = key == TASK_SORT_DUE_DATE ? e->in_state / DAYS_PER_LIST : SAME_INSTANT_ROWS;
    else if (serves_due)
        rows = (double)list->due_rows;
    if (serves_due)
        due = 1;
    double others = due * e->parent * e->text;
    bool looks_up = due < 1 || e->parent < 1 || e->text < 1;
    bool in_order = !is_fixed ? leaf == key : leaf == TASK_SORT_ID;
    double passed = in_order ? least(rows, e->need / (facets * others)) : rows;
    double each = COST_ENTRY + (looks_up || !in_order ? facets * COST_ROW : 0);
    return 4 * COST_SEEK + passed * each;
}

static double cost_facets(const struct list *list, const struct piece *piece,
                          const struct estimate *e)
{
    uint32_t forbidden = list->forbidden | piece->excluded | (list->tree ? FACET_SUBTASK : 0);
    double arms = (double)list_arm_count(list, DRIVER_FACETS, forbidden);
    double others = e->due * e->parent * e->text;
    double passed =
        e->by_id ? least(e->matching, e->need * (1 + halvings(arms)) / others) : e->matching;
    return arms * COST_SEEK + passed * (e->looks_up || !e->by_id ? COST_ROW : COST_ENTRY);
}

static double cost_due_range(const struct list *list, const struct estimate *e)
{
    double facets = part(e->matching, e->in_state);
    bool looks_up = !e->by_id || e->parent < 1 || e->text < 1;
    return 4 * COST_SEEK +
           (double)list->due_rows * (COST_ENTRY + (looks_up ? facets * COST_ROW : 0));
}

static double cost_due_day(const struct list *list, const struct estimate *e)
{
    double arms = (double)list_arm_count(list, DRIVER_DUE_DAY, list->forbidden);
    double facets = part(e->matching, e->in_state);
    double others = e->parent * e->text;
    double passed =
        least((double)list->due_rows, e->need * (1 + halvings(arms)) / (facets * others));
    return arms * COST_SEEK + passed * (others < 1 ? COST_ROW : COST_ENTRY);
}

static double cost_text(const struct list *list, const struct estimate *e)
{
    double found = list->text_rows == LIST_UNKNOWN ? e->all * TEXT_SHARE : (double)list->text_rows;
    double others = part(e->matching, e->all) * e->due * e->parent;
    double passed = e->by_id ? least(found, e->need / others) : found;
    return COST_TEXT_START + passed * (COST_MATCH + COST_ROW);
}

static double cost_rowid(const struct estimate *e)
{
    double others = part(e->matching, e->all) * e->due * e->parent * e->text;
    return least(e->all, e->need / others) * COST_SCAN;
}

/* --- The choice --------------------------------------------------------------------------------
 */

struct choice {
    struct source source;
    double cost;
};

static void offer(struct choice *choice, enum driver driver, enum task_sort_key key, double cost)
{
    if (choice->cost >= 0 && choice->cost <= cost)
        return;
    *choice = (struct choice){.source = {.driver = driver, .key = key}, .cost = cost};
}

static bool has_index(enum task_sort_key key)
{
    return key != TASK_SORT_ID && key != TASK_SORT_PRIORITY;
}

static void offer_indexes(const struct list *list, const struct piece *piece,
                          const struct estimate *e, struct choice *choice)
{
    enum task_sort_key leaf = list->keys[piece->leaf].key;
    for (unsigned i = 0; i < TASK_SORT_KEY_COUNT; i++) {
        enum task_sort_key key = (enum task_sort_key)i;
        if (has_index(key) && (key == leaf || (piece->fixed & 1U << key) != 0))
            offer(choice, DRIVER_INDEX, key, cost_index(list, piece, e, key));
    }
}

static void offer_filters(const struct list *list, const struct piece *piece,
                          const struct estimate *e, struct choice *choice)
{
    const struct task_query *query = list->query;
    bool due_is_free = list->keys[piece->leaf].key != TASK_SORT_DUE_DATE &&
                       (piece->fixed & 1U << TASK_SORT_DUE_DATE) == 0;
    offer(choice, DRIVER_FACETS, TASK_SORT_ID, cost_facets(list, piece, e));
    if (query->due_range && due_is_free)
        offer(choice, DRIVER_DUE_RANGE, TASK_SORT_ID, cost_due_range(list, e));
    if (query->due_range && due_is_free && e->by_id && query->due_to - query->due_from < DAYS_MAX)
        offer(choice, DRIVER_DUE_DAY, TASK_SORT_ID, cost_due_day(list, e));
    if (query->has_parent == TRI_TRUE)
        offer(choice, DRIVER_PARENT, TASK_SORT_ID, (double)list->parent_rows * COST_ROW);
    if (list->phrase != NULL)
        offer(choice, DRIVER_TEXT, TASK_SORT_ID, cost_text(list, e));
    if (e->by_id && e->looks_up && piece->fixed == 0)
        offer(choice, DRIVER_ROWID, TASK_SORT_ID, cost_rowid(e));
}

enum error_code list_plan(struct list *list, const struct piece *piece, size_t need,
                          struct source *ret_source)
{
    struct estimate estimate;
    enum error_code code = estimate_piece(list, piece, need, &estimate);
    if (code != ERROR_NONE)
        return code;
    struct choice choice = {.cost = -1};
    if (estimate.matching > 0) {
        offer_indexes(list, piece, &estimate, &choice);
        offer_filters(list, piece, &estimate, &choice);
        code = list_arms(list, list->forbidden | piece->excluded | (list->tree ? FACET_SUBTASK : 0),
                         &choice.source);
    }
    if (code == ERROR_NONE)
        *ret_source = choice.source;
    return code;
}

/* --- Root tasks that a subtask brings in --------------------------------------------------------
 */

static double cost_children(const struct list *list, enum driver driver, double matching)
{
    uint32_t forbidden = list->forbidden | FACET_ROOT;
    if (driver == DRIVER_TEXT)
        return COST_TEXT_START + (double)list->text_rows * (COST_MATCH + 2 * COST_ROW);
    if (driver == DRIVER_DUE_RANGE)
        return 4 * COST_SEEK + (double)list->due_rows * 2 * COST_ROW;
    return (double)list_arm_count(list, DRIVER_FACETS, forbidden) * COST_SEEK +
           matching * 2 * COST_ROW;
}

static void offer_children(const struct list *list, double matching, struct choice *choice)
{
    static const enum driver inner[] = {DRIVER_FACETS, DRIVER_DUE_RANGE, DRIVER_TEXT};
    for (size_t i = 0; i < ARRAY_SIZE(inner); i++) {
        bool is_there = inner[i] == DRIVER_FACETS ||
                        (inner[i] == DRIVER_DUE_RANGE && list->query->due_range) ||
                        (inner[i] == DRIVER_TEXT && list->phrase != NULL);
        double before = choice->cost;
        if (is_there)
            offer(choice, DRIVER_CHILDREN, TASK_SORT_ID, cost_children(list, inner[i], matching));
        if (choice->cost < before)
            choice->source.inner = inner[i];
    }
}

enum error_code list_plan_by_child(struct list *list, const struct piece *piece, double range,
                                   struct source *ret_source)
{
    struct estimate estimate;
    enum error_code code = estimate_piece(list, piece, 1, &estimate);
    if (code != ERROR_NONE)
        return code;
    uint32_t forbidden = list->forbidden | FACET_ROOT;
    double matching = (double)tally_sum(&list->tally, forbidden);
    *ret_source = (struct source){0};
    if (matching < 1)
        return ERROR_NONE;
    if (list->phrase != NULL)
        code = list_load_text_rows(list);
    if (code == ERROR_NONE && list->query->due_range)
        code = list_load_due_rows(list);
    if (code != ERROR_NONE)
        return code;
    enum task_sort_key leaf = list->keys[piece->leaf].key;
    double subtasks = (double)tally_sum(&list->tally, FACET_ROOT);
    double parents = leaf == TASK_SORT_ID && piece->fixed == 0 ? subtasks / 2 : estimate.all;
    struct choice choice = {.cost = -1};
    if (piece->fixed != 0 || leaf != TASK_SORT_ID) {
        for (unsigned key = 0; key < TASK_SORT_KEY_COUNT; key++) {
            bool is_fixed = (piece->fixed & 1U << key) != 0;
            if (has_index((enum task_sort_key)key) && (is_fixed || key == leaf))
                offer(&choice, DRIVER_INDEX, (enum task_sort_key)key,
                      is_fixed ? SAME_INSTANT_ROWS * COST_CHILD : parents * range * COST_CHILD);
        }
    } else {
        offer(&choice, DRIVER_PARENTS, TASK_SORT_ID, parents * range * COST_CHILD);
    }
    offer_children(list, matching, &choice);
    choice.source.by_child = true;
    uint32_t arms = choice.source.driver == DRIVER_CHILDREN ? forbidden : 0;
    code = list_arms(list, arms, &choice.source);
    if (code == ERROR_NONE)
        *ret_source = choice.source;
    return code;
}
