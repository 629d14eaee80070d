/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Sets of ids, and cycles: named cases, and random graphs against a naive check.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "support.h"
#include "task/dependencies.h"

#define GRAPH_MAX 20100

/* edges[i] is what task i depends on; ids are the indices. */
struct graph {
    struct id_list edges[GRAPH_MAX];
    unsigned lookups[GRAPH_MAX];
    int64_t broken; /* looking this one up fails */
};

static struct graph graph;

static enum error_code lookup(void *context, int64_t id, struct id_list *ret_ids)
{
    struct graph *g = context;
    if (id == g->broken)
        return ERROR_STORAGE;
    g->lookups[id]++;
    *ret_ids = g->edges[id];
    return ERROR_NONE;
}

static void setup_graph(void)
{
    memset(&graph, 0, sizeof(graph));
}

static enum error_code find(int64_t id, struct id_list depends_on, struct id_list *ret_cycle)
{
    return dependency_cycle(id, depends_on, lookup, &graph, &arena, ret_cycle);
}

static void expect_cycle(struct id_list cycle, size_t count, const int64_t *ids)
{
    ck_assert_uint_eq(cycle.count, count);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(cycle.ids[i], ids[i]);
}

START_TEST(no_dependencies_no_cycle)
{
    struct id_list cycle = {NULL, 9};
    ck_assert_int_eq(find(1, (struct id_list){NULL, 0}, &cycle), ERROR_NONE);
    ck_assert_uint_eq(cycle.count, 0);
}
END_TEST

START_TEST(self_dependency_is_a_cycle)
{
    struct id_list cycle;
    int64_t ids[] = {3, 5};
    ck_assert_int_eq(find(5, (struct id_list){ids, 2}, &cycle), ERROR_NONE);
    expect_cycle(cycle, 2, (int64_t[]){5, 5});
}
END_TEST

START_TEST(cycle_is_given_in_order)
{
    struct id_list cycle;
    int64_t from_5[] = {7}, from_7[] = {9}, from_9[] = {1, 5};
    graph.edges[7] = (struct id_list){from_7, 1};
    graph.edges[9] = (struct id_list){from_9, 2};
    ck_assert_int_eq(find(5, (struct id_list){from_5, 1}, &cycle), ERROR_NONE);
    expect_cycle(cycle, 4, (int64_t[]){5, 7, 9, 5});
}
END_TEST

START_TEST(shortest_cycle_is_found)
{
    struct id_list cycle;
    int64_t from_1[] = {2, 3}, from_2[] = {4}, from_4[] = {1}, from_3[] = {1};
    graph.edges[2] = (struct id_list){from_2, 1};
    graph.edges[3] = (struct id_list){from_3, 1};
    graph.edges[4] = (struct id_list){from_4, 1};
    ck_assert_int_eq(find(1, (struct id_list){from_1, 2}, &cycle), ERROR_NONE);
    expect_cycle(cycle, 3, (int64_t[]){1, 3, 1});
}
END_TEST

START_TEST(diamond_is_no_cycle_and_looked_up_once)
{
    struct id_list cycle;
    int64_t from_1[] = {2, 3}, both[] = {4};
    graph.edges[2] = graph.edges[3] = (struct id_list){both, 1};
    ck_assert_int_eq(find(1, (struct id_list){from_1, 2}, &cycle), ERROR_NONE);
    ck_assert_uint_eq(cycle.count, 0);
    ck_assert_uint_eq(graph.lookups[4], 1);
    ck_assert_uint_eq(graph.lookups[1], 0);
}
END_TEST

START_TEST(old_dependencies_of_the_task_do_not_count)
{
    struct id_list cycle;
    int64_t old[] = {2}, from_2[] = {3}, given[] = {3};
    graph.edges[1] = (struct id_list){old, 1};
    graph.edges[2] = (struct id_list){from_2, 1};
    ck_assert_int_eq(find(1, (struct id_list){given, 1}, &cycle), ERROR_NONE);
    ck_assert_uint_eq(cycle.count, 0);
}
END_TEST

/* Tasks first..last, each depending on the next one. */
static void make_chain(int64_t *ids, int64_t first, int64_t last)
{
    for (int64_t i = first; i < last; i++) {
        ids[i] = i + 1;
        graph.edges[i] = (struct id_list){&ids[i], 1};
    }
}

START_TEST(long_chain_closes)
{
    static int64_t ids[GRAPH_MAX];
    int64_t last = 20000, close[] = {1}, given[] = {2};
    struct id_list cycle;
    make_chain(ids, 1, last);
    ck_assert_int_eq(find(1, (struct id_list){given, 1}, &cycle), ERROR_NONE);
    ck_assert_uint_eq(cycle.count, 0);
    graph.edges[last] = (struct id_list){close, 1};
    ck_assert_int_eq(find(1, (struct id_list){given, 1}, &cycle), ERROR_NONE);
    ck_assert_uint_eq(cycle.count, (size_t)last + 1);
    for (int64_t i = 0; i < last; i++)
        ck_assert_int_eq(cycle.ids[i], i + 1);
    ck_assert_int_eq(cycle.ids[last], 1);
}
END_TEST

START_TEST(failed_lookup_is_passed_on)
{
    struct id_list cycle = {NULL, 9};
    int64_t given[] = {2};
    graph.broken = 2;
    ck_assert_int_eq(find(1, (struct id_list){given, 1}, &cycle), ERROR_STORAGE);
    ck_assert_uint_eq(cycle.count, 9);
}
END_TEST

/* Grows the tables twice, once from the task's own list and once from a looked-up one. */
static long run_out_of_memory(struct id_list depends_on, size_t expected_count)
{
    long n = 0;
    for (;; n++) {
        struct id_list cycle = {NULL, 99};
        support_reset();
        fail_malloc_after(n);
        enum error_code code = find(1, depends_on, &cycle);
        if (!fail_malloc_off()) {
            ck_assert_int_eq(code, ERROR_NONE);
            ck_assert_uint_eq(cycle.count, expected_count);
            return n;
        }
        ck_assert_int_eq(code, ERROR_MEMORY);
        ck_assert_uint_eq(cycle.count, 99);
    }
}

START_TEST(every_failed_allocation_is_reported)
{
    static int64_t many[300], back[] = {1};
    for (int i = 0; i < 300; i++)
        many[i] = i + 2;
    graph.edges[400] = (struct id_list){many, 300};
    graph.edges[250] = (struct id_list){back, 1};
    ck_assert_int_ge(run_out_of_memory((struct id_list){many, 300}, 3), 3);
    int64_t given[] = {400};
    ck_assert_int_ge(run_out_of_memory((struct id_list){given, 1}, 4), 3);
}
END_TEST

/* Floyd and Warshall's closure: the length of the shortest way from each task to each. */
#define SMALL    12
#define FAR_AWAY 1000

static void shortest_ways(int ways[SMALL][SMALL])
{
    for (int k = 0; k < SMALL; k++)
        for (int i = 0; i < SMALL; i++)
            for (int j = 0; j < SMALL; j++)
                if (ways[i][k] + ways[k][j] < ways[i][j])
                    ways[i][j] = ways[i][k] + ways[k][j];
}

static void random_graph(int64_t ids[SMALL][SMALL], int ways[SMALL][SMALL], uint32_t density)
{
    for (int i = 0; i < SMALL; i++) {
        size_t count = 0;
        for (int j = 0; j < SMALL; j++) {
            bool edge = support_random(100) < density;
            ways[i][j] = edge ? 1 : FAR_AWAY;
            if (edge)
                ids[i][count++] = j;
        }
        graph.edges[i] = (struct id_list){ids[i], count};
    }
}

static void check_path(struct id_list cycle)
{
    for (size_t i = 0; i + 1 < cycle.count; i++)
        ck_assert(id_list_contains(graph.edges[cycle.ids[i]], cycle.ids[i + 1]));
    ck_assert_int_eq(cycle.ids[0], 0);
    ck_assert_int_eq(cycle.ids[cycle.count - 1], 0);
}

START_TEST(random_graphs_agree_with_a_naive_check)
{
    int with = 0, without = 0;
    graph.broken = -1;
    for (uint32_t round = 0; round < 2000; round++) {
        int64_t ids[SMALL][SMALL];
        int ways[SMALL][SMALL];
        struct id_list cycle;
        support_reset();
        random_graph(ids, ways, 4 + round % 16);
        shortest_ways(ways);
        ck_assert_int_eq(find(0, graph.edges[0], &cycle), ERROR_NONE);
        if (ways[0][0] >= FAR_AWAY) {
            ck_assert_uint_eq(cycle.count, 0);
            without++;
        } else {
            ck_assert_int_eq((int)cycle.count, ways[0][0] + 1);
            check_path(cycle);
            with++;
        }
    }
    ck_assert_int_gt(with, 300);
    ck_assert_int_gt(without, 300);
}
END_TEST

START_TEST(normalize_sorts_and_removes_duplicates)
{
    int64_t ids[] = {9, 2, 9, INT64_MIN, 2, INT64_MAX, 5, 9};
    struct id_list list = {ids, ARRAY_SIZE(ids)};
    id_list_normalize(&list);
    expect_cycle(list, 5, (int64_t[]){INT64_MIN, 2, 5, 9, INT64_MAX});
    struct id_list empty = {NULL, 0}, one = {ids, 1};
    id_list_normalize(&empty);
    id_list_normalize(&one);
    ck_assert_uint_eq(empty.count, 0);
    ck_assert_uint_eq(one.count, 1);
}
END_TEST

START_TEST(contains_finds_what_is_there)
{
    int64_t ids[50];
    for (int i = 0; i < 50; i++)
        ids[i] = 3 * i;
    for (size_t count = 0; count <= 50; count++)
        for (int64_t id = -1; id < 151; id++) {
            bool expected = id >= 0 && id % 3 == 0 && (size_t)id / 3 < count;
            ck_assert_int_eq(id_list_contains((struct id_list){ids, count}, id), expected);
        }
}
END_TEST

START_TEST(find_tells_the_place)
{
    int64_t ids[] = {2, 4, 6, 8};
    size_t place = 77;
    for (size_t i = 0; i < 4; i++) {
        ck_assert(id_list_find((struct id_list){ids, 4}, ids[i], &place));
        ck_assert_uint_eq(place, i);
    }
    place = 77;
    ck_assert(!id_list_find((struct id_list){ids, 4}, 5, &place));
    ck_assert(!id_list_find((struct id_list){ids, 0}, 2, &place));
    ck_assert_uint_eq(place, 77);
}
END_TEST

Suite *suite_dependencies(void)
{
    Suite *suite = suite_create("dependencies");
    TCase *cycles = support_case(suite, "cycles");
    tcase_add_checked_fixture(cycles, setup_graph, NULL);
    tcase_add_test(cycles, no_dependencies_no_cycle);
    tcase_add_test(cycles, self_dependency_is_a_cycle);
    tcase_add_test(cycles, cycle_is_given_in_order);
    tcase_add_test(cycles, shortest_cycle_is_found);
    tcase_add_test(cycles, diamond_is_no_cycle_and_looked_up_once);
    tcase_add_test(cycles, old_dependencies_of_the_task_do_not_count);
    tcase_add_test(cycles, long_chain_closes);
    tcase_add_test(cycles, failed_lookup_is_passed_on);
    tcase_add_test(cycles, every_failed_allocation_is_reported);
    tcase_add_test(cycles, random_graphs_agree_with_a_naive_check);
    TCase *lists = support_case(suite, "id_list");
    tcase_add_test(lists, normalize_sorts_and_removes_duplicates);
    tcase_add_test(lists, contains_finds_what_is_there);
    tcase_add_test(lists, find_tells_the_place);
    return suite;
}
