/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Verify: whatever the database keeps twice must agree, and the rules of the domain must hold.
 * Reads everything; changes nothing.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite/copy.h"

#define COMPLAINTS_MAX 100 /* of integrity_check */

/* How many rows only one of two queries gives. */
#define DIFFERENCE(kept, counted)                                                                  \
    "SELECT count(*) FROM (SELECT * FROM (" kept " EXCEPT " counted                                \
    ") UNION ALL SELECT * FROM (" counted " EXCEPT " kept "))"

/* The days of a block of the calendar. */
#define KEPT(day)    "d" #day
#define COUNTED(day) "sum(due_date % 16 = " #day ")"
#define CALENDAR_DAYS(X)                                                                           \
    X(0)                                                                                           \
    ", " X(1) ", " X(2) ", " X(3) ", " X(4) ", " X(5) ", " X(6) ", " X(7) ", " X(8) ", " X(        \
        9) ", " X(10) ", " X(11) ", " X(12) ", " X(13) ", " X(14) ", " X(15)

/* Each counts what is wrong. */
static const struct {
    const char *text;
    const char *sql;
} recounts[] = {
    {"references to rows that do not exist", "SELECT count(*) FROM pragma_foreign_key_check"},
    {"tasks that the tallies and the search index have not taken in",
     "SELECT count(*) FROM touched"},
    {"combinations of states whose tally is wrong",
     DIFFERENCE("SELECT facets, n FROM tally WHERE n <> 0",
                "SELECT facets, count(*) FROM task GROUP BY facets")},
    {"combinations of states of tasks with dependencies whose tally is wrong",
     DIFFERENCE("SELECT facets, n FROM dependent_tally WHERE n <> 0",
                "SELECT facets, count(*) FROM task WHERE dep_total > 0 GROUP BY facets")},
    {"due dates whose tally is wrong",
     DIFFERENCE("SELECT id, n FROM due_tally WHERE n <> 0",
                "SELECT due_date * 4 + archived * 2 + completed, count(*) FROM task GROUP BY 1")},
    {"days of the calendar whose tally is wrong",
     DIFFERENCE("SELECT id, n, " CALENDAR_DAYS(KEPT) " FROM calendar WHERE n <> 0",
                "SELECT due_date / 16 * 1048576 + facets + 524288 * (dep_total > 0), count(*),"
                " " CALENDAR_DAYS(COUNTED) " FROM task WHERE due_date < 2932897 GROUP BY 1")},
    {"times of creation whose tally is wrong",
     DIFFERENCE("SELECT slot, n FROM created_tally WHERE n <> 0",
                "SELECT created_at / 900000, count(*) FROM task GROUP BY 1")},
    {"times of completion whose tally is wrong",
     DIFFERENCE("SELECT slot, n FROM completed_tally WHERE n <> 0",
                "SELECT completed_at / 900000, count(*) FROM task WHERE completed_at IS NOT NULL"
                " GROUP BY 1")},
    {"tasks whose counters of subtasks are wrong",
     "SELECT count(*) FROM task AS t WHERE (t.sub_total, t.sub_done) IS NOT"
     " (SELECT count(*), coalesce(sum(s.completed), 0)"
     " FROM task AS s INDEXED BY task_by_parent WHERE s.parent_id = t.id)"},
    {"tasks whose counters of dependencies are wrong",
     "SELECT count(*) FROM task AS t WHERE (t.dep_total, t.dep_done) IS NOT"
     " (SELECT count(*), coalesce(sum(o.completed), 0) FROM dependency AS d"
     " CROSS JOIN task AS o ON o.id = d.depends_on_id WHERE d.task_id = t.id)"},
    {"tasks whose folded description is not that of their description",
     "SELECT count(*) FROM task WHERE description_fold <> todo_fold(description)"},
    {"subtasks of subtasks",
     "SELECT count(*) FROM task AS t CROSS JOIN task AS p ON p.id = t.parent_id"
     " WHERE t.parent_id IS NOT NULL AND p.parent_id IS NOT NULL"},
    {"tasks that depend on themselves",
     "SELECT count(*) FROM dependency WHERE task_id = depends_on_id"},
    {"recurring tasks without a due date",
     "SELECT count(*) FROM task WHERE recur_type <> 0 AND due_date = 2932897"},
    {"tasks whose completion and its time disagree",
     "SELECT count(*) FROM task WHERE completed <> (completed_at IS NOT NULL)"},
};

struct verification {
    struct connection *connection;
    store_finding tell;
    void *context;
    unsigned findings;
};

enum error_code integrity_check(struct connection *connection, store_finding tell, void *context,
                                struct error *ret_error)
{
    sqlite3_stmt *statement = NULL;
    int rc =
        sqlite3_prepare_v2(connection->db, "PRAGMA integrity_check(100)", -1, &statement, NULL);
    enum error_code code = ERROR_NONE;
    _Static_assert(COMPLAINTS_MAX == 100, "as in the statement");
    while (rc == SQLITE_OK && (rc = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        rc = SQLITE_OK;
        if (text != NULL && sqlite3_stricmp(text, "ok") == 0)
            continue;
        if (code == ERROR_NONE)
            code = error_set(ret_error, ERROR_CORRUPT, "database", "%s is damaged: %s",
                             sqlite3_db_filename(connection->db, "main"),
                             text != NULL ? text : "it cannot be checked");
        if (tell != NULL && text != NULL)
            tell(context, text);
    }
    if (rc != SQLITE_DONE && code == ERROR_NONE)
        code = connection_report(connection, rc, "check", ret_error);
    sqlite3_finalize(statement);
    return code;
}

static void find(struct verification *verification, const char *text)
{
    verification->findings++;
    verification->tell(verification->context, text);
}

static enum error_code recount(struct verification *verification, struct error *ret_error)
{
    for (size_t i = 0; i < ARRAY_SIZE(recounts); i++) {
        char text[160];
        int64_t wrong = 0;
        int rc = connection_number(verification->connection, recounts[i].sql, &wrong);
        if (rc != SQLITE_OK)
            return connection_report(verification->connection, rc, "check", ret_error);
        snprintf(text, sizeof(text), "%lld %s", (long long)wrong, recounts[i].text);
        if (wrong != 0)
            find(verification, text);
    }
    return ERROR_NONE;
}

/* FTS5 compares its index with the texts of the tasks. */
static enum error_code check_index(struct verification *verification, struct error *ret_error)
{
    int rc = connection_exec(verification->connection,
                             "INSERT INTO task_text (task_text, rank) VALUES ('integrity-check', "
                             "1)");
    if ((rc & 0xff) == SQLITE_CORRUPT)
        find(verification, "the search index does not agree with the tasks");
    else if (rc != SQLITE_OK)
        return connection_report(verification->connection, rc, "check", ret_error);
    return ERROR_NONE;
}

/* In one transaction, which is undone: the check of the search index counts as a write. */
static enum error_code verify(struct verification *verification, struct error *ret_error)
{
    struct connection *connection = verification->connection;
    enum error_code code =
        integrity_check(connection, verification->tell, verification->context, ret_error);
    if (code != ERROR_NONE)
        return code;
    int rc = connection_exec(connection, "BEGIN IMMEDIATE");
    if (rc != SQLITE_OK)
        return connection_report(connection, rc, "lock", ret_error);
    code = recount(verification, ret_error);
    if (code == ERROR_NONE)
        code = check_index(verification, ret_error);
    connection_exec(connection, "ROLLBACK");
    if (code == ERROR_NONE && verification->findings > 0)
        code = error_set(ret_error, ERROR_CORRUPT, "database", "%s is not consistent: %u findings",
                         sqlite3_db_filename(connection->db, "main"), verification->findings);
    return code;
}

/* The lock of a file that has none is made for the check alone, as for a backup. */
static void remove_lock(char **path)
{
    if (*path != NULL)
        unlink(*path);
    free(*path);
}

static enum error_code lock(struct opened *opened, struct error *ret_error)
{
    enum error_code code = lockfile_acquire(&opened->lock, opened->options.busy_timeout_ms);
    if (code == ERROR_NONE)
        code = lockfile_enter(&opened->lock);
    return code == ERROR_NONE
               ? code
               : error_set(ret_error, code, "database",
                           "%s is held by another process; try again later", opened->lock.path);
}

enum error_code store_verify(const struct store_options *options, store_finding tell, void *context,
                             struct error *ret_error)
{
    CLEANUP(remove_lock) char *leftover = NULL;
    CLEANUP(opened_close) struct opened opened = OPENED_INIT;
    struct verification verification = {
        .connection = &opened.connection, .tell = tell, .context = context};
    char lock_path[STORE_PATH_SIZE];
    snprintf(lock_path, sizeof(lock_path), "%s.lock", options->path);
    bool is_locked = access(lock_path, F_OK) == 0;
    enum error_code code = opened_resolve(&opened, options, ret_error);
    if (code == ERROR_NONE && !is_locked)
        leftover = strdup(opened.lock.path);
    if (code == ERROR_NONE)
        code = lock(&opened, ret_error);
    if (code == ERROR_NONE)
        code = opened_connect(&opened, CONNECTION_WRITER, ret_error);
    return code == ERROR_NONE ? verify(&verification, ret_error) : code;
}
