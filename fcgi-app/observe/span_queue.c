/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A ring in which each slot says whose turn it is: position p may be filled when the slot's turn is
 * p, and emptied when it is p + 1. A putter that was delayed between both holds up the taker, and
 * nobody else.
 */
#include "observe/span_queue.h"

#define MASK (SPAN_QUEUE_MAX - 1)

_Static_assert((SPAN_QUEUE_MAX & MASK) == 0, "positions map to slots by a mask");

void span_queue_init(struct span_queue *queue)
{
    for (size_t i = 0; i < SPAN_QUEUE_MAX; i++)
        atomic_init(&queue->slots[i].turn, i);
    atomic_init(&queue->put, 0);
    atomic_init(&queue->take, 0);
}

bool span_queue_put(struct span_queue *queue, struct span *span)
{
    size_t position = atomic_load_explicit(&queue->put, memory_order_relaxed);
    for (;;) {
        struct span_slot *slot = &queue->slots[position & MASK];
        size_t turn = atomic_load_explicit(&slot->turn, memory_order_acquire);
        if (turn == position) {
            if (!atomic_compare_exchange_weak_explicit(&queue->put, &position, position + 1,
                                                       memory_order_relaxed, memory_order_relaxed))
                continue;
            slot->span = span;
            atomic_store_explicit(&slot->turn, position + 1, memory_order_release);
            return true;
        }
        if (turn < position)
            return false;
        position = atomic_load_explicit(&queue->put, memory_order_relaxed);
    }
}

struct span *span_queue_take(struct span_queue *queue)
{
    size_t position = atomic_load_explicit(&queue->take, memory_order_relaxed);
    struct span_slot *slot = &queue->slots[position & MASK];
    if (atomic_load_explicit(&slot->turn, memory_order_acquire) != position + 1)
        return NULL;
    struct span *span = slot->span;
    atomic_store_explicit(&slot->turn, position + SPAN_QUEUE_MAX, memory_order_release);
    atomic_store_explicit(&queue->take, position + 1, memory_order_relaxed);
    return span;
}

size_t span_queue_length(struct span_queue *queue)
{
    size_t take = atomic_load_explicit(&queue->take, memory_order_relaxed);
    size_t put = atomic_load_explicit(&queue->put, memory_order_relaxed);
    return put > take ? put - take : 0;
}
