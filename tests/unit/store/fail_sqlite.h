/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Makes one chosen allocation of SQLite fail.
 */
#ifndef TESTS_UNIT_STORE_FAIL_SQLITE_H
#define TESTS_UNIT_STORE_FAIL_SQLITE_H

#include <stdbool.h>

/* Before anything else uses SQLite in this process. */
void fail_sqlite_setup(void);

/* The call number n from now (0: the next one) of any thread fails, once. */
void fail_sqlite_after(int n);

/* Ends it; returns whether a call has failed. */
bool fail_sqlite_off(void);

/* The n to try after n: every one when TODO_TEST_ALL_FAULTS is set, else the first ones, and then
 * fewer and fewer. */
int fail_sqlite_next(int n);

#endif
