/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The interface of the store: one database, many readers, one writer thread that commits the writes
 * of many requests together. Knows no HTTP. The rows are in rows.h; the implementation over SQLite
 * is in sqlite/.
 *
 * Life: store_open, store_start, any use from any thread, store_stop, store_close.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct store;        /* the database of this process */
struct store_reader; /* one read-only connection; used by one thread at a time */
struct store_view;   /* a consistent state to read: of a reader, or inside a transaction */
struct store_tx;     /* a write transaction; valid inside a store_fn only */

/* What the store tells its owner, from the writer thread (sync_failed too). Each may be NULL. Must
 * not call the store. */
struct store_observer {
    void *context;
    void (*batch)(void *context, unsigned items, uint64_t nanoseconds); /* BEGIN to end of COMMIT */
    void (*commit)(void *context, uint64_t nanoseconds);                /* the COMMIT alone */
    void (*checkpoint)(void *context, uint64_t nanoseconds, uint64_t wal_bytes_left);
    void (*queue_wait)(void *context, uint64_t nanoseconds);  /* of one item */
    void (*failed)(void *context, const struct error *error); /* a write, a batch or a checkpoint */
    /* fsync failed: nothing that was not acknowledged may be trusted. All waiting items have been
     * failed; the store refuses further writes; the owner must end the process. */
    void (*sync_failed)(void *context, const struct error *error);
};

struct store_options {
    const char *path;         /* the database file; its folder must exist and be writable */
    unsigned queue_limit;     /* writes that may wait; more are refused with ERROR_QUEUE_FULL */
    unsigned batch_limit;     /* writes in one transaction */
    unsigned batch_time_ms;   /* after that no further item joins a running transaction */
    bool alternate;           /* it takes half of the writes under way, see batch.c; else all */
    unsigned busy_timeout_ms; /* how long a lock of another process is waited for */
    uint64_t wal_limit_bytes; /* checkpoint when the write-ahead log is longer */
    int64_t idempotency_ttl_ms;
    int64_t journal_max_age_ms;  /* older changes are forgotten; 0: none is for its age */
    int64_t journal_max_changes; /* so many of the newest are kept; 0: all */
    const char *vfs;             /* NULL; tests name a VFS that fails on demand */
    struct store_observer observer;
};

/* Opens or creates the database, under the lock file: refuses a network file system, another
 * application_id, a newer schema, a damaged file (each ERROR_INVALID or ERROR_CORRUPT with a
 * message that says what to do); migrates an older schema. `options` strings must outlive the
 * store. On failure *ret_store is untouched. */
enum error_code store_open(const struct store_options *options, struct store **ret_store,
                           struct error *ret_error);

/* Starts the writer thread. The caller has blocked all signals. */
enum error_code store_start(struct store *store, struct error *ret_error);

/* Refuses further writes (ERROR_STOPPING), lets the writer empty its queue, checkpoints, and joins
 * the writer thread. Not thread-safe; safe to call twice, or without store_start. */
void store_stop(struct store *store);

/* Frees everything; all readers must be closed. Takes NULL. */
void store_close(struct store *store);

/* --- Writes ---------------------------------------------------------------------------------- */

/* A write: runs in the writer thread inside a transaction, in a savepoint of its own. Returns
 * whether its changes are kept; if not, they alone are undone. It reports its outcome through arg.
 * It must not block, and may be rolled back after it returned true (the commit can fail). */
typedef bool (*store_fn)(struct store_tx *tx, void *arg);

/* When what happened to a write, in monotonic nanoseconds. */
struct store_times {
    uint64_t queued_at;
    uint64_t taken_at;  /* from the queue, into a transaction */
    uint64_t ran_at;    /* its own statements were over */
    uint64_t commit_at; /* the COMMIT began; 0: it never came to that */
    uint64_t committed_at;
    unsigned batch; /* writes in the transaction */
};

/* One write in the queue. Owned by the caller, untouched until `done` was called. */
struct store_job {
    store_fn run;
    /* Called once, in the writer thread. ERROR_NONE: its batch is committed and durable, and run's
     * changes with it if it returned true. Else nothing of it happened: a row function failed in it
     * (the transaction remembers the code), or its batch could not be committed: ERROR_BUSY,
     * ERROR_MEMORY, ERROR_STORAGE_FULL, ERROR_STORAGE, ERROR_CORRUPT, ERROR_STOPPING. The job may
     * be reused or freed from here on. Must not block. */
    void (*done)(struct store_job *job, enum error_code outcome);
    void *arg;
    /* For a write that may change much of the database. It gets a transaction of its own, which is
     * undone if it is not kept, in place of a savepoint: that would hold every page that is changed
     * in memory, as an inner savepoint does still. */
    bool alone;
    struct store_times *times; /* filled before done is called; NULL: nobody wants to know */
    struct store_job *next;    /* the store's */
    uint64_t queued_at;        /* the store's */
    bool keep;                 /* the store's: what run returned */
    enum error_code outcome;   /* the store's: of this job, unless its batch fails */
};

/* Queues the job and returns at once. ERROR_NONE: done will be called. ERROR_QUEUE_FULL,
 * ERROR_STOPPING or, after a failed fsync, ERROR_STORAGE: it will not. Thread-safe. */
enum error_code store_submit(struct store *store, struct store_job *job);

/* Submits and waits: the outcome of the job, or of store_submit. Thread-safe; not from the writer.
 */
enum error_code store_write(struct store *store, store_fn run, void *arg);

/* What the transaction sees: its own changes too. */
struct store_view *store_tx_view(struct store_tx *tx);

/* An inner savepoint, for work of which a part may be undone while the rest is kept (dry run,
 * stored refusals, one item of a bulk). Nests; each begin is followed by exactly one keep or undo.
 * An error from any of them, or from any row function inside a transaction, that is not one of
 * ERROR_NOT_FOUND, ERROR_CONFLICT, ERROR_INVALID means that the whole write must return false. */
enum error_code store_savepoint_begin(struct store_tx *tx);
enum error_code store_savepoint_keep(struct store_tx *tx);
enum error_code store_savepoint_undo(struct store_tx *tx);

/* --- Reads ----------------------------------------------------------------------------------- */

/* Opens a reader; one per worker. */
enum error_code store_reader_open(struct store *store, struct store_reader **ret_reader,
                                  struct error *ret_error);
void store_reader_close(struct store_reader *reader); /* takes NULL */

/* Begins and ends a snapshot: every read between sees one state. Short: an open snapshot keeps the
 * log from being reset. NULL if it cannot begin, with the code. */
struct store_view *store_read_begin(struct store_reader *reader, enum error_code *ret_code);
void store_read_end(struct store_reader *reader);

/* --- State ------------------------------------------------------------------------------------ */

struct store_state {
    unsigned queue_length;
    unsigned queue_limit;
    uint64_t database_bytes; /* -1 as unsigned if unknown, as below */
    uint64_t wal_bytes;
    uint64_t disk_free_bytes; /* for this process's user */
    uint64_t disk_bytes;      /* of the whole file system */
    bool writable; /* the last batch did not fail for lack of space or an I/O error, and there is
                      room for another */
    bool sync_failed;
    int schema; /* user_version */
};

/* Thread-safe; costs two stat and two statvfs, no SQL. */
void store_state(struct store *store, struct store_state *ret_state);

/* Whether the database answers: reads one row. */
enum error_code store_ping(struct store_reader *reader);

/* SQLite's version, for the build information. */
const char *store_engine_version(void);

#endif
