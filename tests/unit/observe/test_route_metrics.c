/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/route_metrics.c.
 */
#include <check.h>

#include "base/cleanup.h"
#include "observe/series.h"
#include "tests/unit/fail_malloc.h"

static const int get_statuses[] = {200, 404, 0};
static const int post_statuses[] = {201, 0};
static const struct metrics_route routes[] = {
    {"GET", "/api/v1/tasks/{id}", get_statuses},
    {"POST", "/api/v1/tasks", post_statuses},
};

static uint64_t count_of(size_t route, int status)
{
    size_t count;
    return atomic_load(&route_series(&count)[route].requests[status - STATUS_MIN]);
}

static uint64_t all_requests(void)
{
    uint64_t sum = 0;
    for (size_t route = 0; route < ARRAY_SIZE(routes); route++)
        for (int status = STATUS_MIN; status <= STATUS_MAX; status++)
            sum += count_of(route, status);
    return sum;
}

static void setup(void)
{
    ck_assert(metrics_routes_init(routes, ARRAY_SIZE(routes)));
}

START_TEST(requests_are_counted_by_route_and_status)
{
    metrics_request(0, 200, 100);
    metrics_request(0, 200, 100);
    metrics_request(1, 200, 100);
    metrics_request(1, 503, 100);
    ck_assert_uint_eq(count_of(0, 200), 2);
    ck_assert_uint_eq(count_of(1, 200), 1);
    ck_assert_uint_eq(count_of(1, 503), 1);
    ck_assert_uint_eq(all_requests(), 4);
}
END_TEST

START_TEST(bounds_of_statuses_are_counted)
{
    metrics_request(0, STATUS_MIN, 1);
    metrics_request(1, STATUS_MAX, 1);
    ck_assert_uint_eq(count_of(0, STATUS_MIN), 1);
    ck_assert_uint_eq(count_of(1, STATUS_MAX), 1);
}
END_TEST

static const int no_statuses[] = {STATUS_MIN - 1, STATUS_MAX + 1, 0, -1, 100000};

START_TEST(impossible_status_is_not_counted)
{
    metrics_request(0, no_statuses[_i], 1);
    ck_assert_uint_eq(all_requests(), 0);
}
END_TEST

START_TEST(unknown_route_is_not_counted)
{
    metrics_request(ARRAY_SIZE(routes), 200, 1);
    metrics_request(SIZE_MAX, 200, 1);
    ck_assert_uint_eq(all_requests(), 0);
}
END_TEST

START_TEST(durations_are_observed)
{
    metrics_request(1, 201, 300000);
    size_t count;
    const struct route_series *series = route_series(&count);
    ck_assert_uint_eq(count, ARRAY_SIZE(routes));
    ck_assert_uint_eq(atomic_load(&series[1].duration.buckets[2]), 1);
    ck_assert_uint_eq(atomic_load(&series[1].duration.sum), 300000);
    ck_assert_uint_eq(atomic_load(&series[0].duration.sum), 0);
}
END_TEST

START_TEST(without_memory_the_routes_stay_as_they_were)
{
    metrics_request(0, 200, 1);
    fail_malloc_after(_i);
    bool made = metrics_routes_init(routes, 1);
    fail_malloc_off();
    ck_assert(!made);
    ck_assert_uint_eq(count_of(0, 200), 1);
    ck_assert_uint_eq(count_of(1, 201), 0);
}
END_TEST

START_TEST(second_table_replaces_the_first)
{
    metrics_request(0, 200, 1);
    ck_assert(metrics_routes_init(routes + 1, 1));
    size_t count;
    ck_assert_str_eq(route_series(&count)[0].route->method, "POST");
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(count_of(0, 200), 0);
}
END_TEST

START_TEST(without_a_table_nothing_is_counted)
{
    metrics_request(0, 200, 1);
    size_t count;
    route_series(&count);
    ck_assert_uint_eq(count, 0);
}
END_TEST

Suite *suite_route_metrics(void);
Suite *suite_route_metrics(void)
{
    Suite *suite = suite_create("route_metrics");
    TCase *tcase = tcase_create("route_metrics");
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, requests_are_counted_by_route_and_status);
    tcase_add_test(tcase, bounds_of_statuses_are_counted);
    tcase_add_loop_test(tcase, impossible_status_is_not_counted, 0, (int)ARRAY_SIZE(no_statuses));
    tcase_add_test(tcase, unknown_route_is_not_counted);
    tcase_add_test(tcase, durations_are_observed);
    tcase_add_loop_test(tcase, without_memory_the_routes_stay_as_they_were, 0, 2);
    tcase_add_test(tcase, second_table_replaces_the_first);
    suite_add_tcase(suite, tcase);
    TCase *empty = tcase_create("no table");
    tcase_add_test(empty, without_a_table_nothing_is_counted);
    suite_add_tcase(suite, empty);
    return suite;
}
