/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The queue of writes that wait for the writer thread: bounded, first in first out.
 */
#ifndef STORE_SQLITE_QUEUE_H
#define STORE_SQLITE_QUEUE_H

#include <pthread.h>

#include "store/store.h"

/* Owned by the store. Thread-safe. */
struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t filled; /* or closed */
    struct store_job *first;
    struct store_job **end;
    unsigned length;
    unsigned limit;
    enum error_code refusal; /* ERROR_NONE: open */
};

enum error_code queue_init(struct queue *queue, unsigned limit);
void queue_destroy(struct queue *queue);

/* ERROR_NONE, ERROR_QUEUE_FULL, or what the queue was closed with. */
enum error_code queue_push(struct queue *queue, struct store_job *job);

/* The oldest job, or NULL at once. */
struct store_job *queue_pop(struct queue *queue);

/* The same, but NULL also if the oldest wants a transaction for itself. */
struct store_job *queue_pop_sharing(struct queue *queue);

/* All of them, linked by `next`. */
struct store_job *queue_pop_all(struct queue *queue);

/* Further jobs are refused with this code; the first close wins over later ones. */
void queue_close(struct queue *queue, enum error_code refusal);

enum queue_event { QUEUE_FILLED, QUEUE_CLOSED, QUEUE_TIMEOUT };

/* Waits for a job (first), or for the queue to be closed, or timeout_ms (0: for ever). */
enum queue_event queue_wait(struct queue *queue, unsigned timeout_ms);

unsigned queue_length(struct queue *queue);

#endif
