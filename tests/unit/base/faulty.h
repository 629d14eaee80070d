/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Makes allocations fail on demand. A test program that uses it is linked with $(WRAP_ALLOCATIONS)
 * (see local.mk): that catches the calls of everything that is linked statically, Check included.
 * So no assertion may stand where allocations fail or are counted.
 */
#ifndef TESTS_UNIT_BASE_FAULTY_H
#define TESTS_UNIT_BASE_FAULTY_H

#include <stdbool.h>
#include <stddef.h>

/* Of the allocations from now on, lets nth (0: none) succeed and makes all later ones fail. */
void faulty_allocations_after(size_t nth);
void faulty_allocations_end(void);

/* Allocations that were asked for since the start of the program, failed ones too. */
size_t faulty_allocations(void);

#endif
