/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cycles in a set of tasks that is imported: named cases, and random sets against the search from
 * each task.
 */
#include "import_sample.h"
#include "task/dependencies.h"

START_TEST(cycle_is_told_from_its_first_record)
{
    make_set(4);
    depend(3, 2);
    depend(1, 3);
    depend(2, 4);
    depend(0, 4);
    expect_refused(1, "#/tasks/1/depends_on", "the cycle 2, 3, 4, 2");
}
END_TEST

START_TEST(cycle_beside_links_that_lead_nowhere)
{
    make_set(4);
    depend(0, 99);
    depend(0, 1);
    depend(0, 4);
    depend(0, 2);
    depend(1, 1);
    ck_assert_int_eq(import_check(&faults, &set), ERROR_NONE);
    ck_assert_uint_eq(faults.count, 3);
    ck_assert(records[0].refused && !records[1].refused);
}
END_TEST

START_TEST(long_cycle_is_cut)
{
    make_set(RECORDS_MAX);
    for (size_t i = 0; i < RECORDS_MAX; i++)
        depend(i, (int64_t)((i + 1) % RECORDS_MAX) + 1);
    expect_refused(0, "#/tasks/0/depends_on", " 9, 10, ...");
}
END_TEST

static enum error_code lookup(void *context, int64_t id, struct id_list *ret_ids)
{
    (void)context;
    *ret_ids = task((size_t)id - 1)->depends_on;
    return ERROR_NONE;
}

static bool on_a_cycle(size_t place)
{
    struct id_list cycle;
    ck_assert_int_eq(
        dependency_cycle(task(place)->id, task(place)->depends_on, lookup, NULL, &arena, &cycle),
        ERROR_NONE);
    return cycle.count > 0;
}

static void make_random_graph(void)
{
    size_t count = 2 + support_random(10);
    make_set(count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (i != j && task(i)->depends_on.count < 8 && support_random(6) == 0)
                depend(i, (int64_t)j + 1);
        }
    }
}

START_TEST(random_graphs_agree_with_the_search_from_each_task)
{
    unsigned with_cycle = 0;
    for (int round = 0; round < 2000; round++) {
        make_random_graph();
        size_t on_cycles = 0;
        for (size_t i = 0; i < set.count; i++)
            on_cycles += on_a_cycle(i);
        ck_assert_int_eq(import_check(&faults, &set), ERROR_NONE);
        ck_assert_int_eq(faults.count > 0, on_cycles > 0);
        for (size_t i = 0; i < set.count && faults.count > 0; i++)
            ck_assert(!records[i].refused || on_a_cycle(i));
        with_cycle += on_cycles > 0;
        support_reset();
    }
    ck_assert_uint_gt(with_cycle, 100);
    ck_assert_uint_lt(with_cycle, 1900);
}
END_TEST

Suite *suite_import_cycles(void)
{
    Suite *suite = suite_create("import_cycles");
    TCase *tcase = support_case(suite, "import_cycles");
    tcase_add_test(tcase, cycle_is_told_from_its_first_record);
    tcase_add_test(tcase, cycle_beside_links_that_lead_nowhere);
    tcase_add_test(tcase, long_cycle_is_cut);
    tcase_add_test(tcase, random_graphs_agree_with_the_search_from_each_task);
    return suite;
}
