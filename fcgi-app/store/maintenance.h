/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What an administrator does to the database as a whole, from a process of its own: backup,
 * restore, verify. A service may be running on it, except during a restore. Of the options the path
 * and the time to wait for locks are used.
 */
#ifndef STORE_MAINTENANCE_H
#define STORE_MAINTENANCE_H

#include "store/rows.h"

/* Copies the database as it is at one moment to `target`, while the service goes on reading and
 * writing. The copy is made under a temporary name in the same folder, checked, synced, and then
 * renamed, so that target is at any time absent, the former file, or a whole backup. Refuses a
 * target that is the database itself or one of its files. Records the time in the database.
 * ERROR_INVALID, ERROR_BUSY, ERROR_CORRUPT, ERROR_STORAGE, ERROR_STORAGE_FULL, ERROR_MEMORY. */
enum error_code store_backup(const struct store_options *options, const char *target, int64_t now,
                             struct error *ret_error);

#define STORE_PATH_SIZE 4352

/* Puts a copy of the backup `source` in place of the database, in one step, after it passed the
 * checks of store_verify. The former database stays under the name of *ret_kept ("" if there was
 * none). ERROR_BUSY while any process has the database open; ERROR_INVALID for a file that is no
 * database of this program or of a newer schema; ERROR_CORRUPT for a damaged one; nothing has
 * changed then. */
enum error_code store_restore(const struct store_options *options, const char *source, int64_t now,
                              char ret_kept[static STORE_PATH_SIZE], struct error *ret_error);

/* Called for each thing that is wrong; text is for a person. */
typedef void (*store_finding)(void *context, const char *text);

/* Checks the file at options->path: pages and indexes (integrity_check), references, the search
 * index against the tasks, tallies and counters against a recount, the rules of the domain. Writes
 * wait meanwhile. Returns ERROR_CORRUPT if there was a finding, else as above. */
enum error_code store_verify(const struct store_options *options, store_finding tell, void *context,
                             struct error *ret_error);

/* When the last backup succeeded, in milliseconds since 1970; 0: never. */
enum error_code store_last_backup(struct store_view *view, int64_t *ret_at);

#endif
