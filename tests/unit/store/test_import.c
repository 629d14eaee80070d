/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * All tasks at once: the walk, storing tasks as they are, numbers that are not given again, and
 * the documents that are known; each allocation fails in turn.
 */
#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "fail_sqlite.h"
#include "fixture.h"
#include "sample.h"
#include "store/import.h"
#include "store_suites.h"

static struct fixture fixture;
static struct store_reader *reader;
static struct arena arena;

static void setup(void)
{
    struct error error;
    fail_sqlite_setup();
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    arena_init(&arena, 512);
}

static void teardown(void)
{
    arena_close(&arena);
    store_reader_close(reader);
    fixture_remove(&fixture);
}

static struct task make_task(int64_t id)
{
    struct task task;
    task_init(&task);
    task.id = id;
    task.description = (struct text){"Imported", 8};
    task.created_at = task.updated_at = 5;
    return task;
}

/* Two that are linked with each other, the later id first. */
static void import_two(struct store_tx *tx, void *arg)
{
    const int64_t *first = arg;
    int64_t ids[] = {*first};
    struct task child = make_task(*first + 1), parent = make_task(*first);
    child.parent_id = *first;
    child.depends_on = (struct id_list){ids, 1};
    child.dependencies = (struct progress){1, 0};
    parent.subtasks = (struct progress){1, 0};
    ck_assert_int_eq(store_import_task(tx, &child), ERROR_NONE);
    ck_assert_int_eq(store_import_task(tx, &parent), ERROR_NONE);
}

static void insert_one(struct store_tx *tx, void *arg)
{
    struct task task = make_task(0);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    *(int64_t *)arg = task.id;
}

static void delete_one(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_task_delete(tx, *(int64_t *)arg, 9), ERROR_NONE);
}

static struct store_view *view(void)
{
    enum error_code code;
    struct store_view *view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
    return view;
}

/* --- Storing ---------------------------------------------------------------------------------- */

START_TEST(test_tasks_are_stored_as_they_are)
{
    int64_t first = 40;
    struct task parent, child;
    sample_write(fixture.store, import_two, &first);
    struct store_view *snapshot = view();
    ck_assert_int_eq(store_task_get(snapshot, 40, &arena, &parent), ERROR_NONE);
    ck_assert_int_eq(store_task_get(snapshot, 41, &arena, &child), ERROR_NONE);
    store_read_end(reader);
    ck_assert_int_eq(parent.subtasks.total, 1);
    ck_assert_int_eq(parent.version, 1);
    ck_assert_int_eq(child.parent_id, 40);
    ck_assert_uint_eq(child.depends_on.count, 1);
    ck_assert_int_eq(child.dependencies.total, 1);
    ck_assert_int_eq(child.created_at, 5);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM change"), 1);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM change_row"), 2);
    file_check(fixture.path);
}
END_TEST

static void import_taken(struct store_tx *tx, void *arg)
{
    struct task task = make_task(*(int64_t *)arg);
    ck_assert_int_eq(store_import_task(tx, &task), ERROR_CONFLICT);
}

START_TEST(test_taken_id_is_a_conflict)
{
    int64_t id;
    sample_write(fixture.store, insert_one, &id);
    sample_write(fixture.store, import_taken, &id);
}
END_TEST

START_TEST(test_versions_go_on_from_those_of_a_deleted_task)
{
    int64_t id, version;
    sample_write(fixture.store, insert_one, &id);
    file_exec(fixture.path, "UPDATE task SET version = 17");
    sample_write(fixture.store, delete_one, &id);
    sample_write(fixture.store, import_two, &id);
    version = file_number(fixture.path, "SELECT version FROM task ORDER BY id LIMIT 1");
    ck_assert_int_eq(version, 18);
}
END_TEST

static void reserve(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_import_reserve(tx, *(int64_t *)arg), ERROR_NONE);
}

START_TEST(test_reserved_ids_are_not_given)
{
    int64_t first = 5, last = 90, lower = 3, id;
    struct store_import_target target;
    ck_assert_int_eq(store_import_target(view(), &target), ERROR_NONE);
    store_read_end(reader);
    ck_assert(target.empty);
    ck_assert_int_eq(target.last_id, 0);
    sample_write(fixture.store, import_two, &first);
    sample_write(fixture.store, reserve, &last);
    sample_write(fixture.store, reserve, &lower);
    ck_assert_int_eq(store_import_target(view(), &target), ERROR_NONE);
    store_read_end(reader);
    ck_assert(!target.empty);
    ck_assert_int_eq(target.last_id, 90);
    sample_write(fixture.store, insert_one, &id);
    ck_assert_int_eq(id, 91);
}
END_TEST

/* --- Documents -------------------------------------------------------------------------------- */

static const uint8_t digest[STORE_IMPORT_DIGEST_SIZE] = {1, 2, 3};

static void remember(struct store_tx *tx, void *arg)
{
    const int64_t *range = arg;
    ck_assert_int_eq(store_import_remember(tx, digest, 7, range[0], range[1]), ERROR_NONE);
}

static void forget(struct store_tx *tx, void *arg)
{
    (void)arg;
    ck_assert_int_eq(store_import_forget(tx), ERROR_NONE);
}

static bool known(void)
{
    bool is_known;
    ck_assert_int_eq(store_import_known(view(), digest, &is_known), ERROR_NONE);
    store_read_end(reader);
    return is_known;
}

START_TEST(test_document_is_known_while_a_task_of_it_is_there)
{
    int64_t range[] = {10, 11}, none[] = {1, 9};
    ck_assert(!known());
    sample_write(fixture.store, import_two, range);
    sample_write(fixture.store, remember, none);
    ck_assert(!known());
    sample_write(fixture.store, remember, range);
    ck_assert(known());
    sample_write(fixture.store, delete_one, &range[1]);
    ck_assert(known());
    sample_write(fixture.store, delete_one, &range[0]);
    ck_assert(!known());
    sample_write(fixture.store, import_two, range);
    ck_assert(known());
    sample_write(fixture.store, forget, NULL);
    ck_assert(!known());
}
END_TEST

/* --- Walking ---------------------------------------------------------------------------------- */

struct walk {
    int64_t ids[8];
    size_t count;
    enum error_code answer;
};

static enum error_code visit(void *context, const struct task *task, const struct task *parent)
{
    struct walk *walk = context;
    ck_assert_ptr_null(parent);
    walk->ids[walk->count++] = task->id;
    return walk->answer;
}

START_TEST(test_walk_goes_by_id_in_pages)
{
    int64_t first = 30, later = 10, last = -1;
    struct walk walk = {0};
    sample_write(fixture.store, import_two, &first);
    sample_write(fixture.store, import_two, &later);
    struct store_view *snapshot = view();
    ck_assert_int_eq(store_task_walk(snapshot, 0, 3, &arena, visit, &walk, &last), ERROR_NONE);
    ck_assert_int_eq(last, 30);
    ck_assert_int_eq(store_task_walk(snapshot, last, 3, &arena, visit, &walk, &last), ERROR_NONE);
    ck_assert_int_eq(last, 31);
    ck_assert_int_eq(store_task_walk(snapshot, 31, 3, &arena, visit, &walk, &last), ERROR_NONE);
    ck_assert_int_eq(last, 31);
    ck_assert_uint_eq(walk.count, 4);
    ck_assert_int_eq(walk.ids[0], 10);
    walk.answer = ERROR_STORAGE;
    ck_assert_int_eq(store_task_walk(snapshot, 0, 3, &arena, visit, &walk, &last), ERROR_STORAGE);
    ck_assert_int_eq(last, 31);
    store_read_end(reader);
}
END_TEST

/* --- Faults ----------------------------------------------------------------------------------- */

/* Everything that an import does, with its outcome. */
static enum error_code run_all(struct store_tx *tx)
{
    int64_t ids[] = {1};
    struct store_import_target target;
    bool is_known;
    struct task parent = make_task(1), child = make_task(2);
    child.depends_on = (struct id_list){ids, 1};
    enum error_code code = store_import_known(store_tx_view(tx), digest, &is_known);
    if (code == ERROR_NONE)
        code = store_import_target(store_tx_view(tx), &target);
    if (code == ERROR_NONE)
        code = store_import_forget(tx);
    if (code == ERROR_NONE)
        code = store_import_task(tx, &parent);
    if (code == ERROR_NONE)
        code = store_import_task(tx, &child);
    if (code == ERROR_NONE)
        code = store_import_reserve(tx, 5);
    return code == ERROR_NONE ? store_import_remember(tx, digest, 1, 1, 2) : code;
}

struct attempt {
    bool of_sqlite;
    int n;
    bool has_failed;
    enum error_code code;
};

static bool attempt_all(struct store_tx *tx, void *arg)
{
    struct attempt *attempt = arg;
    struct change change = {.at = 1, .action = CHANGE_IMPORT, .summary = "An attempt"};
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    if (attempt->of_sqlite)
        fail_sqlite_after(attempt->n);
    else
        fail_malloc_after(attempt->n);
    attempt->code = run_all(tx);
    if (attempt->code == ERROR_NONE)
        attempt->code = store_change_end(tx);
    attempt->has_failed = attempt->of_sqlite ? fail_sqlite_off() : fail_malloc_off();
    return attempt->code == ERROR_NONE;
}

START_TEST(test_one_allocation_fails)
{
    struct attempt attempt = {.of_sqlite = _i == 1};
    for (;; attempt.n = fail_sqlite_next(attempt.n)) {
        enum error_code code = store_write(fixture.store, attempt_all, &attempt);
        ck_assert_int_eq(code, attempt.code);
        if (code == ERROR_NONE)
            break; /* SQLite can do without some */
        ck_assert_int_eq(code, ERROR_MEMORY);
        ck_assert(attempt.has_failed);
        ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM task"), 0);
        ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM import"), 0);
    }
    ck_assert_int_gt(attempt.n, 1);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM task"), 2);
    file_check(fixture.path);
}
END_TEST

Suite *suite_import(void)
{
    const TTest *const tests[] = {
        test_tasks_are_stored_as_they_are,
        test_taken_id_is_a_conflict,
        test_versions_go_on_from_those_of_a_deleted_task,
        test_reserved_ids_are_not_given,
        test_document_is_known_while_a_task_of_it_is_there,
        test_walk_goes_by_id_in_pages,
    };
    Suite *suite = store_suite("import", setup, teardown, tests, ARRAY_SIZE(tests));
    TCase *tcase = tcase_create("faults");
    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_one_allocation_fails, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
