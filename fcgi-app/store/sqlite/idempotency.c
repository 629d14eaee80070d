/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Idempotency records: the answers that a repeated request gets again.
 */
#include <string.h>

#include "store/rows.h"
#include "store/sqlite/internal.h"

enum column { COLUMN_FINGERPRINT, COLUMN_CREATED_AT, COLUMN_STATUS, COLUMN_HEADERS, COLUMN_BODY };

static bool read_text(sqlite3_stmt *statement, enum column column, struct arena *arena,
                      struct text *ret_text)
{
    const void *data = sqlite3_column_blob(statement, (int)column);
    size_t size = (size_t)sqlite3_column_bytes(statement, (int)column);
    const char *copy = data == NULL ? "" : arena_memdup(arena, data, size);
    *ret_text = (struct text){copy, data == NULL ? 0 : size};
    return copy != NULL;
}

static enum error_code read_record(struct store_view *view, sqlite3_stmt *statement,
                                   struct arena *arena, struct idempotency_record *record)
{
    const void *fingerprint = sqlite3_column_blob(statement, COLUMN_FINGERPRINT);
    if (fingerprint == NULL ||
        sqlite3_column_bytes(statement, COLUMN_FINGERPRINT) != IDEMPOTENCY_FINGERPRINT_SIZE)
        return store_fail(view, ERROR_CORRUPT);
    memcpy(record->fingerprint, fingerprint, IDEMPOTENCY_FINGERPRINT_SIZE);
    record->created_at = sqlite3_column_int64(statement, COLUMN_CREATED_AT);
    record->status = sqlite3_column_int(statement, COLUMN_STATUS);
    if (!read_text(statement, COLUMN_HEADERS, arena, &record->headers) ||
        !read_text(statement, COLUMN_BODY, arena, &record->body))
        return store_fail(view, ERROR_MEMORY);
    return ERROR_NONE;
}

enum error_code store_idempotency_get(struct store_view *view, const char *key, int64_t now,
                                      struct arena *arena, struct idempotency_record *ret_record)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_IDEMPOTENCY_GET, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, now - view->options->idempotency_ttl_ms);
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE)
        return ERROR_NOT_FOUND;
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    struct idempotency_record record = {.key = arena_strdup(arena, key)};
    if (record.key == NULL)
        return store_fail(view, ERROR_MEMORY);
    code = read_record(view, statement, arena, &record);
    if (code == ERROR_NONE)
        *ret_record = record;
    return code;
}

static enum error_code remove_expired(struct store_view *view, int64_t now)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_IDEMPOTENCY_EXPIRE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, now - view->options->idempotency_ttl_ms);
    return store_run(view, statement);
}

enum error_code store_idempotency_put(struct store_tx *tx, const struct idempotency_record *record)
{
    struct store_view *view = &tx->view;
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_IDEMPOTENCY_PUT, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_text(statement, 1, record->key, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, record->fingerprint, IDEMPOTENCY_FINGERPRINT_SIZE,
                      SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, record->created_at);
    sqlite3_bind_int(statement, 4, record->status);
    sqlite3_bind_text64(statement, 5, record->headers.data != NULL ? record->headers.data : "",
                        record->headers.size, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_blob64(statement, 6, record->body.data != NULL ? record->body.data : "",
                        record->body.size, SQLITE_STATIC);
    code = store_run(view, statement);
    return code == ERROR_NONE ? remove_expired(view, record->created_at) : code;
}
