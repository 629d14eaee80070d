/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Runs the migrations.
 */
#include "store/sqlite/migrate.h"

#include <stdio.h>

#include "store/sqlite/engine.h"

int migrate_newest(const struct migration *steps)
{
    int newest = 0;
    while (steps[newest].name != NULL)
        newest++;
    return newest;
}

static int run_step(struct connection *connection, const struct migration *step, int schema)
{
    char marks[96];
    snprintf(marks, sizeof(marks), "PRAGMA application_id = %d; PRAGMA user_version = %d",
             STORE_APPLICATION_ID, schema);
    int rc = connection_exec(connection, "BEGIN IMMEDIATE");
    if (rc == SQLITE_OK)
        rc = connection_exec(connection, step->sql);
    if (rc == SQLITE_OK)
        rc = connection_exec(connection, marks);
    if (rc == SQLITE_OK)
        rc = connection_exec(connection, "COMMIT");
    return rc;
}

static enum error_code run_or_undo(struct connection *connection, const struct migration *step,
                                   int schema, struct error *ret_error)
{
    int rc = run_step(connection, step, schema);
    if (rc == SQLITE_OK)
        return ERROR_NONE;
    char doing[128];
    snprintf(doing, sizeof(doing), "run migration %s", step->name);
    enum error_code code = connection_report(connection, rc, doing, ret_error);
    if (!sqlite3_get_autocommit(connection->db))
        connection_exec(connection, "ROLLBACK");
    return code;
}

static enum error_code run_steps(struct connection *connection, const struct migration *steps,
                                 int from, struct error *ret_error)
{
    int newest = migrate_newest(steps);
    for (int schema = from; schema < newest; schema++) {
        enum error_code code = run_or_undo(connection, &steps[schema], schema + 1, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    return ERROR_NONE;
}

enum error_code migrate_run(struct connection *connection, const struct migration *steps, int from,
                            struct error *ret_error)
{
    if (from == migrate_newest(steps))
        return ERROR_NONE;
    /* A step that builds a table anew drops the old one, to which others refer; and the switch does
     * nothing inside a transaction. */
    int rc = connection_exec(connection, "PRAGMA foreign_keys = OFF");
    if (rc != SQLITE_OK)
        return connection_report(connection, rc, "migrate", ret_error);
    enum error_code code = run_steps(connection, steps, from, ret_error);
    rc = connection_exec(connection, "PRAGMA foreign_keys = ON");
    return code == ERROR_NONE && rc != SQLITE_OK
               ? connection_report(connection, rc, "migrate", ret_error)
               : code;
}
