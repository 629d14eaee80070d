/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/process_metrics.c.
 */
#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "observe/metrics.h"

#define MIB      (INT64_C(1) << 20)
#define DAY      (INT64_C(86400) * 1000000000)
#define NS_IN_MS 1000000

START_TEST(figures_are_plausible)
{
    /* More than the kernel's clock of CPU time may round away. */
    for (uint64_t begin = clock_monotonic(); clock_monotonic() - begin < 20 * NS_IN_MS;)
        ;
    metrics_process();
    ck_assert_int_gt(metric_get(METRIC_CPU_SECONDS), 0);
    ck_assert_int_lt(metric_get(METRIC_CPU_SECONDS), DAY);
    ck_assert_int_gt(metric_get(METRIC_MEMORY_BYTES), MIB / 4);
    ck_assert_int_gt(metric_get(METRIC_UPTIME), 0);
    ck_assert_int_lt(metric_get(METRIC_UPTIME), DAY);
}
END_TEST

START_TEST(memory_that_is_used_counts)
{
    metrics_process();
    int64_t before = metric_get(METRIC_MEMORY_BYTES);
    char *memory CLEANUP_FREE = malloc(64 * MIB);
    ck_assert_ptr_nonnull(memory);
    memset(memory, 1, 64 * MIB);
    /* An optimising compiler would leave out memory that nobody looks at. */
    __asm__ volatile("" : : "r"(memory) : "memory");
    metrics_process();
    ck_assert_int_gt(metric_get(METRIC_MEMORY_BYTES), before + 32 * MIB);
}
END_TEST

START_TEST(open_descriptors_are_counted)
{
    metrics_process();
    int64_t before = metric_get(METRIC_OPEN_FDS);
    ck_assert_int_gt(before, 0);
    int first CLEANUP_CLOSE = open("/dev/null", O_RDONLY);
    int second CLEANUP_CLOSE = open("/dev/null", O_RDONLY);
    ck_assert_int_ge(first, 0);
    ck_assert_int_ge(second, 0);
    metrics_process();
    ck_assert_int_eq(metric_get(METRIC_OPEN_FDS), before + 2);
}
END_TEST

START_TEST(start_and_uptime_make_now)
{
    metrics_process();
    int64_t start = metric_get(METRIC_START_TIME);
    ck_assert_int_le(start, clock_now() * NS_IN_MS + NS_IN_MS);
    ck_assert_int_gt(start, clock_now() * NS_IN_MS - DAY);
    int64_t uptime = metric_get(METRIC_UPTIME);
    metrics_process();
    ck_assert_int_eq(metric_get(METRIC_START_TIME), start);
    ck_assert_int_ge(metric_get(METRIC_UPTIME), uptime);
}
END_TEST

/* The name stands before the start time in /proc/self/stat. */
START_TEST(name_of_the_program_does_not_matter)
{
    ck_assert_int_eq(prctl(PR_SET_NAME, "a) Z 1 2) 3"), 0);
    metrics_process();
    ck_assert_int_gt(metric_get(METRIC_UPTIME), 0);
    ck_assert_int_lt(metric_get(METRIC_UPTIME), DAY);
}
END_TEST

Suite *suite_process_metrics(void);
Suite *suite_process_metrics(void)
{
    Suite *suite = suite_create("process_metrics");
    TCase *tcase = tcase_create("process_metrics");
    tcase_add_test(tcase, figures_are_plausible);
    tcase_add_test(tcase, memory_that_is_used_counts);
    tcase_add_test(tcase, open_descriptors_are_counted);
    tcase_add_test(tcase, start_and_uptime_make_now);
    tcase_add_test(tcase, name_of_the_program_does_not_matter);
    suite_add_tcase(suite, tcase);
    return suite;
}
