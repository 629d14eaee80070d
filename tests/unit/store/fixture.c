/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The fixture of the store's tests.
 */
#include "fixture.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite/internal.h"

static void on_batch(void *context, unsigned items, uint64_t nanoseconds)
{
    (void)nanoseconds;
    struct observed *observed = context;
    observed->batches++;
    observed->items += items;
    if (items > observed->largest_batch)
        observed->largest_batch = items;
}

static void on_commit(void *context, uint64_t nanoseconds)
{
    (void)nanoseconds;
    ((struct observed *)context)->commits++;
}

static void on_checkpoint(void *context, uint64_t nanoseconds, uint64_t wal_bytes_left)
{
    (void)nanoseconds;
    (void)wal_bytes_left;
    ((struct observed *)context)->checkpoints++;
}

static void on_wait(void *context, uint64_t nanoseconds)
{
    (void)nanoseconds;
    ((struct observed *)context)->waits++;
}

static void on_failed(void *context, const struct error *error)
{
    ck_assert(error->code != ERROR_NONE);
    ck_assert(error->message[0] != '\0');
    ((struct observed *)context)->failures++;
}

static void on_sync_failed(void *context, const struct error *error)
{
    ck_assert_int_eq(error->code, ERROR_STORAGE);
    ((struct observed *)context)->sync_failures++;
}

void fixture_init(struct fixture *fixture)
{
    memset(fixture, 0, sizeof(*fixture));
    /* Nothing here depends on a real disk, and thousands of syncs in memory take no time. */
    bool has_memory = access("/dev/shm", W_OK) == 0;
    snprintf(fixture->folder, sizeof(fixture->folder), "%s/todo-store-XXXXXX",
             has_memory ? "/dev/shm" : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof(fixture->path), "%s/todo.db", fixture->folder);
    fixture->options = (struct store_options){
        .path = fixture->path,
        .queue_limit = 1000,
        .batch_limit = 100,
        .batch_time_ms = 60000,
        .busy_timeout_ms = 30000,
        .wal_limit_bytes = 4 << 20,
        .idempotency_ttl_ms = 86400000,
        .observer = {.context = &fixture->observed,
                     .batch = on_batch,
                     .commit = on_commit,
                     .checkpoint = on_checkpoint,
                     .queue_wait = on_wait,
                     .failed = on_failed,
                     .sync_failed = on_sync_failed},
    };
}

void fixture_open(struct fixture *fixture)
{
    struct error error = {0};
    enum error_code code = store_open(&fixture->options, &fixture->store, &error);
    ck_assert_msg(code == ERROR_NONE, "%s", error.message);
    ck_assert_int_eq(store_start(fixture->store, &error), ERROR_NONE);
    ck_assert_int_eq(store_write(fixture->store, probe_create, NULL), ERROR_NONE);
}

void fixture_close(struct fixture *fixture)
{
    store_close(fixture->store);
    fixture->store = NULL;
}

void fixture_remove(struct fixture *fixture)
{
    fixture_close(fixture);
    DIR *folder = opendir(fixture->folder);
    ck_assert_ptr_nonnull(folder);
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL)
        unlink(fixture_path(fixture, entry->d_name));
    closedir(folder);
    rmdir(fixture->folder);
}

const char *fixture_path(const struct fixture *fixture, const char *name)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    return path;
}

/* --- The file --------------------------------------------------------------------------------- */

static sqlite3 *file_open(const char *path)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 30000);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    return db;
}

void file_exec(const char *path, const char *sql)
{
    sqlite3 *db = file_open(path);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    sqlite3_close(db);
}

static bool write_nothing(struct store_tx *tx, void *arg)
{
    (void)tx;
    (void)arg;
    return true;
}

void fixture_edit(struct fixture *fixture, const char *sql)
{
    file_exec(fixture->path, sql);
    ck_assert_int_gt(file_number(fixture->path, "SELECT count(*) FROM touched"), 0);
    ck_assert_int_eq(store_write(fixture->store, write_nothing, NULL), ERROR_NONE);
    ck_assert_int_eq(file_number(fixture->path, "SELECT count(*) FROM touched"), 0);
}

int64_t file_number(const char *path, const char *sql)
{
    sqlite3 *db = file_open(path);
    sqlite3_stmt *statement = NULL;
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

void file_check(const char *path)
{
    ck_assert_int_eq(
        file_number(path, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"),
        1);
}

/* --- Writes ----------------------------------------------------------------------------------- */

static enum error_code run_sql(struct store_tx *tx, const char *sql, int64_t value)
{
    struct store_view *view = store_tx_view(tx);
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_compose(view, sql, strlen(sql), &statement);
    if (code == ERROR_NONE && sqlite3_bind_parameter_count(statement) > 0)
        code = store_error(view, sqlite3_bind_int64(statement, 1, value));
    return code == ERROR_NONE ? store_run(view, statement) : code;
}

bool probe_create(struct store_tx *tx, void *arg)
{
    (void)arg;
    return run_sql(tx,
                   "CREATE TABLE IF NOT EXISTS probe(id INTEGER PRIMARY KEY, value INTEGER, "
                   "filler TEXT)",
                   0) == ERROR_NONE;
}

bool probe_insert(struct store_tx *tx, void *arg)
{
    return run_sql(tx, "INSERT INTO probe(value, filler) VALUES (?, hex(zeroblob(500)))",
                   *(int64_t *)arg) == ERROR_NONE;
}

bool probe_refuse(struct store_tx *tx, void *arg)
{
    probe_insert(tx, arg);
    return false;
}

int64_t probe_count(struct store_reader *reader)
{
    enum error_code code = ERROR_NONE;
    struct store_view *view = store_read_begin(reader, &code);
    if (view == NULL)
        return -1;
    static const char sql[] = "SELECT count(*) FROM probe";
    int64_t count = -1;
    {
        sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
        if (store_compose(view, sql, sizeof(sql) - 1, &statement) == ERROR_NONE &&
            sqlite3_step(statement) == SQLITE_ROW)
            count = sqlite3_column_int64(statement, 0);
    }
    store_read_end(reader);
    return count;
}

/* --- The gate --------------------------------------------------------------------------------- */

bool gate_run(struct store_tx *tx, void *arg)
{
    (void)tx;
    struct gate *gate = arg;
    LOCK_SCOPE(&gate->mutex);
    gate->is_entered = true;
    pthread_cond_broadcast(&gate->changed);
    while (!gate->is_open)
        pthread_cond_wait(&gate->changed, &gate->mutex);
    return true;
}

void gate_wait_entered(struct gate *gate)
{
    LOCK_SCOPE(&gate->mutex);
    while (!gate->is_entered)
        pthread_cond_wait(&gate->changed, &gate->mutex);
}

void gate_open(struct gate *gate)
{
    LOCK_SCOPE(&gate->mutex);
    gate->is_open = true;
    pthread_cond_broadcast(&gate->changed);
}

static pthread_mutex_t told_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told_changed = PTHREAD_COND_INITIALIZER;

static void tell(struct store_job *job, enum error_code outcome)
{
    struct told_job *told = (struct told_job *)job;
    LOCK_SCOPE(&told_mutex);
    told->outcome = (int)outcome;
    told->times++;
    pthread_cond_broadcast(&told_changed);
}

void told_wait(struct told_job *job)
{
    LOCK_SCOPE(&told_mutex);
    while (job->times == 0)
        pthread_cond_wait(&told_changed, &told_mutex);
}

static enum error_code submit(struct fixture *fixture, struct told_job *job, store_fn run,
                              void *arg, bool alone)
{
    job->job = (struct store_job){
        .run = run, .done = tell, .arg = arg != NULL ? arg : &job->value, .alone = alone};
    job->times = 0;
    job->outcome = -1;
    return store_submit(fixture->store, &job->job);
}

enum error_code told_submit(struct fixture *fixture, struct told_job *job, store_fn run, void *arg)
{
    return submit(fixture, job, run, arg, false);
}

enum error_code told_submit_alone(struct fixture *fixture, struct told_job *job, store_fn run,
                                  void *arg)
{
    return submit(fixture, job, run, arg, true);
}
