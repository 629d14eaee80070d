/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Statistics against a recount of every task that matches, after random changes and for any
 * filters.
 */
#include "../fail_malloc.h"
#include "fail_sqlite.h"
#include "sample.h"
#include "store_suites.h"

#define TASKS   300
#define ROUNDS  6
#define QUERIES 400

#define SAMPLE_INSTANT INT64_C(1700000000000) /* near all instants of the samples */
#define SLOT           INT64_C(900000)

static struct fixture fixture;
static struct store_reader *reader;
static struct chance chance;
static struct arena arena;

static void setup(void)
{
    struct error error = {0};
    fail_sqlite_setup();
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    chance = (struct chance){.state = 5};
    arena_init(&arena, 4096);
}

static void teardown(void)
{
    fail_sqlite_off();
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

/* --- The recount --------------------------------------------------------------------------------
 */

static struct statistics recount(const struct model *model, const struct task_query *query,
                                 const struct statistics_day *day)
{
    struct statistics statistics;
    statistics_init(&statistics);
    for (size_t i = 0; i < model->count; i++) {
        struct statistics_facts facts = statistics_facts(&model->tasks[i]);
        if (task_query_match(query, &model->tasks[i]))
            statistics_add(&statistics, day, &facts);
    }
    return statistics;
}

static void check_group(const struct statistics_group *got, const struct statistics_group *expected)
{
    ck_assert_int_eq(got->pending, expected->pending);
    ck_assert_int_eq(got->completed, expected->completed);
    ck_assert_int_eq(got->archived, expected->archived);
}

static void check_same(const struct statistics *got, const struct statistics *expected)
{
    check_group(&got->all, &expected->all);
    for (int value = TASK_PRIORITY_HIGH; value < TASK_PRIORITY_END; value++)
        check_group(&got->priorities[value], &expected->priorities[value]);
    for (int value = TASK_CATEGORY_WORK; value < TASK_CATEGORY_END; value++)
        check_group(&got->categories[value], &expected->categories[value]);
    for (int view = DUE_VIEW_OVERDUE; view < DUE_VIEW_END; view++)
        ck_assert_msg(got->due[view] == expected->due[view], "view %d: %lld, not %lld", view,
                      (long long)got->due[view], (long long)expected->due[view]);
    ck_assert_int_eq(got->oldest_due, expected->oldest_due);
    ck_assert_int_eq(got->root_tasks, expected->root_tasks);
    ck_assert_int_eq(got->subtasks, expected->subtasks);
    ck_assert_int_eq(got->with_dependencies, expected->with_dependencies);
    ck_assert_int_eq(got->blocked, expected->blocked);
    ck_assert_int_eq(got->recurring, expected->recurring);
    ck_assert_int_eq(got->created_today, expected->created_today);
    ck_assert_int_eq(got->completed_today, expected->completed_today);
}

static void check(struct store_view *view, const struct model *model,
                  const struct task_query *query, const struct statistics_day *day)
{
    struct statistics got;
    struct statistics expected = recount(model, query, day);
    ck_assert_int_eq(store_statistics(view, query, day, &arena, &got), ERROR_NONE);
    check_same(&got, &expected);
}

/* Days made of whole slots, and others, of few and of many instants. */
static struct statistics_day make_day(void)
{
    int64_t begin = SAMPLE_INSTANT / SLOT * SLOT + SLOT * chance_below(&chance, 3);
    struct statistics_day day = {SAMPLE_TODAY, begin, begin + SLOT * chance_below(&chance, 3)};
    if (chance_in(&chance, 3))
        day.begin = SAMPLE_INSTANT + chance_below(&chance, 10);
    if (chance_in(&chance, 3))
        day.end = SAMPLE_INSTANT + chance_below(&chance, 2000000);
    return day;
}

static void check_queries(unsigned count)
{
    struct model model;
    struct store_view *view = begin();
    model_load(&model, view);
    for (unsigned i = 0; i < count; i++) {
        struct task_query query;
        struct statistics_day day = make_day();
        sample_query(&chance, &arena, &query);
        check(view, &model, &query, &day);
        arena_reset(&arena);
    }
    model_close(&model);
    store_read_end(reader);
}

/* --- Tests --------------------------------------------------------------------------------------
 */

static void fill(void)
{
    sample_insert(fixture.store, &chance, TASKS);
    fixture_edit(&fixture, "UPDATE task SET created_at = created_at + id % 7 * 450000,"
                           " completed_at = completed_at + id % 5 * 450000");
}

START_TEST(test_any_filters_after_any_changes)
{
    fill();
    for (unsigned round = 0; round < ROUNDS; round++) {
        sample_change(fixture.store, &chance, 40);
        check_queries(QUERIES);
    }
}
END_TEST

/* Every filter alone: what the tallies answer, and what they do not. */
START_TEST(test_single_filters)
{
    struct model model;
    fill();
    struct store_view *view = begin();
    struct statistics_day day = {SAMPLE_TODAY, SAMPLE_INSTANT / SLOT * SLOT,
                                 (SAMPLE_INSTANT / SLOT + 2) * SLOT};
    model_load(&model, view);
    for (unsigned i = 0; i < 4 * 3 * 3; i++) {
        struct task_query query;
        task_query_init(&query, SAMPLE_TODAY);
        query.archived = (enum tristate)(i % 3);
        enum tristate value = (enum tristate)(i / 3 % 3);
        *(enum tristate *[]){&query.completed, &query.recurring, &query.blocked,
                             &query.has_parent}[i / 9] =
            value == TRI_TRUE && i / 9 == 3 ? TRI_FALSE : value;
        check(view, &model, &query, &day);
    }
    model_close(&model);
    store_read_end(reader);
}
END_TEST

START_TEST(test_no_tasks)
{
    check_queries(50);
}
END_TEST

START_TEST(test_at_the_ends_of_the_calendar)
{
    struct model model;
    static const date_t todays[] = {DATE_MIN, DATE_MIN + 1, DATE_MAX - 1, DATE_MAX};
    fill();
    struct store_view *view = begin();
    model_load(&model, view);
    for (size_t i = 0; i < ARRAY_SIZE(todays); i++) {
        struct task_query query;
        struct statistics_day day = {todays[i], 0, INT64_MAX};
        task_query_init(&query, todays[i]);
        query.archived = TRI_ANY;
        check(view, &model, &query, &day);
    }
    model_close(&model);
    store_read_end(reader);
}
END_TEST

/* The calendar has blocks of days: today, and the ends of a range, at each place in them. */
START_TEST(test_at_each_day_of_a_block)
{
    struct model model;
    fill();
    struct store_view *view = begin();
    model_load(&model, view);
    for (date_t shift = -17; shift <= 17; shift++) {
        struct task_query query;
        struct statistics_day day = {SAMPLE_TODAY + shift, SAMPLE_INSTANT, SAMPLE_INSTANT + SLOT};
        task_query_init(&query, day.today);
        query.archived = TRI_ANY;
        query.priorities = 1U << TASK_PRIORITY_HIGH | 1U << TASK_PRIORITY_LOW;
        check(view, &model, &query, &day);
        query.due_after = SAMPLE_TODAY - shift;
        task_query_resolve_due(&query);
        check(view, &model, &query, &day);
        query.due_before = SAMPLE_TODAY + 2 * shift;
        task_query_resolve_due(&query);
        check(view, &model, &query, &day);
    }
    model_close(&model);
    store_read_end(reader);
}
END_TEST

START_TEST(test_each_due_view_as_a_filter)
{
    struct model model;
    fill();
    struct store_view *view = begin();
    struct statistics_day day = {SAMPLE_TODAY, SAMPLE_INSTANT / SLOT * SLOT,
                                 (SAMPLE_INSTANT / SLOT + 2) * SLOT};
    model_load(&model, view);
    for (unsigned i = 0; i < DUE_VIEW_END * 3; i++) {
        struct task_query query;
        task_query_init(&query, SAMPLE_TODAY);
        query.archived = (enum tristate)(i % 3);
        query.due = (enum due_view)(i / 3);
        task_query_resolve_due(&query);
        check(view, &model, &query, &day);
        query.categories = 1U << TASK_CATEGORY_WORK;
        check(view, &model, &query, &day);
    }
    model_close(&model);
    store_read_end(reader);
}
END_TEST

/* A query of each way of counting. */
static void make_query(unsigned way, struct task_query *query)
{
    task_query_init(query, SAMPLE_TODAY);
    query->archived = TRI_ANY;
    if (way == 1)
        query->priorities = 1U << TASK_PRIORITY_HIGH;
    if (way == 2)
        query->search = query->search_folded = (struct text){"doc", 3};
    if (way == 3) {
        query->due_after = SAMPLE_TODAY - 20;
        task_query_resolve_due(query);
    }
}

static void check_faults(unsigned way, bool of_sqlite)
{
    struct task_query query;
    struct statistics_day day = {SAMPLE_TODAY, 0, INT64_MAX};
    make_query(way, &query);
    for (int n = 0;; n++) {
        struct statistics got = {.oldest_due = 77};
        struct store_view *view = begin();
        arena_close(&arena);
        of_sqlite ? fail_sqlite_after(n) : fail_malloc_after(n);
        enum error_code code = store_statistics(view, &query, &day, &arena, &got);
        bool has_failed = of_sqlite ? fail_sqlite_off() : fail_malloc_off();
        store_read_end(reader);
        if (code != ERROR_NONE) {
            ck_assert_int_eq(code, ERROR_MEMORY);
            ck_assert(has_failed);
            ck_assert_int_eq(got.oldest_due, 77); /* untouched */
        }
        if (!has_failed)
            return;
    }
}

START_TEST(test_each_allocation_fails)
{
    fill();
    for (unsigned way = 0; way < 4; way++) {
        check_faults(way, true);
        check_faults(way, false);
    }
}
END_TEST

Suite *suite_statistics(void)
{
    const TTest *const tests[] = {
        test_any_filters_after_any_changes,
        test_single_filters,
        test_no_tasks,
        test_at_the_ends_of_the_calendar,
        test_at_each_day_of_a_block,
        test_each_due_view_as_a_filter,
        test_each_allocation_fails,
    };
    return store_suite("statistics", setup, teardown, tests, ARRAY_SIZE(tests));
}
