/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading single tasks, their relations and the tally.
 */
#include "store/rows.h"
#include "store/sqlite/row.h"

enum error_code store_task_get(struct store_view *view, int64_t id, struct arena *arena,
                               struct task *ret_task)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TASK_GET, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE)
        return ERROR_NOT_FOUND;
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    struct task task;
    code = row_read(view, statement, arena, &task);
    if (code == ERROR_NONE)
        code = row_keep_texts(view, arena, &task);
    if (code == ERROR_NONE)
        *ret_task = task;
    return code;
}

enum error_code store_subtask_ids(struct store_view *view, int64_t parent_id, size_t limit,
                                  struct arena *arena, struct id_list *ret_ids)
{
    return row_ids(view, STATEMENT_SUBTASK_IDS, parent_id, limit, arena, ret_ids);
}

enum error_code store_completed_ids(struct store_view *view, size_t limit, struct arena *arena,
                                    struct id_list *ret_ids)
{
    return row_ids(view, STATEMENT_COMPLETED_IDS, 0, limit, arena, ret_ids);
}

enum error_code store_dependency_ids(struct store_view *view, int64_t id, struct arena *arena,
                                     struct id_list *ret_ids)
{
    return row_ids(view, STATEMENT_DEPENDENCY_IDS, id, 0, arena, ret_ids);
}

enum error_code store_dependent_ids(struct store_view *view, int64_t id, struct arena *arena,
                                    struct id_list *ret_ids)
{
    return row_ids(view, STATEMENT_DEPENDENT_IDS, id, 0, arena, ret_ids);
}

enum error_code store_blocker_ids(struct store_view *view, int64_t id, struct arena *arena,
                                  struct id_list *ret_ids)
{
    return row_ids(view, STATEMENT_BLOCKER_IDS, id, 0, arena, ret_ids);
}

enum error_code store_tally(struct store_view *view, struct store_tally *ret_tally)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TALLY_STATES, &statement);
    if (code != ERROR_NONE)
        return code;
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW)
        return store_error(view, rc);
    *ret_tally = (struct store_tally){
        .active = sqlite3_column_int64(statement, 0),
        .completed = sqlite3_column_int64(statement, 1),
        .archived = sqlite3_column_int64(statement, 2),
    };
    return ERROR_NONE;
}
