/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The queue of ended spans: bounded, lock-free, many threads put in, one takes out.
 */
#ifndef OBSERVE_SPAN_QUEUE_H
#define OBSERVE_SPAN_QUEUE_H

#include <stdatomic.h>

#include "observe/span.h"

#define SPAN_QUEUE_MAX 2048 /* a power of two */

struct span_slot {
    _Atomic size_t turn; /* whose turn it is: the putter's of that position, or the taker's */
    struct span *span;
};

/* Owned by the exporter. */
struct span_queue {
    struct span_slot slots[SPAN_QUEUE_MAX];
    _Atomic size_t put;  /* the next position to fill */
    _Atomic size_t take; /* the next position to empty */
};

void span_queue_init(struct span_queue *queue);

/* False if it is full; the span is still the caller's then. Never waits. Thread-safe. */
bool span_queue_put(struct span_queue *queue, struct span *span);

/* The oldest, or NULL. By one thread. */
struct span *span_queue_take(struct span_queue *queue);

/* About how many are in it. Thread-safe. */
size_t span_queue_length(struct span_queue *queue);

#endif
