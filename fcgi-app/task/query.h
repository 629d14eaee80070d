/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The query of a task list: filters, search, order, page. Typed, and checked at the door. Also the
 * rules of the due views (overdue, today, this week ...), which are ranges of dates.
 */
#ifndef TASK_QUERY_H
#define TASK_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/faults.h"
#include "task/task.h"

#define TASK_LIMIT_DEFAULT 50
#define TASK_LIMIT_MAX     200
#define TASK_SEARCH_MAX    1000 /* code points of q */

enum tristate { TRI_ANY, TRI_FALSE, TRI_TRUE };

enum task_sort_key {
    TASK_SORT_ID,
    TASK_SORT_PRIORITY,
    TASK_SORT_DUE_DATE,
    TASK_SORT_CREATED_AT,
    TASK_SORT_UPDATED_AT,
    TASK_SORT_DESCRIPTION,
    TASK_SORT_KEY_COUNT
};

struct task_sort {
    enum task_sort_key key;
    bool descending;
};

enum task_view { TASK_VIEW_FLAT, TASK_VIEW_TREE };

/* The due views: due= in a query. */
enum due_view {
    DUE_VIEW_ANY, /* not given */
    DUE_VIEW_OVERDUE,
    DUE_VIEW_TODAY,
    DUE_VIEW_TOMORROW,
    DUE_VIEW_WEEK,  /* today through today + 7 days, both included */
    DUE_VIEW_MONTH, /* today's month of the calendar */
    DUE_VIEW_NONE,  /* without a due date */
    DUE_VIEW_END
};

/* Both ends included; they may lie beyond DATE_MIN..DATE_MAX, and first > last holds no date. */
struct date_range {
    date_t first;
    date_t last;
};

/* The due dates of a view. DUE_VIEW_ANY and DUE_VIEW_NONE: all dates. */
struct date_range due_view_range(enum due_view view, date_t today);

/* Bit (1 << value) of a priority or category set. 0 means "not filtered". */
typedef unsigned value_set;

struct task_query {
    enum tristate completed;
    enum tristate archived; /* TRI_FALSE by default */
    value_set priorities;
    value_set categories;
    enum due_view due;        /* as given; resolved with the next two into the rest of due_ */
    date_t due_after;         /* as given, exclusive, or DATE_NONE */
    date_t due_before;        /* as given, exclusive, or DATE_NONE */
    bool due_none;            /* only tasks without a due date */
    bool due_range;           /* only tasks with due_from <= due_date <= due_to */
    date_t due_from;          /* inclusive; from due=, due_after and due_before together */
    date_t due_to;            /* inclusive; due_from > due_to: nothing matches */
    bool overdue;             /* due=overdue: also not completed and not archived */
    enum tristate has_parent; /* TRI_FALSE: parent_id=none; TRI_TRUE: parent_id=N */
    int64_t parent_id;
    enum tristate recurring;
    enum tristate blocked;
    struct text search;                             /* as given; size 0: none */
    struct text search_folded;                      /* utf8_fold of it */
    struct task_sort sort[TASK_SORT_KEY_COUNT + 1]; /* the last one is always TASK_SORT_ID */
    size_t sort_count;
    enum task_view view;
    int limit;
    bool count;
    date_t today;
    bool today_given;   /* by the client: the query means this date even tomorrow */
    const char *cursor; /* undecoded, or NULL */
};

/* Parameters of a list, for the route table and for documentation: NULL-terminated. */
extern const char *const task_query_parameters[];
/* Those of the above that only filter (no view, sort, limit, cursor, count). */
extern const char *const task_filter_parameters[];

/* Reads the parameters of a list (names outside task_query_parameters are skipped: the router has
 * refused or taken them). today: the server's date, used without a `today` parameter. Every fault
 * is added with the parameter's name. Texts are copied into the arena of faults. An empty value is
 * a fault, also inside a comma list. due= with due_before or due_after: the intersection, which is
 * empty for due=none. A sort key may be given once; keys after id decide nothing and are left out,
 * and id is appended where it is missing. A cursor is stored as it is: task_cursor_decode judges
 * it. Returns whether all was well; the output is untouched otherwise. Without memory
 * faults->failed is set. */
bool task_query_parse(struct faults *faults, const struct parameter *parameters, size_t count,
                      date_t today, struct task_query *ret_query);

/* Fills due_none, due_range, due_from, due_to and overdue from due, due_after, due_before and
 * today; for callers that build a query themselves. */
void task_query_resolve_due(struct task_query *query);

/* All defaults: everything that is not archived, by id, the first page. */
void task_query_init(struct task_query *query, date_t today);

/* Whether a task matches the filters (not view, order, page). The reference for the SQL; a text
 * that cannot be folded for lack of memory does not match a search. */
bool task_query_match(const struct task_query *query, const struct task *task);

#endif
