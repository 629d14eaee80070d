/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A token bucket for each caller, in a table of fixed size: however many addresses call, it takes
 * the same memory. Who a caller is, and what a refused one is told, is decided in http/gate.c.
 */
#ifndef ACCESS_RATE_LIMIT_H
#define ACCESS_RATE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RATE_IDENTITY_SIZE 16
#define RATE_CALLERS       32768 /* that are remembered at the same time */

struct rate_policy {
    unsigned per_s; /* tokens that come back each second; 0: no limit */
    unsigned burst; /* tokens of a full bucket, at least 1 */
};

/* What a caller learns. All zero: there is no limit. */
struct rate_state {
    bool refused;
    unsigned quota;         /* the burst */
    unsigned window_s;      /* in which an empty bucket fills, rounded up */
    unsigned remaining;     /* whole tokens left */
    unsigned reset_s;       /* until the bucket is full, rounded up */
    unsigned retry_after_s; /* of a refused one: until there is a token, rounded up */
};

struct rate_limit;

/* NULL without memory. */
struct rate_limit *rate_limit_new(void);
void rate_limit_free(struct rate_limit *limit); /* takes NULL */

/* Takes a token from the bucket of the caller; refused when there is none, which costs nothing.
 * now: monotonic nanoseconds. Thread-safe. When the table is full, the caller that is nearest to a
 * full bucket is forgotten, which means: it gets a full one. */
struct rate_state rate_limit_take(struct rate_limit *limit, const struct rate_policy *policy,
                                  const uint8_t identity[static RATE_IDENTITY_SIZE], uint64_t now);

#endif
