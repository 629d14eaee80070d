/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The statements of lists and counts, composed of constant parts. Every statement names its index
 * or the order of its tables (INDEXED BY, NOT INDEXED, CROSS JOIN): statistics must not change a
 * plan that was chosen by counting.
 */
#include <string.h>

#include "store/sqlite/list.h"

#define BY_STATE "t.archived = ?1 AND t.completed = ?2"

/* Where a driver's rows come from, and which of them one arm takes. */
struct access {
    const char *from;
    const char *arm; /* or NULL */
};

static const struct access drivers[] = {
    [DRIVER_FACETS] = {"task AS t INDEXED BY task_by_facets", "t.facets = ?1"},
    [DRIVER_DUE_RANGE] = {"task AS t INDEXED BY task_by_due_date", BY_STATE},
    [DRIVER_DUE_DAY] = {"task AS t INDEXED BY task_by_due_date", BY_STATE " AND t.due_date = ?3"},
    [DRIVER_PARENT] = {"task AS t INDEXED BY task_by_parent", NULL},
    [DRIVER_TEXT] = {"task_text AS f CROSS JOIN task AS t ON t.id = f.rowid", NULL},
    [DRIVER_ROWID] = {"task AS t NOT INDEXED", NULL},
    [DRIVER_PARENTS] = {"task AS t INDEXED BY task_with_subtasks", NULL},
    [DRIVER_CHILDREN] = {"task AS t NOT INDEXED", NULL},
};

/* Of DRIVER_INDEX. */
static const struct access indexes[] = {
    [TASK_SORT_DUE_DATE] = {"task AS t INDEXED BY task_by_due_date", BY_STATE},
    [TASK_SORT_CREATED_AT] = {"task AS t INDEXED BY task_by_created_at", BY_STATE},
    [TASK_SORT_UPDATED_AT] = {"task AS t INDEXED BY task_by_updated_at", BY_STATE},
    [TASK_SORT_DESCRIPTION] = {"task AS t INDEXED BY task_by_description", BY_STATE},
};

/* Inside DRIVER_CHILDREN, for the subtask c. */
static const struct access child_drivers[] = {
    [DRIVER_FACETS] = {"task AS c INDEXED BY task_by_facets", "c.facets = ?1"},
    [DRIVER_DUE_RANGE] = {"task AS c INDEXED BY task_by_due_date",
                          "c.archived = ?1 AND c.completed = ?2"},
    [DRIVER_PARENT] = {"task AS c INDEXED BY task_by_parent", NULL},
    [DRIVER_TEXT] = {"task_text AS f CROSS JOIN task AS c ON c.id = f.rowid", NULL},
};

static const char *const columns[] = {
    [TASK_SORT_ID] = "t.id",
    [TASK_SORT_PRIORITY] = "t.priority",
    [TASK_SORT_DUE_DATE] = "t.due_date",
    [TASK_SORT_CREATED_AT] = "t.created_at",
    [TASK_SORT_UPDATED_AT] = "t.updated_at",
    [TASK_SORT_DESCRIPTION] = "t.description_fold",
};

_Static_assert(ARRAY_SIZE(columns) == TASK_SORT_KEY_COUNT, "one column per sort key");

/* --- Conditions ------------------------------------------------------------------------------- */

/* A WHERE clause on its way, about the task that goes by this name (t or c). */
struct clause {
    struct sql *sql;
    const char *task;
    bool begun;
};

static void add_condition(struct clause *clause, const char *condition)
{
    sql_add(clause->sql, clause->begun ? " AND " : " WHERE ");
    sql_add(clause->sql, condition);
    clause->begun = true;
}

/* A condition that begins with a column of the clause's task. */
static void add_column(struct clause *clause, const char *rest)
{
    add_condition(clause, clause->task);
    sql_add(clause->sql, rest);
}

static void add_facets(struct clause *clause, uint32_t forbidden)
{
    if (forbidden == 0)
        return;
    add_column(clause, ".facets & ");
    sql_add_number(clause->sql, forbidden);
    sql_add(clause->sql, " = 0");
}

static void add_due(struct clause *clause, const struct task_query *query)
{
    add_column(clause, ".due_date BETWEEN ");
    sql_add_number(clause->sql, query->due_from);
    sql_add(clause->sql, " AND ");
    sql_add_number(clause->sql, query->due_to);
}

static void add_parent(struct clause *clause, int64_t parent_id)
{
    add_column(clause, ".parent_id = ");
    sql_add_number(clause->sql, parent_id);
}

static void add_contains(struct clause *clause, struct text needle)
{
    add_condition(clause, "(instr(");
    sql_add(clause->sql, clause->task);
    sql_add(clause->sql, ".description_fold, ");
    sql_add_text(clause->sql, needle);
    sql_add(clause->sql, ") > 0 OR todo_contains(");
    sql_add(clause->sql, clause->task);
    sql_add(clause->sql, ".notes, ");
    sql_add_text(clause->sql, needle);
    sql_add(clause->sql, "))");
}

static void add_match(struct clause *clause, const char *terms)
{
    add_condition(clause, "f.task_text MATCH ");
    sql_add_text(clause->sql, (struct text){terms, strlen(terms)});
}

/* All filters of the query but due, on top of what the driver gives. */
static void add_filters(struct clause *clause, const struct list *list, enum driver driver,
                        uint32_t excluded)
{
    const struct task_query *query = list->query;
    if (driver == DRIVER_TEXT)
        add_match(clause, list->terms);
    if (driver != DRIVER_FACETS)
        add_facets(clause, list->forbidden | excluded);
    if (query->has_parent == TRI_TRUE)
        add_parent(clause, query->parent_id);
    if (query->search_folded.size > 0)
        add_contains(clause, query->search_folded);
}

/* --- Rows that a subtask brings in -------------------------------------------------------------
 */

static void add_child_filters(struct clause *clause, const struct list *list, enum driver driver)
{
    if (list->query->due_range)
        add_due(clause, list->query);
    add_filters(clause, list, driver, 0);
}

static void add_matching_child(struct clause *clause, const struct list *list)
{
    add_condition(clause, "t.sub_total > 0 AND EXISTS (SELECT 1 FROM task AS c"
                          " INDEXED BY task_by_parent");
    struct clause inner = {.sql = clause->sql, .task = "c"};
    add_condition(&inner, "c.parent_id = t.id");
    add_child_filters(&inner, list, DRIVER_PARENT);
    sql_add(clause->sql, ")");
}

static void add_in_children(struct clause *clause, const struct list *list, enum driver driver)
{
    const struct access *access = &child_drivers[driver];
    add_condition(clause, "t.id IN (SELECT c.parent_id FROM ");
    sql_add(clause->sql, access->from);
    struct clause inner = {.sql = clause->sql, .task = "c"};
    if (access->arm != NULL)
        add_condition(&inner, access->arm);
    add_child_filters(&inner, list, driver);
    add_condition(&inner, "c.parent_id IS NOT NULL)");
}

/* --- Keys ------------------------------------------------------------------------------------- */

static void add_fixed(struct clause *clause, const struct list *list, enum task_sort_key key)
{
    const struct task_cursor *after = list->after;
    add_condition(clause, columns[key]);
    sql_add(clause->sql, " = ");
    if (key == TASK_SORT_DESCRIPTION)
        sql_add_text(clause->sql, after->description_folded);
    else if (key == TASK_SORT_DUE_DATE)
        sql_add_number(clause->sql, after->due_date);
    else
        sql_add_number(clause->sql,
                       key == TASK_SORT_CREATED_AT ? after->created_at : after->updated_at);
}

static const char *leaf_column(const struct list *list, const struct piece *piece,
                               const struct source *source)
{
    enum task_sort_key key = list->keys[piece->leaf].key;
    return key == TASK_SORT_ID && source->driver == DRIVER_TEXT ? "f.rowid" : columns[key];
}

/* The unary plus keeps the range from being chosen in place of the driver's own index. */
static void add_range(struct clause *clause, const struct list *list, const struct piece *piece,
                      const struct source *source)
{
    bool descending = list->keys[piece->leaf].descending;
    const char *column = leaf_column(list, piece, source);
    const char *plus = source->driver == DRIVER_CHILDREN ? "+" : "";
    add_condition(clause, plus);
    sql_add(clause->sql, column);
    sql_add(clause->sql, descending ? " < ?4 AND " : " > ?4 AND ");
    sql_add(clause->sql, plus);
    sql_add(clause->sql, column);
    sql_add(clause->sql, descending ? " >= ?5" : " <= ?5");
}

_Static_assert(PARAMETER_AFTER == 4 && PARAMETER_UNTIL == 5 && PARAMETER_LIMIT == 6,
               "as they stand in the texts");

static void add_order(const struct list *list, size_t first, const char *first_column,
                      struct sql *sql)
{
    for (size_t i = first; i < list->key_count; i++) {
        sql_add(sql, i == first ? " ORDER BY " : ", ");
        sql_add(sql, i == first ? first_column : columns[list->keys[i].key]);
        sql_add(sql, list->keys[i].descending ? " DESC" : "");
    }
}

/* --- Whole statements ------------------------------------------------------------------------- */

static const struct access *source_access(const struct source *source)
{
    return source->driver == DRIVER_INDEX ? &indexes[source->key] : &drivers[source->driver];
}

static void add_key_conditions(struct clause *clause, const struct list *list,
                               const struct piece *piece, const struct source *source)
{
    for (unsigned key = 0; key < TASK_SORT_KEY_COUNT; key++) {
        if ((piece->fixed & 1U << key) != 0)
            add_fixed(clause, list, (enum task_sort_key)key);
    }
    add_range(clause, list, piece, source);
}

/* A range of due dates is the key's own range where due_date is the free key. */
static bool due_is_left(const struct list *list, const struct piece *piece,
                        const struct source *source)
{
    return list->query->due_range && source->driver != DRIVER_DUE_DAY &&
           list->keys[piece->leaf].key != TASK_SORT_DUE_DATE;
}

void list_sql_picks(const struct list *list, const struct piece *piece, const struct source *source,
                    struct sql *sql)
{
    const struct access *access = source_access(source);
    struct clause clause = {.sql = sql, .task = "t"};
    sql->first = PARAMETER_LIMIT + 1;
    sql_add(sql, "SELECT t.id");
    for (size_t i = piece->leaf; i + 1 < list->key_count; i++) {
        sql_add(sql, ", ");
        sql_add(sql, columns[list->keys[i].key]);
    }
    sql_add(sql, " FROM ");
    sql_add(sql, access->from);
    if (access->arm != NULL)
        add_condition(&clause, access->arm);
    if (source->driver == DRIVER_CHILDREN)
        add_in_children(&clause, list, source->inner);
    add_key_conditions(&clause, list, piece, source);
    if (source->by_child) {
        add_facets(&clause, piece->excluded | FACET_SUBTASK);
        if (source->driver != DRIVER_CHILDREN)
            add_matching_child(&clause, list);
    } else {
        if (due_is_left(list, piece, source))
            add_due(&clause, list->query);
        add_filters(&clause, list, source->driver,
                    piece->excluded | (list->tree ? FACET_SUBTASK : 0));
    }
    add_order(list, piece->leaf, leaf_column(list, piece, source), sql);
    sql_add(sql, " LIMIT ?6");
}

void list_sql_children(const struct list *list, struct sql *sql)
{
    struct clause clause = {.sql = sql, .task = "t"};
    sql->first = 2;
    sql_add(sql, "SELECT " TASK_COLUMNS " FROM task AS t INDEXED BY task_by_parent");
    add_condition(&clause, "t.parent_id = ?1");
    add_child_filters(&clause, list, DRIVER_PARENT);
    add_order(list, 0, columns[list->keys[0].key], sql);
}

void list_sql_matching(const struct list *list, const struct source *source, const char *selected,
                       struct sql *sql)
{
    const struct access *access = source_access(source);
    struct clause clause = {.sql = sql, .task = "t"};
    sql->first = ARM_VALUES + 1;
    sql_add(sql, "SELECT ");
    sql_add(sql, selected);
    sql_add(sql, " FROM ");
    sql_add(sql, access->from);
    if (access->arm != NULL)
        add_condition(&clause, access->arm);
    if (list->query->due_range)
        add_due(&clause, list->query);
    add_filters(&clause, list, source->driver, 0);
}
