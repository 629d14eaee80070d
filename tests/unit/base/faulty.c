/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The wrapped allocators.
 */
#include "tests/unit/base/faulty.h"

#include <stdatomic.h>
#include <stdlib.h>

static _Atomic size_t asked;
static _Atomic size_t fail_from = (size_t)-1;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void faulty_allocations_after(size_t nth)
{
    fail_from = asked + nth;
}

void faulty_allocations_end(void)
{
    fail_from = (size_t)-1;
}

size_t faulty_allocations(void)
{
    return asked;
}

static bool fails(void)
{
    return asked++ >= fail_from;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}
