/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/exposition.c.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "observe/metrics.h"
#include "tests/unit/fail_malloc.h"
#include "tests/unit/observe/strict_exposition.h"

static const int statuses[] = {200, 404, 500, 0};
static const struct metrics_route routes[] = {
    {"GET", "/api/v1/tasks/{id}", statuses},
    {"GET", "quote \" backslash \\ line\nfeed", statuses},
};

static struct buf out;

static void setup(void)
{
    out = (struct buf){0};
    ck_assert(metrics_routes_init(routes, ARRAY_SIZE(routes)));
}

static void teardown(void)
{
    buf_close(&out);
}

static const char *render(enum metrics_format format)
{
    buf_clear(&out);
    metrics_render(&out, format);
    return buf_string(&out);
}

static void assert_line(enum metrics_format format, const char *line)
{
    char wanted[512];
    snprintf(wanted, sizeof(wanted), "\n%s\n", line);
    ck_assert_msg(strstr(render(format), wanted) != NULL, "%s", line);
}

static void assert_no_line(enum metrics_format format, const char *part)
{
    ck_assert_msg(strstr(render(format), part) == NULL, "%s", part);
}

static void record_something(void)
{
    metric_observe(METRIC_BATCH_SIZE, 5000);
    metric_observe(METRIC_BATCH_SIZE, 1);
    metric_observe(METRIC_COMMIT_DURATION, 1500000);
    metric_add(METRIC_RATE_LIMITED, 3);
    metrics_request(0, 200, 250000);
    metrics_request(0, 418, UINT64_C(9000000000));
    metrics_tasks(5, 6, 7);
    metrics_process();
}

START_TEST(both_formats_are_well_formed)
{
    size_t empty =
        strict_exposition_check(render((enum metrics_format)_i), (enum metrics_format)_i);
    record_something();
    size_t full = strict_exposition_check(render((enum metrics_format)_i), (enum metrics_format)_i);
    ck_assert_uint_eq(full, empty + 1); /* only the status that was not foreseen */
}
END_TEST

START_TEST(every_metric_of_the_table_is_there_from_the_start)
{
#define METRIC_NAME(id, name, type, help) name,
    static const char *const names[] = {METRICS(METRIC_NAME)};
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        char line[128];
        snprintf(line, sizeof(line), "\n# TYPE %s ", names[i]);
        ck_assert_msg(strstr(render(METRICS_PROMETHEUS), line) != NULL, "%s", names[i]);
    }
}
END_TEST

START_TEST(foreseen_statuses_are_zero_from_the_start)
{
    assert_line(METRICS_PROMETHEUS, "todo_api_requests_total{method=\"GET\","
                                    "endpoint=\"/api/v1/tasks/{id}\",status=\"404\"} 0");
    assert_line(METRICS_PROMETHEUS, "todo_api_request_duration_seconds_count{method=\"GET\","
                                    "endpoint=\"/api/v1/tasks/{id}\"} 0");
}
END_TEST

START_TEST(other_statuses_appear_when_they_happen)
{
    assert_no_line(METRICS_PROMETHEUS, "418");
    metrics_request(0, 418, 1);
    assert_line(METRICS_PROMETHEUS, "todo_api_requests_total{method=\"GET\","
                                    "endpoint=\"/api/v1/tasks/{id}\",status=\"418\"} 1");
}
END_TEST

START_TEST(label_values_are_escaped)
{
    assert_line(METRICS_PROMETHEUS,
                "todo_api_requests_total{method=\"GET\",endpoint=\"quote \\\" backslash \\\\ "
                "line\\nfeed\",status=\"200\"} 0");
}
END_TEST

START_TEST(durations_are_shown_in_seconds)
{
    metrics_request(0, 200, 250000);
    metrics_request(0, 200, 1500000000);
#define ROUTE "{method=\"GET\",endpoint=\"/api/v1/tasks/{id}\""
    assert_line(METRICS_PROMETHEUS,
                "todo_api_request_duration_seconds_bucket" ROUTE ",le=\"0.0001\"} 0");
    assert_line(METRICS_PROMETHEUS,
                "todo_api_request_duration_seconds_bucket" ROUTE ",le=\"0.00025\"} 1");
    assert_line(METRICS_PROMETHEUS,
                "todo_api_request_duration_seconds_bucket" ROUTE ",le=\"1.0\"} 1");
    assert_line(METRICS_PROMETHEUS,
                "todo_api_request_duration_seconds_bucket" ROUTE ",le=\"2.5\"} 2");
    assert_line(METRICS_PROMETHEUS, "todo_api_request_duration_seconds_sum" ROUTE "} 1.50025");
    assert_line(METRICS_PROMETHEUS, "todo_api_request_duration_seconds_count" ROUTE "} 2");
}
END_TEST

static const struct {
    int64_t nanoseconds;
    const char *text;
} seconds[] = {
    {0, "0"},
    {1, "0.000000001"},
    {1000000000, "1"},
    {1500000000, "1.5"},
    {1795489771261877613, "1795489771.261877613"},
};

START_TEST(seconds_have_no_superfluous_digits)
{
    char line[64];
    metric_set(METRIC_CPU_SECONDS, seconds[_i].nanoseconds);
    snprintf(line, sizeof(line), "process_cpu_seconds_total %s", seconds[_i].text);
    assert_line(METRICS_PROMETHEUS, line);
    assert_line(METRICS_OPENMETRICS, line);
}
END_TEST

START_TEST(sizes_are_shown_as_they_are)
{
    metric_observe(METRIC_BATCH_SIZE, 3);
    metric_observe(METRIC_BATCH_SIZE, 5000);
    assert_line(METRICS_PROMETHEUS, "todo_store_batch_size_bucket{le=\"2.0\"} 0");
    assert_line(METRICS_PROMETHEUS, "todo_store_batch_size_bucket{le=\"4.0\"} 1");
    assert_line(METRICS_PROMETHEUS, "todo_store_batch_size_bucket{le=\"1024.0\"} 1");
    assert_line(METRICS_PROMETHEUS, "todo_store_batch_size_bucket{le=\"+Inf\"} 2");
    assert_line(METRICS_PROMETHEUS, "todo_store_batch_size_sum 5003");
}
END_TEST

START_TEST(prometheus_names_counters_in_full)
{
    assert_line(METRICS_PROMETHEUS, "# TYPE todo_api_requests_total counter");
    assert_line(METRICS_PROMETHEUS, "# TYPE process_cpu_seconds_total counter");
    assert_line(METRICS_PROMETHEUS, "# TYPE todo_tasks_total gauge");
    assert_no_line(METRICS_PROMETHEUS, "# EOF");
}
END_TEST

START_TEST(openmetrics_names_families_without_suffix)
{
    assert_line(METRICS_OPENMETRICS, "# TYPE todo_api_requests counter");
    assert_line(METRICS_OPENMETRICS, "# TYPE process_cpu_seconds counter");
    assert_line(METRICS_OPENMETRICS, "# TYPE todo_tasks_total gauge");
    ck_assert_ptr_nonnull(strstr(render(METRICS_OPENMETRICS), "# TYPE todo_build info\n"));
}
END_TEST

START_TEST(tasks_are_a_gauge_by_status)
{
    metrics_tasks(5, 6, 7);
    assert_line(METRICS_PROMETHEUS, "todo_tasks_total{status=\"active\"} 5");
    assert_line(METRICS_PROMETHEUS, "todo_tasks_total{status=\"completed\"} 6");
    assert_line(METRICS_PROMETHEUS, "todo_tasks_total{status=\"archived\"} 7");
}
END_TEST

START_TEST(build_tells_the_versions)
{
    metrics_build("4.0.0", "3.45.1");
    assert_line(METRICS_PROMETHEUS, "todo_build_info{version=\"4.0.0\",sqlite=\"3.45.1\"} 1");
}
END_TEST

START_TEST(log_lines_are_told_by_level)
{
    assert_line(METRICS_PROMETHEUS, "todo_log_lines_total{level=\"CRITICAL\"} 0");
    assert_line(METRICS_PROMETHEUS, "todo_log_lines_total{level=\"DEBUG\"} 0");
}
END_TEST

START_TEST(negative_gauges_are_shown)
{
    metric_add(METRIC_WORKERS_BUSY, -1);
    assert_line(METRICS_PROMETHEUS, "todo_workers_busy -1");
}
END_TEST

START_TEST(render_appends)
{
    buf_append_string(&out, "before\n");
    metrics_render(&out, METRICS_PROMETHEUS);
    ck_assert_int_eq(strncmp(buf_string(&out), "before\n# HELP ", 14), 0);
}
END_TEST

START_TEST(without_memory_the_buffer_fails)
{
    buf_close(&out);
    fail_malloc_after(1);
    metrics_render(&out, METRICS_PROMETHEUS);
    fail_malloc_off();
    ck_assert(out.failed);
}
END_TEST

Suite *suite_exposition(void);
Suite *suite_exposition(void)
{
    Suite *suite = suite_create("exposition");
    TCase *tcase = tcase_create("exposition");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, both_formats_are_well_formed, 0, 2);
    tcase_add_test(tcase, every_metric_of_the_table_is_there_from_the_start);
    tcase_add_test(tcase, foreseen_statuses_are_zero_from_the_start);
    tcase_add_test(tcase, other_statuses_appear_when_they_happen);
    tcase_add_test(tcase, label_values_are_escaped);
    tcase_add_test(tcase, durations_are_shown_in_seconds);
    tcase_add_loop_test(tcase, seconds_have_no_superfluous_digits, 0, (int)ARRAY_SIZE(seconds));
    tcase_add_test(tcase, sizes_are_shown_as_they_are);
    tcase_add_test(tcase, prometheus_names_counters_in_full);
    tcase_add_test(tcase, openmetrics_names_families_without_suffix);
    tcase_add_test(tcase, tasks_are_a_gauge_by_status);
    tcase_add_test(tcase, build_tells_the_versions);
    tcase_add_test(tcase, log_lines_are_told_by_level);
    tcase_add_test(tcase, negative_gauges_are_shown);
    tcase_add_test(tcase, render_appends);
    tcase_add_test(tcase, without_memory_the_buffer_fails);
    suite_add_tcase(suite, tcase);
    return suite;
}
