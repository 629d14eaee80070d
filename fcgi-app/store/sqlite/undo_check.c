/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Whether a change can be undone. First every row must be as the change left it. Then what others
 * have become since must allow it. The rows that the change touched fitted together before it, and
 * with all others that are still what they were then: so only links to rows that it did not touch,
 * and others did since, are judged.
 */
#include <string.h>

#include "store/sqlite/image_read.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/row.h"
#include "store/sqlite/undo.h"
#include "task/dependencies.h"

/* A conflict between a task of the change and another. */
static enum error_code conflict_between(struct undo *undo, const struct undo_row *row,
                                        int64_t other)
{
    enum error_code code = undo_conflict(undo, row->id);
    return code == ERROR_NONE ? undo_conflict(undo, other) : code;
}

/* *ret_exists false: there is no such task, and *ret_task is untouched. */
static enum error_code look_up(struct undo *undo, int64_t id, struct task *ret_task,
                               bool *ret_exists)
{
    enum error_code code = store_task_get(undo->view, id, &undo->arena, ret_task);
    *ret_exists = code == ERROR_NONE;
    return code == ERROR_NOT_FOUND ? ERROR_NONE : code;
}

/* --- Each row for itself -----------------------------------------------------------------------
 */

static bool same_image(const struct buf *a, size_t a_size, const char *b, size_t b_size)
{
    return a_size == b_size && memcmp(a->data, b, b_size) == 0;
}

/* Whether the task is what an image says, its version aside. Images of another version of the
 * program may be written in another way, so that equal bytes are enough but not needed. */
static enum error_code equals_image(struct undo *undo, const struct task *task, struct text image,
                                    bool *ret_equal)
{
    CLEANUP_BUF struct buf now = {0};
    CLEANUP_BUF struct buf then = {0};
    size_t now_size = 0, then_size = 0;
    struct task imaged;
    image_append(&now, task, &now_size);
    if (now.failed)
        return store_fail(undo->view, ERROR_MEMORY);
    *ret_equal = now_size <= image.size && same_image(&now, now_size, image.data, now_size);
    if (*ret_equal)
        return ERROR_NONE;
    enum error_code code = image_read_task(image, &undo->arena, &imaged);
    if (code != ERROR_NONE)
        return store_fail(undo->view, code);
    image_append(&then, &imaged, &then_size);
    if (then.failed)
        return store_fail(undo->view, ERROR_MEMORY);
    *ret_equal = same_image(&now, now_size, then.data, then_size);
    return ERROR_NONE;
}

static enum error_code judge_present(struct undo *undo, struct undo_row *row,
                                     const struct task *present, struct text after)
{
    bool is_as_left = row->is_present == (after.data != NULL);
    enum error_code code = ERROR_NONE;
    if (is_as_left && row->is_present)
        code = equals_image(undo, present, after, &is_as_left);
    if (code == ERROR_NONE && !is_as_left)
        code = undo_conflict(undo, row->id);
    return code;
}

static bool same_ids(struct id_list a, struct id_list b)
{
    return a.count == b.count &&
           (a.count == 0 || memcmp(a.ids, b.ids, a.count * sizeof(*a.ids)) == 0);
}

/* now and then: all zero for a task that does not exist. */
static void note_places(struct undo_row *row, const struct task *now, const struct task *then)
{
    row->archived_now = now->archived;
    row->archived_then = then->archived;
    row->parent_now = now->parent_id;
    row->parent_then = then->parent_id;
    row->is_linked = !same_ids(now->depends_on, then->depends_on);
}

static enum error_code check_row(struct undo *undo, struct undo_row *row)
{
    struct task now = {0}, then = {0};
    struct text before, after;
    enum error_code code = undo_images(undo, row, &before, &after);
    if (code == ERROR_NONE)
        code = look_up(undo, row->id, &now, &row->is_present);
    if (code != ERROR_NONE)
        return code;
    row->is_wanted = before.data != NULL;
    if (row->is_wanted)
        code = image_read_task(before, &undo->arena, &then);
    if (code != ERROR_NONE)
        return store_fail(undo->view, code);
    note_places(row, &now, &then);
    return judge_present(undo, row, &now, after);
}

/* --- Its place among others --------------------------------------------------------------------
 */

static enum error_code changed_since(struct undo *undo, int64_t id, bool *ret_changed)
{
    int64_t seq, version;
    enum error_code code = undo_latest(undo, UNDO_TASK, id, &seq, &version);
    *ret_changed = code == ERROR_NONE && seq > undo->seq;
    return code;
}

/* One that would not fit, if it was not so before the change. */
static enum error_code misfit(struct undo *undo, const struct undo_row *row, int64_t other)
{
    bool changed;
    enum error_code code = changed_since(undo, other, &changed);
    return code == ERROR_NONE && changed ? conflict_between(undo, row, other) : code;
}

/* Those that stay below a task although it goes, becomes a subtask or is archived. */
static enum error_code check_subtasks(struct undo *undo, const struct undo_row *row,
                                      bool only_active)
{
    struct id_list ids;
    enum error_code code = store_subtask_ids(undo->view, row->id, 0, &undo->arena, &ids);
    for (size_t i = 0; i < ids.count && code == ERROR_NONE; i++) {
        struct task subtask = {0};
        bool exists;
        if (undo_find(undo, UNDO_TASK, ids.ids[i]) != NULL)
            continue;
        if (only_active)
            code = look_up(undo, ids.ids[i], &subtask, &exists);
        if (code == ERROR_NONE && !subtask.archived)
            code = misfit(undo, row, ids.ids[i]);
    }
    return code;
}

static enum error_code check_dependents(struct undo *undo, const struct undo_row *row)
{
    struct id_list ids;
    enum error_code code = store_dependent_ids(undo->view, row->id, &undo->arena, &ids);
    for (size_t i = 0; i < ids.count && code == ERROR_NONE; i++) {
        if (undo_find(undo, UNDO_TASK, ids.ids[i]) == NULL)
            code = conflict_between(undo, row, ids.ids[i]);
    }
    return code;
}

static enum error_code check_parent(struct undo *undo, const struct undo_row *row)
{
    struct task parent;
    bool exists;
    if (undo_find(undo, UNDO_TASK, row->parent_then) != NULL)
        return ERROR_NONE;
    enum error_code code = look_up(undo, row->parent_then, &parent, &exists);
    if (code != ERROR_NONE)
        return code;
    bool fits = exists && parent.parent_id == 0 && (row->archived_then || !parent.archived);
    return fits ? ERROR_NONE : misfit(undo, row, row->parent_then);
}

static enum error_code check_place(struct undo *undo, const struct undo_row *row)
{
    bool moves = !row->is_present || row->parent_now != row->parent_then;
    bool wakes = row->is_present && row->archived_now && !row->archived_then;
    bool sleeps = row->is_present && !row->archived_now && row->archived_then;
    enum error_code code = ERROR_NONE;
    if (row->parent_then != 0 && (moves || wakes))
        code = check_parent(undo, row);
    if (code == ERROR_NONE && row->parent_then != 0 && moves)
        code = check_subtasks(undo, row, false);
    else if (code == ERROR_NONE && sleeps)
        code = check_subtasks(undo, row, true);
    return code;
}

/* --- Its dependencies --------------------------------------------------------------------------
 */

/* Whether a task that the change did not touch depends on this one, and was touched since: only
 * through such a link can an old dependency close a cycle. */
static enum error_code suspect(struct undo *undo, struct undo_row *row)
{
    struct id_list ids;
    enum error_code code = store_dependent_ids(undo->view, row->id, &undo->arena, &ids);
    for (size_t i = 0; i < ids.count && code == ERROR_NONE && !row->is_suspect; i++) {
        if (undo_find(undo, UNDO_TASK, ids.ids[i]) == NULL)
            code = changed_since(undo, ids.ids[i], &row->is_suspect);
    }
    return code;
}

static enum error_code check_added(struct undo *undo, struct undo_row *row, int64_t dependency)
{
    struct task task;
    bool exists = true;
    enum error_code code = ERROR_NONE;
    if (undo_find(undo, UNDO_TASK, dependency) == NULL)
        code = look_up(undo, dependency, &task, &exists);
    if (code == ERROR_NONE && !exists)
        code = conflict_between(undo, row, dependency);
    return code;
}

static enum error_code check_dependencies(struct undo *undo, struct undo_row *row)
{
    struct task then;
    struct id_list now = {0};
    size_t added = 0;
    enum error_code code = undo_task_then(undo, row, &then);
    if (code == ERROR_NONE && row->is_present)
        code = store_dependency_ids(undo->view, row->id, &undo->arena, &now);
    for (size_t i = 0; i < then.depends_on.count && code == ERROR_NONE; i++) {
        if (id_list_contains(now, then.depends_on.ids[i]))
            continue;
        added++;
        code = check_added(undo, row, then.depends_on.ids[i]);
    }
    if (code == ERROR_NONE && added > 0 && row->is_present)
        code = suspect(undo, row);
    return code;
}

static enum error_code check_relations(struct undo *undo, struct undo_row *row)
{
    enum error_code code = ERROR_NONE;
    if (row->is_wanted) {
        code = check_place(undo, row);
        if (code == ERROR_NONE && row->is_linked)
            code = check_dependencies(undo, row);
    } else if (row->is_present) {
        code = check_subtasks(undo, row, false);
        if (code == ERROR_NONE)
            code = check_dependents(undo, row);
    }
    return code;
}

/* --- All ---------------------------------------------------------------------------------------
 */

static enum error_code walk(struct undo *undo,
                            enum error_code (*check)(struct undo *, struct undo_row *))
{
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < undo->count && code == ERROR_NONE; i++) {
        arena_reset(&undo->arena);
        if (undo->rows[i].kind == UNDO_TASK)
            code = check(undo, &undo->rows[i]);
    }
    return code;
}

enum error_code undo_check(struct undo *undo)
{
    enum error_code code = walk(undo, check_row);
    return code == ERROR_NONE && !undo->is_conflict ? walk(undo, check_relations) : code;
}

static enum error_code look_up_dependencies(void *context, int64_t id, struct id_list *ret_ids)
{
    struct undo *undo = context;
    return store_dependency_ids(undo->view, id, &undo->arena, ret_ids);
}

static enum error_code check_cycle(struct undo *undo, struct undo_row *row)
{
    struct id_list ids, cycle = {0};
    if (!row->is_suspect)
        return ERROR_NONE;
    enum error_code code = store_dependency_ids(undo->view, row->id, &undo->arena, &ids);
    if (code == ERROR_NONE)
        code = dependency_cycle(row->id, ids, look_up_dependencies, undo, &undo->arena, &cycle);
    if (code == ERROR_MEMORY)
        return store_fail(undo->view, code);
    for (size_t i = 0; i < cycle.count && code == ERROR_NONE; i++)
        code = undo_conflict(undo, cycle.ids[i]);
    return code;
}

enum error_code undo_check_cycles(struct undo *undo)
{
    return walk(undo, check_cycle);
}
