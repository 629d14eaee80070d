/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/cleanup.h.
 */
#include "base/cleanup.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int locked_within_a_scope(void)
{
    LOCK_SCOPE(&mutex);
    return pthread_mutex_trylock(&mutex);
}

START_TEST(lock_scope_locks_and_unlocks)
{
    ck_assert_int_eq(locked_within_a_scope(), EBUSY);
    ck_assert_int_eq(pthread_mutex_trylock(&mutex), 0);
    pthread_mutex_unlock(&mutex);
}
END_TEST

START_TEST(descriptor_is_closed_at_the_end)
{
    int seen;
    {
        int fd CLEANUP_CLOSE = open("/dev/null", O_RDONLY);
        seen = fd;
        ck_assert_int_ge(fcntl(seen, F_GETFD), 0);
    }
    ck_assert_int_eq(fcntl(seen, F_GETFD), -1);
}
END_TEST

START_TEST(closing_nothing_is_allowed)
{
    errno = 0;
    {
        int fd CLEANUP_CLOSE = -1;
        (void)fd;
    }
    ck_assert_int_eq(errno, 0);
}
END_TEST

/* A leak is found by the address sanitizer. */
START_TEST(memory_is_freed_at_the_end)
{
    char *memory CLEANUP_FREE = malloc(10);
    ck_assert_ptr_nonnull(memory);
    char *nothing CLEANUP_FREE = NULL;
    (void)nothing;
}
END_TEST

Suite *suite_cleanup(void);
Suite *suite_cleanup(void)
{
    Suite *suite = suite_create("cleanup");
    TCase *tcase = tcase_create("cleanup");
    tcase_add_test(tcase, lock_scope_locks_and_unlocks);
    tcase_add_test(tcase, descriptor_is_closed_at_the_end);
    tcase_add_test(tcase, closing_nothing_is_allowed);
    tcase_add_test(tcase, memory_is_freed_at_the_end);
    suite_add_tcase(suite, tcase);
    return suite;
}
