/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Relations of tasks: subtasks and dependencies, their counters, and what follows when one changes.
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

static void run_update(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_task_update(tx, arg), ERROR_NONE);
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

static int64_t insert_child(int64_t parent_id, bool completed)
{
    struct task task = make("child");
    task.parent_id = parent_id;
    task.completed = completed;
    return insert(task);
}

static int64_t insert_dependent(int64_t a, int64_t b)
{
    int64_t ids[] = {a, b};
    struct task task = make("dependent");
    task.depends_on = (struct id_list){ids, b != 0 ? 2 : 1};
    return insert(task);
}

static void complete(int64_t id)
{
    struct task task = get(id);
    task.completed = true;
    task.completed_at = 1500;
    sample_write(fixture.store, run_update, &task);
}

static void delete (int64_t id)
{
    sample_write(fixture.store, run_delete, &id);
}

START_TEST(test_parent_counts_its_subtasks)
{
    int64_t parent = insert(make("parent"));
    insert_child(parent, true);
    int64_t open = insert_child(parent, false);
    struct task read = get(parent);
    ck_assert_int_eq(read.subtasks.total, 2);
    ck_assert_int_eq(read.subtasks.completed, 1);
    ck_assert_int_eq(read.version, 3);
    complete(open);
    read = get(parent);
    ck_assert_int_eq(read.subtasks.completed, 2);
    ck_assert_int_eq(read.version, 4);
    delete (open);
    read = get(parent);
    ck_assert_int_eq(read.subtasks.total, 1);
    ck_assert_int_eq(read.subtasks.completed, 1);
    ck_assert_int_eq(read.version, 5);
}
END_TEST

START_TEST(test_former_parent_follows)
{
    int64_t a = insert(make("a")), b = insert(make("b"));
    struct task child = get(insert_child(a, true));
    child.parent_id = b;
    sample_write(fixture.store, run_update, &child);
    ck_assert_int_eq(get(a).subtasks.total, 0);
    ck_assert_int_eq(get(a).subtasks.completed, 0);
    ck_assert_int_eq(get(a).version, 3);
    ck_assert_int_eq(get(b).subtasks.completed, 1);
    ck_assert_int_eq(get(b).version, 2);
}
END_TEST

START_TEST(test_subtask_ids)
{
    int64_t parent = insert(make("parent"));
    int64_t first = insert_child(parent, false), second = insert_child(parent, true);
    struct id_list ids;
    ck_assert_int_eq(store_subtask_ids(begin(), parent, 0, &arena, &ids), ERROR_NONE);
    store_read_end(reader);
    ck_assert_uint_eq(ids.count, 2);
    ck_assert_int_eq(ids.ids[0], first);
    ck_assert_int_eq(ids.ids[1], second);
    ck_assert_int_eq(store_subtask_ids(begin(), parent, 1, &arena, &ids), ERROR_NONE);
    store_read_end(reader);
    ck_assert_uint_eq(ids.count, 1);
}
END_TEST

START_TEST(test_dependencies_count_and_block)
{
    int64_t a = insert(make("a")), b = insert(make("b"));
    int64_t id = insert_dependent(a, b);
    ck_assert_int_eq(get(id).dependencies.total, 2);
    ck_assert(task_blocked(&(struct task){.dependencies = get(id).dependencies}));
    complete(a);
    ck_assert_int_eq(get(id).dependencies.completed, 1);
    ck_assert_int_eq(get(id).version, 2);
    struct id_list ids;
    struct store_view *view = begin();
    ck_assert_int_eq(store_blocker_ids(view, id, &arena, &ids), ERROR_NONE);
    ck_assert_uint_eq(ids.count, 1);
    ck_assert_int_eq(ids.ids[0], b);
    ck_assert_int_eq(store_dependency_ids(view, id, &arena, &ids), ERROR_NONE);
    ck_assert_uint_eq(ids.count, 2);
    ck_assert_int_eq(store_dependent_ids(view, b, &arena, &ids), ERROR_NONE);
    ck_assert_uint_eq(ids.count, 1);
    ck_assert_int_eq(ids.ids[0], id);
    store_read_end(reader);
}
END_TEST

START_TEST(test_delete_releases_dependents)
{
    int64_t a = insert(make("a")), b = insert(make("b"));
    int64_t id = insert_dependent(a, b);
    delete (a);
    struct task read = get(id);
    ck_assert_uint_eq(read.depends_on.count, 1);
    ck_assert_int_eq(read.depends_on.ids[0], b);
    ck_assert_int_eq(read.dependencies.total, 1);
    ck_assert_int_eq(read.version, 2);
    ck_assert_int_eq(read.updated_at, 2000);
}
END_TEST

START_TEST(test_update_sets_what_the_database_knows)
{
    int64_t parent = insert(make("parent"));
    insert_child(parent, true);
    struct task task = get(parent);
    task.version = 1000;
    task.created_at = 1;
    task.subtasks = (struct progress){50, 50};
    sample_write(fixture.store, run_update, &task);
    ck_assert_int_eq(task.version, 3);
    ck_assert_int_eq(task.created_at, 1000);
    ck_assert_int_eq(task.subtasks.total, 1);
    ck_assert_int_eq(get(parent).created_at, 1000);
}
END_TEST

static bool run_dangling(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct change change = {.at = 1, .action = CHANGE_CREATE, .summary = "x"};
    struct task task = make("lost");
    task.parent_id = 12345;
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(store_change_end(tx), ERROR_STORAGE);
    return true;
}

START_TEST(test_dangling_reference_undoes_its_write_alone)
{
    ck_assert_int_eq(store_write(fixture.store, run_dangling, NULL), ERROR_STORAGE);
    ck_assert_int_eq(insert(make("fine")), 1);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM task"), 1);
}
END_TEST

Suite *suite_relations(void)
{
    const TTest *const tests[] = {
        test_parent_counts_its_subtasks,
        test_former_parent_follows,
        test_subtask_ids,
        test_dependencies_count_and_block,
        test_delete_releases_dependents,
        test_update_sets_what_the_database_knows,
        test_dangling_reference_undoes_its_write_alone,
    };
    return store_suite("relations", setup, teardown, tests, ARRAY_SIZE(tests));
}
