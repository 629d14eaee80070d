/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The journal: changes and the images of the rows they touched.
 */
#include <jansson.h>
#include <sqlite3.h>
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

static struct task make(const char *description)
{
    struct task task;
    task_init(&task);
    task.description = (struct text){description, strlen(description)};
    task.notes = (struct text){"", 0};
    task.completed_at = INSTANT_NONE;
    return task;
}

static int64_t number(const char *sql)
{
    return file_number(fixture.path, sql);
}

/* One image as JSON; NULL where there is none. */
static json_t *image(int64_t seq, int64_t ordinal, const char *column)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    char sql[128];
    snprintf(sql, sizeof(sql), "SELECT %s FROM change_row WHERE seq = %d AND ordinal = %d", column,
             (int)seq, (int)ordinal);
    ck_assert_int_eq(sqlite3_open(fixture.path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    json_t *json = text != NULL ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    ck_assert((text == NULL) == (json == NULL));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return json;
}

static int64_t member(json_t *json, const char *key)
{
    json_t *value = json_object_get(json, key);
    ck_assert_msg(json_is_integer(value), "%s is no integer", key);
    return json_integer_value(value);
}

static const char *string(json_t *json, const char *key)
{
    const char *value = json_string_value(json_object_get(json, key));
    ck_assert_msg(value != NULL, "%s is no string", key);
    return value;
}

/* --- Changes -------------------------------------------------------------------------------------
 */

static bool run_full_change(struct store_tx *tx, void *arg)
{
    struct change *change = arg;
    struct task task = make("x");
    ck_assert_int_eq(store_change_begin(tx, change), ERROR_NONE);
    ck_assert_int_eq(change->seq, 0);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(change->seq, 1);
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    return true;
}

START_TEST(test_change_is_stored_whole)
{
    struct change change = {
        .at = 42,
        .action = CHANGE_ARCHIVE_COMPLETED,
        .summary = "It's a summary",
        .request_id = "req",
        .actor = "me",
        .undoes = 7,
    };
    ck_assert_int_eq(store_write(fixture.store, run_full_change, &change), ERROR_NONE);
    ck_assert_int_eq(number("SELECT count(*) FROM change WHERE seq = 1 AND at = 42"
                            " AND action = 'archive_completed' AND summary = 'It''s a summary'"
                            " AND request_id = 'req' AND actor = 'me' AND undoes = 7"
                            " AND undone_by IS NULL"),
                     1);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row WHERE kind = 'task' AND row_id = 1"),
                     1);
}
END_TEST

START_TEST(test_change_without_optional_fields)
{
    struct change change = {.at = 1, .action = CHANGE_CREATE, .summary = ""};
    ck_assert_int_eq(store_write(fixture.store, run_full_change, &change), ERROR_NONE);
    ck_assert_int_eq(number("SELECT count(*) FROM change WHERE action = 'create'"
                            " AND request_id IS NULL AND actor IS NULL AND undoes IS NULL"),
                     1);
}
END_TEST

static void run_nothing(struct store_tx *tx, void *arg)
{
    (void)tx;
    (void)arg;
}

START_TEST(test_change_that_touches_nothing_leaves_nothing)
{
    sample_write(fixture.store, run_nothing, NULL);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 0);
}
END_TEST

static void run_same(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct task task = make("same");
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
    ck_assert_int_eq(task.version, 2);
}

START_TEST(test_update_to_the_same_leaves_no_row)
{
    sample_write(fixture.store, run_same, NULL);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row"), 1);
}
END_TEST

static bool run_two_summaries(struct store_tx *tx, void *arg)
{
    int64_t *count = arg;
    struct change change = {.at = 1, .action = CHANGE_BULK_DELETE, .summary = ""};
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    for (int64_t i = 0; i < *count; i++) {
        struct task task = make("x");
        ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    }
    change.summary = "Known at the end";
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    return true;
}

START_TEST(test_summary_may_be_known_at_the_end)
{
    int64_t none = 0, two = 2;
    ck_assert_int_eq(store_write(fixture.store, run_two_summaries, &none), ERROR_NONE);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 0);
    ck_assert_int_eq(store_write(fixture.store, run_two_summaries, &two), ERROR_NONE);
    ck_assert_int_eq(number("SELECT count(*) FROM change WHERE summary = 'Known at the end'"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row WHERE seq = 1"), 2);
}
END_TEST

static bool run_undone_part(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct change change = {.at = 1, .action = CHANGE_CREATE, .summary = "kept"};
    struct task task = make("undone"), other = make("kept");
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(store_savepoint_undo(tx), ERROR_NONE);
    ck_assert_int_eq(store_task_insert(tx, &other), ERROR_NONE);
    ck_assert_int_eq(change.seq, 1);
    ck_assert_int_eq(store_change_end(tx), ERROR_NONE);
    return true;
}

START_TEST(test_undone_part_leaves_no_trace)
{
    ck_assert_int_eq(store_write(fixture.store, run_undone_part, NULL), ERROR_NONE);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row"), 1);
    json_t *after = image(1, 1, "after");
    ck_assert_str_eq(string(after, "description"), "kept");
    json_decref(after);
}
END_TEST

/* --- Images --------------------------------------------------------------------------------------
 */

static void run_insert_full(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct task other = make("other");
    ck_assert_int_eq(store_task_insert(tx, &other), ERROR_NONE);
    struct task task = make("a \"quoted\" task");
    task.notes = (struct text){"two\nlines", 9};
    task.priority = TASK_PRIORITY_LOW;
    task.category = TASK_CATEGORY_WORK;
    task.completed = true;
    task.due_date = 20000;
    task.parent_id = other.id;
    task.recurring = (struct recurrence){RECURRENCE_WEEKLY, 2, 19993, 1};
    task.next_id = 9;
    task.depends_on = (struct id_list){&other.id, 1};
    task.created_at = 1;
    task.updated_at = 2;
    task.completed_at = 3;
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
}

START_TEST(test_image_holds_every_field)
{
    sample_write(fixture.store, run_insert_full, NULL);
    ck_assert_ptr_null(image(1, 2, "before"));
    json_t *after = image(1, 2, "after");
    json_t *expected = json_pack(
        "{s:i, s:s, s:b, s:s, s:s, s:s, s:s, s:i, s:[i], s:{s:s, s:i, s:s, s:i}, s:i, "
        "s:b, s:i, s:i, s:i, s:i}",
        "id", 2, "description", "a \"quoted\" task", "completed", 1, "priority", "low", "category",
        "work", "due_date", "2024-10-04", "notes", "two\nlines", "parent_id", 1, "depends_on", 1,
        "recurring", "type", "weekly", "interval", 2, "anchor", "2024-09-27", "index", 1, "next_id",
        9, "archived", 0, "created_at", 1, "updated_at", 2, "completed_at", 3, "version", 1);
    ck_assert_ptr_nonnull(expected);
    ck_assert_msg(json_equal(after, expected), "%s", json_dumps(after, 0));
    json_decref(after);
    json_decref(expected);
}
END_TEST

START_TEST(test_image_of_absent_values)
{
    sample_write(fixture.store, run_insert_full, NULL);
    json_t *after = image(1, 1, "after");
    static const char *const nulls[] = {"due_date", "parent_id", "recurring", "next_id",
                                        "completed_at"};
    for (size_t i = 0; i < ARRAY_SIZE(nulls); i++)
        ck_assert_msg(json_is_null(json_object_get(after, nulls[i])), "%s", nulls[i]);
    ck_assert_uint_eq(json_array_size(json_object_get(after, "depends_on")), 0);
    json_decref(after);
}
END_TEST

static void run_update(struct store_tx *tx, void *arg)
{
    struct arena *arena = arg;
    struct task task;
    ck_assert_int_eq(store_task_get(store_tx_view(tx), 2, arena, &task), ERROR_NONE);
    task.description = (struct text){"changed", 7};
    task.depends_on.count = 0;
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NONE);
}

START_TEST(test_update_has_both_images)
{
    struct arena arena;
    arena_init(&arena, 4096);
    sample_write(fixture.store, run_insert_full, NULL);
    sample_write(fixture.store, run_update, &arena);
    json_t *before = image(2, 1, "before"), *after = image(2, 1, "after");
    ck_assert_str_eq(string(before, "description"), "a \"quoted\" task");
    ck_assert_str_eq(string(after, "description"), "changed");
    ck_assert_uint_eq(json_array_size(json_object_get(before, "depends_on")), 1);
    ck_assert_uint_eq(json_array_size(json_object_get(after, "depends_on")), 0);
    ck_assert_int_eq(member(before, "version"), 1);
    ck_assert_int_eq(member(after, "version"), 2);
    /* The former dependency changed nothing that is stored of it. */
    ck_assert_int_eq(number("SELECT count(*) FROM change_row WHERE seq = 2"), 1);
    json_decref(before);
    json_decref(after);
    arena_close(&arena);
}
END_TEST

static void run_delete(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct task dependency = make("dependency"), dependent = make("dependent");
    ck_assert_int_eq(store_task_insert(tx, &dependency), ERROR_NONE);
    dependent.depends_on = (struct id_list){&dependency.id, 1};
    ck_assert_int_eq(store_task_insert(tx, &dependent), ERROR_NONE);
    ck_assert_int_eq(store_task_delete(tx, dependency.id, 77), ERROR_NONE);
}

START_TEST(test_delete_journals_the_dependents_first)
{
    sample_write(fixture.store, run_delete, NULL);
    json_t *before = image(1, 3, "before"), *after = image(1, 3, "after");
    ck_assert_int_eq(member(after, "id"), 2);
    ck_assert_uint_eq(json_array_size(json_object_get(before, "depends_on")), 1);
    ck_assert_uint_eq(json_array_size(json_object_get(after, "depends_on")), 0);
    ck_assert_int_eq(member(after, "updated_at"), 77);
    json_decref(before);
    json_decref(after);
    before = image(1, 4, "before");
    ck_assert_int_eq(member(before, "id"), 1);
    ck_assert_ptr_null(image(1, 4, "after"));
    json_decref(before);
}
END_TEST

Suite *suite_journal(void)
{
    const TTest *const tests[] = {
        test_change_is_stored_whole,
        test_change_without_optional_fields,
        test_change_that_touches_nothing_leaves_nothing,
        test_update_to_the_same_leaves_no_row,
        test_summary_may_be_known_at_the_end,
        test_undone_part_leaves_no_trace,
        test_image_holds_every_field,
        test_image_of_absent_values,
        test_update_has_both_images,
        test_delete_journals_the_dependents_first,
    };
    return store_suite("journal", setup, teardown, tests, ARRAY_SIZE(tests));
}
