/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The fixture of the task's tests.
 */
#include "support.h"

#include <string.h>

struct arena arena;
struct faults faults;
static uint32_t random_state;

static void setup(void)
{
    arena_init(&arena, 1);
    faults_init(&faults, &arena);
    random_state = 12345;
}

static void teardown(void)
{
    arena_close(&arena);
}

TCase *support_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

void support_reset(void)
{
    arena_reset(&arena);
    faults_init(&faults, &arena);
}

void support_expect_fault(enum fault_kind kind, const char *where, const char *detail_part)
{
    ck_assert_uint_eq(faults.count, 1);
    ck_assert_int_eq(faults.first->kind, kind);
    ck_assert_str_eq(faults.first->where, where);
    ck_assert_msg(strstr(faults.first->detail, detail_part) != NULL, "\"%s\" lacks \"%s\"",
                  faults.first->detail, detail_part);
}

uint32_t support_random(uint32_t limit)
{
    random_state = random_state * 1664525U + 1013904223U;
    return (uint32_t)(((uint64_t)random_state * limit) >> 32);
}

struct text support_text(const char *string)
{
    return (struct text){string, strlen(string)};
}
