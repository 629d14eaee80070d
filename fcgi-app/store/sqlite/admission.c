/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Whether a file may be used: it is new or ours, its schema is known, and it is not damaged as far
 * as a quick look can tell.
 */
#include "store/sqlite/engine.h"
#include "store/sqlite/location.h"

/* A full check reads the whole file, and a service with a million tasks must be ready in a tenth of
 * a second; a longer file is checked where it is read, and in full by every backup. */
#define FULL_CHECK_BYTES_MAX (UINT64_C(8) * 1024 * 1024)

struct marks {
    int64_t application_id;
    int64_t user_version;
    int64_t objects; /* tables, indexes, triggers, views */
};

static int read_marks(struct connection *connection, struct marks *ret_marks)
{
    struct marks marks = {0};
    int rc = connection_number(connection, "PRAGMA application_id", &marks.application_id);
    if (rc == SQLITE_OK)
        rc = connection_number(connection, "PRAGMA user_version", &marks.user_version);
    if (rc == SQLITE_OK)
        rc = connection_number(connection, "SELECT count(*) FROM sqlite_schema", &marks.objects);
    if (rc == SQLITE_OK)
        *ret_marks = marks;
    return rc;
}

static enum error_code judge_marks(const struct marks *marks, const char *path, int newest_schema,
                                   struct error *ret_error)
{
    if (marks->application_id != STORE_APPLICATION_ID &&
        (marks->application_id != 0 || marks->user_version != 0 || marks->objects != 0))
        return error_set(ret_error, ERROR_INVALID, "database",
                         "%s is a database of another program (application_id 0x%08x); it was left "
                         "as it is; name another file",
                         path, (unsigned)marks->application_id);
    if (marks->user_version > newest_schema)
        return error_set(ret_error, ERROR_INVALID, "database",
                         "%s has schema %d, this program knows schemas up to %d; use the version "
                         "that wrote it or a later one, or restore an older backup",
                         path, (int)marks->user_version, newest_schema);
    if (marks->user_version < 0)
        return error_set(ret_error, ERROR_CORRUPT, "database",
                         "%s has the impossible schema %d: restore a backup", path,
                         (int)marks->user_version);
    return ERROR_NONE;
}

/* The first complaint of quick_check, if it is not "ok". */
static enum error_code check_content(struct connection *connection, const char *path,
                                     struct error *ret_error)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(connection->db, "PRAGMA quick_check(1)", -1, &statement, NULL);
    if (rc != SQLITE_OK)
        return connection_report(connection, rc, "check", ret_error);
    enum error_code code = ERROR_NONE;
    rc = sqlite3_step(statement);
    const char *finding = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (rc == SQLITE_ROW && finding == NULL)
        code = error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    else if (finding != NULL && sqlite3_stricmp(finding, "ok") != 0)
        code = error_set(ret_error, ERROR_CORRUPT, "database",
                         "%s is damaged (%s): stop every program that uses it and restore a backup",
                         path, finding);
    else if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        code = connection_report(connection, rc, "check", ret_error);
    sqlite3_finalize(statement);
    return code;
}

enum error_code admission_check(struct connection *connection, const struct store_options *options,
                                int newest_schema, int *ret_schema, struct error *ret_error)
{
    struct marks marks;
    int rc = read_marks(connection, &marks);
    if (rc != SQLITE_OK)
        return connection_report(connection, rc, "read", ret_error);
    enum error_code code = judge_marks(&marks, options->path, newest_schema, ret_error);
    if (code == ERROR_NONE && location_file_size(options->path) <= FULL_CHECK_BYTES_MAX)
        code = check_content(connection, options->path, ret_error);
    if (code == ERROR_NONE)
        *ret_schema = (int)marks.user_version;
    return code;
}
