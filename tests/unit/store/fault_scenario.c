/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The scenario of the fault tests.
 */
#include "fault_scenario.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"

bool is_storage_failure(enum error_code code)
{
    return code == ERROR_MEMORY || code == ERROR_BUSY || code == ERROR_STORAGE_FULL ||
           code == ERROR_STORAGE || code == ERROR_CORRUPT;
}

void scenario_init(struct scenario *scenario)
{
    memset(scenario, 0, sizeof(*scenario));
    fixture_init(&scenario->fixture);
    fixture_open(&scenario->fixture);
    int64_t value = -1;
    ck_assert_int_eq(store_write(scenario->fixture.store, probe_insert, &value), ERROR_NONE);
    fixture_close(&scenario->fixture);
    scenario->fixture.options.wal_limit_bytes = 1; /* a checkpoint after every batch */
    scenario->fixture.options.busy_timeout_ms = 100;
}

static void note(struct scenario *scenario, struct told_job *job)
{
    ck_assert_int_eq(job->times, 1);
    enum error_code outcome = (enum error_code)job->outcome;
    if (outcome == ERROR_NONE && job->job.keep)
        scenario->is_acknowledged[job->value] = true;
    else if (outcome == ERROR_NONE)
        scenario->is_refused[job->value] = true;
    else
        ck_assert_msg(is_storage_failure(outcome), "outcome %s", error_name(outcome));
}

static bool write_some(struct store_tx *tx, void *arg)
{
    int64_t value = *(int64_t *)arg;
    return value % SCENARIO_BATCH == 1 ? probe_refuse(tx, arg) : probe_insert(tx, arg);
}

static void write_batch(struct scenario *scenario, int batch)
{
    struct told_job gate_job;
    struct told_job jobs[SCENARIO_BATCH];
    bool is_queued[SCENARIO_BATCH] = {false};
    struct gate gate = GATE_INIT;
    if (told_submit(&scenario->fixture, &gate_job, gate_run, &gate) != ERROR_NONE)
        return; /* a sync failed */
    for (int i = 0; i < SCENARIO_BATCH; i++) {
        jobs[i].value = batch * SCENARIO_BATCH + i;
        is_queued[i] = told_submit(&scenario->fixture, &jobs[i], write_some, NULL) == ERROR_NONE;
    }
    gate_open(&gate);
    told_wait(&gate_job);
    for (int i = 0; i < SCENARIO_BATCH; i++) {
        if (!is_queued[i])
            continue;
        told_wait(&jobs[i]);
        note(scenario, &jobs[i]);
    }
}

static void read_once(struct scenario *scenario)
{
    struct store_reader *reader = NULL;
    struct error error = {0};
    enum error_code code = store_reader_open(scenario->fixture.store, &reader, &error);
    if (code != ERROR_NONE) {
        ck_assert_msg(is_storage_failure(code), "%s", error.message);
        ck_assert_ptr_null(reader);
        return;
    }
    code = store_ping(reader);
    ck_assert(code == ERROR_NONE || is_storage_failure(code));
    probe_count(reader);
    store_reader_close(reader);
}

void scenario_live(struct scenario *scenario)
{
    struct fixture *fixture = &scenario->fixture;
    struct error error = {0};
    enum error_code code = store_open(&fixture->options, &fixture->store, &error);
    if (code != ERROR_NONE) {
        ck_assert_msg(is_storage_failure(code), "%s: %s", error_name(code), error.message);
        ck_assert_int_eq(error.code, code);
        ck_assert_ptr_null(fixture->store);
        return;
    }
    ck_assert_int_eq(store_start(fixture->store, &error), ERROR_NONE);
    for (int batch = 0; batch < SCENARIO_BATCHES; batch++) {
        write_batch(scenario, batch);
        read_once(scenario);
    }
    fixture_close(fixture);
}

void scenario_check(struct scenario *scenario, bool is_exact)
{
    const char *path = scenario->fixture.path;
    file_check(path);
    ck_assert_int_eq(file_number(path, "SELECT count(*) FROM probe WHERE value = -1"), 1);
    for (size_t i = 0; i < ARRAY_SIZE(scenario->is_acknowledged); i++) {
        char sql[80];
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM probe WHERE value = %zu", i);
        int64_t count = file_number(path, sql);
        if (scenario->is_acknowledged[i])
            ck_assert_int_eq(count, 1);
        else if (scenario->is_refused[i] || is_exact)
            ck_assert_int_eq(count, 0);
    }
    fixture_remove(&scenario->fixture);
}
