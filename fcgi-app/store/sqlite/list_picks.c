/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Runs a source and keeps the best rows: a merge of its arms. Once the page is full, the last row
 * kept bounds what later arms have to look at.
 */
#include <string.h>

#include "store/sqlite/list.h"

/* --- The order ---------------------------------------------------------------------------------
 */

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* As SQLite compares: byte by byte. */
static int compare_texts(struct text a, struct text b)
{
    int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return order != 0 ? order : compare_numbers((int64_t)a.size, (int64_t)b.size);
}

static int compare(const struct list *list, size_t leaf, const struct pick *a, const struct pick *b)
{
    for (size_t i = leaf; i < list->key_count; i++) {
        enum task_sort_key key = list->keys[i].key;
        int order = key == TASK_SORT_DESCRIPTION
                        ? compare_texts(a->description, b->description)
                        : compare_numbers(a->numbers[key], b->numbers[key]);
        if (order != 0)
            return list->keys[i].descending ? -order : order;
    }
    return 0;
}

/* --- Bounds ------------------------------------------------------------------------------------
 */

/* An open end is a value beyond all others; in SQLite's order every blob follows every text. */
static void bind_bound(sqlite3_stmt *statement, int index, bool is_text, bool is_low,
                       const struct bound *bound)
{
    if (is_text && !bound->open)
        sqlite3_bind_text64(statement, index, bound->text.data, bound->text.size, SQLITE_STATIC,
                            SQLITE_UTF8);
    else if (is_text && is_low)
        sqlite3_bind_text(statement, index, "", 0, SQLITE_STATIC);
    else if (is_text)
        sqlite3_bind_blob(statement, index, "", 0, SQLITE_STATIC);
    else if (!bound->open)
        sqlite3_bind_int64(statement, index, bound->number);
    else
        sqlite3_bind_int64(statement, index, is_low ? INT64_MIN : INT64_MAX);
}

static struct bound until(const struct list *list, const struct piece *piece,
                          const struct picks *picks)
{
    if (picks->count < picks->limit)
        return piece->until;
    const struct pick *last = &picks->rows[picks->count - 1];
    return (struct bound){.number = last->numbers[list->keys[piece->leaf].key],
                          .text = last->description};
}

static void bind_arm(sqlite3_stmt *statement, const struct list *list, const struct piece *piece,
                     const struct arm *arm, const struct picks *picks)
{
    const struct task_sort *leaf = &list->keys[piece->leaf];
    bool is_text = leaf->key == TASK_SORT_DESCRIPTION;
    struct bound end = until(list, piece, picks);
    for (int i = 0; i < ARM_VALUES; i++)
        sqlite3_bind_int64(statement, i + 1, arm->values[i]);
    bind_bound(statement, PARAMETER_AFTER, is_text, !leaf->descending, &piece->after);
    bind_bound(statement, PARAMETER_UNTIL, is_text, leaf->descending, &end);
    sqlite3_bind_int64(statement, PARAMETER_LIMIT, (int64_t)picks->limit);
}

/* --- Rows --------------------------------------------------------------------------------------
 */

static bool read_pick(const struct list *list, size_t leaf, sqlite3_stmt *statement,
                      struct pick *pick)
{
    pick->numbers[TASK_SORT_ID] = sqlite3_column_int64(statement, 0);
    for (size_t i = leaf; i + 1 < list->key_count; i++) {
        enum task_sort_key key = list->keys[i].key;
        int column = (int)(i - leaf) + 1;
        if (key != TASK_SORT_DESCRIPTION) {
            pick->numbers[key] = sqlite3_column_int64(statement, column);
            continue;
        }
        pick->description.data = (const char *)sqlite3_column_text(statement, column);
        pick->description.size = (size_t)sqlite3_column_bytes(statement, column);
        if (pick->description.data == NULL)
            return false;
    }
    return true;
}

static bool keep_texts(struct arena *arena, struct pick *pick)
{
    if (pick->description.data == NULL)
        return true;
    pick->description.data = arena_memdup(arena, pick->description.data, pick->description.size);
    return pick->description.data != NULL;
}

/* Puts the row in its place. *ret_beyond: it comes after a full page, as all that follow it will.
 */
static bool insert(const struct list *list, size_t leaf, struct picks *picks, struct pick *pick,
                   bool *ret_beyond)
{
    size_t place = picks->count;
    int order = 1;
    while (place > 0 && (order = compare(list, leaf, pick, &picks->rows[place - 1])) < 0)
        place--;
    *ret_beyond = place == picks->limit;
    if (*ret_beyond || order == 0)
        return true;
    if (!keep_texts(list->arena, pick))
        return false;
    if (picks->count < picks->limit)
        picks->count++;
    memmove(&picks->rows[place + 1], &picks->rows[place],
            (picks->count - 1 - place) * sizeof(picks->rows[0]));
    picks->rows[place] = *pick;
    return true;
}

static enum error_code run_arm(struct list *list, const struct piece *piece,
                               sqlite3_stmt *statement, struct picks *picks)
{
    bool beyond = false;
    int rc = SQLITE_ROW;
    while (!beyond && (rc = sqlite3_step(statement)) == SQLITE_ROW) {
        struct pick pick = {0};
        if (!read_pick(list, piece->leaf, statement, &pick) ||
            !insert(list, piece->leaf, picks, &pick, &beyond))
            return store_fail(list->view, ERROR_MEMORY);
    }
    sqlite3_reset(statement);
    return store_error(list->view, rc);
}

enum error_code list_pick(struct list *list, const struct piece *piece, const struct source *source,
                          struct picks *picks)
{
    CLEANUP_SQL struct sql sql = {0};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    struct arm *arms = NULL;
    size_t count = 0;
    enum error_code code = list_arms(list, source, &arms, &count);
    if (code != ERROR_NONE)
        return code;
    list_sql_picks(list, piece, source, &sql);
    code = sql_prepare(list->view, &sql, &statement);
    for (size_t i = 0; i < count && code == ERROR_NONE; i++) {
        bind_arm(statement, list, piece, &arms[i], picks);
        code = run_arm(list, piece, statement, picks);
    }
    return code;
}
