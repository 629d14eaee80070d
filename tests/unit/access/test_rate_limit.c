/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The buckets, by a clock of the test's own.
 */
#include <check.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "access/rate_limit.h"

#define SECOND UINT64_C(1000000000)
#define START  (1000 * SECOND)

Suite *suite_rate_limit(void);

static const struct rate_policy POLICY = {.per_s = 10, .burst = 3};
static struct rate_limit *limit;

static void make(void)
{
    limit = rate_limit_new();
    ck_assert_ptr_nonnull(limit);
}

static void release(void)
{
    rate_limit_free(limit);
    rate_limit_free(NULL);
}

static struct rate_state take(uint32_t who, uint64_t now)
{
    uint8_t identity[RATE_IDENTITY_SIZE] = {1};
    memcpy(identity + 4, &who, sizeof(who));
    return rate_limit_take(limit, &POLICY, identity, now);
}

START_TEST(a_burst_passes_and_no_more)
{
    for (unsigned i = 0; i < 3; i++) {
        struct rate_state state = take(1, START);
        ck_assert(!state.refused);
        ck_assert_uint_eq(state.quota, 3);
        ck_assert_uint_eq(state.window_s, 1);
        ck_assert_uint_eq(state.remaining, 2 - i);
        ck_assert_uint_eq(state.reset_s, 1);
        ck_assert_uint_eq(state.retry_after_s, 0);
    }
    struct rate_state state = take(1, START);
    ck_assert(state.refused);
    ck_assert_uint_eq(state.remaining, 0);
    ck_assert_uint_eq(state.retry_after_s, 1);
}
END_TEST

START_TEST(tokens_come_back_one_by_one)
{
    for (unsigned i = 0; i < 3; i++)
        take(1, START);
    ck_assert(take(1, START + SECOND / 10 - 1).refused);
    ck_assert(!take(1, START + SECOND / 10).refused);
    ck_assert(take(1, START + SECOND / 10).refused);
    ck_assert(!take(1, START + 2 * SECOND / 10).refused);
    struct rate_state state = take(1, START + 10 * SECOND);
    ck_assert(!state.refused);
    ck_assert_uint_eq(state.remaining, 2);
}
END_TEST

START_TEST(a_refusal_costs_nothing)
{
    for (unsigned i = 0; i < 3; i++)
        take(1, START);
    for (unsigned i = 0; i < 100; i++)
        ck_assert(take(1, START).refused);
    ck_assert(!take(1, START + SECOND / 10).refused);
}
END_TEST

START_TEST(each_caller_has_a_bucket)
{
    for (uint32_t who = 0; who < 100; who++)
        for (unsigned i = 0; i < 4; i++)
            ck_assert_int_eq(take(who, START).refused, i == 3);
}
END_TEST

START_TEST(slow_limits_tell_how_long)
{
    static const struct rate_policy slow = {.per_s = 1, .burst = 60};
    uint8_t identity[RATE_IDENTITY_SIZE] = {9};
    struct rate_state state = {.refused = false};
    for (unsigned i = 0; i < 60; i++)
        state = rate_limit_take(limit, &slow, identity, START);
    ck_assert(!state.refused);
    ck_assert_uint_eq(state.window_s, 60);
    ck_assert_uint_eq(state.reset_s, 60);
    ck_assert(rate_limit_take(limit, &slow, identity, START).refused);
}
END_TEST

START_TEST(a_smaller_policy_forgives_what_it_cannot_hold)
{
    static const struct rate_policy large = {.per_s = 1, .burst = 1000};
    static const struct rate_policy small = {.per_s = 1, .burst = 2};
    uint8_t identity[RATE_IDENTITY_SIZE] = {9};
    for (unsigned i = 0; i < 1000; i++)
        rate_limit_take(limit, &large, identity, START);
    struct rate_state state = rate_limit_take(limit, &small, identity, START);
    ck_assert(state.refused);
    ck_assert_uint_eq(state.retry_after_s, 1);
    ck_assert(!rate_limit_take(limit, &small, identity, START + SECOND).refused);
}
END_TEST

/* The memory is that of the start, every new caller is served, and one that calls all the time is
 * still held to its limit. */
START_TEST(a_million_callers_take_no_more_memory)
{
    size_t before = mallinfo2().uordblks;
    unsigned passed = 0;
    unsigned refused = 0;
    for (uint32_t who = 1; who <= 1000000; who++) {
        refused += take(who, START).refused;
        if (who % 100 == 0)
            passed += !take(0, START).refused;
    }
    ck_assert_uint_eq(mallinfo2().uordblks, before);
    ck_assert_uint_eq(refused, 0);
    ck_assert_uint_eq(passed, 3);
}
END_TEST

static atomic_uint passed_in_threads;

static void *take_many(void *argument)
{
    (void)argument;
    for (unsigned i = 0; i < 10000; i++)
        if (!take(i % 7, START).refused)
            atomic_fetch_add(&passed_in_threads, 1);
    return NULL;
}

START_TEST(threads_share_the_buckets)
{
    pthread_t threads[4];
    atomic_store(&passed_in_threads, 0);
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, take_many, NULL), 0);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_eq(atomic_load(&passed_in_threads), 7 * 3);
}
END_TEST

Suite *suite_rate_limit(void)
{
    Suite *suite = suite_create("rate_limit");
    TCase *tests = tcase_create("rate_limit");
    tcase_add_checked_fixture(tests, make, release);
    tcase_set_timeout(tests, 60); /* a slow machine, under sanitizers */
    tcase_add_test(tests, a_burst_passes_and_no_more);
    tcase_add_test(tests, tokens_come_back_one_by_one);
    tcase_add_test(tests, a_refusal_costs_nothing);
    tcase_add_test(tests, each_caller_has_a_bucket);
    tcase_add_test(tests, slow_limits_tell_how_long);
    tcase_add_test(tests, a_smaller_policy_forgives_what_it_cannot_hold);
    tcase_add_test(tests, a_million_callers_take_no_more_memory);
    tcase_add_test(tests, threads_share_the_buckets);
    suite_add_tcase(suite, tests);
    return suite;
}
