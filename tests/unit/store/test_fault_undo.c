/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Every allocation fails in turn while a change of tasks and templates is undone, while old changes
 * are forgotten, and while the journal is read: it is told, and nothing is half done.
 */
#include <stdlib.h>
#include <string.h>

#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "fail_sqlite.h"
#include "sample.h"
#include "store/sqlite/prune.h"
#include "store_suites.h"
#include "undo_support.h"

enum allocator { ALLOCATOR_STORE, ALLOCATOR_SQLITE, ALLOCATOR_COUNT };

static struct fixture fixture;
static struct arena arena;

static void run_template(struct store_tx *tx, void *arg)
{
    struct task_template row;
    (void)arg;
    template_init(&row);
    row.name = row.description = row.notes = (struct text){"x", 1};
    ck_assert_int_eq(store_template_insert(tx, &row), ERROR_NONE);
}

static void run_all(struct store_tx *tx, void *arg)
{
    struct task task;
    static int64_t ids[] = {1, 2};
    (void)arg;
    ck_assert_int_eq(store_task_get(store_tx_view(tx), 2, &arena, &task), ERROR_NONE);
    task.description = (struct text){"Changed", 7};
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
    task.notes = (struct text){"Twice", 5};
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
    task.id = 0;
    task.parent_id = 0;
    task.depends_on = (struct id_list){ids, 2};
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(store_task_delete(tx, 3, 9), ERROR_NONE);
    ck_assert_int_eq(store_template_delete(tx, 1), ERROR_NONE);
    run_template(tx, arg);
}

/* 1 <- 3 <- 4 by links, 2 below 1. */
static void run_family(struct store_tx *tx, void *arg)
{
    static int64_t links[] = {1, 3};
    (void)arg;
    for (int i = 0; i < 4; i++) {
        struct task task;
        task_init(&task);
        task.description = task.notes = (struct text){"some text", 9};
        task.parent_id = i == 1 ? 1 : 0;
        task.depends_on = (struct id_list){&links[i == 3], i >= 2};
        ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    }
}

static void setup(void)
{
    fail_sqlite_setup();
    fixture_init(&fixture);
    fixture_open(&fixture);
    arena_init(&arena, 512);
    sample_write(fixture.store, run_family, NULL);
    sample_write(fixture.store, run_template, NULL);
    sample_write(fixture.store, run_all, NULL);
}

static void teardown(void)
{
    arena_close(&arena);
    fixture_remove(&fixture);
}

static void arm(enum allocator allocator, int n)
{
    if (allocator == ALLOCATOR_STORE)
        fail_malloc_after(n);
    else
        fail_sqlite_after(n);
}

static bool disarm(enum allocator allocator)
{
    return allocator == ALLOCATOR_STORE ? fail_malloc_off() : fail_sqlite_off();
}

struct attempt {
    enum error_code (*run)(struct store_tx *tx, struct attempt *attempt);
    enum allocator allocator;
    int n;
    bool has_failed;
    enum error_code code;
    int64_t target, seq; /* of an undo */
};

static bool run_attempt(struct store_tx *tx, void *arg)
{
    struct attempt *attempt = arg;
    arm(attempt->allocator, attempt->n);
    attempt->code = attempt->run(tx, attempt);
    attempt->has_failed = disarm(attempt->allocator);
    if (attempt->code != ERROR_NONE)
        ck_assert(attempt->has_failed && attempt->code == ERROR_MEMORY);
    return attempt->code == ERROR_NONE;
}

/* --- Undo --------------------------------------------------------------------------------------
 */

static enum error_code undo(struct store_tx *tx, struct attempt *attempt)
{
    struct change target;
    struct change change = {.action = CHANGE_UNDO, .summary = "An attempt"};
    bool is_conflict = false;
    struct id_list conflicts;
    enum error_code code = store_change_get(store_tx_view(tx), attempt->target, &arena, &target);
    if (code == ERROR_NONE)
        code = store_change_begin(tx, &change);
    if (code == ERROR_NONE)
        code = store_undo(tx, &target, &arena, &is_conflict, &conflicts);
    if (code == ERROR_NONE)
        code = store_change_end(tx);
    attempt->seq = change.seq;
    return is_conflict ? ERROR_CONFLICT : code;
}

/* Undoes the change, or does it again when it succeeded in spite of a failure. */
START_TEST(test_an_allocation_fails_in_undo)
{
    struct attempt attempt = {.run = undo, .allocator = (enum allocator)_i, .target = 3};
    attempt.has_failed = true;
    while (attempt.has_failed) {
        char *before CLEANUP_FREE = state_text(&fixture);
        int64_t newest = newest_change(&fixture);
        ck_assert_int_eq(store_write(fixture.store, run_attempt, &attempt), attempt.code);
        arena_reset(&arena);
        if (attempt.code == ERROR_NONE) {
            attempt.target = attempt.seq;
        } else {
            check_state(&fixture, before);
            ck_assert_int_eq(newest_change(&fixture), newest);
        }
        attempt.n = fail_sqlite_next(attempt.n);
    }
    ck_assert_int_gt(attempt.n, 10);
    check_counts(&fixture);
    file_check(fixture.path);
}
END_TEST

/* --- Forgetting --------------------------------------------------------------------------------
 */

static enum error_code forget(struct store_tx *tx, struct attempt *attempt)
{
    bool more;
    (void)attempt;
    return prune_portion(store_tx_view(tx), 0, &more);
}

START_TEST(test_an_allocation_fails_while_changes_are_forgotten)
{
    struct attempt attempt = {.run = forget, .allocator = (enum allocator)_i, .has_failed = true};
    fixture_close(&fixture);
    fixture.options.journal_max_changes = 1;
    fixture.options.journal_max_age_ms = INT64_MAX / 2;
    fixture_open(&fixture);
    while (attempt.has_failed) {
        ck_assert_int_eq(store_write(fixture.store, run_attempt, &attempt), attempt.code);
        attempt.n++;
    }
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM change"), 1);
    file_check(fixture.path);
}
END_TEST

/* --- Reading -----------------------------------------------------------------------------------
 */

static enum error_code read_all(struct store_view *view)
{
    struct change change;
    struct change_page page;
    bool known;
    int64_t seq;
    enum error_code code = store_change_get(view, 3, &arena, &change);
    if (code == ERROR_NONE)
        code = store_change_undoable(view, &arena, &change);
    if (code == ERROR_NONE)
        code = store_change_feed(view, 0, 10, &arena, &page);
    if (code == ERROR_NONE)
        code = store_task_history(view, 2, INT64_MAX, 10, &arena, &page);
    if (code == ERROR_NONE)
        code = store_task_known(view, 2, &known);
    return code == ERROR_NONE ? store_change_forgotten(view, &seq) : code;
}

static bool read_fails(enum allocator allocator, int n)
{
    struct error error;
    struct store_reader *reader;
    enum error_code code;
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    struct store_view *view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
    arm(allocator, n);
    code = read_all(view);
    bool has_failed = disarm(allocator);
    ck_assert(code == ERROR_NONE || (has_failed && code == ERROR_MEMORY));
    if (allocator == ALLOCATOR_STORE)
        ck_assert(has_failed == (code != ERROR_NONE));
    store_read_end(reader);
    store_reader_close(reader);
    arena_close(&arena);
    arena_init(&arena, 512);
    return has_failed;
}

START_TEST(test_an_allocation_fails_while_the_journal_is_read)
{
    int n = 0;
    while (read_fails((enum allocator)_i, n))
        n = fail_sqlite_next(n);
    ck_assert_int_gt(n, 3);
}
END_TEST

Suite *suite_fault_undo(void)
{
    Suite *suite = suite_create("fault_undo");
    TCase *tcase = tcase_create("fault_undo");
    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_an_allocation_fails_in_undo, 0, ALLOCATOR_COUNT);
    tcase_add_loop_test(tcase, test_an_allocation_fails_while_changes_are_forgotten, 0,
                        ALLOCATOR_COUNT);
    tcase_add_loop_test(tcase, test_an_allocation_fails_while_the_journal_is_read, 0,
                        ALLOCATOR_COUNT);
    suite_add_tcase(suite, tcase);
    return suite;
}
