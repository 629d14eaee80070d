/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The search index: brought up to date with each transaction, merged when there is time.
 */
#include "store/sqlite/text_index.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store_suites.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
    fixture_open(&fixture);
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

static int64_t parts(void)
{
    return file_number(fixture.path, "SELECT count(DISTINCT segid) FROM task_text_idx");
}

/* Texts in which the needle may be. */
static int64_t found(const char *needle)
{
    struct arena arena;
    const char *terms;
    char sql[256];
    arena_init(&arena, 256);
    ck_assert_int_eq(text_index_terms((struct text){needle, strlen(needle)}, &arena, &terms),
                     ERROR_NONE);
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM task_text WHERE task_text MATCH '%s'", terms);
    arena_close(&arena);
    return file_number(fixture.path, sql);
}

static struct task make(const char *description, const char *notes)
{
    struct task task;
    task_init(&task);
    task.description = (struct text){description, strlen(description)};
    task.notes = (struct text){notes, strlen(notes)};
    task.completed_at = INSTANT_NONE;
    return task;
}

static void run_insert(struct store_tx *tx, void *arg)
{
    struct task task = make("Milk for \"breakfast\"", *(const char **)arg);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
}

static void run_update(struct store_tx *tx, void *arg)
{
    struct task task = make("Milk for \"breakfast\"", *(const char **)arg);
    task.id = 1;
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
}

static void run_delete(struct store_tx *tx, void *arg)
{
    (void)arg;
    ck_assert_int_eq(store_task_delete(tx, 1, 1), ERROR_NONE);
}

static void change(sample_fn run, const char *notes)
{
    sample_write(fixture.store, run, &notes);
}

START_TEST(test_index_follows_the_texts)
{
    change(run_insert, "STRASSE");
    ck_assert_int_eq(found("milk for \"bre"), 1);
    ck_assert_int_eq(found("strasse"), 1);
    change(run_update, "avenue");
    ck_assert_int_eq(found("strasse"), 0);
    ck_assert_int_eq(found("avenue"), 1);
    ck_assert_int_eq(found("milk"), 1);
    sample_write(fixture.store, run_delete, NULL);
    ck_assert_int_eq(found("milk"), 0);
}
END_TEST

/* Deletes a task and restores it under its id, as an undo does. */
static void run_restore(struct store_tx *tx, void *arg)
{
    run_delete(tx, NULL);
    struct task task = make("Tea", *(const char **)arg);
    task.id = 1;
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
}

START_TEST(test_index_follows_several_changes_of_one_write)
{
    change(run_insert, "old");
    change(run_restore, "new");
    ck_assert_int_eq(found("milk"), 0);
    ck_assert_int_eq(found("tea"), 1);
    ck_assert_int_eq(found("new"), 1);
}
END_TEST

static bool run_undone(struct store_tx *tx, void *arg)
{
    struct change change = {.at = 1, .action = CHANGE_CREATE, .summary = "undone"};
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    run_insert(tx, arg);
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    return false;
}

START_TEST(test_undone_write_leaves_no_text)
{
    const char *notes = "nothing";
    ck_assert_int_eq(store_write(fixture.store, run_undone, &notes), ERROR_NONE);
    ck_assert_int_eq(found("milk"), 0);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM touched"), 0);
}
END_TEST

static bool run_merge(struct store_tx *tx, void *arg)
{
    return text_index_merge(store_tx_view(tx), 100, arg) == ERROR_NONE;
}

START_TEST(test_merge_joins_the_parts)
{
    for (int i = 0; i < 7; i++)
        change(run_insert, "notes");
    bool more = true;
    while (more)
        ck_assert_int_eq(store_write(fixture.store, run_merge, &more), ERROR_NONE);
    ck_assert_int_le(parts(), 3);
    ck_assert_int_eq(found("milk"), 7);
}
END_TEST

START_TEST(test_busy_writer_merges)
{
    for (int i = 0; i < 60; i++)
        change(run_insert, "notes");
    ck_assert_int_lt(parts(), 30);
    ck_assert_int_eq(found("milk"), 60);
}
END_TEST

static void expect_terms(const char *needle, const char *expected)
{
    struct arena arena;
    const char *terms;
    arena_init(&arena, 256);
    ck_assert_int_eq(text_index_terms((struct text){needle, strlen(needle)}, &arena, &terms),
                     ERROR_NONE);
    ck_assert_pstr_eq(terms, expected);
    arena_close(&arena);
}

START_TEST(test_terms)
{
    expect_terms("", NULL);
    expect_terms("\u00e9\u00e9", NULL);
    expect_terms("\u00e9\u00e9a", "\"\u00e9\u00e9a\" ");
    expect_terms("a\"b\"", "\"a\"\"b\" \"\"\"b\"\"\" ");
    expect_terms("abcdefghijk", "\"abc\" \"bcd\" \"cde\" \"def\" \"efg\" \"fgh\" \"ghi\" "
                                "\"hij\" \"ijk\" ");
    expect_terms("abcdefghijkl", "\"abc\" \"cde\" \"efg\" \"ghi\" \"ijk\" \"jkl\" ");
}
END_TEST

START_TEST(test_idle_writer_merges)
{
    for (int i = 0; i < 4; i++)
        change(run_insert, "notes");
    while (parts() > 1)
        ;
    ck_assert_int_eq(found("milk"), 4);
    change(run_insert, "notes");
    ck_assert_int_eq(found("milk"), 5);
}
END_TEST

Suite *suite_text_index(void)
{
    const TTest *const tests[] = {
        test_index_follows_the_texts,
        test_index_follows_several_changes_of_one_write,
        test_undone_write_leaves_no_text,
        test_merge_joins_the_parts,
        test_busy_writer_merges,
        test_idle_writer_merges,
        test_terms,
    };
    return store_suite("text index", setup, teardown, tests, ARRAY_SIZE(tests));
}
