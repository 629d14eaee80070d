/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The lock file: flock for the lock itself, and an open file description lock on the same file as
 * the turnstile that makes it fair. A second byte of it says who is present.
 */
#include "config.h"

#include "store/sqlite/lockfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include "base/clock.h"

#define NANOSECONDS_PER_MS 1000000ULL
#define PAUSE_FIRST_NS     50000L /* between two attempts; doubled each time */
#define PAUSE_LAST_NS      800000L

static int open_file(const char *path)
{
    return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
}

enum error_code lockfile_open(struct lockfile *lock, const char *database, struct error *ret_error)
{
    char *path CLEANUP_FREE = NULL;
    if (asprintf(&path, "%s.lock", database) < 0) {
        path = NULL;
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    }
    int fd = open_file(path);
    if (fd < 0)
        return error_set(ret_error, ERROR_INVALID, "database",
                         "cannot open the lock file %s: %s; the user of this process must be able "
                         "to read and write it",
                         path, strerror(errno));
    *lock = (struct lockfile){.path = path, .fd = fd};
    path = NULL;
    return ERROR_NONE;
}

void lockfile_close(struct lockfile *lock)
{
    if (lock->fd >= 0)
        close(lock->fd);
    free(lock->path);
    *lock = LOCKFILE_CLOSED;
}

/* What the bytes of the file are locked for. */
enum place { PLACE_TURNSTILE, PLACE_PRESENCE };

static int place_set(const struct lockfile *lock, enum place place, short type)
{
    struct flock range = {
        .l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)place, .l_len = 1};
    return fcntl(lock->fd, F_OFD_SETLK, &range);
}

static int turnstile_set(const struct lockfile *lock, short type)
{
    return place_set(lock, PLACE_TURNSTILE, type);
}

static bool turnstile_enter(struct lockfile *lock)
{
    return turnstile_set(lock, F_WRLCK) == 0;
}

static bool flock_enter(struct lockfile *lock)
{
    return flock(lock->fd, LOCK_EX | LOCK_NB) == 0;
}

static bool is_wait(int reason)
{
    return reason == EWOULDBLOCK || reason == EACCES || reason == EINTR;
}

static enum error_code wait_for(struct lockfile *lock, bool (*enter)(struct lockfile *),
                                uint64_t deadline)
{
    long pause = PAUSE_FIRST_NS;
    while (!enter(lock)) {
        if (!is_wait(errno))
            return ERROR_STORAGE;
        if (clock_monotonic() >= deadline)
            return ERROR_BUSY;
        nanosleep(&(struct timespec){.tv_nsec = pause}, NULL);
        pause = pause * 2 < PAUSE_LAST_NS ? pause * 2 : PAUSE_LAST_NS;
    }
    return ERROR_NONE;
}

/* Who holds the turnstile is the next to get the lock. It is held while waiting only, so a process
 * that comes back at once finds it taken by one that waits. */
static enum error_code acquire(struct lockfile *lock, uint64_t deadline)
{
    enum error_code code = wait_for(lock, turnstile_enter, deadline);
    if (code != ERROR_NONE)
        return code;
    code = wait_for(lock, flock_enter, deadline);
    turnstile_set(lock, F_UNLCK);
    return code;
}

/* Someone may have removed the file: then the next process would lock another one. */
static bool is_current(const struct lockfile *lock)
{
    struct stat ours;
    struct stat theirs;
    return fstat(lock->fd, &ours) == 0 && stat(lock->path, &theirs) == 0 &&
           ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

static enum error_code reopen(struct lockfile *lock)
{
    int fd = open_file(lock->path);
    if (fd < 0)
        return ERROR_STORAGE;
    close(lock->fd);
    lock->fd = fd;
    return lock->is_present ? lockfile_enter(lock) : ERROR_NONE;
}

enum error_code lockfile_acquire(struct lockfile *lock, unsigned timeout_ms)
{
    uint64_t deadline = clock_monotonic() + timeout_ms * NANOSECONDS_PER_MS;
    enum error_code code = acquire(lock, deadline);
    while (code == ERROR_NONE && !is_current(lock)) {
        lockfile_release(lock);
        code = reopen(lock);
        if (code == ERROR_NONE)
            code = acquire(lock, deadline);
    }
    return code;
}

void lockfile_release(struct lockfile *lock)
{
    flock(lock->fd, LOCK_UN);
}

static enum error_code enter(struct lockfile *lock, short type)
{
    if (place_set(lock, PLACE_PRESENCE, type) != 0)
        return is_wait(errno) ? ERROR_BUSY : ERROR_STORAGE;
    lock->is_present = true;
    return ERROR_NONE;
}

enum error_code lockfile_enter(struct lockfile *lock)
{
    return enter(lock, F_RDLCK);
}

enum error_code lockfile_enter_alone(struct lockfile *lock)
{
    return enter(lock, F_WRLCK);
}
