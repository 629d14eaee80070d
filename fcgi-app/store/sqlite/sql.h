/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A statement that is composed of constant parts, with the values that are bound to it.
 */
#ifndef STORE_SQLITE_SQL_H
#define STORE_SQLITE_SQL_H

#include "base/buf.h"
#include "base/text.h"
#include "store/sqlite/internal.h"

#define SQL_VALUES_MAX 40

struct sql_value {
    bool is_text;
    int64_t number;
    struct text text;
};

/* Zero-initialised but for first. Texts bound must outlive the statement's use. */
struct sql {
    struct buf text;
    int first; /* number of the first parameter that is not set elsewhere */
    struct sql_value values[SQL_VALUES_MAX];
    int count;
};

void sql_close(struct sql *sql);
#define CLEANUP_SQL CLEANUP(sql_close)

/* part must be a constant of the program. */
void sql_add(struct sql *sql, const char *part);

/* Adds a parameter and its value. */
void sql_add_number(struct sql *sql, int64_t number);
void sql_add_text(struct sql *sql, struct text text);

/* The statement, its values bound; release it with CLEANUP_STATEMENT. */
enum error_code sql_prepare(struct store_view *view, const struct sql *sql,
                            sqlite3_stmt **ret_statement);

#endif
