/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A whole copy of a database in one file, and the checks of a file. Shared by backup, restore and
 * verify.
 */
#ifndef STORE_SQLITE_COPY_H
#define STORE_SQLITE_COPY_H

#include "store/maintenance.h"
#include "store/sqlite/engine.h"

/* The database at options->path, open in this process: its lock file and one connection. Zero but
 * for lock, which is LOCKFILE_CLOSED, before; close it in any case. */
struct opened {
    struct store_options options; /* path is canonical */
    char *path;
    struct lockfile lock;
    struct connection connection;
};
#define OPENED_INIT                                                                                \
    {                                                                                              \
        .lock = {.fd = -1 }                                                                        \
    }
void opened_close(struct opened *opened);

/* Finds the path and opens the lock file. */
enum error_code opened_resolve(struct opened *opened, const struct store_options *options,
                               struct error *ret_error);

/* Opens a connection and judges the file as at the start of the service, but that it must exist and
 * not be empty. */
enum error_code opened_connect(struct opened *opened, enum connection_kind kind,
                               struct error *ret_error);

/* Copies what `source` sees into the file `target`, which is then in one piece: no log beside it.
 * One step: what others commit meanwhile does not start it anew. */
enum error_code copy_database(const struct store_options *options, struct connection *source,
                              const char *target, struct error *ret_error);

/* Runs integrity_check and tells every complaint (tell may be NULL). ERROR_CORRUPT, with the first
 * one in *ret_error, if there are any. */
enum error_code integrity_check(struct connection *connection, store_finding tell, void *context,
                                struct error *ret_error);

/* The same for a file that no process uses, after its marks: ERROR_INVALID as well; ERROR_CORRUPT
 * with its first complaint. */
enum error_code copy_check(const struct store_options *options, const char *path,
                           struct error *ret_error);

#endif
