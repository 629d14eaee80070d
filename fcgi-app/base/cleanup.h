/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Scopes: an object is released, or a lock unlocked, when its variable goes out of scope. Owns the
 * macros and the cleanups of C library types; a module declares the cleanup of its own types.
 */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* CLEANUP(f) calls f(&variable) when the variable goes out of scope. */
#define CLEANUP(function) __attribute__((cleanup(function)))

static inline void cleanup_free(void *pointer)
{
    free(*(void **)pointer);
}

static inline void cleanup_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static inline void cleanup_unlock(pthread_mutex_t **mutex)
{
    if (*mutex != NULL)
        pthread_mutex_unlock(*mutex);
}

static inline pthread_mutex_t *cleanup_locked(pthread_mutex_t *mutex)
{
    pthread_mutex_lock(mutex);
    return mutex;
}

#define CLEANUP_FREE  CLEANUP(cleanup_free)
#define CLEANUP_CLOSE CLEANUP(cleanup_close)

#define CLEANUP_PASTE_(a, b) a##b
#define CLEANUP_PASTE(a, b)  CLEANUP_PASTE_(a, b)

/* Locks the mutex for the rest of the enclosing block. */
#define LOCK_SCOPE(mutex)                                                                          \
    pthread_mutex_t *CLEANUP_PASTE(lock_scope_, __LINE__) CLEANUP(cleanup_unlock) =                \
        cleanup_locked(mutex);                                                                     \
    (void)CLEANUP_PASTE(lock_scope_, __LINE__)

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define PRINTF_LIKE(f, first) __attribute__((format(printf, f, first)))

#endif
