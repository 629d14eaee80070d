/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Makes one chosen allocation fail. For programs that are linked with fail_malloc.c and
 * $(FAIL_MALLOC_LINK), under sanitizers too.
 *
 *     for (long n = 0; ; n++) {
 *         fail_malloc_after(n);
 *         ... the operation ...
 *         if (!fail_malloc_off())
 *             break; // it succeeded with all its allocations
 *         ... it must have reported the failure ...
 *     }
 *
 * Only allocations that the program's own objects and static libraries ask for, in the calling
 * thread; switch it off before any ck_assert.
 */
#ifndef TESTS_UNIT_FAIL_MALLOC_H
#define TESTS_UNIT_FAIL_MALLOC_H

#include <stdbool.h>

/* The next n calls of malloc, calloc and realloc succeed, the one after them fails, later ones
 * succeed again. */
void fail_malloc_after(long n);

/* Ends it; returns whether a call has failed since fail_malloc_after. */
bool fail_malloc_off(void);

#endif
