/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rows that a change touched, and their images.
 */
#include <stdlib.h>

#include "store/sqlite/image_read.h"
#include "store/sqlite/undo.h"

#define ROWS_FIRST_CAPACITY 64
#define IDS_FIRST_CAPACITY  16

static const char *const kind_names[] = {[UNDO_TASK] = "task", [UNDO_TEMPLATE] = "template"};

/* --- Loading ---------------------------------------------------------------------------------- */

static int compare_rows(const void *a, const void *b)
{
    const struct undo_row *left = a, *right = b;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

/* One for each row of the database, of those in order. */
static void merge_rows(struct undo *undo)
{
    size_t kept = 0;
    for (size_t i = 1; i < undo->count; i++) {
        struct undo_row *last = &undo->rows[kept], *row = &undo->rows[i];
        if (row->kind == last->kind && row->id == last->id)
            last->last = row->last;
        else
            undo->rows[++kept] = *row;
    }
    if (undo->count > 0)
        undo->count = kept + 1;
}

static bool grow(struct undo *undo, size_t *capacity)
{
    size_t wider = *capacity == 0 ? ROWS_FIRST_CAPACITY : 2 * *capacity;
    struct undo_row *rows = realloc(undo->rows, wider * sizeof(*rows));
    if (rows == NULL)
        return false;
    undo->rows = rows;
    *capacity = wider;
    return true;
}

enum error_code undo_load(struct undo *undo)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(undo->view, STATEMENT_CHANGE_ROWS, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, undo->seq);
    size_t capacity = 0;
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        if (undo->count == capacity && !grow(undo, &capacity))
            return store_fail(undo->view, ERROR_MEMORY);
        undo->rows[undo->count++] = (struct undo_row){
            .kind = sqlite3_column_int(statement, 0) ? UNDO_TEMPLATE : UNDO_TASK,
            .id = sqlite3_column_int64(statement, 1),
            .first = sqlite3_column_int64(statement, 2),
            .last = sqlite3_column_int64(statement, 2),
        };
    }
    if (undo->count > 0)
        qsort(undo->rows, undo->count, sizeof(*undo->rows), compare_rows);
    merge_rows(undo);
    return store_error(undo->view, rc);
}

void undo_close(struct undo *undo)
{
    free(undo->rows);
    arena_close(&undo->arena);
}

const struct undo_row *undo_find(const struct undo *undo, enum undo_kind kind, int64_t id)
{
    size_t low = 0, high = undo->count;
    struct undo_row key = {.kind = kind, .id = id};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct undo_row *row = &undo->rows[middle];
        if (row->kind == kind && row->id == id)
            return row;
        if (compare_rows(row, &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* --- Images ----------------------------------------------------------------------------------- */

static enum error_code copy_image(struct undo *undo, sqlite3_stmt *statement, int column,
                                  struct text *ret_image)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL) {
        *ret_image = (struct text){0};
        return ERROR_NONE;
    }
    const char *data = (const char *)sqlite3_column_text(statement, column);
    size_t size = (size_t)sqlite3_column_bytes(statement, column);
    const char *copy = data == NULL ? NULL : arena_memdup(&undo->arena, data, size);
    if (copy == NULL)
        return store_fail(undo->view, ERROR_MEMORY);
    *ret_image = (struct text){copy, size};
    return ERROR_NONE;
}

/* Either output may be NULL. */
static enum error_code read_images(struct undo *undo, int64_t ordinal, struct text *ret_before,
                                   struct text *ret_after)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(undo->view, STATEMENT_CHANGE_IMAGES, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, undo->seq);
    sqlite3_bind_int64(statement, 2, ordinal);
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return rc == SQLITE_DONE ? store_fail(undo->view, ERROR_CORRUPT)
                                 : store_error(undo->view, rc);
    if (ret_before != NULL)
        code = copy_image(undo, statement, 0, ret_before);
    if (code == ERROR_NONE && ret_after != NULL)
        code = copy_image(undo, statement, 1, ret_after);
    return code;
}

enum error_code undo_images(struct undo *undo, const struct undo_row *row, struct text *ret_before,
                            struct text *ret_after)
{
    if (row->first == row->last)
        return read_images(undo, row->first, ret_before, ret_after);
    enum error_code code = read_images(undo, row->first, ret_before, NULL);
    return code == ERROR_NONE ? read_images(undo, row->last, NULL, ret_after) : code;
}

enum error_code undo_task_then(struct undo *undo, const struct undo_row *row, struct task *ret_task)
{
    struct text before = {0};
    enum error_code code = read_images(undo, row->first, &before, NULL);
    if (code != ERROR_NONE)
        return code;
    code = image_read_task(before, &undo->arena, ret_task);
    return code == ERROR_NONE ? code : store_fail(undo->view, code);
}

enum error_code undo_latest(struct undo *undo, enum undo_kind kind, int64_t id, int64_t *ret_seq,
                            int64_t *ret_version)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(undo->view, STATEMENT_ROW_LATEST, &statement);
    if (code != ERROR_NONE)
        return code;
    *ret_seq = *ret_version = 0;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_text(statement, 2, kind_names[kind], -1, SQLITE_STATIC);
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(undo->view, rc);
    struct text image;
    *ret_seq = sqlite3_column_int64(statement, 0);
    code = copy_image(undo, statement, 1, &image);
    if (code != ERROR_NONE)
        return code;
    code = image_read_version(image, ret_version);
    return code == ERROR_NONE ? code : store_fail(undo->view, code);
}

/* --- Conflicts -------------------------------------------------------------------------------- */

enum error_code undo_conflict(struct undo *undo, int64_t id)
{
    struct id_list *ids = &undo->conflicts;
    undo->is_conflict = true;
    if (id == 0 || ids->count == CHANGE_TASK_IDS_MAX)
        return ERROR_NONE;
    if (ids->count == undo->conflicts_capacity) {
        size_t wider = ids->count == 0 ? IDS_FIRST_CAPACITY : 2 * ids->count;
        int64_t *moved = arena_calloc(undo->results, wider, sizeof(*moved));
        if (moved == NULL)
            return store_fail(undo->view, ERROR_MEMORY);
        for (size_t i = 0; i < ids->count; i++)
            moved[i] = ids->ids[i];
        ids->ids = moved;
        undo->conflicts_capacity = wider;
    }
    ids->ids[ids->count++] = id;
    return ERROR_NONE;
}
