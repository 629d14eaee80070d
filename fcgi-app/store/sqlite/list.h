/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the parts of the list engine share.
 *
 * A list is cut into pieces whose rows follow one another: list_pieces.c. Each piece fixes some
 * sort keys to one value and leaves the rest free, so that one index can give its rows in order or
 * nearly so; list_plan.c chooses that index, or the index of a filter when few rows match it. A way
 * through the table is a source: a statement (list_sql.c) that is run for one or several arms, each
 * an equal range of its index, and whose results are merged (list_picks.c). list_run.c visits the
 * pieces one by one until the page is full; list_tree.c adds what the tree view needs.
 *
 * So a page costs about as much as it has rows, wherever it begins and however many tasks there
 * are. What cannot be had so: a search of one or two characters that are rare looks at every text;
 * two filters of which each matches many tasks, but hardly any task both; a sort key after one that
 * very many tasks share.
 */
#ifndef STORE_SQLITE_LIST_H
#define STORE_SQLITE_LIST_H

#include "store/rows.h"
#include "store/sqlite/sql.h"
#include "store/sqlite/tally.h"

#define LIST_UNKNOWN INT64_C(-1)

/* One list on its way; all memory is the arena's. */
struct list {
    struct store_view *view;
    struct arena *arena;
    const struct task_query *query;
    const struct task_cursor *after; /* NULL: from the start */
    const struct task_sort *keys;    /* the last one is TASK_SORT_ID, and only the last */
    size_t key_count;
    uint32_t forbidden; /* the facets of a matching task have none of these bits */
    const char *terms;  /* what the search index is asked for; NULL: not at all */
    bool tree;

    struct tally tally;  /* loaded when rows is not NULL */
    int64_t due_rows;    /* due in the range, in the allowed states; LIST_UNKNOWN as below */
    int64_t parent_rows; /* subtasks of the parent, counted up to a limit */
    int64_t text_rows;   /* found by the search index, counted up to a limit */

    store_task_visitor visit;
    void *context;
    int left; /* rows of the page still to be visited */
    bool more;
};

/* --- Pieces ----------------------------------------------------------------------------------- */

/* One end of the free key's range. */
struct bound {
    bool open; /* no bound */
    int64_t number;
    struct text text;
};

struct piece {
    size_t leaf;        /* keys[leaf] is the free key; those before it are fixed */
    unsigned fixed;     /* 1 << key: columns that equal the cursor's value */
    uint32_t excluded;  /* facets that the fixed keys exclude: other priorities, dates */
    struct bound after; /* exclusive, on the side where the order begins */
    struct bound until; /* inclusive */
};

/* In their order. */
enum error_code list_pieces(const struct list *list, struct piece **ret_pieces, size_t *ret_count);

/* Narrows the range of a piece whose free key is due_date to the due dates of the filter. False: no
 * row of it matches. */
bool list_clip_due(const struct list *list, struct piece *piece);

/* --- Sources ---------------------------------------------------------------------------------- */

enum driver {
    DRIVER_INDEX,     /* the index of a sort key, per state */
    DRIVER_FACETS,    /* the tasks of one combination of facets after the other */
    DRIVER_DUE_RANGE, /* the due dates of the filter, per state */
    DRIVER_DUE_DAY,   /* the same, day by day, each in the order of ids */
    DRIVER_PARENT,    /* the subtasks of the filter's parent */
    DRIVER_TEXT,      /* what the search index finds */
    DRIVER_ROWID,     /* all tasks in the order of ids */
    DRIVER_PARENTS,   /* all tasks that have subtasks, in the order of ids */
    DRIVER_CHILDREN,  /* the parents of matching subtasks, which `inner` finds */
};

#define ARM_VALUES 3

struct arm {
    int64_t values[ARM_VALUES]; /* of the parameters ?1 to ?3 */
};

struct source {
    enum driver driver;
    enum driver inner;      /* of DRIVER_CHILDREN */
    enum task_sort_key key; /* of DRIVER_INDEX */
    bool by_child;          /* rows that a matching subtask brings in, not those that match */
    uint32_t excluded;      /* facets that no row of its arms has */
};

struct way {
    struct source source;
    double cost;
};

#define LIST_WAYS_MAX 16

struct ways {
    struct way all[LIST_WAYS_MAX];
    size_t count; /* 0: there are no such rows */
};

/* Every way to the matching rows of a piece, of which `need` are wanted. */
enum error_code list_ways(struct list *list, const struct piece *piece, size_t need,
                          struct ways *ret_ways);

/* Every way to the root tasks of a piece that have a matching subtask; `range`: the part of all
 * rows that can still be wanted (0 to 1). */
enum error_code list_ways_by_child(struct list *list, const struct piece *piece, double range,
                                   struct ways *ret_ways);

/* NULL when there is none. */
const struct way *list_cheapest(const struct ways *ways);

enum error_code list_load_tally(struct list *list);
enum error_code list_load_due_rows(struct list *list);
enum error_code list_load_parent_rows(struct list *list);
enum error_code list_load_text_rows(struct list *list);

/* Whether counting must look at rows: the tallies do not tell. And the cheapest source of all that
 * match. */
bool list_needs_rows(const struct list *list);
enum error_code list_cheapest_source(struct list *list, struct source *ret_source);

/* The arms of a source, and how many a driver has for rows without the excluded facets. */
enum error_code list_arms(struct list *list, const struct source *source, struct arm **ret_arms,
                          size_t *ret_count);
size_t list_arm_count(const struct list *list, enum driver driver, uint32_t excluded);

/* --- SQL -------------------------------------------------------------------------------------- */

/* Parameters that a source's statement always has, set for each arm; others follow them. */
enum { PARAMETER_AFTER = ARM_VALUES + 1, PARAMETER_UNTIL, PARAMETER_LIMIT };

/* Column 0 is the id, then the free keys in their order without id. */
void list_sql_picks(const struct list *list, const struct piece *piece, const struct source *source,
                    struct sql *sql);

/* Whole tasks (TASK_COLUMNS): the matching subtasks of task ?1 in the order of the list. */
void list_sql_children(const struct list *list, struct sql *sql);

/* These columns, a constant, of `task AS t`, for every row that matches; no order. */
void list_sql_matching(const struct list *list, const struct source *source, const char *columns,
                       struct sql *sql);

/* --- Picks ------------------------------------------------------------------------------------ */

/* The sort key values of a row, by enum task_sort_key; only those of the piece's free keys. */
struct pick {
    int64_t numbers[TASK_SORT_KEY_COUNT];
    struct text description;
};

/* The best `limit` rows found so far, in order, without duplicates. */
struct picks {
    struct pick *rows;
    size_t count;
    size_t limit;
};

/* Runs the source and adds what it finds. */
enum error_code list_pick(struct list *list, const struct piece *piece, const struct source *source,
                          struct picks *picks);

/* --- Running ---------------------------------------------------------------------------------- */

enum error_code list_init(struct list *list, struct store_view *view,
                          const struct task_query *query, const struct task_cursor *after,
                          struct arena *arena);

/* Whether the query's own words say that nothing matches. */
bool list_is_empty(const struct task_query *query);

/* Adds the root tasks of a piece that a matching subtask brings in to those that match. */
enum error_code list_pick_by_child(struct list *list, const struct piece *piece,
                                   struct picks *picks);

/* Visits the matching subtasks of a root task. */
enum error_code list_visit_children(struct list *list, const struct task *root);

#endif
