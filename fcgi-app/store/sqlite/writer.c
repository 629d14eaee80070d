/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The writer thread, and the ways to give it work.
 */
#include "base/clock.h"
#include "store/sqlite/engine.h"

/* While writes fail, how long until it is tried whether they would succeed again. */
#define PROBE_INTERVAL_MS 1000
/* How long without a write until the search index is merged, and the rest of what the journal has
 * too much of is forgotten. */
#define MERGE_IDLE_MS 200
/* How long without a write until it is looked for changes that have become too old meanwhile. */
#define PRUNE_IDLE_MS (10 * 60 * 1000)

static unsigned idle_timeout(const struct store *store)
{
    if (atomic_load(&store->failing))
        return PROBE_INTERVAL_MS;
    if (store->index_due || store->prune_due)
        return MERGE_IDLE_MS;
    return store->options.journal_max_age_ms > 0 ? PRUNE_IDLE_MS : 0;
}

static void fail_all(struct store_job *jobs, enum error_code outcome)
{
    while (jobs != NULL) {
        struct store_job *job = jobs;
        jobs = job->next;
        job->done(job, outcome);
    }
}

void writer_failed(struct store *store, const struct error *error, bool sync_failed)
{
    const struct store_observer *observer = &store->options.observer;
    if (observer->failed != NULL)
        observer->failed(observer->context, error);
    if (!sync_failed || atomic_exchange(&store->sync_failed, true))
        return;
    queue_close(&store->queue, ERROR_STORAGE);
    fail_all(queue_pop_all(&store->queue), ERROR_STORAGE);
    if (observer->sync_failed != NULL)
        observer->sync_failed(observer->context, error);
}

static void run_idle(struct store *store)
{
    if (atomic_load(&store->failing))
        batch_probe(store);
    else if (store->index_due)
        batch_merge(store);
    else
        batch_prune(store);
}

static void *writer_main(void *argument)
{
    struct store *store = argument;
    for (;;) {
        switch (queue_wait(&store->queue, idle_timeout(store))) {
        case QUEUE_FILLED:
            batch_run(store);
            checkpoint_if_due(store);
            break;
        case QUEUE_TIMEOUT:
            run_idle(store);
            checkpoint_if_due(store);
            break;
        case QUEUE_CLOSED:
            checkpoint_last(store);
            return NULL;
        }
    }
}

enum error_code store_start(struct store *store, struct error *ret_error)
{
    const struct store_options *options = &store->options;
    store->prune_due = options->journal_max_age_ms > 0 || options->journal_max_changes > 0;
    store->tx.view = (struct store_view){
        .connection = &store->connection, .options = &store->options, .tx = &store->tx};
    store->tx.tallies = &store->tallies;
    store->started = true; /* before the thread, whose members lie beside it */
    if (pthread_create(&store->thread, NULL, writer_main, store) == 0)
        return ERROR_NONE;
    store->started = false;
    return error_set(ret_error, ERROR_SYSTEM, NULL, "cannot create the writer thread");
}

void store_stop(struct store *store)
{
    queue_close(&store->queue, ERROR_STOPPING);
    if (store->started)
        pthread_join(store->thread, NULL);
    store->started = false;
    fail_all(queue_pop_all(&store->queue), ERROR_STOPPING);
}

enum error_code store_submit(struct store *store, struct store_job *job)
{
    return queue_push(&store->queue, job);
}

/* --- Waiting for a write ---------------------------------------------------------------------- */

struct waiter {
    pthread_mutex_t mutex;
    pthread_cond_t finished;
    bool is_finished;
    enum error_code outcome;
};

struct waiting_write {
    struct store_job job; /* first: a pointer to it is one to this */
    struct waiter waiter;
};

static void wake_waiter(struct store_job *job, enum error_code outcome)
{
    struct waiter *waiter = &((struct waiting_write *)job)->waiter;
    LOCK_SCOPE(&waiter->mutex);
    waiter->outcome = outcome;
    waiter->is_finished = true;
    pthread_cond_signal(&waiter->finished);
}

static enum error_code wait_finished(struct waiter *waiter)
{
    LOCK_SCOPE(&waiter->mutex);
    while (!waiter->is_finished)
        pthread_cond_wait(&waiter->finished, &waiter->mutex);
    return waiter->outcome;
}

enum error_code store_write(struct store *store, store_fn run, void *arg)
{
    struct waiting_write write = {
        .job = {.run = run, .done = wake_waiter, .arg = arg},
        .waiter = {.mutex = PTHREAD_MUTEX_INITIALIZER, .finished = PTHREAD_COND_INITIALIZER},
    };
    enum error_code code = store_submit(store, &write.job);
    if (code == ERROR_NONE)
        code = wait_finished(&write.waiter);
    pthread_cond_destroy(&write.waiter.finished);
    pthread_mutex_destroy(&write.waiter.mutex);
    return code;
}
