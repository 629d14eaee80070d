/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The arms of each driver, and the numbers that plans are made of.
 */
#include "store/sqlite/list.h"

#define PROBE_ROWS_MAX 4000 /* filters are counted so far; beyond they are taken for many */
#define MANY_PART      10   /* one row in so many */

/* --- Numbers ---------------------------------------------------------------------------------- */

enum error_code list_load_tally(struct list *list)
{
    return list->tally.rows != NULL ? ERROR_NONE
                                    : tally_load(list->view, list->arena, &list->tally);
}

enum error_code list_load_due_rows(struct list *list)
{
    if (list->due_rows != LIST_UNKNOWN)
        return ERROR_NONE;
    struct due_tally tally;
    enum error_code code =
        tally_load_due(list->view, list->query->due_from, list->query->due_to, &tally);
    if (code == ERROR_NONE)
        list->due_rows = tally_sum_due(&tally, list->forbidden);
    return code;
}

static enum error_code probe(struct list *list, sqlite3_stmt *statement, int64_t *ret_rows)
{
    sqlite3_bind_int(statement, 2, PROBE_ROWS_MAX);
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(list->view, rc);
    int64_t rows = sqlite3_column_int64(statement, 0);
    int64_t many = tally_sum(&list->tally, 0) / MANY_PART;
    *ret_rows = rows == PROBE_ROWS_MAX && many > rows ? many : rows;
    return ERROR_NONE;
}

enum error_code list_load_parent_rows(struct list *list)
{
    if (list->parent_rows != LIST_UNKNOWN)
        return ERROR_NONE;
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(list->view, STATEMENT_PARENT_PROBE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, list->query->parent_id);
    return probe(list, statement, &list->parent_rows);
}

enum error_code list_load_text_rows(struct list *list)
{
    if (list->text_rows != LIST_UNKNOWN)
        return ERROR_NONE;
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(list->view, STATEMENT_TEXT_PROBE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_text(statement, 1, list->terms, -1, SQLITE_STATIC);
    return probe(list, statement, &list->text_rows);
}

/* --- Arms ------------------------------------------------------------------------------------- */

static size_t state_count(uint32_t excluded)
{
    size_t count = 0;
    for (int state = 0; state < 4; state++)
        count += tally_state_allowed(excluded, state / 2, state % 2);
    return count;
}

static size_t facets_count(const struct list *list, uint32_t excluded)
{
    size_t count = 0;
    for (size_t i = 0; i < list->tally.count; i++)
        count += (list->tally.rows[i].facets & excluded) == 0;
    return count;
}

static size_t day_count(const struct list *list)
{
    return (size_t)(list->query->due_to - list->query->due_from + 1);
}

size_t list_arm_count(const struct list *list, enum driver driver, uint32_t excluded)
{
    switch (driver) {
    case DRIVER_INDEX:
    case DRIVER_DUE_RANGE:
        return state_count(excluded);
    case DRIVER_DUE_DAY:
        return state_count(excluded) * day_count(list);
    case DRIVER_FACETS:
        return facets_count(list, excluded);
    default:
        return 1;
    }
}

static void fill_states(const struct list *list, enum driver driver, uint32_t excluded,
                        struct arm *arms)
{
    size_t days = driver == DRIVER_DUE_DAY ? day_count(list) : 1;
    for (int state = 0; state < 4; state++) {
        if (!tally_state_allowed(excluded, state / 2, state % 2))
            continue;
        for (size_t day = 0; day < days; day++)
            *arms++ = (struct arm){{state / 2, state % 2, list->query->due_from + (int64_t)day}};
    }
}

static void fill_facets(const struct list *list, uint32_t excluded, struct arm *arms)
{
    for (size_t i = 0; i < list->tally.count; i++) {
        if ((list->tally.rows[i].facets & excluded) == 0)
            *arms++ = (struct arm){{list->tally.rows[i].facets}};
    }
}

enum error_code list_arms(struct list *list, const struct source *source, struct arm **ret_arms,
                          size_t *ret_count)
{
    enum driver driver = source->driver == DRIVER_CHILDREN ? source->inner : source->driver;
    size_t count = list_arm_count(list, driver, source->excluded);
    struct arm *arms = arena_calloc(list->arena, count, sizeof(*arms));
    if (arms == NULL)
        return store_fail(list->view, ERROR_MEMORY);
    if (driver == DRIVER_FACETS)
        fill_facets(list, source->excluded, arms);
    else if (driver == DRIVER_INDEX || driver == DRIVER_DUE_RANGE || driver == DRIVER_DUE_DAY)
        fill_states(list, driver, source->excluded, arms);
    *ret_arms = arms;
    *ret_count = count;
    return ERROR_NONE;
}
