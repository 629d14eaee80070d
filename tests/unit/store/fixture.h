/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the store's tests share: a database in a temporary folder, a table for writes of the tests'
 * own, and questions to the file that do not go through the store.
 */
#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/* Counts what the store tells its observer. */
struct observed {
    atomic_uint batches;
    atomic_uint items;
    atomic_uint largest_batch;
    atomic_uint commits;
    atomic_uint checkpoints;
    atomic_uint waits;
    atomic_uint failures;
    atomic_uint sync_failures;
};

struct fixture {
    char folder[64];
    char path[96];
    struct store_options options;
    struct observed observed;
    struct store *store;
};

void fixture_init(struct fixture *fixture);  /* an empty folder and options */
void fixture_open(struct fixture *fixture);  /* opens and starts the store; must succeed */
void fixture_close(struct fixture *fixture); /* closes the store */
void fixture_remove(struct fixture *fixture);

/* A path in the folder; valid until the next call. */
const char *fixture_path(const struct fixture *fixture, const char *name);

/* Runs SQL on the file with a connection of its own; must succeed. */
void file_exec(const char *path, const char *sql);

/* Runs SQL that touches tasks, and then a write of the store, with which the tallies follow. */
void fixture_edit(struct fixture *fixture, const char *sql);
/* The first column of the first row, as a number. */
int64_t file_number(const char *path, const char *sql);
/* PRAGMA integrity_check says ok. */
void file_check(const char *path);

/* --- Writes: the table probe(id, value) ------------------------------------------------------- */

bool probe_create(struct store_tx *tx, void *arg); /* arg: unused */
bool probe_insert(struct store_tx *tx, void *arg); /* arg: int64_t *value */
bool probe_refuse(struct store_tx *tx, void *arg); /* inserts, and returns false */

/* Its rows, as a snapshot of a reader sees them; -1 if that fails. */
int64_t probe_count(struct store_reader *reader);

/* A write that keeps the writer from going on until it is opened, so that a queue can be filled
 * behind it. */
struct gate {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool is_entered;
    bool is_open;
};

#define GATE_INIT                                                                                  \
    {                                                                                              \
        .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER                    \
    }

bool gate_run(struct store_tx *tx, void *arg); /* arg: struct gate * */
void gate_wait_entered(struct gate *gate);
void gate_open(struct gate *gate);

/* A job with the outcome it was told, and how often. */
struct told_job {
    struct store_job job;
    int64_t value;
    atomic_int times;
    atomic_int outcome;
};

/* Submits it; run may be probe_insert, whose value is then `value`, or another with arg. */
enum error_code told_submit(struct fixture *fixture, struct told_job *job, store_fn run, void *arg);
/* The same for a job that has a transaction to itself. */
enum error_code told_submit_alone(struct fixture *fixture, struct told_job *job, store_fn run,
                                  void *arg);
void told_wait(struct told_job *job);

#endif
