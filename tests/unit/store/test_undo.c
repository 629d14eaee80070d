/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Undo from images: what the API's tests cannot see, templates, images of another form, damaged
 * ones, and how often a row is written.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store_suites.h"
#include "undo_support.h"

static struct fixture fixture;
static struct arena arena;

static void setup(void)
{
    fixture_init(&fixture);
    fixture_open(&fixture);
    arena_init(&arena, 4096);
}

static void teardown(void)
{
    arena_close(&arena);
    fixture_remove(&fixture);
}

static int64_t number(const char *sql)
{
    return file_number(fixture.path, sql);
}

static struct text text(const char *string)
{
    return (struct text){string, strlen(string)};
}

static struct task make(const char *description)
{
    struct task task;
    task_init(&task);
    task.description = text(description);
    task.notes = text("");
    task.completed_at = INSTANT_NONE;
    return task;
}

/* A write under one change, with a text for it. */
static void write_with(sample_fn run, const char *string)
{
    char argument[16];
    snprintf(argument, sizeof(argument), "%s", string);
    sample_write(fixture.store, run, argument);
}

static struct undo_outcome try_undo(int64_t target)
{
    struct undo_outcome outcome = {.target = target, .arena = &arena};
    undo_change(fixture.store, &outcome);
    return outcome;
}

/* --- Tasks -------------------------------------------------------------------------------------
 */

static void run_insert(struct store_tx *tx, void *arg)
{
    struct task task = make(arg);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
}

/* Comes, changes and goes in one change. */
static void run_passing(struct store_tx *tx, void *arg)
{
    struct task task = make(arg);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    task.notes = text("more");
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
    ck_assert_int_eq(store_task_delete(tx, task.id, 5), ERROR_NONE);
}

START_TEST(test_a_change_without_effect_is_undone_too)
{
    write_with(run_passing, "gone");
    char *before CLEANUP_FREE = state_text(&fixture);
    ck_assert_int_eq(undo_cleanly(fixture.store, 1), 2);
    check_state(&fixture, before);
    ck_assert_int_eq(number("SELECT undone_by FROM change WHERE seq = 1"), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row WHERE seq = 2"), 0);
}
END_TEST

static void run_twice(struct store_tx *tx, void *arg)
{
    struct task task;
    (void)arg;
    ck_assert_int_eq(store_task_get(store_tx_view(tx), 1, &arena, &task), ERROR_NONE);
    task.notes = text("first");
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
    task.notes = text("second");
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
}

START_TEST(test_a_row_that_was_touched_twice_is_restored_once)
{
    write_with(run_insert, "a task");
    char *before CLEANUP_FREE = state_text(&fixture);
    sample_write(fixture.store, run_twice, NULL);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row WHERE seq = 2"), 2);
    undo_cleanly(fixture.store, 2);
    check_state(&fixture, before);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row WHERE seq = 3"), 1);
}
END_TEST

static void run_family(struct store_tx *tx, void *arg)
{
    struct task parent = make("parent"), child = make("child");
    (void)arg;
    ck_assert_int_eq(store_task_insert(tx, &parent), ERROR_NONE);
    child.parent_id = parent.id;
    ck_assert_int_eq(store_task_insert(tx, &child), ERROR_NONE);
    struct task other = make("other");
    other.depends_on = (struct id_list){&child.id, 1};
    ck_assert_int_eq(store_task_insert(tx, &other), ERROR_NONE);
}

static void run_delete_family(struct store_tx *tx, void *arg)
{
    (void)arg;
    ck_assert_int_eq(store_task_delete(tx, 2, 9), ERROR_NONE);
    ck_assert_int_eq(store_task_delete(tx, 1, 9), ERROR_NONE);
}

START_TEST(test_each_row_has_one_row_in_the_journal)
{
    sample_write(fixture.store, run_family, NULL);
    char *before CLEANUP_FREE = state_text(&fixture);
    sample_write(fixture.store, run_delete_family, NULL);
    undo_cleanly(fixture.store, 2);
    check_state(&fixture, before);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row WHERE seq = 3"), 3);
    ck_assert_int_eq(number("SELECT count(DISTINCT row_id) FROM change_row WHERE seq = 3"), 3);
    ck_assert_int_eq(number("SELECT after ->> '$.depends_on[0]' FROM change_row"
                            " WHERE seq = 3 AND row_id = 3"),
                     2);
    ck_assert_int_gt(number("SELECT version FROM task WHERE id = 1"),
                     number("SELECT before ->> 'version' FROM change_row"
                            " WHERE seq = 2 AND row_id = 1"));
}
END_TEST

/* --- Images ------------------------------------------------------------------------------------
 */

START_TEST(test_an_image_of_another_form_is_no_conflict)
{
    write_with(run_insert, "a task");
    sample_write(fixture.store, run_twice, NULL);
    /* As another version of the program might write it: members in another order, one more. */
    file_exec(fixture.path, "UPDATE change_row SET after = json_set(json_remove(after, '$.id'),"
                            " '$.id', 1, '$.colour', 'red') WHERE seq = 2 AND ordinal = 2");
    ck_assert(!try_undo(2).is_conflict);
}
END_TEST

START_TEST(test_an_image_of_another_content_is_one)
{
    write_with(run_insert, "a task");
    sample_write(fixture.store, run_twice, NULL);
    file_exec(fixture.path, "UPDATE change_row SET after = json_set(after, '$.notes', 'other')"
                            " WHERE seq = 2 AND ordinal = 2");
    struct undo_outcome outcome = try_undo(2);
    ck_assert(outcome.is_conflict);
    ck_assert_uint_eq(outcome.conflicts.count, 1);
    ck_assert_int_eq(outcome.conflicts.ids[0], 1);
}
END_TEST

static bool run_corrupt(struct store_tx *tx, void *arg)
{
    struct change target, change = {.action = CHANGE_UNDO, .summary = ""};
    const int64_t *seq = arg;
    bool is_conflict;
    struct id_list conflicts;
    ck_assert_int_eq(store_change_get(store_tx_view(tx), *seq, &arena, &target), ERROR_NONE);
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    ck_assert_int_eq(store_undo(tx, &target, &arena, &is_conflict, &conflicts), ERROR_CORRUPT);
    return true;
}

/* Each of them damages one image of change 2. */
static const char *const damages[] = {
    "UPDATE change_row SET before = 'x' WHERE seq = 2",
    "UPDATE change_row SET after = '{}' WHERE seq = 2",
    "UPDATE change_row SET before = json_remove(before, '$.notes') WHERE seq = 2 AND ordinal = 1",
    "DELETE FROM change_row WHERE seq = 2 AND ordinal = 2;"
    "UPDATE change_row SET after = '[]' WHERE seq = 2",
};

START_TEST(test_a_damaged_image_fails_the_write)
{
    int64_t seq = 2;
    write_with(run_insert, "a task");
    sample_write(fixture.store, run_twice, NULL);
    char *before CLEANUP_FREE = state_text(&fixture);
    file_exec(fixture.path, damages[_i]);
    ck_assert_int_eq(store_write(fixture.store, run_corrupt, &seq), ERROR_CORRUPT);
    check_state(&fixture, before);
    ck_assert_int_eq(newest_change(&fixture), 2);
}
END_TEST

/* --- Templates ---------------------------------------------------------------------------------
 */

static void run_template_insert(struct store_tx *tx, void *arg)
{
    struct task_template row;
    template_init(&row);
    row.name = text(arg);
    row.description = text("described");
    row.notes = text("noted");
    row.priority = TASK_PRIORITY_HIGH;
    row.recurring = (struct recurrence){.type = RECURRENCE_MONTHLY, .interval = 3};
    row.created_at = 11;
    ck_assert_int_eq(store_template_insert(tx, &row), ERROR_NONE);
}

static void run_template_rename(struct store_tx *tx, void *arg)
{
    struct task_template row;
    ck_assert_int_eq(store_template_get_by_id(store_tx_view(tx), 1, &arena, &row), ERROR_NONE);
    row.name = text(arg);
    row.updated_at = 12;
    ck_assert_int_eq(store_template_update(tx, &row), ERROR_NONE);
}

static void run_template_delete(struct store_tx *tx, void *arg)
{
    (void)arg;
    ck_assert_int_eq(store_template_delete(tx, 1), ERROR_NONE);
}

START_TEST(test_templates_go_back_step_by_step_and_forth)
{
    char *states[4];
    states[0] = state_text(&fixture);
    write_with(run_template_insert, "Plan");
    states[1] = state_text(&fixture);
    write_with(run_template_rename, "Other");
    states[2] = state_text(&fixture);
    sample_write(fixture.store, run_template_delete, NULL);
    states[3] = state_text(&fixture);
    int64_t undos[3];
    for (int i = 2; i >= 0; i--) {
        undos[i] = undo_cleanly(fixture.store, i + 1);
        check_state(&fixture, states[i]);
    }
    for (int i = 0; i < 3; i++) {
        undo_cleanly(fixture.store, undos[i]);
        check_state(&fixture, states[i + 1]);
        free(states[i]);
    }
    free(states[3]);
}
END_TEST

START_TEST(test_versions_of_templates_go_on)
{
    write_with(run_template_insert, "Plan");
    write_with(run_template_rename, "Other");
    sample_write(fixture.store, run_template_delete, NULL);
    undo_cleanly(fixture.store, 3);
    ck_assert_int_eq(number("SELECT version FROM template"), 3);
    undo_cleanly(fixture.store, 2);
    ck_assert_int_eq(number("SELECT version FROM template"), 4);
}
END_TEST

START_TEST(test_templates_conflict)
{
    write_with(run_template_insert, "Plan");
    write_with(run_template_rename, "Other");
    struct undo_outcome outcome = try_undo(1); /* it is another now */
    ck_assert(outcome.is_conflict && outcome.conflicts.count == 0);
    write_with(run_template_insert, "PLAN");
    ck_assert(try_undo(2).is_conflict); /* the former name is taken */
    sample_write(fixture.store, run_template_delete, NULL);
    ck_assert(try_undo(2).is_conflict); /* it is gone */
    write_with(run_template_insert, "other");
    ck_assert(try_undo(4).is_conflict); /* its name is taken */
    undo_cleanly(fixture.store, 5);
    undo_cleanly(fixture.store, 4);
}
END_TEST

START_TEST(test_a_template_and_a_task_of_one_number_are_two)
{
    write_with(run_insert, "a task");
    write_with(run_template_insert, "Plan");
    sample_write(fixture.store, run_twice, NULL);
    undo_cleanly(fixture.store, 2);
    ck_assert_int_eq(number("SELECT count(*) FROM template"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM task WHERE notes = 'second'"), 1);
}
END_TEST

Suite *suite_undo(void)
{
    const TTest *const tests[] = {
        test_a_change_without_effect_is_undone_too,
        test_a_row_that_was_touched_twice_is_restored_once,
        test_each_row_has_one_row_in_the_journal,
        test_an_image_of_another_form_is_no_conflict,
        test_an_image_of_another_content_is_one,
        test_templates_go_back_step_by_step_and_forth,
        test_versions_of_templates_go_on,
        test_templates_conflict,
        test_a_template_and_a_task_of_one_number_are_two,
    };
    Suite *suite = store_suite("undo", setup, teardown, tests, ARRAY_SIZE(tests));
    TCase *tcase = tcase_create("undo_damaged");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_a_damaged_image_fails_the_write, 0, (int)ARRAY_SIZE(damages));
    suite_add_tcase(suite, tcase);
    return suite;
}
