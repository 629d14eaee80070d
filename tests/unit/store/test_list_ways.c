/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The ways of a list: each that could be chosen for a piece finds the same rows, so that the choice
 * is one of speed only; and none of their statements reads a whole table.
 */
#include <string.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store/sqlite/list.h"
#include "store_suites.h"

static struct fixture fixture;
static struct store_reader *reader;
static struct chance chance;

static void setup(void)
{
    struct error error = {0};
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    chance = (struct chance){.state = 11};
    sample_insert(fixture.store, &chance, 300);
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

/* --- All ways of random lists --------------------------------------------------------------------
 */

struct seen {
    unsigned ways[DRIVER_CHILDREN + 1];
    unsigned by_child;
};

typedef void (*check_fn)(struct list *list, const struct piece *piece, const struct ways *ways,
                         struct seen *seen);

static void each_piece(struct list *list, check_fn check, struct seen *seen)
{
    struct piece *pieces;
    size_t count;
    ck_assert_int_eq(list_pieces(list, &pieces, &count), ERROR_NONE);
    for (size_t i = 0; i < count; i++) {
        struct ways ways;
        struct piece piece = pieces[i];
        if (list->tree) {
            ck_assert_int_eq(list_ways_by_child(list, &piece, 1, &ways), ERROR_NONE);
            check(list, &piece, &ways, seen);
        }
        if (!list_clip_due(list, &piece))
            continue;
        ck_assert_int_eq(list_ways(list, &piece, 10, &ways), ERROR_NONE);
        check(list, &piece, &ways, seen);
    }
}

/* Random lists, from the start and from after some task. */
static void each_list(unsigned count, check_fn check, struct seen *seen)
{
    struct arena arena;
    struct model model;
    struct store_view *view = begin();
    model_load(&model, view);
    arena_init(&arena, 65536);
    for (unsigned i = 0; i < count; i++) {
        struct task_query query;
        struct task_cursor cursor;
        struct list list;
        sample_query(&chance, &arena, &query);
        cursor_after(&arena, &model.tasks[chance_below(&chance, (unsigned)model.count)], &cursor);
        bool is_first = chance_in(&chance, 2);
        ck_assert_int_eq(list_init(&list, view, &query, is_first ? NULL : &cursor, &arena),
                         ERROR_NONE);
        if (!list_is_empty(&query))
            each_piece(&list, check, seen);
        arena_reset(&arena);
    }
    arena_close(&arena);
    model_close(&model);
    store_read_end(reader);
}

static void pick(struct list *list, const struct piece *piece, const struct source *source,
                 struct picks *picks)
{
    *picks = (struct picks){.limit = 10};
    picks->rows = arena_calloc(list->arena, picks->limit, sizeof(*picks->rows));
    ck_assert_int_eq(list_pick(list, piece, source, picks), ERROR_NONE);
}

static void check_same_rows(struct list *list, const struct piece *piece, const struct ways *ways,
                            struct seen *seen)
{
    struct picks first = {0};
    for (size_t i = 0; i < ways->count; i++) {
        const struct source *source = &ways->all[i].source;
        struct picks picks;
        pick(list, piece, source, &picks);
        seen->ways[source->driver]++;
        seen->by_child += source->by_child;
        if (i == 0)
            first = picks;
        ck_assert_uint_eq(picks.count, first.count);
        for (size_t row = 0; row < picks.count; row++)
            ck_assert_msg(picks.rows[row].numbers[TASK_SORT_ID] ==
                              first.rows[row].numbers[TASK_SORT_ID],
                          "driver %d: row %zu differs from driver %d", (int)source->driver, row,
                          (int)ways->all[0].source.driver);
    }
}

START_TEST(test_every_way_finds_the_same_rows)
{
    struct seen seen = {0};
    each_list(1200, check_same_rows, &seen);
    for (size_t driver = 0; driver < ARRAY_SIZE(seen.ways); driver++)
        ck_assert_msg(seen.ways[driver] > 20, "driver %zu was hardly tried", driver);
    ck_assert_uint_gt(seen.by_child, 100);
}
END_TEST

/* --- Their plans ---------------------------------------------------------------------------------
 */

static void check_plan_line(const char *line, const char *sql)
{
    bool reads_all = strncmp(line, "SCAN ", 5) == 0 && strstr(line, "VIRTUAL TABLE") == NULL &&
                     strstr(line, "USING INDEX") == NULL &&
                     strstr(line, "USING COVERING INDEX") == NULL;
    ck_assert_msg(!reads_all, "%s: %s", line, sql);
    ck_assert_msg(strstr(line, "AUTOMATIC") == NULL, "%s: %s", line, sql);
}

/* How often it sorts all that it finds. */
static unsigned check_plan(struct store_view *view, const struct sql *sql)
{
    CLEANUP_BUF struct buf text = {0};
    buf_append_string(&text, "EXPLAIN QUERY PLAN ");
    buf_append(&text, sql->text.data, sql->text.size);
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(
        sqlite3_prepare_v2(view->connection->db, buf_string(&text), -1, &statement, NULL),
        SQLITE_OK);
    unsigned sorts = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(statement, 3);
        check_plan_line(line, text.data);
        sorts += strstr(line, "USE TEMP B-TREE FOR ORDER BY") != NULL;
    }
    sqlite3_finalize(statement);
    return sorts;
}

static bool is_in_order(const struct list *list, const struct piece *piece,
                        const struct source *source)
{
    enum task_sort_key leaf = list->keys[piece->leaf].key;
    switch (source->driver) {
    case DRIVER_INDEX:
        return source->key == leaf && (piece->fixed & 1U << source->key) == 0;
    case DRIVER_FACETS:
    case DRIVER_DUE_DAY:
    case DRIVER_PARENT:
    case DRIVER_TEXT:
        return leaf == TASK_SORT_ID;
    default:
        return source->driver != DRIVER_DUE_RANGE && source->driver != DRIVER_CHILDREN;
    }
}

static void check_plans(struct list *list, const struct piece *piece, const struct ways *ways,
                        struct seen *seen)
{
    for (size_t i = 0; i < ways->count; i++) {
        const struct source *source = &ways->all[i].source;
        CLEANUP_SQL struct sql sql = {0};
        list_sql_picks(list, piece, source, &sql);
        unsigned sorts = check_plan(list->view, &sql);
        if (is_in_order(list, piece, source))
            ck_assert_msg(sorts == 0, "sorts: %s", buf_string(&sql.text));
        seen->ways[source->driver]++;
    }
    CLEANUP_SQL struct sql children = {0};
    list_sql_children(list, &children);
    check_plan(list->view, &children);
}

START_TEST(test_no_statement_reads_a_whole_table)
{
    struct seen seen = {0};
    each_list(400, check_plans, &seen);
    for (size_t driver = 0; driver < ARRAY_SIZE(seen.ways); driver++)
        ck_assert_msg(seen.ways[driver] > 5, "driver %zu was hardly tried", driver);
}
END_TEST

/* --- The choice ----------------------------------------------------------------------------------
 */

static enum driver chosen(void (*set)(struct task_query *query))
{
    struct arena arena;
    struct list list;
    struct piece *pieces;
    size_t count;
    struct ways ways;
    struct task_query query;
    task_query_init(&query, SAMPLE_TODAY);
    set(&query);
    task_query_resolve_due(&query);
    arena_init(&arena, 65536);
    ck_assert_int_eq(list_init(&list, begin(), &query, NULL, &arena), ERROR_NONE);
    ck_assert_int_eq(list_pieces(&list, &pieces, &count), ERROR_NONE);
    ck_assert_int_eq(list_ways(&list, &pieces[0], 10, &ways), ERROR_NONE);
    enum driver driver = list_cheapest(&ways)->source.driver;
    store_read_end(reader);
    arena_close(&arena);
    return driver;
}

static void sort_by_due_date(struct task_query *query)
{
    query->sort[0] = (struct task_sort){TASK_SORT_DUE_DATE, false};
    query->sort[1] = (struct task_sort){TASK_SORT_ID, false};
    query->sort_count = 2;
}

START_TEST(test_sort_key_leads_to_its_index)
{
    ck_assert_int_eq(chosen(sort_by_due_date), DRIVER_INDEX);
}
END_TEST

static void of_a_parent(struct task_query *query)
{
    sort_by_due_date(query);
    query->has_parent = TRI_TRUE;
    query->parent_id = 299; /* has few subtasks, if any */
}

START_TEST(test_parent_with_few_subtasks_leads_to_them)
{
    ck_assert_int_eq(chosen(of_a_parent), DRIVER_PARENT);
}
END_TEST

static void by_id(struct task_query *query)
{
    query->priorities = 1U << TASK_PRIORITY_HIGH;
}

START_TEST(test_order_by_id_leads_to_facets)
{
    ck_assert_int_eq(chosen(by_id), DRIVER_FACETS);
}
END_TEST

Suite *suite_list_ways(void)
{
    const TTest *const tests[] = {
        test_every_way_finds_the_same_rows, test_no_statement_reads_a_whole_table,
        test_sort_key_leads_to_its_index,   test_parent_with_few_subtasks_leads_to_them,
        test_order_by_id_leads_to_facets,
    };
    return store_suite("list ways", setup, teardown, tests, ARRAY_SIZE(tests));
}
