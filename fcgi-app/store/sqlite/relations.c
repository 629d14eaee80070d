/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Links of dependencies, and the counters of parents and dependents.
 */
#include "store/sqlite/relations.h"

#include "store/sqlite/row.h"

#define ARENA_BLOCK 1024

/* Runs a statement of the table with up to three numbers. */
static enum error_code run(struct store_view *view, enum statement id, int count,
                           const int64_t numbers[])
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    for (int i = 0; i < count; i++)
        sqlite3_bind_int64(statement, i + 1, numbers[i]);
    return store_run(view, statement);
}

static enum error_code add_progress(struct store_view *view, int64_t id, struct progress *progress)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TASK_COMPLETED, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW) {
        progress->total++;
        progress->completed += sqlite3_column_int(statement, 0);
    }
    return store_error(view, rc);
}

enum error_code relations_progress(struct store_view *view, struct id_list ids,
                                   struct progress *ret_progress)
{
    struct progress progress = {0};
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < ids.count && code == ERROR_NONE; i++)
        code = add_progress(view, ids.ids[i], &progress);
    if (code == ERROR_NONE)
        *ret_progress = progress;
    return code;
}

enum error_code relations_link(struct store_view *view, int64_t id, struct id_list depends_on)
{
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < depends_on.count && code == ERROR_NONE; i++)
        code = run(view, STATEMENT_DEPENDENCY_INSERT, 2, (int64_t[]){id, depends_on.ids[i]});
    return code;
}

enum error_code relations_unlink(struct store_view *view, int64_t id)
{
    return run(view, STATEMENT_DEPENDENCY_DELETE, 1, (int64_t[]){id});
}

static enum error_code count_subtasks(struct store_view *view, int64_t parent_id, int64_t total,
                                      int64_t completed)
{
    if (parent_id == 0)
        return ERROR_NONE;
    if (total == 0) /* leaves the indexes on sub_total alone */
        return run(view, STATEMENT_TASK_COUNT_DONE, 2, (int64_t[]){parent_id, completed});
    return run(view, STATEMENT_TASK_COUNT_SUBTASK, 3, (int64_t[]){parent_id, total, completed});
}

/* Most tasks have none, and the way without a subquery is the shortest for those who have. */
static enum error_code count_dependents(struct store_view *view, int64_t id, int64_t completed)
{
    CLEANUP(arena_close) struct arena arena;
    struct id_list dependents;
    arena_init(&arena, ARENA_BLOCK);
    enum error_code code = row_ids(view, STATEMENT_DEPENDENT_IDS, id, 0, &arena, &dependents);
    if (code != ERROR_NONE)
        return code;
    for (size_t i = 0; i < dependents.count && code == ERROR_NONE; i++)
        code =
            run(view, STATEMENT_TASK_COUNT_DEPENDENT, 2, (int64_t[]){dependents.ids[i], completed});
    return code;
}

enum error_code relations_follow(struct store_view *view, const struct task *before,
                                 const struct task *after)
{
    int64_t old_parent = before != NULL ? before->parent_id : 0;
    int64_t new_parent = after != NULL ? after->parent_id : 0;
    int64_t was_done = before != NULL && before->completed;
    int64_t is_done = after != NULL && after->completed;
    enum error_code code = ERROR_NONE;
    if (old_parent != new_parent) {
        code = count_subtasks(view, old_parent, -1, -was_done);
        if (code == ERROR_NONE)
            code = count_subtasks(view, new_parent, 1, is_done);
    } else if (was_done != is_done) {
        code = count_subtasks(view, new_parent, 0, is_done - was_done);
    }
    if (code == ERROR_NONE && before != NULL && after != NULL && was_done != is_done)
        code = count_dependents(view, after->id, is_done - was_done);
    return code;
}
