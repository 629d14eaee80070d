/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Group commit: many writes in one transaction, each in a savepoint of its own, one sync for all.
 */
#include "base/clock.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/prune.h"
#include "store/sqlite/text_index.h"
#include "store/sqlite/touched.h"

#define NANOSECONDS_PER_MS 1000000ULL
#define MERGE_PAGES        64 /* of the search index at a time: a write may come meanwhile */
#define MERGE_STEP_PAGES   16 /* the same while writes come, every so many transactions */
#define MERGE_STEP_EVERY   2

/* Clients that share a commit come back together, and the writer would idle until they do. So a
 * batch is half of the writes under way, and the other half is on its way meanwhile; but it goes on
 * taking what waits for this part of the time of a commit: where commits are slow, more share one.
 */
#define OPEN_PART_OF_COMMIT 2

/* One transaction on its way. */
struct batch {
    struct store_job *first; /* those that are in it, in order */
    struct store_job **end;
    unsigned count;
    unsigned share; /* of the writes under way: half of them */
    uint64_t begun_at;
    uint64_t commit_at; /* when the COMMIT began and ended; 0: not yet */
    uint64_t committed_at;
    enum error_code failure; /* of the whole; its items share it */
    bool sync_failed;
    struct error error; /* what to report: of the whole, or of the last item that failed */
};

static void batch_fail(struct store *store, struct batch *batch, const char *doing)
{
    int rc = sqlite3_extended_errcode(store->connection.db);
    enum error_code code = connection_report(&store->connection, rc, doing, &batch->error);
    if (code == ERROR_NONE) /* SQLite has gone on since */
        code = store->tx.failure != ERROR_NONE ? store->tx.failure : ERROR_STORAGE;
    batch->failure = batch->error.code = code;
    batch->sync_failed = batch->sync_failed || store_is_sync_failure(rc);
    store->index_suspect = true;
}

/* --- The transaction -------------------------------------------------------------------------- */

/* What ends a transaction is prepared before it begins: then there is always a way out. */
static enum error_code prepare_ends(struct store_view *view)
{
    static const enum statement ends[] = {STATEMENT_COMMIT, STATEMENT_ROLLBACK, STATEMENT_ITEM_UNDO,
                                          STATEMENT_ITEM_KEEP};
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < ARRAY_SIZE(ends) && code == ERROR_NONE; i++) {
        sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
        code = store_statement(view, ends[i], &statement);
    }
    return code;
}

static void tx_reset(struct store_tx *tx)
{
    tx->failure = ERROR_NONE;
    tx->sync_failed = false;
    tx->journal = (struct journal_state){0};
    tx->depth = 0;
}

static void roll_back(struct store *store)
{
    if (!sqlite3_get_autocommit(store->connection.db))
        store_run_fixed(&store->tx.view, STATEMENT_ROLLBACK);
}

static enum error_code begin(struct store *store)
{
    roll_back(store); /* of a former batch, if that failed */
    tx_reset(&store->tx);
    store->tx.index_written = false;
    struct store_view *view = &store->tx.view;
    enum error_code code = prepare_ends(view);
    if (code == ERROR_NONE && store->index_suspect)
        code = text_index_forget(view);
    if (code != ERROR_NONE)
        return code;
    store->index_suspect = false;
    return store_run_fixed(view, STATEMENT_BEGIN_WRITE);
}

/* The tallies and the search index. */
static enum error_code bring_up_to_date(struct store *store)
{
    enum error_code code = touched_settle(&store->tx.view);
    if (code != ERROR_NONE || !store->tx.index_written)
        return code;
    store->index_due = true;
    return ++store->index_parts % MERGE_STEP_EVERY == 0
               ? text_index_merge_step(&store->tx.view, MERGE_STEP_PAGES)
               : ERROR_NONE;
}

static void commit(struct store *store, struct batch *batch)
{
    const struct store_observer *observer = &store->options.observer;
    tx_reset(&store->tx);
    enum error_code code = bring_up_to_date(store);
    if (code == ERROR_NONE)
        code = prune_portion(&store->tx.view, batch->count, &store->prune_due);
    uint64_t start = batch->commit_at = clock_monotonic();
    if (code == ERROR_NONE)
        code = store_run_fixed(&store->tx.view, STATEMENT_COMMIT);
    uint64_t end = batch->committed_at = clock_monotonic();
    if (code != ERROR_NONE)
        batch_fail(store, batch, "commit");
    store->commit_ns = end - start;
    store->batch_count = batch->count;
    if (observer->commit != NULL)
        observer->commit(observer->context, end - start);
    if (observer->batch != NULL)
        observer->batch(observer->context, batch->count, end - batch->begun_at);
}

/* --- Its items -------------------------------------------------------------------------------- */

static struct store_job *take_job(struct store *store, struct batch *batch)
{
    struct store_job *job =
        batch->count == 0 ? queue_pop(&store->queue) : queue_pop_sharing(&store->queue);
    if (job == NULL)
        return NULL;
    *batch->end = job;
    batch->end = &job->next;
    batch->count++;
    const struct store_observer *observer = &store->options.observer;
    uint64_t now = clock_monotonic();
    if (observer->queue_wait != NULL)
        observer->queue_wait(observer->context, now - job->queued_at);
    if (job->times != NULL)
        *job->times = (struct store_times){.queued_at = job->queued_at, .taken_at = now};
    return job;
}

static void end_item(struct store *store, struct batch *batch, bool keep)
{
    struct store_view *view = &store->tx.view;
    enum error_code code = keep ? ERROR_NONE : store_run_fixed(view, STATEMENT_ITEM_UNDO);
    if (code == ERROR_NONE)
        code = store_run_fixed(view, STATEMENT_ITEM_KEEP);
    if (code != ERROR_NONE)
        batch_fail(store, batch, "end a write");
}

/* The transaction is that of the one job. */
static void end_alone(struct store *store, struct batch *batch, bool keep)
{
    if (keep)
        return;
    roll_back(store);
    if (!sqlite3_get_autocommit(store->connection.db))
        batch_fail(store, batch, "undo a write");
}

static void run_job(struct store *store, struct batch *batch, struct store_job *job)
{
    struct store_tx *tx = &store->tx;
    tx_reset(tx);
    job->keep = false;
    if (job->alone || store_run_fixed(&tx->view, STATEMENT_ITEM_BEGIN) == ERROR_NONE) {
        job->keep = job->run(tx, job->arg) && tx->failure == ERROR_NONE;
        if (tx->failure != ERROR_NONE)
            connection_report(&store->connection, sqlite3_extended_errcode(store->connection.db),
                              "write", &batch->error);
    }
    job->outcome = tx->failure;
    if (job->times != NULL)
        job->times->ran_at = clock_monotonic();
    /* SQLite itself undoes the transaction after some failures: then all before is lost, too. */
    if (sqlite3_get_autocommit(store->connection.db) || tx->sync_failed)
        batch_fail(store, batch, "write");
    else if (job->alone)
        end_alone(store, batch, job->keep);
    else
        end_item(store, batch, job->keep);
}

/* Whether a write that waits may join. */
static bool is_open(const struct store *store, const struct batch *batch)
{
    if (batch->count == 0)
        return true;
    uint64_t age = clock_monotonic() - batch->begun_at;
    if (batch->count >= store->options.batch_limit ||
        age > store->options.batch_time_ms * NANOSECONDS_PER_MS)
        return false;
    return batch->count < batch->share || age < store->commit_ns / OPEN_PART_OF_COMMIT;
}

static void run_jobs(struct store *store, struct batch *batch)
{
    /* The last batch's writers are taken to come again. */
    batch->share = store->options.alternate
                       ? (store->batch_count + queue_length(&store->queue) + 1) / 2
                       : store->options.batch_limit;
    while (batch->failure == ERROR_NONE && is_open(store, batch)) {
        struct store_job *job = take_job(store, batch);
        if (job == NULL)
            return;
        run_job(store, batch, job);
        if (job->alone)
            return;
    }
}

/* --- The whole -------------------------------------------------------------------------------- */

static void run_transaction(struct store *store, struct batch *batch)
{
    batch->begun_at = clock_monotonic();
    if (begin(store) != ERROR_NONE)
        batch_fail(store, batch, "begin a transaction");
    else
        run_jobs(store, batch);
    if (batch->failure == ERROR_NONE && !sqlite3_get_autocommit(store->connection.db))
        commit(store, batch);
    if (batch->failure != ERROR_NONE)
        roll_back(store);
}

static void fail_to_lock(struct store *store, struct batch *batch, enum error_code code)
{
    batch->failure = batch->error.code = code;
    error_set(&batch->error, code, "database", "%s could not be locked: %s", store->lock.path,
              code == ERROR_BUSY ? "another process holds it" : "its file cannot be used");
}

static bool is_disk_failure(enum error_code code)
{
    return code == ERROR_STORAGE_FULL || code == ERROR_STORAGE || code == ERROR_CORRUPT;
}

static void take_all(struct store *store, struct batch *batch)
{
    while (batch->count < store->options.batch_limit && take_job(store, batch) != NULL)
        ;
}

/* Each job is its owner's again as soon as it was told. */
static void tell_outcomes(struct batch *batch)
{
    struct store_job *job = batch->first;
    for (unsigned i = 0; i < batch->count; i++) {
        struct store_job *next = job->next;
        if (job->times != NULL) {
            job->times->commit_at = batch->commit_at;
            job->times->committed_at = batch->committed_at;
            job->times->batch = batch->count;
        }
        job->done(job, batch->failure != ERROR_NONE ? batch->failure : job->outcome);
        job = next;
    }
}

void batch_run(struct store *store)
{
    struct batch batch = {.error.code = ERROR_NONE};
    batch.end = &batch.first;
    enum error_code code = lockfile_acquire(&store->lock, store->options.busy_timeout_ms);
    if (code == ERROR_NONE) {
        run_transaction(store, &batch);
        lockfile_release(&store->lock);
    } else {
        fail_to_lock(store, &batch, code);
    }
    /* A batch that could not even begin takes those that waited for it. */
    if (batch.failure != ERROR_NONE && batch.count == 0)
        take_all(store, &batch);
    if (is_disk_failure(batch.error.code))
        atomic_store(&store->failing, true);
    tell_outcomes(&batch);
    if (batch.error.code != ERROR_NONE)
        writer_failed(store, &batch.error, batch.sync_failed);
}

void batch_probe(struct store *store)
{
    if (lockfile_acquire(&store->lock, 0) != ERROR_NONE)
        return;
    struct lockfile *held CLEANUP_LOCKFILE = &store->lock;
    (void)held;
    /* Rewrites a page with what it holds: a whole commit, with its sync. */
    if (begin(store) == ERROR_NONE &&
        store_run_fixed(&store->tx.view, STATEMENT_MARK) == ERROR_NONE)
        store_run_fixed(&store->tx.view, STATEMENT_COMMIT);
    roll_back(store);
}

/* Some upkeep in a transaction of its own. *ret_more says whether there is more of it to do. */
typedef enum error_code (*upkeep)(struct store_view *view, bool *ret_more);

static enum error_code merge(struct store_view *view, bool *ret_more)
{
    return text_index_merge(view, MERGE_PAGES, ret_more);
}

static enum error_code prune(struct store_view *view, bool *ret_more)
{
    return prune_portion(view, 0, ret_more);
}

static bool commit_upkeep(struct store *store, upkeep run, bool *ret_more)
{
    struct store_view *view = &store->tx.view;
    return begin(store) == ERROR_NONE && run(view, ret_more) == ERROR_NONE &&
           store_run_fixed(view, STATEMENT_COMMIT) == ERROR_NONE;
}

/* Without waiting for another process; *due stays what it is then. */
static void run_upkeep(struct store *store, upkeep run, const char *doing, bool *due)
{
    if (lockfile_acquire(&store->lock, 0) != ERROR_NONE)
        return;
    struct lockfile *held CLEANUP_LOCKFILE = &store->lock;
    (void)held;
    struct batch batch = {.error.code = ERROR_NONE};
    bool more = false;
    if (!commit_upkeep(store, run, &more))
        batch_fail(store, &batch, doing);
    roll_back(store);
    *due = more && batch.failure == ERROR_NONE;
    if (is_disk_failure(batch.error.code))
        atomic_store(&store->failing, true);
    if (batch.error.code != ERROR_NONE)
        writer_failed(store, &batch.error, batch.sync_failed);
}

void batch_merge(struct store *store)
{
    run_upkeep(store, merge, "merge the search index", &store->index_due);
}

void batch_prune(struct store *store)
{
    run_upkeep(store, prune, "forget old changes", &store->prune_due);
}
