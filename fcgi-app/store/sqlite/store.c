/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Opening and closing the store, and its state.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/sqlite/engine.h"
#include "store/sqlite/location.h"
#include "store/sqlite/migrate.h"

/* The log is permanent: it is a property of the file, kept from one opening to the next. */
static enum error_code turn_log_on(struct connection *connection, struct error *ret_error)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(connection->db, "PRAGMA journal_mode = WAL", -1, &statement, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    enum error_code code = ERROR_NONE;
    if (rc != SQLITE_ROW)
        code = connection_report(connection, rc, "turn on its write-ahead log", ret_error);
    else if (strcmp((const char *)sqlite3_column_text(statement, 0), "wal") != 0)
        code = error_set(ret_error, ERROR_INVALID, "database",
                         "%s cannot have a write-ahead log on this file system; use a local disk",
                         sqlite3_db_filename(connection->db, "main"));
    sqlite3_finalize(statement);
    return code;
}

static enum error_code prepare_file(struct store *store, struct error *ret_error)
{
    int newest = migrate_newest(store_migrations);
    int schema = 0;
    enum error_code code =
        admission_check(&store->connection, &store->options, newest, &schema, ret_error);
    if (code == ERROR_NONE)
        code = turn_log_on(&store->connection, ret_error);
    if (code == ERROR_NONE)
        code = migrate_run(&store->connection, store_migrations, schema, ret_error);
    if (code != ERROR_NONE)
        return code;
    int64_t page_size = 0;
    int rc = connection_number(&store->connection, "PRAGMA page_size", &page_size);
    if (rc != SQLITE_OK)
        return connection_report(&store->connection, rc, "read", ret_error);
    store->page_size = (uint64_t)page_size;
    atomic_store(&store->schema, newest);
    checkpoint_init(store);
    return ERROR_NONE;
}

static enum error_code open_locked(struct store *store, struct error *ret_error)
{
    enum error_code code = lockfile_acquire(&store->lock, store->options.busy_timeout_ms);
    if (code == ERROR_NONE)
        code = lockfile_enter(&store->lock);
    if (code != ERROR_NONE)
        return error_set(ret_error, code, "database",
                         "%s is held by another process; if it is a restore, wait for its end",
                         store->lock.path);
    struct lockfile *held CLEANUP_LOCKFILE = &store->lock;
    (void)held;
    code = connection_open(&store->connection, CONNECTION_WRITER, &store->options, ret_error);
    return code == ERROR_NONE ? prepare_file(store, ret_error) : code;
}

static enum error_code resolve_paths(struct store *store, struct error *ret_error)
{
    enum error_code code = location_resolve(store->options.path, &store->path, ret_error);
    if (code != ERROR_NONE)
        return code;
    if (asprintf(&store->wal_path, "%s-wal", store->path) < 0) {
        store->wal_path = NULL;
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    }
    store->options.path = store->path;
    return location_check(store->path, ret_error);
}

static struct store *new_store(const struct store_options *options)
{
    struct store *store = calloc(1, sizeof(*store));
    if (store == NULL)
        return NULL;
    store->options = *options;
    store->lock = LOCKFILE_CLOSED;
    if (queue_init(&store->queue, options->queue_limit) == ERROR_NONE)
        return store;
    free(store);
    return NULL;
}

enum error_code store_open(const struct store_options *options, struct store **ret_store,
                           struct error *ret_error)
{
    struct store *store = new_store(options);
    if (store == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    enum error_code code = resolve_paths(store, ret_error);
    if (code == ERROR_NONE)
        code = lockfile_open(&store->lock, store->path, ret_error);
    if (code == ERROR_NONE)
        code = open_locked(store, ret_error);
    if (code == ERROR_NONE)
        *ret_store = store;
    else
        store_close(store);
    return code;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    store_stop(store);
    connection_close(&store->connection);
    lockfile_close(&store->lock);
    queue_destroy(&store->queue);
    free(store->wal_path);
    free(store->path);
    free(store);
}

void store_state(struct store *store, struct store_state *ret_state)
{
    uint64_t room = location_free_bytes(store->path);
    bool sync_failed = atomic_load(&store->sync_failed);
    *ret_state = (struct store_state){
        .queue_length = queue_length(&store->queue),
        .queue_limit = store->options.queue_limit,
        .database_bytes = location_file_size(store->path),
        .wal_bytes = location_file_size(store->wal_path),
        .disk_free_bytes = room,
        .disk_bytes = location_disk_bytes(store->path),
        .writable = !sync_failed && !atomic_load(&store->failing) && room >= STORE_ROOM_MIN,
        .sync_failed = sync_failed,
        .schema = atomic_load(&store->schema),
    };
}

const char *store_engine_version(void)
{
    return sqlite3_libversion();
}
