/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Single tasks: what is stored and read, and the tally.
 */
#include <string.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store/sqlite/internal.h"
#include "store_suites.h"

static struct fixture fixture;
static struct store_reader *reader;
static struct arena arena;

static void setup(void)
{
    struct error error = {0};
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    arena_init(&arena, 4096);
}

static void teardown(void)
{
    arena_close(&arena);
    store_reader_close(reader);
    fixture_remove(&fixture);
}

static struct store_view *begin(void)
{
    enum error_code code = ERROR_NONE;
    struct store_view *view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
    return view;
}

static struct task get(int64_t id)
{
    struct task task;
    ck_assert_int_eq(store_task_get(begin(), id, &arena, &task), ERROR_NONE);
    store_read_end(reader);
    return task;
}

static struct task make(const char *description)
{
    struct task task;
    task_init(&task);
    task.description = (struct text){description, strlen(description)};
    task.notes = (struct text){"", 0};
    task.created_at = task.updated_at = 1000;
    task.completed_at = INSTANT_NONE;
    return task;
}

/* --- Each operation in a write of its own --------------------------------------------------------
 */

static void run_insert(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_task_insert(tx, arg), ERROR_NONE);
}

static void run_delete(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_task_delete(tx, *(int64_t *)arg, 2000), ERROR_NONE);
}

static int64_t insert(struct task task)
{
    sample_write(fixture.store, run_insert, &task);
    return task.id;
}

static void delete (int64_t id)
{
    sample_write(fixture.store, run_delete, &id);
}

/* --- Fields --------------------------------------------------------------------------------------
 */

START_TEST(test_every_field_comes_back)
{
    int64_t other = insert(make("other"));
    struct task task = make("Tea \xF0\x9F\x8D\xB5");
    task.notes = (struct text){"two\nlines", 9};
    task.priority = TASK_PRIORITY_HIGH;
    task.category = TASK_CATEGORY_SHOPPING;
    task.completed = task.archived = true;
    task.due_date = 12345;
    task.parent_id = other;
    task.recurring = (struct recurrence){RECURRENCE_MONTHLY, 3, 12000, 7};
    task.next_id = 99;
    task.depends_on = (struct id_list){&other, 1};
    task.created_at = -5;
    task.updated_at = INT64_C(253402300799999);
    task.completed_at = 0;
    int64_t id = insert(task);
    struct task read = get(id);
    ck_assert_str_eq(read.description.data, task.description.data);
    ck_assert_uint_eq(read.description.size, task.description.size);
    ck_assert_str_eq(read.notes.data, "two\nlines");
    ck_assert_int_eq(read.priority, TASK_PRIORITY_HIGH);
    ck_assert_int_eq(read.category, TASK_CATEGORY_SHOPPING);
    ck_assert(read.completed && read.archived);
    ck_assert_int_eq(read.due_date, 12345);
    ck_assert_int_eq(read.parent_id, other);
    ck_assert_int_eq(read.recurring.type, RECURRENCE_MONTHLY);
    ck_assert_int_eq(read.recurring.interval, 3);
    ck_assert_int_eq(read.recurring.anchor, 12000);
    ck_assert_int_eq(read.recurring.index, 7);
    ck_assert_int_eq(read.next_id, 99);
    ck_assert_uint_eq(read.depends_on.count, 1);
    ck_assert_int_eq(read.depends_on.ids[0], other);
    ck_assert_int_eq(read.created_at, -5);
    ck_assert_int_eq(read.updated_at, INT64_C(253402300799999));
    ck_assert_int_eq(read.completed_at, 0);
    ck_assert_int_eq(read.version, 1);
}
END_TEST

START_TEST(test_defaults_come_back)
{
    struct task read = get(insert(make("plain")));
    ck_assert_int_eq(read.due_date, DATE_NONE);
    ck_assert_int_eq(read.parent_id, 0);
    ck_assert_int_eq(read.next_id, 0);
    ck_assert_int_eq(read.completed_at, INSTANT_NONE);
    ck_assert_int_eq(read.recurring.type, RECURRENCE_NONE);
    ck_assert_int_eq(read.recurring.interval, 0);
    ck_assert_int_eq(read.recurring.anchor, DATE_NONE);
    ck_assert_uint_eq(read.depends_on.count, 0);
    ck_assert_uint_eq(read.notes.size, 0);
    ck_assert_int_eq(read.subtasks.total, 0);
    ck_assert_int_eq(read.dependencies.total, 0);
}
END_TEST

/* What few tasks have is read only where it is: each alone must be enough. */
START_TEST(test_each_rare_field_alone_comes_back)
{
    int64_t other = insert(make("other"));
    struct task dated = make("dated"), child = make("child"), weekly = make("weekly");
    struct task followed = make("followed"), dependent = make("dependent"), done = make("done");
    dated.due_date = DATE_MIN;
    child.parent_id = other;
    weekly.recurring = (struct recurrence){RECURRENCE_WEEKLY, 1, 12000, 0};
    followed.next_id = 99;
    dependent.depends_on = (struct id_list){&other, 1};
    done.completed = true;
    done.completed_at = 3000;
    ck_assert_int_eq(get(insert(dated)).due_date, DATE_MIN);
    ck_assert_int_eq(get(insert(child)).parent_id, other);
    ck_assert_int_eq(get(other).subtasks.total, 1);
    ck_assert_int_eq(get(insert(weekly)).recurring.anchor, 12000);
    ck_assert_int_eq(get(insert(followed)).next_id, 99);
    ck_assert_int_eq(get(insert(dependent)).dependencies.total, 1);
    ck_assert_int_eq(get(insert(done)).completed_at, 3000);
}
END_TEST

START_TEST(test_longest_texts_come_back)
{
    size_t size = TASK_NOTES_MAX * 4;
    char *notes = arena_alloc(&arena, size + 1);
    for (size_t i = 0; i < size; i += 4)
        memcpy(notes + i, "\xF0\x9F\x98\x80", 4);
    notes[size] = '\0';
    struct task task = make("long");
    task.notes = (struct text){notes, size};
    struct task read = get(insert(task));
    ck_assert_uint_eq(read.notes.size, size);
    ck_assert_mem_eq(read.notes.data, notes, size);
}
END_TEST

START_TEST(test_missing_task)
{
    struct task task = {.id = 77};
    ck_assert_int_eq(store_task_get(begin(), 1, &arena, &task), ERROR_NOT_FOUND);
    store_read_end(reader);
    ck_assert_int_eq(task.id, 77); /* untouched */
}
END_TEST

static void run_missing(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct task task = make("x");
    task.id = 5;
    ck_assert_int_eq(store_task_update(tx, &task), ERROR_NOT_FOUND);
    ck_assert_int_eq(store_task_delete(tx, 5, 0), ERROR_NOT_FOUND);
}

START_TEST(test_changes_of_a_missing_task)
{
    sample_write(fixture.store, run_missing, NULL);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM change"), 0);
}
END_TEST

/* --- Ids -----------------------------------------------------------------------------------------
 */

START_TEST(test_ids_are_never_reused)
{
    int64_t id = insert(make("first"));
    delete (id);
    ck_assert_int_gt(insert(make("second")), id);
}
END_TEST

static void run_taken(struct store_tx *tx, void *arg)
{
    struct task task = make("again");
    task.id = *(int64_t *)arg;
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_CONFLICT);
    struct task other = make("goes on");
    ck_assert_int_eq(store_task_insert(tx, &other), ERROR_NONE);
}

START_TEST(test_given_id)
{
    struct task task = make("given");
    task.id = 500;
    ck_assert_int_eq(insert(task), 500);
    sample_write(fixture.store, run_taken, &task.id);
    ck_assert_int_eq(file_number(fixture.path, "SELECT max(id) FROM task"), 501);
    ck_assert_int_eq(file_number(fixture.path, "SELECT sum(n) FROM tally"), 2);
}
END_TEST

/* --- The tally -----------------------------------------------------------------------------------
 */

START_TEST(test_tally_by_state)
{
    insert(make("open"));
    struct task task = make("done");
    task.completed = true;
    insert(task);
    insert(task);
    task.archived = true;
    int64_t archived = insert(task);
    struct store_tally tally;
    ck_assert_int_eq(store_tally(begin(), &tally), ERROR_NONE);
    store_read_end(reader);
    ck_assert_int_eq(tally.active, 1);
    ck_assert_int_eq(tally.completed, 2);
    ck_assert_int_eq(tally.archived, 1);
    delete (archived);
    ck_assert_int_eq(store_tally(begin(), &tally), ERROR_NONE);
    store_read_end(reader);
    ck_assert_int_eq(tally.archived, 0);
}
END_TEST

START_TEST(test_tally_of_an_empty_store)
{
    struct store_tally tally = {1, 1, 1};
    ck_assert_int_eq(store_tally(begin(), &tally), ERROR_NONE);
    store_read_end(reader);
    ck_assert_int_eq(tally.active + tally.completed + tally.archived, 0);
}
END_TEST

Suite *suite_tasks(void)
{
    const TTest *const tests[] = {
        test_every_field_comes_back,
        test_defaults_come_back,
        test_each_rare_field_alone_comes_back,
        test_longest_texts_come_back,
        test_missing_task,
        test_changes_of_a_missing_task,
        test_ids_are_never_reused,
        test_given_id,
        test_tally_by_state,
        test_tally_of_an_empty_store,
    };
    return store_suite("tasks", setup, teardown, tests, ARRAY_SIZE(tests));
}
