/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The lock file: exclusion, the bounded wait, fairness, removal.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "fixture.h"
#include "store/sqlite/lockfile.h"
#include "store_suites.h"

#define LONG_TIME 60000

static struct fixture fixture;
static struct lockfile ours;
static struct lockfile theirs;

static void setup(void)
{
    fixture_init(&fixture);
    ck_assert_int_eq(lockfile_open(&ours, fixture.path, NULL), ERROR_NONE);
    ck_assert_int_eq(lockfile_open(&theirs, fixture.path, NULL), ERROR_NONE);
}

static void teardown(void)
{
    lockfile_close(&ours);
    lockfile_close(&theirs);
    fixture_remove(&fixture);
}

START_TEST(test_excludes)
{
    ck_assert_int_eq(lockfile_acquire(&ours, 0), ERROR_NONE);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_BUSY);
    ck_assert_int_eq(lockfile_acquire(&theirs, 3), ERROR_BUSY);
    lockfile_release(&ours);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_NONE);
}
END_TEST

START_TEST(test_failed_wait_leaves_the_turnstile_open)
{
    ck_assert_int_eq(lockfile_acquire(&ours, 0), ERROR_NONE);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_BUSY);
    lockfile_release(&ours);
    ck_assert_int_eq(lockfile_acquire(&ours, 0), ERROR_NONE);
}
END_TEST

START_TEST(test_many_may_be_present_and_one_alone)
{
    ck_assert_int_eq(lockfile_enter(&ours), ERROR_NONE);
    ck_assert_int_eq(lockfile_enter(&theirs), ERROR_NONE);
    ck_assert_int_eq(lockfile_enter_alone(&ours), ERROR_BUSY);
    lockfile_close(&theirs);
    ck_assert_int_eq(lockfile_enter_alone(&ours), ERROR_NONE);
    ck_assert_int_eq(lockfile_open(&theirs, fixture.path, NULL), ERROR_NONE);
    ck_assert_int_eq(lockfile_enter(&theirs), ERROR_BUSY);
}
END_TEST

START_TEST(test_presence_and_the_lock_are_apart)
{
    ck_assert_int_eq(lockfile_enter(&ours), ERROR_NONE);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_NONE);
    lockfile_release(&theirs);
    ck_assert_int_eq(lockfile_enter_alone(&theirs), ERROR_BUSY);
}
END_TEST

START_TEST(test_presence_follows_to_a_new_file)
{
    ck_assert_int_eq(lockfile_enter(&ours), ERROR_NONE);
    ck_assert_int_eq(unlink(ours.path), 0);
    ck_assert_int_eq(lockfile_acquire(&ours, 0), ERROR_NONE);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_BUSY);
    lockfile_release(&ours);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_NONE);
    ck_assert_int_eq(lockfile_enter_alone(&theirs), ERROR_BUSY);
}
END_TEST

START_TEST(test_presence_needs_an_open_file)
{
    struct lockfile closed = LOCKFILE_CLOSED;
    ck_assert_int_eq(lockfile_enter(&closed), ERROR_STORAGE);
}
END_TEST

START_TEST(test_closing_releases)
{
    ck_assert_int_eq(lockfile_acquire(&ours, 0), ERROR_NONE);
    lockfile_close(&ours);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_NONE);
}
END_TEST

START_TEST(test_removed_file_is_made_again)
{
    ck_assert_int_eq(unlink(ours.path), 0);
    ck_assert_int_eq(lockfile_acquire(&ours, 0), ERROR_NONE);
    ck_assert_int_eq(access(ours.path, F_OK), 0);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_BUSY);
    lockfile_release(&ours);
    ck_assert_int_eq(lockfile_acquire(&theirs, 0), ERROR_NONE);
}
END_TEST

static atomic_bool is_served;

static void *wait_for_turn(void *arg)
{
    (void)arg;
    ck_assert_int_eq(lockfile_acquire(&theirs, LONG_TIME), ERROR_NONE);
    atomic_store(&is_served, true);
    lockfile_release(&theirs);
    return NULL;
}

START_TEST(test_who_waits_is_served)
{
    atomic_store(&is_served, false);
    ck_assert_int_eq(lockfile_acquire(&ours, 0), ERROR_NONE);
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_turn, NULL), 0);
    /* Never lets go for longer than a moment. */
    while (!atomic_load(&is_served)) {
        lockfile_release(&ours);
        ck_assert_int_eq(lockfile_acquire(&ours, LONG_TIME), ERROR_NONE);
    }
    pthread_join(thread, NULL);
}
END_TEST

Suite *suite_lockfile(void)
{
    const TTest *const tests[] = {
        test_excludes,
        test_failed_wait_leaves_the_turnstile_open,
        test_many_may_be_present_and_one_alone,
        test_presence_and_the_lock_are_apart,
        test_presence_follows_to_a_new_file,
        test_presence_needs_an_open_file,
        test_closing_releases,
        test_removed_file_is_made_again,
        test_who_waits_is_served,
    };
    return store_suite("lockfile", setup, teardown, tests, ARRAY_SIZE(tests));
}
