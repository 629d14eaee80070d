/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Bringing rows back, in an order in which the counters of others can follow: links of the rows go
 * first, then what was created; root tasks come before subtasks, and links last.
 */
#include "store/sqlite/journal.h"
#include "store/sqlite/relations.h"
#include "store/sqlite/task_row.h"
#include "store/sqlite/undo.h"

/* The images before and after the undo, once for each row: before anything of it changes. */
static bool is_journaled_first(const struct undo_row *row)
{
    return row->is_present && (row->is_linked || !row->is_wanted);
}

/* The version goes on from the last one that the task had. */
static enum error_code load_then(struct undo *undo, const struct undo_row *row,
                                 struct task *ret_then)
{
    int64_t seq, version;
    enum error_code code = undo_task_then(undo, row, ret_then);
    if (code == ERROR_NONE)
        code = undo_latest(undo, UNDO_TASK, row->id, &seq, &version);
    if (code == ERROR_NONE)
        ret_then->version = version + 1;
    return code;
}

/* --- Making way ------------------------------------------------------------------------------- */

static enum error_code remove_task(struct undo *undo, const struct task *now)
{
    enum error_code code = relations_follow(undo->view, now, NULL);
    return code == ERROR_NONE ? task_row_delete(undo->view, now->id) : code;
}

static enum error_code make_way(struct undo *undo, const struct undo_row *row)
{
    struct task now, then;
    if (!is_journaled_first(row))
        return ERROR_NONE;
    enum error_code code = store_task_get(undo->view, row->id, &undo->arena, &now);
    if (code == ERROR_NONE && row->is_wanted)
        code = undo_task_then(undo, row, &then);
    if (code != ERROR_NONE)
        return code;
    then.version = now.version + 1;
    code = journal_task(undo->tx, &now, row->is_wanted ? &then : NULL);
    if (code == ERROR_NONE && now.depends_on.count > 0)
        code = relations_unlink(undo->view, row->id);
    return code == ERROR_NONE && !row->is_wanted ? remove_task(undo, &now) : code;
}

/* --- Putting in place ------------------------------------------------------------------------- */

static enum error_code put_back(struct undo *undo, const struct undo_row *row)
{
    struct task then;
    enum error_code code = load_then(undo, row, &then);
    if (code == ERROR_NONE)
        code = journal_task(undo->tx, NULL, &then);
    if (code == ERROR_NONE)
        code = task_row_insert(undo->view, &then);
    return code == ERROR_NONE ? relations_follow(undo->view, NULL, &then) : code;
}

static enum error_code change_back(struct undo *undo, const struct undo_row *row)
{
    struct task now, then;
    enum error_code code = store_task_get(undo->view, row->id, &undo->arena, &now);
    if (code == ERROR_NONE)
        code = undo_task_then(undo, row, &then);
    if (code != ERROR_NONE)
        return code;
    then.version = now.version + 1;
    if (!row->is_linked)
        then.dependencies = now.dependencies;
    if (!is_journaled_first(row))
        code = journal_task(undo->tx, &now, &then);
    if (code == ERROR_NONE)
        code = task_row_update(undo->view, &now, &then);
    return code == ERROR_NONE ? relations_follow(undo->view, &now, &then) : code;
}

static enum error_code restore_root(struct undo *undo, const struct undo_row *row)
{
    bool is_root = row->is_wanted && !row->is_present && row->parent_then == 0;
    return is_root ? put_back(undo, row) : ERROR_NONE;
}

static enum error_code restore_other(struct undo *undo, const struct undo_row *row)
{
    if (row->is_wanted && row->is_present)
        return change_back(undo, row);
    return row->is_wanted && row->parent_then != 0 ? put_back(undo, row) : ERROR_NONE;
}

/* --- Links ------------------------------------------------------------------------------------ */

static enum error_code set_dependencies(struct store_view *view, int64_t id,
                                        struct progress progress)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, STATEMENT_TASK_SET_DEPENDENCIES, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int64(statement, 2, progress.total);
    sqlite3_bind_int64(statement, 3, progress.completed);
    return store_run(view, statement);
}

static enum error_code link_again(struct undo *undo, const struct undo_row *row)
{
    struct task then;
    struct progress progress;
    if (!row->is_wanted || !row->is_linked)
        return ERROR_NONE;
    enum error_code code = undo_task_then(undo, row, &then);
    if (code == ERROR_NONE)
        code = relations_link(undo->view, row->id, then.depends_on);
    if (code == ERROR_NONE)
        code = relations_progress(undo->view, then.depends_on, &progress);
    return code == ERROR_NONE ? set_dependencies(undo->view, row->id, progress) : code;
}

/* --- All ---------------------------------------------------------------------------------------
 */

typedef enum error_code (*restore_step)(struct undo *undo, const struct undo_row *row);

enum error_code undo_restore(struct undo *undo)
{
    static const restore_step steps[] = {make_way, restore_root, restore_other, link_again};
    enum error_code code = ERROR_NONE;
    for (size_t step = 0; step < ARRAY_SIZE(steps); step++) {
        for (size_t i = 0; i < undo->count && code == ERROR_NONE; i++) {
            arena_reset(&undo->arena);
            if (undo->rows[i].kind == UNDO_TASK)
                code = steps[step](undo, &undo->rows[i]);
        }
    }
    /* The rows were there when they were checked. */
    return code == ERROR_NOT_FOUND ? store_fail(undo->view, ERROR_CORRUPT) : code;
}
