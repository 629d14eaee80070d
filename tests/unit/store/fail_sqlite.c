/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Makes one chosen allocation of SQLite fail, through its own interface for allocators.
 */
#include "fail_sqlite.h"

#include <check.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>

static sqlite3_mem_methods real;
static atomic_int calls_left; /* until the one that fails; negative: it has failed, or is off */
static atomic_bool is_armed;

static bool fails(void)
{
    return atomic_load(&is_armed) && atomic_fetch_sub(&calls_left, 1) == 0;
}

static void *failing_malloc(int size)
{
    return fails() ? NULL : real.xMalloc(size);
}

static void *failing_realloc(void *memory, int size)
{
    return fails() ? NULL : real.xRealloc(memory, size);
}

void fail_sqlite_setup(void)
{
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real), SQLITE_OK);
    sqlite3_mem_methods failing = real;
    failing.xMalloc = failing_malloc;
    failing.xRealloc = failing_realloc;
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &failing), SQLITE_OK);
}

void fail_sqlite_after(int n)
{
    atomic_store(&calls_left, n);
    atomic_store(&is_armed, true);
}

bool fail_sqlite_off(void)
{
    atomic_store(&is_armed, false);
    return atomic_load(&calls_left) < 0;
}

int fail_sqlite_next(int n)
{
    return getenv("TODO_TEST_ALL_FAULTS") != NULL ? n + 1 : n + 1 + n / 32;
}
