/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The lock file beside the database. Versions of SQLite before 3.51.3 can lose a committed write
 * when one connection commits while another checkpoints; so every process holds this lock around
 * each transaction and each checkpoint. A program of another kind (a backup) takes it with flock.
 */
#ifndef STORE_SQLITE_LOCKFILE_H
#define STORE_SQLITE_LOCKFILE_H

#include <stdbool.h>

#include "base/error.h"

/* Caller-owned; used by one thread at a time. */
struct lockfile {
    char *path;
    int fd;
    bool is_present; /* lockfile_enter has succeeded */
};

#define LOCKFILE_CLOSED ((struct lockfile){.path = NULL, .fd = -1})

/* Opens or creates <database>.lock; copies the path. ERROR_MEMORY, ERROR_INVALID. */
enum error_code lockfile_open(struct lockfile *lock, const char *database, struct error *ret_error);
void lockfile_close(struct lockfile *lock); /* releases the lock, too */

/* Waits at most timeout_ms. Fair: a process that releases the lock and wants it again at once comes
 * after one that has been waiting. ERROR_BUSY, ERROR_STORAGE (then errno says why). */
enum error_code lockfile_acquire(struct lockfile *lock, unsigned timeout_ms);
void lockfile_release(struct lockfile *lock);

/* Presence: every process that has the database open is present until it closes the lock file, and
 * one that replaces the database must be alone. Neither waits; neither has to do with the lock
 * above. ERROR_BUSY: lockfile_enter while somebody is alone, lockfile_enter_alone while anybody is
 * present. ERROR_STORAGE. */
enum error_code lockfile_enter(struct lockfile *lock);
enum error_code lockfile_enter_alone(struct lockfile *lock);

static inline void cleanup_lockfile(struct lockfile **lock)
{
    if (*lock != NULL)
        lockfile_release(*lock);
}

/* For a pointer to a lock that is held: releases it at the end of the scope. */
#define CLEANUP_LOCKFILE CLEANUP(cleanup_lockfile)

#endif
