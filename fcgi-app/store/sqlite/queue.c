/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The queue of writes.
 */
#include "store/sqlite/queue.h"

#include <errno.h>
#include <time.h>

#include "base/clock.h"

#define MS_PER_SECOND      1000U
#define NANOSECONDS_PER_MS 1000000L

static int init_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    int failure = pthread_condattr_init(&attributes);
    if (failure != 0)
        return failure;
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    failure = pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return failure;
}

enum error_code queue_init(struct queue *queue, unsigned limit)
{
    *queue = (struct queue){.limit = limit};
    queue->end = &queue->first;
    if (pthread_mutex_init(&queue->mutex, NULL) != 0)
        return ERROR_MEMORY;
    if (init_condition(&queue->filled) == 0)
        return ERROR_NONE;
    pthread_mutex_destroy(&queue->mutex);
    return ERROR_MEMORY;
}

void queue_destroy(struct queue *queue)
{
    pthread_cond_destroy(&queue->filled);
    pthread_mutex_destroy(&queue->mutex);
}

enum error_code queue_push(struct queue *queue, struct store_job *job)
{
    job->next = NULL;
    job->queued_at = clock_monotonic();
    LOCK_SCOPE(&queue->mutex);
    if (queue->refusal != ERROR_NONE)
        return queue->refusal;
    if (queue->length >= queue->limit)
        return ERROR_QUEUE_FULL;
    *queue->end = job;
    queue->end = &job->next;
    queue->length++;
    if (queue->length == 1)
        pthread_cond_signal(&queue->filled);
    return ERROR_NONE;
}

static struct store_job *pop(struct queue *queue, bool sharing)
{
    LOCK_SCOPE(&queue->mutex);
    struct store_job *job = queue->first;
    if (job == NULL || (sharing && job->alone))
        return NULL;
    queue->first = job->next;
    if (queue->first == NULL)
        queue->end = &queue->first;
    queue->length--;
    job->next = NULL;
    return job;
}

struct store_job *queue_pop(struct queue *queue)
{
    return pop(queue, false);
}

struct store_job *queue_pop_sharing(struct queue *queue)
{
    return pop(queue, true);
}

struct store_job *queue_pop_all(struct queue *queue)
{
    LOCK_SCOPE(&queue->mutex);
    struct store_job *jobs = queue->first;
    queue->first = NULL;
    queue->end = &queue->first;
    queue->length = 0;
    return jobs;
}

void queue_close(struct queue *queue, enum error_code refusal)
{
    LOCK_SCOPE(&queue->mutex);
    if (queue->refusal == ERROR_NONE)
        queue->refusal = refusal;
    pthread_cond_signal(&queue->filled);
}

static struct timespec after(unsigned milliseconds)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_sec += milliseconds / MS_PER_SECOND;
    time.tv_nsec += (long)(milliseconds % MS_PER_SECOND) * NANOSECONDS_PER_MS;
    if (time.tv_nsec >= 1000 * NANOSECONDS_PER_MS) {
        time.tv_sec++;
        time.tv_nsec -= 1000 * NANOSECONDS_PER_MS;
    }
    return time;
}

enum queue_event queue_wait(struct queue *queue, unsigned timeout_ms)
{
    struct timespec deadline = after(timeout_ms);
    LOCK_SCOPE(&queue->mutex);
    while (queue->first == NULL && queue->refusal == ERROR_NONE) {
        if (timeout_ms == 0)
            pthread_cond_wait(&queue->filled, &queue->mutex);
        else if (pthread_cond_timedwait(&queue->filled, &queue->mutex, &deadline) == ETIMEDOUT)
            return QUEUE_TIMEOUT;
    }
    return queue->first != NULL ? QUEUE_FILLED : QUEUE_CLOSED;
}

unsigned queue_length(struct queue *queue)
{
    LOCK_SCOPE(&queue->mutex);
    return queue->length;
}
