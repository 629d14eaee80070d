/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/metrics.c.
 */
#include "observe/metrics.h"

#include <check.h>
#include <pthread.h>
#include <string.h>

#include "base/cleanup.h"
#include "observe/series.h"

START_TEST(values_begin_at_zero)
{
    for (int i = 0; i < METRIC_COUNT; i++)
        ck_assert_int_eq(metric_get((enum metric)i), 0);
}
END_TEST

START_TEST(gauges_go_up_and_down)
{
    metric_add(METRIC_REQUESTS_IN_FLIGHT, 3);
    metric_add(METRIC_REQUESTS_IN_FLIGHT, -2);
    ck_assert_int_eq(metric_get(METRIC_REQUESTS_IN_FLIGHT), 1);
    metric_set(METRIC_REQUESTS_IN_FLIGHT, 7);
    ck_assert_int_eq(metric_get(METRIC_REQUESTS_IN_FLIGHT), 7);
    ck_assert_int_eq(metric_get(METRIC_WORKERS), 0);
}
END_TEST

START_TEST(names_differ_and_end_as_their_type_wants)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        const struct metric_row *row = &metric_rows[i];
        bool counter = row->type == TYPE_COUNTER || row->type == TYPE_COUNTER_SECONDS;
        const char *end = strrchr(row->name, '_');
        ck_assert_msg((strcmp(end, "_total") == 0) == counter, "%s", row->name);
        ck_assert_uint_gt(strlen(row->help), 0);
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(row->name, metric_rows[j].name);
    }
}
END_TEST

static uint64_t bucket(enum metric metric, size_t index)
{
    return atomic_load(&metric_histogram(metric)->buckets[index]);
}

START_TEST(bounds_belong_to_their_bucket)
{
    static const struct scale *const scales[] = {&seconds_scale, &sizes_scale};
    static const enum metric metrics[] = {METRIC_COMMIT_DURATION, METRIC_BATCH_SIZE};
    const struct scale *scale = scales[_i];
    for (size_t i = 0; i < scale->count; i++) {
        ck_assert(i == 0 || scale->bounds[i].value > scale->bounds[i - 1].value);
        metric_observe(metrics[_i], scale->bounds[i].value);
        ck_assert_uint_eq(bucket(metrics[_i], i), i == 0 ? 1 : 2);
        metric_observe(metrics[_i], scale->bounds[i].value + 1);
        ck_assert_uint_eq(bucket(metrics[_i], i + 1), 1);
    }
}
END_TEST

START_TEST(observations_are_summed)
{
    metric_observe(METRIC_QUEUE_WAIT, 5);
    metric_observe(METRIC_QUEUE_WAIT, UINT64_C(10000000000));
    ck_assert_uint_eq(atomic_load(&metric_histogram(METRIC_QUEUE_WAIT)->sum),
                      UINT64_C(10000000005));
}
END_TEST

START_TEST(tasks_are_told_by_status)
{
    metrics_tasks(1, 2, 3);
    ck_assert_int_eq(tasks_with(TASKS_ACTIVE), 1);
    ck_assert_int_eq(tasks_with(TASKS_COMPLETED), 2);
    ck_assert_int_eq(tasks_with(TASKS_ARCHIVED), 3);
}
END_TEST

#define THREADS 4
#define ROUNDS  20000

static const int statuses[] = {200, 0};
static const struct metrics_route routes[] = {{"GET", "/", statuses}};

static void *record(void *unused)
{
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        metric_add(METRIC_STORE_ERRORS, 1);
        metric_observe(METRIC_BATCH_SIZE, 3);
        metrics_request(0, 200 + i % 2, 1000);
    }
    return NULL;
}

START_TEST(threads_lose_no_count)
{
    ck_assert(metrics_routes_init(routes, ARRAY_SIZE(routes)));
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, record, NULL), 0);
    struct buf out CLEANUP_BUF = {0};
    metrics_render(&out, METRICS_PROMETHEUS); /* while they record */
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    ck_assert_int_eq(metric_get(METRIC_STORE_ERRORS), THREADS * ROUNDS);
    ck_assert_uint_eq(bucket(METRIC_BATCH_SIZE, 2), THREADS * ROUNDS);
    buf_clear(&out);
    metrics_render(&out, METRICS_PROMETHEUS);
    ck_assert_ptr_nonnull(strstr(buf_string(&out), ",status=\"200\"} 40000\n"));
    ck_assert_ptr_nonnull(strstr(buf_string(&out), ",status=\"201\"} 40000\n"));
}
END_TEST

Suite *suite_metrics(void);
Suite *suite_metrics(void)
{
    Suite *suite = suite_create("metrics");
    TCase *tcase = tcase_create("metrics");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, values_begin_at_zero);
    tcase_add_test(tcase, gauges_go_up_and_down);
    tcase_add_test(tcase, names_differ_and_end_as_their_type_wants);
    tcase_add_loop_test(tcase, bounds_belong_to_their_bucket, 0, 2);
    tcase_add_test(tcase, observations_are_summed);
    tcase_add_test(tcase, tasks_are_told_by_status);
    tcase_add_test(tcase, threads_lose_no_count);
    suite_add_tcase(suite, tcase);
    return suite;
}
