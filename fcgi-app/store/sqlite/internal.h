/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the files of the SQLite store share: connections, views, transactions, prepared statements
 * and the mapping of SQLite's result codes. The store itself and its writer are in engine.h; the
 * row functions need only this header.
 */
#ifndef STORE_SQLITE_INTERNAL_H
#define STORE_SQLITE_INTERNAL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/sqlite/statements.h"
#include "store/store.h"

/* --- Connections ------------------------------------------------------------------------------ */

#define COMPOSED_MAX       64           /* composed statements kept by one connection */
#define COMPOSED_BYTES_MAX (256 * 1024) /* and their memory, as SQLite counts it */
#define COMPOSED_MIN       8            /* kept whatever their size */

/* A statement that was composed for a query, kept for the next query of the same shape. */
struct composed {
    sqlite3_stmt *statement; /* knows its SQL text */
    size_t bytes;
    uint32_t hash;
    uint64_t used_at; /* by the connection's count of uses */
};

/* One SQLite connection with its prepared statements; used by one thread at a time. */
struct connection {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENT_COUNT]; /* prepared at their first use */
    struct composed composed[COMPOSED_MAX];
    size_t composed_count;
    size_t composed_bytes;
    uint64_t composed_uses;
};

/* --- Views and transactions ------------------------------------------------------------------- */

struct store_view {
    struct connection *connection;
    const struct store_options *options;
    struct store_tx *tx; /* NULL in a reader */
};

#define SAVEPOINT_DEPTH_MAX 8

struct change;
struct tally_changes;

/* The journal's part of a transaction. A savepoint that is undone brings back the state at its
 * begin. All zero: no change is open. */
struct journal_state {
    struct change *change; /* the open one; NULL: none */
    int64_t seq;           /* its number; 0: it has touched no row */
    int64_t rows;
    const char *summary; /* the one that is stored */
};

struct store_tx {
    struct store_view view;
    enum error_code failure; /* the first storage failure; ERROR_NONE: none */
    bool sync_failed;        /* a failure was one of fsync */
    struct journal_state journal;
    unsigned depth;                /* inner savepoints that are open */
    struct tally_changes *tallies; /* for touched_settle() */
    bool index_written;            /* the search index, in the whole transaction */
    struct journal_state saved[SAVEPOINT_DEPTH_MAX];
};

/* --- Statements ------------------------------------------------------------------------------- */

/* A statement of the table, ready to bind and step. It belongs to the connection: release it with
 * CLEANUP_STATEMENT; until then the same statement must not be asked for again on this view. */
enum error_code store_statement(struct store_view *view, enum statement id,
                                sqlite3_stmt **ret_statement);

/* The same for a text composed of constant parts (values are bound, never written into it); `size`
 * without the NUL. Prepared statements are kept and found again by their text. At most
 * COMPOSED_MIN may be unreleased at a time: the least recently used one is dropped when there are
 * too many. */
enum error_code store_compose(struct store_view *view, const char *sql, size_t size,
                              sqlite3_stmt **ret_statement);

/* Steps a statement that returns no rows, once. */
enum error_code store_run(struct store_view *view, sqlite3_stmt *statement);

/* The same for a statement of the table without parameters. */
enum error_code store_run_fixed(struct store_view *view, enum statement id);

/* Resets the statement and clears its bindings. Takes a pointer to NULL. */
void statement_release(sqlite3_stmt **statement);
#define CLEANUP_STATEMENT CLEANUP(statement_release)

/* Ends all of a connection's statements. */
void statements_finalize(struct connection *connection);

/* --- Errors ----------------------------------------------------------------------------------- */

/* The error for a result code of SQLite, extended or primary; ERROR_NONE for OK, ROW and DONE. */
enum error_code store_error_code(int rc);

/* Whether fsync failed: then the state on the disk is unknown until the next start. */
bool store_is_sync_failure(int rc);

/* The same for a call on this connection: also looks at the reason that the system gave. */
enum error_code connection_error(struct connection *connection, int rc);

/* The same, for a call on this view's connection: inside a transaction the first storage failure is
 * remembered, and the write will be undone whatever it returns. */
enum error_code store_error(struct store_view *view, int rc);

/* Remembers a failure that is not SQLite's (no memory, a value that cannot be stored). Returns
 * code.
 */
enum error_code store_fail(struct store_view *view, enum error_code code);

#endif
