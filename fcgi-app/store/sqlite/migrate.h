/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The steps from schema to schema. Their SQL is in ../migrations, one numbered file per step; the
 * build turns the files into the table store_migrations. There is no way back: a step never changes
 * once it was released, and leaves the schema usable by the program before it.
 */
#ifndef STORE_SQLITE_MIGRATE_H
#define STORE_SQLITE_MIGRATE_H

#include <stddef.h>

#include "store/sqlite/internal.h"

struct migration {
    const char *name; /* the file's, without .sql */
    const char *sql;
};

/* Step i leads from schema i to schema i + 1; the last element has no name. */
extern const struct migration store_migrations[];

int migrate_newest(const struct migration *steps);

/* Takes the database from schema `from` to the newest one, each step in a transaction of its own;
 * sets user_version and application_id. Under the lock. */
enum error_code migrate_run(struct connection *connection, const struct migration *steps, int from,
                            struct error *ret_error);

#endif
