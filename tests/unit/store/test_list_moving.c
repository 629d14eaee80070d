/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading a list on while it changes: rows that did not move are neither left out nor repeated.
 */
#include "base/cleanup.h"
#include "sample.h"
#include "store_suites.h"

#define TASKS   250
#define QUERIES 60
#define SEEN    4096

static struct fixture fixture;
static struct store_reader *reader;
static struct chance chance;

static void setup(void)
{
    struct error error = {0};
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    chance = (struct chance){.state = 23};
    sample_insert(fixture.store, &chance, TASKS);
}

static void teardown(void)
{
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

struct walk {
    struct arena *arena;
    unsigned times[SEEN]; /* a task was visited, by id */
    struct task_cursor cursor;
};

static enum error_code visit(void *context, const struct task *task, const struct task *parent)
{
    (void)parent;
    struct walk *walk = context;
    ck_assert_int_lt(task->id, SEEN);
    walk->times[task->id]++;
    cursor_after(walk->arena, task, &walk->cursor);
    return ERROR_NONE;
}

/* Everything that the list's rows and their order depend on. */
static bool is_unmoved(const struct task_query *query, const struct task *before,
                       const struct model *after)
{
    for (size_t i = 0; i < after->count; i++) {
        const struct task *task = &after->tasks[i];
        if (task->id == before->id)
            return task_query_match(query, task) && model_compare(query, task, before) == 0;
    }
    return false;
}

static void check_walk(const struct walk *walk, const struct task_query *query,
                       const struct model *before, const struct model *after)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct task *task = &before->tasks[i];
        if (task_query_match(query, task) && is_unmoved(query, task, after))
            ck_assert_msg(walk->times[task->id] == 1, "task %lld visited %u times",
                          (long long)task->id, walk->times[task->id]);
    }
}

static void load(struct model *model)
{
    model_load(model, begin());
    store_read_end(reader);
}

/* Inserts and deletes only: then nothing moves. */
static void insert_and_delete(struct store_tx *tx, void *arg)
{
    struct arena *arena = arg;
    struct task task, found;
    for (int i = 0; i < 4; i++) {
        sample_task(&chance, arena, &task);
        ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
        int64_t id = 1 + chance_below(&chance, (unsigned)task.id);
        if (store_task_get(store_tx_view(tx), id, arena, &found) == ERROR_NONE &&
            found.subtasks.total == 0)
            ck_assert_int_eq(store_task_delete(tx, id, 1700000000005), ERROR_NONE);
    }
}

static void walk_pages(struct walk *walk, struct task_query *query)
{
    bool more = true;
    for (bool first = true; more; first = false) {
        struct task_cursor after = walk->cursor;
        ck_assert_int_eq(
            store_task_list(begin(), query, first ? NULL : &after, walk->arena, visit, walk, &more),
            ERROR_NONE);
        store_read_end(reader);
        sample_write(fixture.store, insert_and_delete, walk->arena);
        query->limit = 20 + (int)chance_below(&chance, 60);
    }
}

START_TEST(test_unmoved_rows_come_once)
{
    struct arena arena;
    arena_init(&arena, 65536);
    for (int i = 0; i < QUERIES; i++) {
        static struct walk walk;
        struct model before, after;
        struct task_query query;
        walk = (struct walk){.arena = &arena};
        sample_query(&chance, &arena, &query);
        query.view = TASK_VIEW_FLAT;
        query.limit = 30;
        load(&before);
        walk_pages(&walk, &query);
        load(&after);
        check_walk(&walk, &query, &before, &after);
        model_close(&before);
        model_close(&after);
        arena_reset(&arena);
    }
    arena_close(&arena);
}
END_TEST

Suite *suite_list_moving(void)
{
    const TTest *const tests[] = {test_unmoved_rows_come_once};
    return store_suite("list moving", setup, teardown, tests, ARRAY_SIZE(tests));
}
