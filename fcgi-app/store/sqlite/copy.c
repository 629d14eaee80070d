/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Copying by SQLite's backup interface, page by page. VACUUM INTO would make a smaller file, but
 * builds every index anew, which takes many times as long.
 */
#include "store/sqlite/copy.h"

#include "store/sqlite/location.h"
#include "store/sqlite/migrate.h"

void opened_close(struct opened *opened)
{
    connection_close(&opened->connection);
    lockfile_close(&opened->lock);
    free(opened->path);
    opened->path = NULL;
}

enum error_code opened_resolve(struct opened *opened, const struct store_options *options,
                               struct error *ret_error)
{
    opened->options = *options;
    enum error_code code = location_resolve(options->path, &opened->path, ret_error);
    opened->options.path = opened->path;
    if (code == ERROR_NONE)
        code = location_check(opened->path, ret_error);
    return code == ERROR_NONE ? lockfile_open(&opened->lock, opened->path, ret_error) : code;
}

static enum error_code check_marks(struct connection *connection,
                                   const struct store_options *options, struct error *ret_error)
{
    int schema = 0;
    enum error_code code =
        admission_check(connection, options, migrate_newest(store_migrations), &schema, ret_error);
    if (code == ERROR_NONE && schema == 0)
        code = error_set(ret_error, ERROR_INVALID, "database", "%s holds no tasks database",
                         options->path);
    return code;
}

enum error_code opened_connect(struct opened *opened, enum connection_kind kind,
                               struct error *ret_error)
{
    if (location_file_size(opened->path) == 0)
        return error_set(ret_error, ERROR_INVALID, "database", "there is no database %s",
                         opened->path);
    enum error_code code = connection_open(&opened->connection, kind, &opened->options, ret_error);
    return code == ERROR_NONE ? check_marks(&opened->connection, &opened->options, ret_error)
                              : code;
}

static enum error_code report(sqlite3 *db, int rc, const char *doing, const char *path,
                              struct error *ret_error)
{
    struct connection connection = {.db = db};
    enum error_code code = connection_error(&connection, rc);
    return error_set(ret_error, code, NULL, "cannot %s %s: %s (SQLite code %d)", doing, path,
                     db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(rc), rc);
}

static int copy_pages(sqlite3 *target, sqlite3 *source)
{
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (backup == NULL)
        return sqlite3_extended_errcode(target);
    int rc = sqlite3_backup_step(backup, -1);
    int end = sqlite3_backup_finish(backup);
    return rc == SQLITE_DONE ? end : rc;
}

enum error_code copy_database(const struct store_options *options, struct connection *source,
                              const char *target, struct error *ret_error)
{
    sqlite3 *db = NULL;
    int rc = sqlite3_open_v2(target, &db,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             options->vfs);
    if (rc == SQLITE_OK)
        rc = copy_pages(db, source->db);
    /* The pages say that there is a log, as in the source: the copy shall be one file. */
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    enum error_code code = ERROR_NONE;
    if (rc != SQLITE_OK)
        code = report(db, rc, "copy the database to", target, ret_error);
    sqlite3_close(db);
    return code;
}

enum error_code copy_check(const struct store_options *options, const char *path,
                           struct error *ret_error)
{
    struct store_options of_copy = *options;
    of_copy.path = path;
    struct connection connection = {0};
    enum error_code code = connection_open(&connection, CONNECTION_READER, &of_copy, ret_error);
    if (code == ERROR_NONE)
        code = check_marks(&connection, &of_copy, ret_error);
    if (code == ERROR_NONE)
        code = integrity_check(&connection, NULL, NULL, ret_error);
    connection_close(&connection);
    return code;
}
