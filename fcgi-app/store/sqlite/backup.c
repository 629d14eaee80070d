/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Backup: a copy of one moment, from a process of its own beside the running service.
 *
 * The lock file is held while the snapshot begins and while the time is recorded. The copying in
 * between is that of a reader, as every worker of the service is one: it neither commits nor
 * checkpoints, and writes go on.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/sqlite/copy.h"
#include "store/sqlite/files.h"

enum error_code store_last_backup(struct store_view *view, int64_t *ret_at)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_BACKUP_LAST, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW)
        *ret_at = sqlite3_column_int64(statement, 0);
    return store_error(view, rc);
}

/* A target must not be one of the files of the database that it is a copy of. */
static enum error_code check_target(const char *database, const char *target,
                                    struct error *ret_error)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", ".lock"};
    struct stat there, ours;
    if (stat(target, &there) != 0)
        return ERROR_NONE;
    if (!S_ISREG(there.st_mode))
        return error_set(ret_error, ERROR_INVALID, NULL, "%s is not a regular file", target);
    for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
        char name[STORE_PATH_SIZE];
        snprintf(name, sizeof(name), "%s%s", database, suffixes[i]);
        if (stat(name, &ours) == 0 && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev)
            return error_set(ret_error, ERROR_INVALID, NULL,
                             "%s belongs to the database itself; name another file", target);
    }
    return ERROR_NONE;
}

static enum error_code lock(struct opened *opened, struct error *ret_error)
{
    enum error_code code = lockfile_acquire(&opened->lock, opened->options.busy_timeout_ms);
    if (code == ERROR_NONE)
        code = lockfile_enter(&opened->lock);
    if (code != ERROR_NONE)
        error_set(ret_error, code, "database", "%s is held by another process; try again later",
                  opened->lock.path);
    return code;
}

static enum error_code begin_snapshot(struct opened *opened, struct error *ret_error)
{
    enum error_code code = lock(opened, ret_error);
    if (code != ERROR_NONE)
        return code;
    struct lockfile *held CLEANUP_LOCKFILE = &opened->lock;
    (void)held;
    code = opened_connect(opened, CONNECTION_READER, ret_error);
    if (code != ERROR_NONE)
        return code;
    int64_t pages;
    int rc = connection_exec(&opened->connection, "BEGIN");
    if (rc == SQLITE_OK) /* the snapshot begins with the first read */
        rc = connection_number(&opened->connection, "SELECT count(*) FROM sqlite_schema", &pages);
    return rc == SQLITE_OK ? ERROR_NONE
                           : connection_report(&opened->connection, rc, "read", ret_error);
}

static enum error_code copy_to(struct opened *opened, const char *target, struct error *ret_error)
{
    char temporary[STORE_PATH_SIZE];
    enum error_code code = file_temporary(target, temporary, ret_error);
    if (code != ERROR_NONE)
        return code;
    code = copy_database(&opened->options, &opened->connection, temporary, ret_error);
    if (code == ERROR_NONE)
        code = copy_check(&opened->options, temporary, ret_error);
    if (code == ERROR_NONE)
        code = file_publish(temporary, target, ret_error);
    if (code != ERROR_NONE)
        file_remove(temporary);
    return code;
}

static enum error_code write_time(struct opened *opened, int64_t now)
{
    struct store_tx tx = {
        .view = {.connection = &opened->connection, .options = &opened->options, .tx = &tx}};
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_run_fixed(&tx.view, STATEMENT_BEGIN_WRITE);
    if (code == ERROR_NONE)
        code = store_statement(&tx.view, STATEMENT_BACKUP_DONE, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, now);
    code = store_run(&tx.view, statement);
    return code == ERROR_NONE ? store_run_fixed(&tx.view, STATEMENT_COMMIT) : code;
}

static enum error_code record_time(struct opened *opened, int64_t now, struct error *ret_error)
{
    connection_close(&opened->connection);
    enum error_code code = lock(opened, ret_error);
    if (code != ERROR_NONE)
        return code;
    struct lockfile *held CLEANUP_LOCKFILE = &opened->lock;
    (void)held;
    code = connection_open(&opened->connection, CONNECTION_WRITER, &opened->options, ret_error);
    if (code == ERROR_NONE && (code = write_time(opened, now)) != ERROR_NONE)
        error_set(ret_error, code, "database",
                  "the backup is complete, but its time could not be recorded in %s", opened->path);
    return code;
}

enum error_code store_backup(const struct store_options *options, const char *target, int64_t now,
                             struct error *ret_error)
{
    CLEANUP(opened_close) struct opened opened = OPENED_INIT;
    enum error_code code = opened_resolve(&opened, options, ret_error);
    if (code == ERROR_NONE)
        code = check_target(opened.path, target, ret_error);
    if (code == ERROR_NONE)
        code = begin_snapshot(&opened, ret_error);
    if (code == ERROR_NONE)
        code = copy_to(&opened, target, ret_error);
    return code == ERROR_NONE ? record_time(&opened, now, ret_error) : code;
}
