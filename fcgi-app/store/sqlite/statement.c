/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Prepared statements: those of the table, prepared at their first use, and the composed ones, kept
 * in a small cache that drops the least recently used.
 */
#include <assert.h>
#include <limits.h>
#include <string.h>

#include "store/sqlite/internal.h"

enum statement_connection { READ, WRITE };

static const struct {
    const char *sql;
    enum statement_connection connection;
} statements[] = {
#define STATEMENT_ROW(name, connection, sql) [STATEMENT_##name] = {sql, connection},
    STATEMENTS(STATEMENT_ROW)
#undef STATEMENT_ROW
};

_Static_assert(ARRAY_SIZE(statements) == STATEMENT_COUNT, "one row per statement");

static enum error_code prepare(struct store_view *view, const char *sql, int size,
                               sqlite3_stmt **ret_statement)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v3(view->connection->db, sql, size, SQLITE_PREPARE_PERSISTENT,
                                &statement, NULL);
    if (rc != SQLITE_OK)
        return store_error(view, rc);
    *ret_statement = statement;
    return ERROR_NONE;
}

enum error_code store_statement(struct store_view *view, enum statement id,
                                sqlite3_stmt **ret_statement)
{
    assert(statements[id].connection == READ || view->tx != NULL);
    sqlite3_stmt **slot = &view->connection->statements[id];
    if (*slot == NULL) {
        enum error_code code = prepare(view, statements[id].sql, -1, slot);
        if (code != ERROR_NONE)
            return code;
    }
    *ret_statement = *slot;
    return ERROR_NONE;
}

/* --- The cache of composed statements --------------------------------------------------------- */

/* FNV-1a. */
static uint32_t hash_text(const char *text, size_t size)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    return hash;
}

static struct composed *find_composed(struct connection *connection, const char *sql, size_t size,
                                      uint32_t hash)
{
    for (size_t i = 0; i < connection->composed_count; i++) {
        struct composed *entry = &connection->composed[i];
        if (entry->hash != hash)
            continue;
        const char *text = sqlite3_sql(entry->statement);
        if (strlen(text) == size && memcmp(text, sql, size) == 0)
            return entry;
    }
    return NULL;
}

static void drop_least_recently_used(struct connection *connection)
{
    struct composed *oldest = &connection->composed[0];
    for (size_t i = 1; i < connection->composed_count; i++) {
        if (connection->composed[i].used_at < oldest->used_at)
            oldest = &connection->composed[i];
    }
    sqlite3_finalize(oldest->statement);
    connection->composed_bytes -= oldest->bytes;
    *oldest = connection->composed[--connection->composed_count];
}

static struct composed *keep_composed(struct connection *connection, sqlite3_stmt *statement,
                                      uint32_t hash)
{
    int bytes = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_MEMUSED, 0);
    size_t size = bytes > 0 ? (size_t)bytes : 0;
    while (connection->composed_count == COMPOSED_MAX ||
           (connection->composed_count >= COMPOSED_MIN &&
            connection->composed_bytes + size > COMPOSED_BYTES_MAX))
        drop_least_recently_used(connection);
    struct composed *entry = &connection->composed[connection->composed_count++];
    *entry = (struct composed){.statement = statement, .bytes = size, .hash = hash};
    connection->composed_bytes += size;
    return entry;
}

enum error_code store_compose(struct store_view *view, const char *sql, size_t size,
                              sqlite3_stmt **ret_statement)
{
    struct connection *connection = view->connection;
    uint32_t hash = hash_text(sql, size);
    struct composed *entry = find_composed(connection, sql, size, hash);
    if (entry == NULL) {
        sqlite3_stmt *statement = NULL;
        enum error_code code = size > INT_MAX ? store_error(view, SQLITE_TOOBIG)
                                              : prepare(view, sql, (int)size, &statement);
        if (code != ERROR_NONE)
            return code;
        entry = keep_composed(connection, statement, hash);
    }
    entry->used_at = ++connection->composed_uses;
    *ret_statement = entry->statement;
    return ERROR_NONE;
}

/* --- Using them ------------------------------------------------------------------------------- */

enum error_code store_run(struct store_view *view, sqlite3_stmt *statement)
{
    int rc = sqlite3_step(statement);
    return store_error(view, rc);
}

enum error_code store_run_fixed(struct store_view *view, enum statement id)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    return code == ERROR_NONE ? store_run(view, statement) : code;
}

void statement_release(sqlite3_stmt **statement)
{
    if (*statement == NULL)
        return;
    sqlite3_reset(*statement);
    sqlite3_clear_bindings(*statement);
}

void statements_finalize(struct connection *connection)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(connection->statements[i]);
    for (size_t i = 0; i < connection->composed_count; i++)
        sqlite3_finalize(connection->composed[i].statement);
}
