/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What recording (metrics.c, route_metrics.c) and exposition (exposition.c) of metrics share. Not
 * for other folders: they use metrics.h.
 */
#ifndef OBSERVE_SERIES_H
#define OBSERVE_SERIES_H

#include <stdatomic.h>

#include "observe/metrics.h"

enum metric_type {
    TYPE_COUNTER,
    TYPE_COUNTER_SECONDS, /* recorded in nanoseconds */
    TYPE_GAUGE,
    TYPE_GAUGE_SECONDS, /* recorded in nanoseconds */
    TYPE_HISTOGRAM,     /* of durations, recorded in nanoseconds */
    TYPE_SIZES,         /* a histogram of numbers */
    TYPE_COUNT
};

struct metric_row {
    const char *name;
    enum metric_type type;
    const char *help;
};

extern const struct metric_row metric_rows[METRIC_COUNT];

/* The upper bounds of a histogram's buckets; one more bucket, +Inf, takes the rest. */
struct bound {
    uint64_t value;   /* in the unit that is recorded */
    const char *text; /* canonical (OpenMetrics 1.0, "Canonical Numbers") */
};

struct scale {
    size_t count;
    const struct bound *bounds;
};

#define BOUNDS_MAX 14

extern const struct scale seconds_scale;
extern const struct scale sizes_scale;

/* The count is not recorded: it is the sum of the buckets, and so equals +Inf at any moment. */
struct histogram {
    _Atomic uint64_t buckets[BOUNDS_MAX + 1];
    _Atomic uint64_t sum;
};

void histogram_observe(struct histogram *histogram, const struct scale *scale, uint64_t value);
const struct histogram *metric_histogram(enum metric metric);

/* The requests of one route. */
struct route_series {
    const struct metrics_route *route;
    struct histogram duration;
    _Atomic uint64_t *requests; /* by status - STATUS_MIN */
};

#define STATUS_MIN 100
#define STATUS_MAX 599

const struct route_series *route_series(size_t *ret_count);

enum task_status { TASKS_ACTIVE, TASKS_COMPLETED, TASKS_ARCHIVED, TASKS_STATUS_COUNT };

int64_t tasks_with(enum task_status status);

struct build {
    const char *version;
    const char *sqlite;
};

struct build build_info(void);

#endif
