/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The table of metrics and their recording. Requests by route are in route_metrics.c, the figures
 * of the process in process_metrics.c, the texts in exposition.c.
 */
#include "observe/metrics.h"

#include "base/cleanup.h"
#include "config.h"
#include "observe/series.h"

#define METRIC_ROW(id, metric_name, metric_type, metric_help)                                      \
    [id] = {.name = metric_name, .type = TYPE_##metric_type, .help = metric_help},
const struct metric_row metric_rows[METRIC_COUNT] = {METRICS(METRIC_ROW)};

static const struct bound seconds_bounds[] = {
    {100000, "0.0001"},  {250000, "0.00025"}, {500000, "0.0005"},  {1000000, "0.001"},
    {2500000, "0.0025"}, {5000000, "0.005"},  {10000000, "0.01"},  {25000000, "0.025"},
    {50000000, "0.05"},  {100000000, "0.1"},  {250000000, "0.25"}, {500000000, "0.5"},
    {1000000000, "1.0"}, {2500000000, "2.5"},
};
static const struct bound sizes_bounds[] = {
    {1, "1.0"},   {2, "2.0"},     {4, "4.0"},     {8, "8.0"},     {16, "16.0"},     {32, "32.0"},
    {64, "64.0"}, {128, "128.0"}, {256, "256.0"}, {512, "512.0"}, {1024, "1024.0"},
};
_Static_assert(ARRAY_SIZE(seconds_bounds) <= BOUNDS_MAX, "buckets for every bound");
_Static_assert(ARRAY_SIZE(sizes_bounds) <= BOUNDS_MAX, "buckets for every bound");

const struct scale seconds_scale = {ARRAY_SIZE(seconds_bounds), seconds_bounds};
const struct scale sizes_scale = {ARRAY_SIZE(sizes_bounds), sizes_bounds};

static _Atomic int64_t values[METRIC_COUNT];
static struct histogram histograms[METRIC_COUNT]; /* of the metrics that are one */
static _Atomic int64_t tasks[TASKS_STATUS_COUNT];
static struct build build = {PACKAGE_VERSION, "unknown"};

void metric_add(enum metric metric, int64_t amount)
{
    atomic_fetch_add_explicit(&values[metric], amount, memory_order_relaxed);
}

void metric_set(enum metric metric, int64_t value)
{
    atomic_store_explicit(&values[metric], value, memory_order_relaxed);
}

int64_t metric_get(enum metric metric)
{
    return atomic_load_explicit(&values[metric], memory_order_relaxed);
}

void histogram_observe(struct histogram *histogram, const struct scale *scale, uint64_t value)
{
    size_t bucket = 0;
    while (bucket < scale->count && value > scale->bounds[bucket].value)
        bucket++;
    atomic_fetch_add_explicit(&histogram->buckets[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&histogram->sum, value, memory_order_relaxed);
}

void metric_observe(enum metric metric, uint64_t value)
{
    bool sizes = metric_rows[metric].type == TYPE_SIZES;
    histogram_observe(&histograms[metric], sizes ? &sizes_scale : &seconds_scale, value);
}

const struct histogram *metric_histogram(enum metric metric)
{
    return &histograms[metric];
}

void metrics_tasks(int64_t active, int64_t completed, int64_t archived)
{
    atomic_store_explicit(&tasks[TASKS_ACTIVE], active, memory_order_relaxed);
    atomic_store_explicit(&tasks[TASKS_COMPLETED], completed, memory_order_relaxed);
    atomic_store_explicit(&tasks[TASKS_ARCHIVED], archived, memory_order_relaxed);
}

int64_t tasks_with(enum task_status status)
{
    return atomic_load_explicit(&tasks[status], memory_order_relaxed);
}

void metrics_build(const char *version, const char *sqlite_version)
{
    build = (struct build){version, sqlite_version};
}

struct build build_info(void)
{
    return build;
}
