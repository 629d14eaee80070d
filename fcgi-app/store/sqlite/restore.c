/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Restore: a checked copy of a backup takes the place of the database by one rename, while no
 * process has the database open. What was there before stays under another name.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/sqlite/copy.h"
#include "store/sqlite/files.h"
#include "store/sqlite/location.h"

#define KEPT_SUFFIX_SIZE 48

/* --- The new file ----------------------------------------------------------------------------- */

/* The owner and mode that the database had: the service must be able to use the new one. */
static void take_mode(const char *database, const char *temporary)
{
    struct stat status;
    if (stat(database, &status) != 0)
        return;
    if (chown(temporary, status.st_uid, status.st_gid) != 0)
        return; /* not root: the file is the caller's, readable for the caller only */
    chmod(temporary, status.st_mode & 0777);
}

static enum error_code copy_source(const struct opened *opened, const char *source,
                                   const char *temporary, struct error *ret_error)
{
    struct store_options of_source = opened->options;
    of_source.path = source;
    enum error_code code = copy_check(&of_source, source, ret_error);
    if (code != ERROR_NONE)
        return code;
    struct connection connection = {0};
    code = connection_open(&connection, CONNECTION_READER, &of_source, ret_error);
    if (code == ERROR_NONE)
        code = copy_database(&of_source, &connection, temporary, ret_error);
    connection_close(&connection);
    if (code == ERROR_NONE)
        code = copy_check(&opened->options, temporary, ret_error);
    if (code == ERROR_NONE)
        take_mode(opened->path, temporary);
    return code;
}

/* --- The old file ----------------------------------------------------------------------------- */

/* Moves the log into the database, so that what is kept is one file. A damaged one may not allow
 * it: then the log is kept beside. */
static void settle(struct opened *opened)
{
    struct error ignored;
    if (connection_open(&opened->connection, CONNECTION_WRITER, &opened->options, &ignored) ==
        ERROR_NONE)
        sqlite3_wal_checkpoint_v2(opened->connection.db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                  NULL);
    connection_close(&opened->connection);
}

static void kept_name(const char *path, int64_t now, char out[static STORE_PATH_SIZE])
{
    char text[INSTANT_TEXT_SIZE];
    instant_format(now, text);
    snprintf(out, STORE_PATH_SIZE, "%s.before-restore-%.4s%.2s%.2sT%.2s%.2s%.2s.%.3sZ", path, text,
             text + 5, text + 8, text + 11, text + 14, text + 17, text + 20);
}

static enum error_code keep_log(const char *path, const char *kept, struct error *ret_error)
{
    char log[STORE_PATH_SIZE + 8], kept_log[STORE_PATH_SIZE + 8];
    snprintf(log, sizeof(log), "%s-wal", path);
    snprintf(kept_log, sizeof(kept_log), "%s-wal", kept);
    if (location_file_size(log) == 0 || link(log, kept_log) == 0)
        return ERROR_NONE;
    return file_error("keep", log, ret_error);
}

/* A second name, not another one: at no moment is the database without a file. */
static enum error_code keep_old(struct opened *opened, int64_t now,
                                char ret_kept[static STORE_PATH_SIZE], struct error *ret_error)
{
    ret_kept[0] = '\0';
    if (location_file_size(opened->path) == 0)
        return ERROR_NONE;
    if (strlen(opened->path) + KEPT_SUFFIX_SIZE > STORE_PATH_SIZE)
        return error_set(ret_error, ERROR_INVALID, NULL, "the name %s is too long", opened->path);
    settle(opened);
    kept_name(opened->path, now, ret_kept);
    if (link(opened->path, ret_kept) != 0)
        return file_error("keep the present database as", ret_kept, ret_error);
    enum error_code code = keep_log(opened->path, ret_kept, ret_error);
    return code == ERROR_NONE ? file_sync_folder(opened->path, ret_error) : code;
}

/* A log that belongs to the old file would be taken for one of the new. */
static void remove_log(const char *path)
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
        char name[STORE_PATH_SIZE + 16];
        snprintf(name, sizeof(name), "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

/* --- The whole -------------------------------------------------------------------------------- */

static enum error_code be_alone(struct opened *opened, struct error *ret_error)
{
    enum error_code code = lockfile_enter_alone(&opened->lock);
    if (code == ERROR_BUSY)
        return error_set(ret_error, code, "database",
                         "%s is in use; stop the service, and every other program that uses it, "
                         "before a restore",
                         opened->path);
    return code == ERROR_NONE ? code : file_error("lock", opened->lock.path, ret_error);
}

static bool same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_ino == right.st_ino &&
           left.st_dev == right.st_dev;
}

static enum error_code replace(struct opened *opened, const char *source, const char *temporary,
                               int64_t now, char ret_kept[static STORE_PATH_SIZE],
                               struct error *ret_error)
{
    enum error_code code = copy_source(opened, source, temporary, ret_error);
    if (code == ERROR_NONE)
        code = keep_old(opened, now, ret_kept, ret_error);
    if (code != ERROR_NONE)
        return code;
    remove_log(opened->path);
    return file_publish(temporary, opened->path, ret_error);
}

enum error_code store_restore(const struct store_options *options, const char *source, int64_t now,
                              char ret_kept[static STORE_PATH_SIZE], struct error *ret_error)
{
    CLEANUP(opened_close) struct opened opened = OPENED_INIT;
    char temporary[STORE_PATH_SIZE];
    enum error_code code = opened_resolve(&opened, options, ret_error);
    if (code == ERROR_NONE && same_file(opened.path, source))
        code = error_set(ret_error, ERROR_INVALID, NULL, "%s is the database itself", source);
    if (code == ERROR_NONE && access(source, R_OK) != 0)
        code = file_error("read", source, ret_error);
    if (code == ERROR_NONE)
        code = be_alone(&opened, ret_error);
    if (code == ERROR_NONE)
        code = file_temporary(opened.path, temporary, ret_error);
    if (code != ERROR_NONE)
        return code;
    code = replace(&opened, source, temporary, now, ret_kept, ret_error);
    if (code != ERROR_NONE)
        file_remove(temporary);
    return code;
}
