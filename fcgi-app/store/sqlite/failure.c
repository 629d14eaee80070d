/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * From SQLite's result codes to the error codes of the program, and the memory of a transaction for
 * its first failure.
 */
#include <errno.h>

#include "store/sqlite/internal.h"

static bool is_key_taken(int rc)
{
    return rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_ROWID ||
           rc == SQLITE_CONSTRAINT_UNIQUE;
}

enum error_code store_error_code(int rc)
{
    if (rc == SQLITE_IOERR_NOMEM)
        return ERROR_MEMORY;
    if (is_key_taken(rc))
        return ERROR_CONFLICT;
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERROR_NONE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERROR_BUSY;
    case SQLITE_NOMEM:
        return ERROR_MEMORY;
    case SQLITE_FULL:
        return ERROR_STORAGE_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERROR_CORRUPT;
    default:
        return ERROR_STORAGE;
    }
}

bool store_is_sync_failure(int rc)
{
    return rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC;
}

enum error_code connection_error(struct connection *connection, int rc)
{
    enum error_code code = store_error_code(rc);
    if (code != ERROR_STORAGE || connection->db == NULL)
        return code;
    /* SQLite says FULL for a write that finds no space, but not for a quota, nor for its shared
     * memory file. */
    int reason = sqlite3_system_errno(connection->db);
    bool is_io = (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN;
    return is_io && (reason == ENOSPC || reason == EDQUOT) ? ERROR_STORAGE_FULL : code;
}

enum error_code store_fail(struct store_view *view, enum error_code code)
{
    if (view->tx != NULL && view->tx->failure == ERROR_NONE)
        view->tx->failure = code;
    return code;
}

enum error_code store_error(struct store_view *view, int rc)
{
    enum error_code code = connection_error(view->connection, rc);
    if (code == ERROR_NONE || code == ERROR_CONFLICT)
        return code;
    if (view->tx != NULL && store_is_sync_failure(rc))
        view->tx->sync_failed = true;
    return store_fail(view, code);
}
