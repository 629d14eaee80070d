/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Counts and durations of requests, by route.
 */
#include <stdlib.h>

#include "observe/series.h"

#define STATUS_COUNT (STATUS_MAX - STATUS_MIN + 1)

static struct route_series *series;
static size_t series_count;

/* One counter for every status there can be: a few pages of address space, mostly never touched,
 * instead of a lock when a status is met for the first time. */
static _Atomic uint64_t *counters;

bool metrics_routes_init(const struct metrics_route *routes, size_t count)
{
    struct route_series *made = calloc(count, sizeof(*made));
    _Atomic uint64_t *zeros = calloc(count, STATUS_COUNT * sizeof(*zeros));
    if (made == NULL || zeros == NULL) {
        free(made);
        free(zeros);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        made[i].route = &routes[i];
        made[i].requests = zeros + i * STATUS_COUNT;
    }
    free(series);
    free(counters);
    series = made;
    counters = zeros;
    series_count = count;
    return true;
}

void metrics_request(size_t route, int status, uint64_t nanoseconds)
{
    if (route >= series_count || status < STATUS_MIN || status > STATUS_MAX)
        return;
    atomic_fetch_add_explicit(&series[route].requests[status - STATUS_MIN], 1,
                              memory_order_relaxed);
    histogram_observe(&series[route].duration, &seconds_scale, nanoseconds);
}

const struct route_series *route_series(size_t *ret_count)
{
    *ret_count = series_count;
    return series;
}
