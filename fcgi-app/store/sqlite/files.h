/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Files around a database that is copied: temporary names, syncing, removing. Never on a file that
 * a connection of this process has open: closing a descriptor of it would drop SQLite's locks.
 */
#ifndef STORE_SQLITE_FILES_H
#define STORE_SQLITE_FILES_H

#include "store/maintenance.h"

/* Makes an empty file beside `path` that only its owner may read. */
enum error_code file_temporary(const char *path, char out[static STORE_PATH_SIZE],
                               struct error *ret_error);

/* Removes a database file and those that SQLite keeps beside it. */
void file_remove(const char *path);

/* Renames with everything on the disk: the file before it gets its name, the folder after. */
enum error_code file_publish(const char *temporary, const char *path, struct error *ret_error);

/* fsync of the folder that the file lies in. */
enum error_code file_sync_folder(const char *path, struct error *ret_error);

/* "cannot <doing> <path>: <reason of errno>". ERROR_STORAGE_FULL, ERROR_INVALID, ERROR_STORAGE. */
enum error_code file_error(const char *doing, const char *path, struct error *ret_error);

#endif
