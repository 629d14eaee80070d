/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Undo for templates. They have no relations: the name is all that another one can be in the way
 * with.
 */
#include <string.h>

#include "store/sqlite/image_read.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/undo.h"

typedef enum error_code (*template_step)(struct undo *undo, struct undo_row *row);

static enum error_code walk(struct undo *undo, template_step step)
{
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < undo->count && code == ERROR_NONE; i++) {
        arena_reset(&undo->arena);
        if (undo->rows[i].kind == UNDO_TEMPLATE)
            code = step(undo, &undo->rows[i]);
    }
    return code;
}

/* --- Checks ------------------------------------------------------------------------------------
 */

/* Through the same writer, as images of tasks are compared. */
static enum error_code equals_image(struct undo *undo, const struct task_template *present,
                                    struct text image, bool *ret_equal)
{
    CLEANUP_BUF struct buf now = {0};
    CLEANUP_BUF struct buf then = {0};
    size_t now_size = 0, then_size = 0;
    struct task_template imaged;
    enum error_code code = image_read_template(image, &undo->arena, &imaged);
    if (code != ERROR_NONE)
        return store_fail(undo->view, code);
    template_image_append(&now, present, &now_size);
    template_image_append(&then, &imaged, &then_size);
    if (now.failed || then.failed)
        return store_fail(undo->view, ERROR_MEMORY);
    *ret_equal = now_size == then_size && memcmp(now.data, then.data, now_size) == 0;
    return ERROR_NONE;
}

static enum error_code check_row(struct undo *undo, struct undo_row *row)
{
    struct task_template present;
    struct text before, after;
    enum error_code code = undo_images(undo, row, &before, &after);
    if (code != ERROR_NONE)
        return code;
    code = store_template_get_by_id(undo->view, row->id, &undo->arena, &present);
    if (code != ERROR_NONE && code != ERROR_NOT_FOUND)
        return code;
    row->is_present = code == ERROR_NONE;
    row->is_wanted = before.data != NULL;
    bool is_as_left = row->is_present == (after.data != NULL);
    code = ERROR_NONE;
    if (is_as_left && row->is_present)
        code = equals_image(undo, &present, after, &is_as_left);
    return code == ERROR_NONE && !is_as_left ? undo_conflict(undo, 0) : code;
}

enum error_code undo_check_templates(struct undo *undo)
{
    return walk(undo, check_row);
}

/* --- Restoring ---------------------------------------------------------------------------------
 */

static enum error_code remove_row(struct undo *undo, struct undo_row *row)
{
    bool goes = row->is_present && !row->is_wanted;
    return goes ? store_template_delete(undo->tx, row->id) : ERROR_NONE;
}

static enum error_code put_back(struct undo *undo, const struct undo_row *row,
                                struct task_template *then)
{
    int64_t seq, version;
    enum error_code code = undo_latest(undo, UNDO_TEMPLATE, row->id, &seq, &version);
    then->version = version + 1;
    return code == ERROR_NONE ? store_template_insert(undo->tx, then) : code;
}

static enum error_code restore_row(struct undo *undo, struct undo_row *row)
{
    struct task_template then;
    struct text before, after;
    if (!row->is_wanted)
        return ERROR_NONE;
    enum error_code code = undo_images(undo, row, &before, &after);
    if (code != ERROR_NONE)
        return code;
    code = image_read_template(before, &undo->arena, &then);
    if (code != ERROR_NONE)
        return store_fail(undo->view, code);
    code = row->is_present ? store_template_update(undo->tx, &then) : put_back(undo, row, &then);
    return code == ERROR_CONFLICT ? undo_conflict(undo, 0) : code;
}

enum error_code undo_restore_templates(struct undo *undo)
{
    enum error_code code = walk(undo, remove_row);
    return code == ERROR_NONE ? walk(undo, restore_row) : code;
}
