/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The SQL functions that the schema and the lists use.
 */
#ifndef STORE_SQLITE_FUNCTIONS_H
#define STORE_SQLITE_FUNCTIONS_H

#include <sqlite3.h>

#define FUNCTIONS_INTEGERS 9 /* arguments of todo_integers */

/* Adds them to a connection; every connection needs them, before its first migration or statement.
 * Returns SQLite's result code.
 *
 *     todo_fold(text)              the text folded by utf8_fold
 *     todo_contains(text, folded)  whether the folded text contains `folded`: 0 or 1
 *     todo_integers(a, b, ...)     so many integers as a blob, an array of int64_t; NULL is 0 */
int functions_register(sqlite3 *db);

#endif
