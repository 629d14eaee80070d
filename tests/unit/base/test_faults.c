/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/faults.c.
 */
#include "base/faults.h"

#include <check.h>
#include <string.h>

#include "tests/unit/fail_malloc.h"

static struct arena arena;
static struct faults faults;

static void setup(void)
{
    arena_init(&arena, 1024);
    faults_init(&faults, &arena);
}

static void teardown(void)
{
    arena_close(&arena);
}

START_TEST(list_begins_empty)
{
    ck_assert_ptr_null(faults.first);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert(!faults.failed);
}
END_TEST

START_TEST(faults_keep_their_order)
{
    faults_add(&faults, FAULT_POINTER, "#/title", "must have %d to %d characters", 1, 200);
    faults_add(&faults, FAULT_PARAMETER, "limit", "must be a number");
    ck_assert_uint_eq(faults.count, 2);
    ck_assert_int_eq(faults.first->kind, FAULT_POINTER);
    ck_assert_str_eq(faults.first->where, "#/title");
    ck_assert_str_eq(faults.first->detail, "must have 1 to 200 characters");
    ck_assert_int_eq(faults.first->next->kind, FAULT_PARAMETER);
    ck_assert_str_eq(faults.first->next->where, "limit");
    ck_assert_ptr_null(faults.first->next->next);
}
END_TEST

START_TEST(texts_are_copied)
{
    char where[] = "#/a";
    char detail[] = "bad";
    faults_add(&faults, FAULT_POINTER, where, "%s", detail);
    memset(where, 'x', 3);
    memset(detail, 'x', 3);
    ck_assert_str_eq(faults.first->where, "#/a");
    ck_assert_str_eq(faults.first->detail, "bad");
}
END_TEST

START_TEST(too_many_are_counted_but_not_kept)
{
    for (int i = 0; i < FAULTS_MAX + 50; i++)
        faults_add(&faults, FAULT_HEADER, "If-Match", "fault %d", i);
    size_t kept = 0;
    for (const struct fault *fault = faults.first; fault != NULL; fault = fault->next)
        kept++;
    ck_assert_uint_eq(kept, FAULTS_MAX);
    ck_assert_uint_eq(faults.count, FAULTS_MAX + 50);
    ck_assert(!faults.failed);
}
END_TEST

START_TEST(without_memory_the_list_says_so)
{
    fail_malloc_after(0);
    faults_add(&faults, FAULT_POINTER, "#/a", "lost");
    fail_malloc_off();
    ck_assert(faults.failed);
    ck_assert_uint_eq(faults.count, 1);
    ck_assert_ptr_null(faults.first);
}
END_TEST

START_TEST(later_faults_are_kept_after_a_loss)
{
    fail_malloc_after(0);
    faults_add(&faults, FAULT_POINTER, "#/a", "lost");
    fail_malloc_off();
    faults_add(&faults, FAULT_POINTER, "#/b", "kept");
    ck_assert_str_eq(faults.first->where, "#/b");
    ck_assert(faults.failed);
}
END_TEST

Suite *suite_faults(void);
Suite *suite_faults(void)
{
    Suite *suite = suite_create("faults");
    TCase *tcase = tcase_create("faults");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, list_begins_empty);
    tcase_add_test(tcase, faults_keep_their_order);
    tcase_add_test(tcase, texts_are_copied);
    tcase_add_test(tcase, too_many_are_counted_but_not_kept);
    tcase_add_test(tcase, without_memory_the_list_says_so);
    tcase_add_test(tcase, later_faults_are_kept_after_a_loss);
    suite_add_tcase(suite, tcase);
    return suite;
}
