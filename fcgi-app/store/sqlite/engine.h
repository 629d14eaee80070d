/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The store itself and what its own files share: the queue, the writer's parts, the opening. The
 * row functions do not need it.
 */
#ifndef STORE_SQLITE_ENGINE_H
#define STORE_SQLITE_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/sqlite/internal.h"
#include "store/sqlite/lockfile.h"
#include "store/sqlite/queue.h"
#include "store/sqlite/tally_changes.h"

/* With less free space than this the store is not called writable. */
#define STORE_ROOM_MIN (1024 * 1024)

struct store {
    struct store_options options; /* path is the canonical one, below */
    char *path;
    char *wal_path;
    struct queue queue;
    struct lockfile lock; /* the writer's, as all that follows but the atomics */
    struct connection connection;
    struct store_tx tx;
    struct tally_changes tallies; /* of tx */
    pthread_t thread;
    bool started;
    unsigned batch_count; /* writes in the last batch, and how long its commit took */
    uint64_t commit_ns;
    unsigned index_parts; /* transactions that wrote to the search index */
    bool index_due;       /* the search index was written since it was last merged */
    bool index_suspect;   /* a transaction has failed: text_index_forget() before the next */
    bool prune_due;       /* the journal holds more than it should */
    uint64_t page_size;
    uint64_t wal_pages;     /* in the log after the last commit */
    uint64_t checkpoint_at; /* pages in the log that call for the next checkpoint */
    atomic_bool failing;    /* the last batch met a full disk or an I/O error */
    atomic_bool sync_failed;
    atomic_int schema;
};

struct store_reader {
    struct connection connection;
    struct store_view view;
};

/* --- Connections ------------------------------------------------------------------------------ */

enum connection_kind { CONNECTION_WRITER, CONNECTION_READER };

/* Opens the file with the settings that every connection has; the log is not turned on yet. */
enum error_code connection_open(struct connection *connection, enum connection_kind kind,
                                const struct store_options *options, struct error *ret_error);
void connection_close(struct connection *connection); /* takes one that is all zero */

void connection_set_busy_timeout(struct connection *connection,
                                 const struct store_options *options);

/* Runs SQL without results, or one PRAGMA with one number as its result. Return SQLite's code. */
int connection_exec(struct connection *connection, const char *sql);
int connection_number(struct connection *connection, const char *sql, int64_t *ret_number);

/* Sets *ret_error from the code of SQLite and its message; `doing` is what was tried. */
enum error_code connection_report(struct connection *connection, int rc, const char *doing,
                                  struct error *ret_error);

/* --- Opening ---------------------------------------------------------------------------------- */

/* Judges the file, under the lock: another program's, a newer schema's or a damaged one is refused.
 * *ret_schema: 0 for a new file. */
enum error_code admission_check(struct connection *connection, const struct store_options *options,
                                int newest_schema, int *ret_schema, struct error *ret_error);

/* --- The writer ------------------------------------------------------------------------------- */

/* Takes jobs from the queue until it is empty or the batch is large enough, commits them, and tells
 * each its outcome. Called by the writer when the queue is not empty. */
void batch_run(struct store *store);

/* While writes fail: a small write of its own, to find out whether they would succeed again. */
void batch_probe(struct store *store);

/* While nothing is to be written: merges a part of the search index, if store->index_due. */
void batch_merge(struct store *store);

/* While nothing is to be written: forgets a portion of the oldest changes, if any are too many. */
void batch_prune(struct store *store);

/* Before the first commit. */
void checkpoint_init(struct store *store);

/* Checkpoints when the log has become too long; never fails a write. Called without the lock. */
void checkpoint_if_due(struct store *store);

/* Empties the log, as far as readers let it: at the end. */
void checkpoint_last(struct store *store);

/* Reports a failure to the observer and keeps store->failing; a failed sync ends all writing. */
void writer_failed(struct store *store, const struct error *error, bool sync_failed);

#endif
