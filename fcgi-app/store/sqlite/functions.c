/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The SQL functions that the schema and the lists use.
 */
#define _GNU_SOURCE /* memmem */
#include "store/sqlite/functions.h"

#include <string.h>

#include "base/utf8.h"

static void fold(sqlite3_context *context, sqlite3_value *value, struct buf *folded)
{
    const char *text = (const char *)sqlite3_value_text(value);
    if (text == NULL)
        folded->failed = true;
    else
        utf8_fold(folded, text, (size_t)sqlite3_value_bytes(value));
    if (folded->failed)
        sqlite3_result_error_nomem(context);
}

static void todo_fold(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    CLEANUP_BUF struct buf folded = {0};
    if (sqlite3_value_type(values[0]) == SQLITE_NULL)
        return;
    fold(context, values[0], &folded);
    if (!folded.failed)
        sqlite3_result_text64(context, folded.size > 0 ? folded.data : "", folded.size,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void todo_contains(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    CLEANUP_BUF struct buf folded = {0};
    const void *needle = sqlite3_value_text(values[1]);
    size_t size = (size_t)sqlite3_value_bytes(values[1]);
    if (needle == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    fold(context, values[0], &folded);
    if (!folded.failed)
        sqlite3_result_int(context, folded.size >= size &&
                                        memmem(folded.data, folded.size, needle, size) != NULL);
}

static void todo_integers(sqlite3_context *context, int count, sqlite3_value **values)
{
    int64_t integers[FUNCTIONS_INTEGERS];
    for (int i = 0; i < count; i++)
        integers[i] = sqlite3_value_int64(values[i]);
    sqlite3_result_blob(context, integers, sizeof(integers), SQLITE_TRANSIENT);
}

static const struct {
    const char *name;
    int arguments;
    void (*call)(sqlite3_context *context, int count, sqlite3_value **values);
} functions[] = {
    {"todo_fold", 1, todo_fold},
    {"todo_contains", 2, todo_contains},
    {"todo_integers", FUNCTIONS_INTEGERS, todo_integers},
};

int functions_register(sqlite3 *db)
{
    int rc = SQLITE_OK;
    for (size_t i = 0; i < ARRAY_SIZE(functions) && rc == SQLITE_OK; i++)
        rc = sqlite3_create_function_v2(db, functions[i].name, functions[i].arguments,
                                        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                        functions[i].call, NULL, NULL, NULL);
    return rc;
}
