/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Checkpoints: when the write-ahead log is moved into the database. Only the writer does it, and
 * only under the lock file.
 *
 * A passive checkpoint disturbs nobody, and once all of the log is moved the next write starts it
 * anew, provided that no reader is looking at it just then. Under constant reads that moment may
 * never come; so a log that went on growing gets a checkpoint that waits for those readers, who
 * are short, while later ones no longer need the log.
 */
#include <string.h>

#include "base/clock.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/location.h"

#define WAL_FRAME_HEADER_SIZE 24
#define READERS_WAIT_MS       100 /* how long such a checkpoint waits for readers */
#define LAST_WAIT_MS          500 /* the same for the one at the end, and for its lock */

static uint64_t pages_limit(const struct store *store)
{
    return store->options.wal_limit_bytes / (store->page_size + WAL_FRAME_HEADER_SIZE);
}

/* Called by SQLite after each commit that wrote. */
static int after_commit(void *context, sqlite3 *db, const char *name, int pages)
{
    (void)db;
    (void)name;
    struct store *store = context;
    if ((uint64_t)pages < store->wal_pages)
        store->checkpoint_at = pages_limit(store); /* the log was started anew */
    store->wal_pages = (uint64_t)pages;
    atomic_store(&store->failing, false);
    return SQLITE_OK;
}

void checkpoint_init(struct store *store)
{
    store->checkpoint_at = pages_limit(store);
    sqlite3_wal_hook(store->connection.db, after_commit, store);
}

static void report(struct store *store, int rc, uint64_t nanoseconds, int pages, int moved)
{
    const struct store_observer *observer = &store->options.observer;
    if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY) {
        struct error error;
        connection_report(&store->connection, rc, "checkpoint", &error);
        writer_failed(store, &error, store_is_sync_failure(rc));
    } else if (observer->checkpoint != NULL) {
        uint64_t left = pages > moved ? (uint64_t)(pages - moved) : 0;
        observer->checkpoint(observer->context, nanoseconds,
                             left * (store->page_size + WAL_FRAME_HEADER_SIZE));
    }
}

/* Returns whether all of the log was moved, and nobody reads it any more if the mode asks that. */
static bool run(struct store *store, int mode, unsigned readers_wait_ms)
{
    sqlite3 *db = store->connection.db;
    int pages = 0;
    int moved = 0;
    sqlite3_busy_timeout(db, (int)readers_wait_ms);
    uint64_t start = clock_monotonic();
    int rc = sqlite3_wal_checkpoint_v2(db, "main", mode, &pages, &moved);
    uint64_t end = clock_monotonic();
    connection_set_busy_timeout(&store->connection, &store->options);
    report(store, rc, end - start, pages, moved);
    return rc == SQLITE_OK && moved == pages;
}

void checkpoint_if_due(struct store *store)
{
    if (store->wal_pages < store->checkpoint_at || atomic_load(&store->sync_failed))
        return;
    if (lockfile_acquire(&store->lock, store->options.busy_timeout_ms) != ERROR_NONE)
        return;
    bool is_growing = store->wal_pages >= 2 * pages_limit(store);
    bool is_done = run(store, is_growing ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE,
                       is_growing ? READERS_WAIT_MS : 0);
    lockfile_release(&store->lock);
    /* A long snapshot makes all attempts fail: they become rare, so that it does not slow writes.
     */
    uint64_t pause = is_done ? pages_limit(store) / 2 : store->wal_pages / 2;
    store->checkpoint_at = store->wal_pages + pause + 1;
}

void checkpoint_last(struct store *store)
{
    if (atomic_load(&store->sync_failed) ||
        lockfile_acquire(&store->lock, LAST_WAIT_MS) != ERROR_NONE)
        return;
    run(store, SQLITE_CHECKPOINT_TRUNCATE, LAST_WAIT_MS);
    lockfile_release(&store->lock);
}
