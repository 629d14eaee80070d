/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * An update writes what has changed and no more: whichever fields these are, all of them come back.
 */
#include <string.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store/sqlite/internal.h"
#include "store_suites.h"

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

static struct task make(const char *description)
{
    struct task task;
    task_init(&task);
    task.description = (struct text){description, strlen(description)};
    return task;
}

/* --- Every field ---------------------------------------------------------------------------------
 */

static int64_t other_id;

static void set_description(struct task *task)
{
    task->description = (struct text){"changed", 7};
}
static void set_notes(struct task *task)
{
    task->notes = (struct text){"new notes", 9};
}
static void set_priority(struct task *task)
{
    task->priority = TASK_PRIORITY_HIGH;
}
static void set_category(struct task *task)
{
    task->category = TASK_CATEGORY_WORK;
}
static void set_completed(struct task *task)
{
    task->completed = true;
}
static void set_archived(struct task *task)
{
    task->archived = true;
}
static void set_due_date(struct task *task)
{
    task->due_date = 20000;
}
static void set_parent(struct task *task)
{
    task->parent_id = other_id;
}
static void set_next(struct task *task)
{
    task->next_id = 77;
}
static void set_completed_at(struct task *task)
{
    task->completed_at = 1234;
}
static void set_depends_on(struct task *task)
{
    task->depends_on = (struct id_list){&other_id, 1};
}
static void set_recurrence_type(struct task *task)
{
    task->recurring.type = RECURRENCE_DAILY;
}
static void set_recurrence_interval(struct task *task)
{
    task->recurring.interval = 3;
}
static void set_recurrence_anchor(struct task *task)
{
    task->recurring.anchor = 19000;
}
static void set_recurrence_index(struct task *task)
{
    task->recurring.index = 4;
}

static void set_once(struct task *task)
{
    task->recurring = (struct recurrence){.anchor = DATE_NONE};
}

static void (*const setters[])(struct task *) = {
    set_description,
    set_notes,
    set_priority,
    set_category,
    set_completed,
    set_archived,
    set_due_date,
    set_parent,
    set_next,
    set_completed_at,
    set_depends_on,
    set_recurrence_type,
    set_recurrence_interval,
    set_recurrence_anchor,
    set_recurrence_index,
    set_once,
};

static void compare_texts(const struct text *a, const struct text *b)
{
    ck_assert_uint_eq(a->size, b->size);
    ck_assert_mem_eq(a->data, b->data, a->size);
}

static void compare(const struct task *a, const struct task *b)
{
    compare_texts(&a->description, &b->description);
    compare_texts(&a->notes, &b->notes);
    ck_assert_int_eq(a->priority, b->priority);
    ck_assert_int_eq(a->category, b->category);
    ck_assert_int_eq(a->completed, b->completed);
    ck_assert_int_eq(a->archived, b->archived);
    ck_assert_int_eq(a->due_date, b->due_date);
    ck_assert_int_eq(a->parent_id, b->parent_id);
    ck_assert_int_eq(a->next_id, b->next_id);
    ck_assert_int_eq(a->updated_at, b->updated_at);
    ck_assert_int_eq(a->completed_at, b->completed_at);
    ck_assert_uint_eq(a->depends_on.count, b->depends_on.count);
    ck_assert_int_eq(a->dependencies.total, b->dependencies.total);
    ck_assert_int_eq(a->recurring.type, b->recurring.type);
    ck_assert_int_eq(a->recurring.interval, b->recurring.interval);
    ck_assert_int_eq(a->recurring.anchor, b->recurring.anchor);
    ck_assert_int_eq(a->recurring.index, b->recurring.index);
    ck_assert_int_eq(a->version, b->version);
}

static void update_and_compare(struct store_tx *tx, unsigned chosen)
{
    struct task before, after, read, task = make("a task");
    task.notes = (struct text){"notes", 5};
    task.recurring = (struct recurrence){RECURRENCE_WEEKLY, 1, 18000, 0};
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(store_task_get(store_tx_view(tx), task.id, &arena, &before), ERROR_NONE);
    after = before;
    after.updated_at = 99;
    for (size_t i = 0; i < ARRAY_SIZE(setters); i++) {
        if ((chosen & 1U << i) != 0)
            setters[i](&after);
    }
    ck_assert_int_eq(store_task_replace(tx, &before, &after), ERROR_NONE);
    ck_assert_int_eq(after.version, 2);
    ck_assert_int_eq(store_task_get(store_tx_view(tx), task.id, &arena, &read), ERROR_NONE);
    compare(&read, &after);
    arena_reset(&arena);
}

static void run_every_field(struct store_tx *tx, void *arg)
{
    struct chance *chance = arg;
    struct task other = make("other");
    ck_assert_int_eq(store_task_insert(tx, &other), ERROR_NONE);
    other_id = other.id;
    update_and_compare(tx, 0);
    for (unsigned i = 0; i < ARRAY_SIZE(setters); i++)
        update_and_compare(tx, 1U << i);
    for (unsigned i = 0; i < ARRAY_SIZE(setters); i++) {
        for (unsigned j = i + 1; j < ARRAY_SIZE(setters); j++)
            update_and_compare(tx, 1U << i | 1U << j);
    }
    for (unsigned i = 0; i < 300; i++)
        update_and_compare(tx, chance_below(chance, 1U << ARRAY_SIZE(setters)));
}

START_TEST(test_whatever_changed_is_stored)
{
    struct chance chance = {.state = 5};
    sample_write(fixture.store, run_every_field, &chance);
    file_check(fixture.path);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM touched"), 0);
    ck_assert_int_eq(file_number(fixture.path,
                                 "SELECT count(*) FROM task WHERE description = 'changed'"
                                 " AND description_fold <> 'changed'"),
                     0);
}
END_TEST

/* --- The version ---------------------------------------------------------------------------------
 */

static bool run_stale(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct change change = {.at = 1, .action = CHANGE_UPDATE, .summary = "stale"};
    struct task before = make("a task");
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    ck_assert_int_eq(store_task_insert(tx, &before), ERROR_NONE);
    struct task after = before;
    after.completed = true;
    before.version = 7;
    ck_assert_int_eq(store_task_replace(tx, &before, &after), ERROR_STORAGE);
    ck_assert_int_eq(after.version, 1);
    return true;
}

START_TEST(test_replacing_another_version_undoes_the_write)
{
    ck_assert_int_eq(store_write(fixture.store, run_stale, NULL), ERROR_STORAGE);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM task"), 0);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM change"), 0);
}
END_TEST

/* --- Completed tasks -----------------------------------------------------------------------------
 */

static void run_states(struct store_tx *tx, void *arg)
{
    (void)arg;
    for (int i = 0; i < 8; i++) {
        struct task task = make("a task");
        task.completed = (i & 1) != 0;
        task.archived = (i & 2) != 0;
        task.due_date = i < 4 ? DATE_NONE : 20000;
        ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    }
    struct id_list ids;
    struct store_view *view = store_tx_view(tx);
    ck_assert_int_eq(store_completed_ids(view, 10, &arena, &ids), ERROR_NONE);
    ck_assert_uint_eq(ids.count, 2);
    ck_assert_int_eq(ids.ids[0] + ids.ids[1], 2 + 6);
    ck_assert_int_eq(store_completed_ids(view, 1, &arena, &ids), ERROR_NONE);
    ck_assert_uint_eq(ids.count, 1);
}

START_TEST(test_completed_tasks_that_are_not_archived)
{
    sample_write(fixture.store, run_states, NULL);
}
END_TEST

Suite *suite_update(void)
{
    const TTest *const tests[] = {
        test_whatever_changed_is_stored,
        test_replacing_another_version_undoes_the_write,
        test_completed_tasks_that_are_not_archived,
    };
    return store_suite("update", setup, teardown, tests, ARRAY_SIZE(tests));
}
