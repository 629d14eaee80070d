/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Readers: read-only connections, each used by one thread at a time, and their snapshots.
 */
#include "store/sqlite/engine.h"

enum error_code store_reader_open(struct store *store, struct store_reader **ret_reader,
                                  struct error *ret_error)
{
    struct store_reader *reader = calloc(1, sizeof(*reader));
    if (reader == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    enum error_code code =
        connection_open(&reader->connection, CONNECTION_READER, &store->options, ret_error);
    if (code != ERROR_NONE) {
        free(reader);
        return code;
    }
    reader->view =
        (struct store_view){.connection = &reader->connection, .options = &store->options};
    *ret_reader = reader;
    return ERROR_NONE;
}

void store_reader_close(struct store_reader *reader)
{
    if (reader == NULL)
        return;
    connection_close(&reader->connection);
    free(reader);
}

struct store_view *store_read_begin(struct store_reader *reader, enum error_code *ret_code)
{
    enum error_code code = store_run_fixed(&reader->view, STATEMENT_BEGIN_READ);
    if (code == ERROR_NONE)
        return &reader->view;
    *ret_code = code;
    return NULL;
}

void store_read_end(struct store_reader *reader)
{
    store_run_fixed(&reader->view, STATEMENT_END_READ);
    if (!sqlite3_get_autocommit(reader->connection.db))
        connection_exec(&reader->connection, "ROLLBACK");
}

enum error_code store_ping(struct store_reader *reader)
{
    return store_run_fixed(&reader->view, STATEMENT_PING);
}
