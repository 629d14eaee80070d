/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * One SQLite connection and its settings. What every connection of the store must have stands here
 * once: the settings keep data safe (no checkpoint but the writer's), keep a damaged or hostile
 * file from doing more harm than failing, and keep memory small.
 *
 * Pages that become free are not overwritten with zeros, which some builds of SQLite do and which
 * costs a write each (secure_delete); what is deleted within a page is.
 *
 * There is no ANALYZE and no PRAGMA optimize: the statements name or imply the index that is right
 * at any size, and statistics taken at a bad moment could only lead away from it.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "store/sqlite/engine.h"
#include "store/sqlite/functions.h"

/* Applied to the library once, before its first use. Failure only costs speed: the connections are
 * opened without mutexes of their own in any case. */
static void configure_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static const struct {
    int option;
    int value;
} switches[] = {
    {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}, {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},   {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},          {SQLITE_DBCONFIG_DQS_DDL, 0},
};

/* As low as the schema, the composed lists (one branch per value of two filters) and the longest
 * request allow. */
static const struct {
    int limit;
    int value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024},
    {SQLITE_LIMIT_SQL_LENGTH, 64 * 1024},
    {SQLITE_LIMIT_COLUMN, 100},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 20},
    {SQLITE_LIMIT_FUNCTION_ARG, 64},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 16 * 1024},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 300},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

#define SETTINGS_COMMON                                                                            \
    "PRAGMA wal_autocheckpoint = 0; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"             \
    "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"

static const char *const settings[] = {
    [CONNECTION_WRITER] = SETTINGS_COMMON "PRAGMA synchronous = FULL; PRAGMA cache_size = -4096;"
                                          "PRAGMA secure_delete = FAST",
    [CONNECTION_READER] = SETTINGS_COMMON "PRAGMA query_only = ON; PRAGMA cache_size = -512",
};

void connection_set_busy_timeout(struct connection *connection, const struct store_options *options)
{
    unsigned timeout = options->busy_timeout_ms;
    sqlite3_busy_timeout(connection->db, timeout < INT_MAX ? (int)timeout : INT_MAX);
}

/* A log that was started anew is overwritten from its begin: cutting it would make the next writes
 * grow it again. It is longer than the limit only while a reader kept it from being started anew.
 */
static int limit_log(struct connection *connection, const struct store_options *options)
{
    char sql[64];
    snprintf(sql, sizeof(sql), "PRAGMA journal_size_limit = %" PRIu64,
             2 * options->wal_limit_bytes);
    return connection_exec(connection, sql);
}

static int apply_settings(struct connection *connection, enum connection_kind kind,
                          const struct store_options *options)
{
    sqlite3 *db = connection->db;
    for (size_t i = 0; i < ARRAY_SIZE(switches); i++) {
        int rc = sqlite3_db_config(db, switches[i].option, switches[i].value, (int *)NULL);
        if (rc != SQLITE_OK)
            return rc;
    }
    for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
        sqlite3_limit(db, limits[i].limit, limits[i].value);
    connection_set_busy_timeout(connection, options);
    int rc = connection_exec(connection, settings[kind]);
    return rc == SQLITE_OK ? limit_log(connection, options) : rc;
}

enum error_code connection_open(struct connection *connection, enum connection_kind kind,
                                const struct store_options *options, struct error *ret_error)
{
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    pthread_once(&configured, configure_library);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (kind == CONNECTION_WRITER ? SQLITE_OPEN_CREATE : 0);
    memset(connection, 0, sizeof(*connection));
    int rc = sqlite3_open_v2(options->path, &connection->db, flags, options->vfs);
    if (rc == SQLITE_OK)
        rc = functions_register(connection->db);
    if (rc == SQLITE_OK)
        rc = apply_settings(connection, kind, options);
    if (rc == SQLITE_OK)
        return ERROR_NONE;
    enum error_code code = connection_report(connection, rc, "open", ret_error);
    connection_close(connection);
    return code;
}

void connection_close(struct connection *connection)
{
    statements_finalize(connection);
    sqlite3_close(connection->db);
    memset(connection, 0, sizeof(*connection));
}

int connection_exec(struct connection *connection, const char *sql)
{
    return sqlite3_exec(connection->db, sql, NULL, NULL, NULL);
}

int connection_number(struct connection *connection, const char *sql, int64_t *ret_number)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL);
    if (rc != SQLITE_OK)
        return rc;
    if (sqlite3_step(statement) == SQLITE_ROW)
        *ret_number = sqlite3_column_int64(statement, 0);
    return sqlite3_finalize(statement);
}

static const char *system_reason(struct connection *connection, int rc)
{
    int primary = rc & 0xff;
    bool is_system = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN ||
                     primary == SQLITE_FULL || primary == SQLITE_READONLY;
    int reason = is_system ? sqlite3_system_errno(connection->db) : 0;
    return reason != 0 ? strerror(reason) : NULL;
}

enum error_code connection_report(struct connection *connection, int rc, const char *doing,
                                  struct error *ret_error)
{
    enum error_code code = connection_error(connection, rc);
    if (connection->db == NULL)
        return error_set(ret_error, code, "database", "cannot %s: %s", doing, sqlite3_errstr(rc));
    const char *file = sqlite3_db_filename(connection->db, "main");
    if (code == ERROR_CORRUPT)
        return error_set(ret_error, code, "database",
                         "%s is damaged or is no SQLite database (%s): stop every program that "
                         "uses it and restore a backup, or name another file",
                         file, sqlite3_errmsg(connection->db));
    const char *reason = system_reason(connection, rc);
    return error_set(ret_error, code, "database", "%s: cannot %s: %s (SQLite code %d)%s%s", file,
                     doing, sqlite3_errmsg(connection->db), rc, reason != NULL ? ": " : "",
                     reason != NULL ? reason : "");
}
