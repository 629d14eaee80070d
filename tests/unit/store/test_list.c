/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Task lists against the model: every order, filter, view and page.
 */
#include <stdlib.h>

#include "sample.h"
#include "store_suites.h"

#define TASKS   400
#define QUERIES 1500

static struct fixture fixture;
static struct store_reader *reader;
static struct chance chance;

static void setup(void)
{
    struct error error = {0};
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    chance = (struct chance){.state = 7};
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

/* --- Whole lists --------------------------------------------------------------------------------
 */

/* A walk over all pages, checked row by row. */
struct walk {
    const struct expected *expected;
    size_t count;
    size_t at;
    struct arena *arena;
    struct task_cursor cursor; /* of the last row with parent NULL */
    int on_page;
};

static void check_same(const struct task *task, const struct task *expected)
{
    ck_assert_int_eq(task->id, expected->id);
    ck_assert_int_eq(task->version, expected->version);
    ck_assert_str_eq(task->description.data, expected->description.data);
    ck_assert_str_eq(task->notes.data, expected->notes.data);
    ck_assert_int_eq(task->parent_id, expected->parent_id);
    ck_assert_int_eq(task->due_date, expected->due_date);
    ck_assert_uint_eq(task->depends_on.count, expected->depends_on.count);
    for (size_t i = 0; i < task->depends_on.count; i++)
        ck_assert_int_eq(task->depends_on.ids[i], expected->depends_on.ids[i]);
}

static enum error_code visit(void *context, const struct task *task, const struct task *parent)
{
    struct walk *walk = context;
    ck_assert_uint_lt(walk->at, walk->count);
    const struct expected *expected = &walk->expected[walk->at++];
    check_same(task, expected->task);
    ck_assert((parent == NULL) == (expected->parent == NULL));
    if (parent != NULL) {
        ck_assert_int_eq(parent->id, expected->parent->id);
        return ERROR_NONE;
    }
    walk->on_page++;
    cursor_after(walk->arena, task, &walk->cursor);
    return ERROR_NONE;
}

static void check_list(struct store_view *view, const struct model *model, struct task_query *query,
                       struct arena *arena)
{
    struct walk walk = {.arena = arena};
    struct expected *expected = model_list(model, query, &walk.count);
    walk.expected = expected;
    bool more = true;
    for (bool first = true; more; first = false) {
        walk.on_page = 0;
        struct task_cursor after = walk.cursor;
        ck_assert_int_eq(
            store_task_list(view, query, first ? NULL : &after, arena, visit, &walk, &more),
            ERROR_NONE);
        ck_assert(!more || walk.on_page == query->limit);
        query->limit = 1 + (int)chance_below(&chance, 60);
    }
    ck_assert_uint_eq(walk.at, walk.count);
    free(expected);
}

static void check_count(struct store_view *view, const struct model *model,
                        const struct task_query *query, struct arena *arena)
{
    struct progress count, expected = model_count(model, query);
    ck_assert_int_eq(store_task_count(view, query, arena, &count), ERROR_NONE);
    ck_assert_int_eq(count.total, expected.total);
    ck_assert_int_eq(count.completed, expected.completed);
}

static void check_queries(unsigned count, void (*check)(struct store_view *, const struct model *,
                                                        struct task_query *, struct arena *))
{
    struct arena arena;
    struct model model;
    struct store_view *view = begin();
    model_load(&model, view);
    ck_assert_uint_gt(model.count, 0);
    arena_init(&arena, 65536);
    for (unsigned i = 0; i < count; i++) {
        struct task_query query;
        sample_query(&chance, &arena, &query);
        check(view, &model, &query, &arena);
        arena_reset(&arena);
    }
    arena_close(&arena);
    model_close(&model);
    store_read_end(reader);
}

static void check_list_and_count(struct store_view *view, const struct model *model,
                                 struct task_query *query, struct arena *arena)
{
    check_count(view, model, query, arena);
    check_list(view, model, query, arena);
}

START_TEST(test_lists_are_those_of_the_model)
{
    sample_insert(fixture.store, &chance, TASKS);
    check_queries(QUERIES, check_list_and_count);
}
END_TEST

START_TEST(test_lists_are_right_after_changes)
{
    sample_insert(fixture.store, &chance, TASKS);
    for (int round = 0; round < 10; round++) {
        sample_change(fixture.store, &chance, 60);
        check_queries(QUERIES / 10, check_list_and_count);
    }
}
END_TEST

START_TEST(test_lists_of_few_tasks)
{
    for (int round = 0; round < 6; round++) {
        sample_insert(fixture.store, &chance, 1);
        check_queries(QUERIES / 10, check_list_and_count);
    }
}
END_TEST

static enum error_code visit_none(void *context, const struct task *task, const struct task *parent)
{
    (void)context;
    (void)parent;
    ck_abort_msg("task %lld in a list of nothing", (long long)task->id);
}

START_TEST(test_list_of_an_empty_store)
{
    struct arena arena;
    arena_init(&arena, 4096);
    struct store_view *view = begin();
    for (int i = 0; i < 200; i++) {
        struct task_query query;
        struct progress count;
        bool more = true;
        sample_query(&chance, &arena, &query);
        ck_assert_int_eq(store_task_list(view, &query, NULL, &arena, visit_none, NULL, &more),
                         ERROR_NONE);
        ck_assert(!more);
        ck_assert_int_eq(store_task_count(view, &query, &arena, &count), ERROR_NONE);
        ck_assert_int_eq(count.total, 0);
    }
    store_read_end(reader);
    arena_close(&arena);
}
END_TEST

/* --- A visitor that stops ------------------------------------------------------------------------
 */

static enum error_code visit_one(void *context, const struct task *task, const struct task *parent)
{
    (void)task;
    (void)parent;
    ++*(int *)context;
    return ERROR_MEMORY;
}

START_TEST(test_visitor_ends_the_list)
{
    sample_insert(fixture.store, &chance, 20);
    struct arena arena;
    arena_init(&arena, 4096);
    struct task_query query;
    task_query_init(&query, SAMPLE_TODAY);
    int visited = 0;
    bool more = true;
    ck_assert_int_eq(store_task_list(begin(), &query, NULL, &arena, visit_one, &visited, &more),
                     ERROR_MEMORY);
    ck_assert_int_eq(visited, 1);
    ck_assert(more); /* untouched */
    store_read_end(reader);
    arena_close(&arena);
}
END_TEST

/* --- Inside a transaction ------------------------------------------------------------------------
 */

static void write_with_arena(void (*run)(struct store_tx *tx, void *arena))
{
    struct arena arena;
    arena_init(&arena, 4096);
    sample_write(fixture.store, run, &arena);
    arena_close(&arena);
}

static enum error_code visit_count(void *context, const struct task *task,
                                   const struct task *parent)
{
    (void)task;
    (void)parent;
    ++*(int *)context;
    return ERROR_NONE;
}

static void run_search_own(struct store_tx *tx, void *arg)
{
    struct arena *arena = arg;
    struct task task;
    sample_task(&chance, arena, &task);
    task.description = (struct text){"Unmistakable", 12};
    task.archived = false;
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    struct task_query query;
    task_query_init(&query, SAMPLE_TODAY);
    query.search = query.search_folded = (struct text){"mistakab", 8};
    int visited = 0;
    bool more;
    ck_assert_int_eq(
        store_task_list(store_tx_view(tx), &query, NULL, arena, visit_count, &visited, &more),
        ERROR_NONE);
    ck_assert_int_eq(visited, 1);
}

static void run_count_own(struct store_tx *tx, void *arg)
{
    struct arena *arena = arg;
    struct task_query query;
    struct progress before, after;
    task_query_init(&query, SAMPLE_TODAY);
    ck_assert_int_eq(store_task_count(store_tx_view(tx), &query, arena, &before), ERROR_NONE);
    struct task task;
    sample_task(&chance, arena, &task);
    task.archived = false;
    ck_assert_int_eq(store_task_insert(tx, &task), ERROR_NONE);
    ck_assert_int_eq(store_task_count(store_tx_view(tx), &query, arena, &after), ERROR_NONE);
    ck_assert_int_eq(after.total, before.total + 1);
}

START_TEST(test_transaction_counts_its_own_tasks)
{
    write_with_arena(run_count_own);
}
END_TEST

/* What was settled within a savepoint is undone with it. */
static void run_undone_count(struct store_tx *tx, void *arg)
{
    struct arena *arena = arg;
    ck_assert_int_eq(store_savepoint_begin(tx), ERROR_NONE);
    run_count_own(tx, arena);
    run_search_own(tx, arena);
    ck_assert_int_eq(store_savepoint_undo(tx), ERROR_NONE);
    struct task_query query;
    struct progress progress;
    task_query_init(&query, SAMPLE_TODAY);
    query.search = query.search_folded = (struct text){"mistakab", 8};
    ck_assert_int_eq(store_task_count(store_tx_view(tx), &query, arena, &progress), ERROR_NONE);
    ck_assert_int_eq(progress.total, 0);
}

START_TEST(test_what_a_savepoint_settled_is_undone_with_it)
{
    sample_insert(fixture.store, &chance, 5);
    const char *recount = "SELECT (SELECT sum(n) FROM tally) = (SELECT count(*) FROM task)";
    write_with_arena(run_undone_count);
    ck_assert_int_eq(file_number(fixture.path, recount), 1);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM touched"), 0);
}
END_TEST

START_TEST(test_transaction_finds_its_own_texts)
{
    write_with_arena(run_search_own);
}
END_TEST

Suite *suite_list(void)
{
    const TTest *const tests[] = {
        test_lists_are_those_of_the_model,
        test_lists_are_right_after_changes,
        test_lists_of_few_tasks,
        test_list_of_an_empty_store,
        test_visitor_ends_the_list,
        test_transaction_counts_its_own_tasks,
        test_what_a_savepoint_settled_is_undone_with_it,
        test_transaction_finds_its_own_texts,
    };
    return store_suite("list", setup, teardown, tests, sizeof(tests) / sizeof(tests[0]));
}
