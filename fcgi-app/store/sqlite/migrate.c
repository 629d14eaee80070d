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

enum error_code migrate_run(struct connection *connection, const struct migration *steps, int from,
                            struct error *ret_error)
{
    int newest = migrate_newest(steps);
    for (int schema = from; schema < newest; schema++) {
        enum error_code code = run_or_undo(connection, &steps[schema], schema + 1, ret_error);
        if (code != ERROR_NONE)
            return code;
    }
    return ERROR_NONE;
}
