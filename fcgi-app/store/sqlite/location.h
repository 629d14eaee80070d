/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Where the database lies: its canonical path, whether its folder can hold it, and the sizes of its
 * files. Opens nothing: a descriptor of the database that is closed here would drop the locks of
 * SQLite's own descriptors.
 */
#ifndef STORE_SQLITE_LOCATION_H
#define STORE_SQLITE_LOCATION_H

#include <stdint.h>

#include "base/error.h"

#define SIZE_UNKNOWN UINT64_MAX

/* The path without symbolic links, so that every process finds the same lock file; the file itself
 * need not exist. The caller frees it. ERROR_INVALID, ERROR_MEMORY. */
enum error_code location_resolve(const char *path, char **ret_path, struct error *ret_error);

/* ERROR_INVALID unless the folder of the file can be written and lies on a local file system, and
 * the file, if there is one, is a regular one that can be written. */
enum error_code location_check(const char *path, struct error *ret_error);

/* The name of a network file system, by its number as statfs(2) gives it; NULL for any other. */
const char *location_network_name(uint64_t type);

/* SIZE_UNKNOWN if it cannot be told; a file that does not exist has 0 bytes. */
uint64_t location_file_size(const char *path);

/* What this user may still write to the file system of the file. */
uint64_t location_free_bytes(const char *path);

/* The size of that file system. */
uint64_t location_disk_bytes(const char *path);

#endif
