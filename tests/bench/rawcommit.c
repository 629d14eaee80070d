/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * How fast one SQLite connection commits durably, one transaction after the other, with nothing
 * around it: write-ahead log, synchronous=FULL, on a database that has the schema already.
 * "insert" inserts a task, and no more than its trigger notes; "row" counts it in the tallies as
 * well; "create" does all that creating a task does: the search index and the journal too. Usage:
 * rawcommit DATABASE SECONDS insert|row|create; prints {"commits", "seconds", "p99_us"}.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COMMITS_MAX  2000000
#define NANOSECONDS  INT64_C(1000000000)
#define TEXT_SIZE    256
#define NOTES        "Written by the benchmark, to be as long as notes usually are: a line or two."
#define NOTES_FOLDED "written by the benchmark, to be as long as notes usually are: a line or two."

enum work { WORK_INSERT, WORK_ROW, WORK_CREATE, WORK_COUNT };

static const char *const WORKS[] = {"insert", "row", "create"};
_Static_assert(sizeof(WORKS) / sizeof(WORKS[0]) == WORK_COUNT, "a name for each work");

/* The tallies' rows are those of the task: its facets, its due date and its time. */
#define COUNT_IN(table, key, value)                                                                \
    "INSERT INTO " table " (" key ", n) VALUES (" value ", 1) ON CONFLICT DO UPDATE SET n = n + 1"

#define STEP_TASK 1 /* its id is that of the steps after it */

/* In order, each from a certain work on. */
static const struct {
    const char *sql;
    enum work work;
} STEPS[] = {
    {"BEGIN IMMEDIATE", WORK_INSERT},
    [STEP_TASK] = {"INSERT INTO task (version, completed, archived, priority, category, due_date, "
                   "recur_type, recur_interval, recur_anchor, recur_index, created_at, updated_at, "
                   "description, description_fold, notes) VALUES "
                   "(1, 0, 0, 2, 1, 20000, 0, 0, 2932897, 0, ?1, ?1, ?2, ?3, '" NOTES "')",
                   WORK_INSERT},
    {COUNT_IN("tally", "facets", "174245"), WORK_ROW},
    {COUNT_IN("due_tally", "id", "20000 * 4"), WORK_ROW},
    {COUNT_IN("created_tally", "slot", "?1 / 900000"), WORK_ROW},
    {"INSERT INTO calendar VALUES (20000 / 16 * 1048576 + 174245, "
     "1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
     " ON CONFLICT DO UPDATE SET n = n + 1, d0 = d0 + 1",
     WORK_ROW},
    {"DELETE FROM touched", WORK_ROW},
    {"INSERT INTO task_text (rowid, description, notes) VALUES (?4, ?3, '" NOTES_FOLDED "')",
     WORK_CREATE},
    {"INSERT INTO change (at, action, summary) VALUES (?1, 'create', ?2)", WORK_CREATE},
    {"INSERT INTO change_row (id, kind, row_id, after) VALUES "
     "(last_insert_rowid() << 24, 'task', ?4, json_object('id', ?4, 'version', 1, "
     "'completed', 0, 'priority', 2, 'category', 1, 'due_date', 20000, "
     "'created_at', ?1, 'updated_at', ?1, 'description', ?2, 'notes', '" NOTES "'))",
     WORK_CREATE},
    {"COMMIT", WORK_INSERT},
};
#define STEP_COUNT (sizeof(STEPS) / sizeof(STEPS[0]))

struct bench {
    sqlite3 *db;
    sqlite3_stmt *statements[STEP_COUNT];
    enum work work;
    uint32_t *latencies; /* microseconds */
    size_t commits;
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * NANOSECONDS + now.tv_nsec;
}

static int fail(const struct bench *bench)
{
    fprintf(stderr, "rawcommit: %s\n", sqlite3_errmsg(bench->db));
    return -1;
}

static int bench_open(struct bench *bench, const char *path)
{
    if (sqlite3_open_v2(path, &bench->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_exec(bench->db,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                     "PRAGMA secure_delete = FAST",
                     NULL, NULL, NULL) != SQLITE_OK)
        return fail(bench);
    for (size_t i = 0; i < STEP_COUNT; i++) {
        if (sqlite3_prepare_v3(bench->db, STEPS[i].sql, -1, SQLITE_PREPARE_PERSISTENT,
                               &bench->statements[i], NULL) != SQLITE_OK)
            return fail(bench);
    }
    return 0;
}

static void bench_close(struct bench *bench)
{
    for (size_t i = 0; i < STEP_COUNT; i++)
        sqlite3_finalize(bench->statements[i]);
    sqlite3_close(bench->db);
    free(bench->latencies);
}

/* The values of one task; a statement takes those that its text names. */
struct values {
    int64_t at;
    char description[TEXT_SIZE];
    char folded[TEXT_SIZE];
    int64_t id;
};

static int run_step(struct bench *bench, size_t step, const struct values *values)
{
    sqlite3_stmt *statement = bench->statements[step];
    int parameters = sqlite3_bind_parameter_count(statement);

    if (parameters >= 1)
        sqlite3_bind_int64(statement, 1, values->at);
    if (parameters >= 2)
        sqlite3_bind_text(statement, 2, values->description, -1, SQLITE_STATIC);
    if (parameters >= 3)
        sqlite3_bind_text(statement, 3, values->folded, -1, SQLITE_STATIC);
    if (parameters >= 4)
        sqlite3_bind_int64(statement, 4, values->id);
    int rc = sqlite3_step(statement);
    sqlite3_reset(statement);
    return rc == SQLITE_DONE ? 0 : fail(bench);
}

static int insert_one(struct bench *bench)
{
    struct values values = {.at = INT64_C(1767225600000) + (int64_t)bench->commits};

    snprintf(values.description, TEXT_SIZE, "Raw task number %zu", bench->commits);
    snprintf(values.folded, TEXT_SIZE, "raw task number %zu", bench->commits);
    for (size_t step = 0; step < STEP_COUNT; step++) {
        if (STEPS[step].work > bench->work)
            continue;
        if (run_step(bench, step, &values) != 0)
            return -1;
        if (step == STEP_TASK)
            values.id = sqlite3_last_insert_rowid(bench->db);
    }
    return 0;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int bench_run(struct bench *bench, double seconds)
{
    int64_t start = now_ns();
    int64_t end = start + (int64_t)(seconds * (double)NANOSECONDS);
    int64_t before = start;

    while (before < end && bench->commits < COMMITS_MAX) {
        if (insert_one(bench) != 0)
            return -1;
        int64_t after = now_ns();
        bench->latencies[bench->commits++] = (uint32_t)((after - before) / 1000);
        before = after;
    }
    qsort(bench->latencies, bench->commits, sizeof(*bench->latencies), compare);
    printf("{\"commits\": %zu, \"seconds\": %.6f, \"p99_us\": %" PRIu32 "}\n", bench->commits,
           (double)(before - start) / (double)NANOSECONDS,
           bench->latencies[bench->commits * 99 / 100]);
    return 0;
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    double seconds = argc == 4 ? atof(argv[2]) : 0;

    while (seconds > 0 && bench.work < WORK_COUNT && strcmp(argv[3], WORKS[bench.work]) != 0)
        bench.work++;
    if (seconds <= 0 || bench.work == WORK_COUNT) {
        fputs("usage: rawcommit DATABASE SECONDS insert|row|create\n", stderr);
        return 2;
    }
    bench.latencies = calloc(COMMITS_MAX, sizeof(*bench.latencies));
    int result = bench.latencies == NULL ? -1 : bench_open(&bench, argv[1]);
    if (result == 0)
        result = bench_run(&bench, seconds);
    bench_close(&bench);
    return result == 0 ? 0 : 1;
}
