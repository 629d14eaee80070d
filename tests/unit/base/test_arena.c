/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of base/arena.c.
 */
#include "base/arena.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

#include "tests/unit/fail_malloc.h"

#define BLOCK 256

static struct arena arena;

static void setup(void)
{
    arena_init(&arena, BLOCK);
}

static void teardown(void)
{
    arena_close(&arena);
}

START_TEST(objects_are_aligned_for_any_type)
{
    for (size_t size = 0; size < 40; size++) {
        char *object = arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(object);
        ck_assert_uint_eq((uintptr_t)object % _Alignof(max_align_t), 0);
        memset(object, 0xff, size);
    }
}
END_TEST

START_TEST(objects_do_not_overlap)
{
    char *objects[50];
    for (size_t i = 0; i < ARRAY_SIZE(objects); i++) {
        objects[i] = arena_alloc(&arena, 20);
        memset(objects[i], (int)i, 20);
    }
    for (size_t i = 0; i < ARRAY_SIZE(objects); i++)
        for (size_t j = 0; j < 20; j++)
            ck_assert_int_eq(objects[i][j], (char)i);
}
END_TEST

START_TEST(init_allocates_nothing)
{
    struct arena other;
    fail_malloc_after(0);
    arena_init(&other, BLOCK);
    arena_close(&other);
    ck_assert(!fail_malloc_off());
}
END_TEST

START_TEST(reset_keeps_a_block)
{
    arena_alloc(&arena, 10);
    arena_reset(&arena);
    fail_malloc_after(0);
    for (int round = 0; round < 3; round++) {
        arena_alloc(&arena, BLOCK);
        arena_reset(&arena);
    }
    ck_assert(!fail_malloc_off());
}
END_TEST

START_TEST(reset_gives_back_the_other_blocks)
{
    for (int i = 0; i < 10; i++)
        arena_alloc(&arena, BLOCK);
    arena_reset(&arena);
    arena_alloc(&arena, BLOCK);
    fail_malloc_after(0);
    arena_alloc(&arena, BLOCK);
    ck_assert(fail_malloc_off());
}
END_TEST

START_TEST(reset_gives_back_a_big_first_block)
{
    arena_alloc(&arena, 100 * BLOCK);
    arena_reset(&arena);
    ck_assert_ptr_null(arena.blocks);
}
END_TEST

START_TEST(big_object_leaves_room_in_the_block)
{
    arena_alloc(&arena, 16);
    char *big = arena_alloc(&arena, 10 * BLOCK);
    memset(big, 1, 10 * BLOCK);
    fail_malloc_after(0);
    arena_alloc(&arena, 16);
    ck_assert(!fail_malloc_off());
}
END_TEST

START_TEST(used_counts_bytes_until_reset)
{
    arena_alloc(&arena, 3);
    arena_alloc(&arena, 1000);
    ck_assert_uint_eq(arena.used, 1003);
    arena_reset(&arena);
    ck_assert_uint_eq(arena.used, 0);
}
END_TEST

START_TEST(calloc_zeroes_used_memory)
{
    memset(arena_alloc(&arena, BLOCK), 0xff, BLOCK);
    arena_reset(&arena);
    const char *zeros = arena_calloc(&arena, 8, 16);
    for (size_t i = 0; i < 128; i++)
        ck_assert_int_eq(zeros[i], 0);
}
END_TEST

START_TEST(calloc_refuses_overflow)
{
    ck_assert_ptr_null(arena_calloc(&arena, SIZE_MAX / 2, 3));
}
END_TEST

START_TEST(alloc_refuses_sizes_near_the_limit)
{
    for (size_t less = 0; less < 64; less++)
        ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX - less));
}
END_TEST

START_TEST(memdup_refuses_the_greatest_size)
{
    ck_assert_ptr_null(arena_memdup(&arena, "", SIZE_MAX));
}
END_TEST

START_TEST(memdup_terminates)
{
    char *copy = arena_memdup(&arena, "a\0bc", 3);
    ck_assert_mem_eq(copy, "a\0b", 4);
}
END_TEST

START_TEST(memdup_of_nothing_is_empty)
{
    ck_assert_str_eq(arena_memdup(&arena, NULL, 0), "");
}
END_TEST

START_TEST(strdup_copies)
{
    char text[] = "text";
    char *copy = arena_strdup(&arena, text);
    text[0] = 'x';
    ck_assert_str_eq(copy, "text");
}
END_TEST

START_TEST(printf_formats_any_length)
{
    ck_assert_str_eq(arena_printf(&arena, "%d-%s", 42, "x"), "42-x");
    const char *wide = arena_printf(&arena, "%*d", 5000, 7);
    ck_assert_uint_eq(strlen(wide), 5000);
    ck_assert_int_eq(wide[4999], '7');
}
END_TEST

START_TEST(without_memory_everything_gives_null)
{
    const void *given[5];
    fail_malloc_after(0);
    given[0] = arena_alloc(&arena, 1);
    fail_malloc_after(0);
    given[1] = arena_calloc(&arena, 1, 1);
    fail_malloc_after(0);
    given[2] = arena_memdup(&arena, "x", 1);
    fail_malloc_after(0);
    given[3] = arena_strdup(&arena, "x");
    fail_malloc_after(0);
    given[4] = arena_printf(&arena, "x");
    fail_malloc_off();
    for (size_t i = 0; i < ARRAY_SIZE(given); i++)
        ck_assert_ptr_null(given[i]);
    ck_assert_uint_eq(arena.used, 0);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1));
}
END_TEST

Suite *suite_arena(void);
Suite *suite_arena(void)
{
    Suite *suite = suite_create("arena");
    TCase *tcase = tcase_create("arena");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, objects_are_aligned_for_any_type);
    tcase_add_test(tcase, objects_do_not_overlap);
    tcase_add_test(tcase, init_allocates_nothing);
    tcase_add_test(tcase, reset_keeps_a_block);
    tcase_add_test(tcase, reset_gives_back_the_other_blocks);
    tcase_add_test(tcase, reset_gives_back_a_big_first_block);
    tcase_add_test(tcase, big_object_leaves_room_in_the_block);
    tcase_add_test(tcase, used_counts_bytes_until_reset);
    tcase_add_test(tcase, calloc_zeroes_used_memory);
    tcase_add_test(tcase, calloc_refuses_overflow);
    tcase_add_test(tcase, alloc_refuses_sizes_near_the_limit);
    tcase_add_test(tcase, memdup_refuses_the_greatest_size);
    tcase_add_test(tcase, memdup_terminates);
    tcase_add_test(tcase, memdup_of_nothing_is_empty);
    tcase_add_test(tcase, strdup_copies);
    tcase_add_test(tcase, printf_formats_any_length);
    tcase_add_test(tcase, without_memory_everything_gives_null);
    suite_add_tcase(suite, tcase);
    return suite;
}
