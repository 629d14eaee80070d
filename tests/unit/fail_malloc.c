/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The linker's --wrap sends each allocation here first.
 */
#include "fail_malloc.h"

#include <errno.h>
#include <stddef.h>

#define OFF (-1)

static _Thread_local long left = OFF;
static _Thread_local bool failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *data, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *data, size_t size);

void fail_malloc_after(long n)
{
    left = n;
    failed = false;
}

bool fail_malloc_off(void)
{
    left = OFF;
    return failed;
}

static bool fails_now(void)
{
    if (left == OFF || left-- > 0)
        return false;
    failed = true;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *data, size_t size)
{
    return fails_now() ? NULL : __real_realloc(data, size);
}
