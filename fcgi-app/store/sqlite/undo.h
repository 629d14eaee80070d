/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the files of undo share: the rows that a change touched, each with what it was before and
 * must be still. A row that one change touched several times counts once, with its first image
 * before and its last one after.
 *
 * Only a few numbers are kept of each row; images are read when they are needed, so that undoing a
 * great import does not need its memory again.
 */
#ifndef STORE_SQLITE_UNDO_H
#define STORE_SQLITE_UNDO_H

#include "base/arena.h"
#include "store/rows.h"
#include "store/sqlite/internal.h"

enum undo_kind { UNDO_TASK, UNDO_TEMPLATE };

struct undo_row {
    enum undo_kind kind;
    bool is_present; /* the row exists now */
    bool is_wanted;  /* it existed before the change */
    bool is_linked;  /* a task that had other dependencies before the change */
    bool is_suspect; /* its dependencies may close a cycle */
    bool archived_now, archived_then;
    int64_t id;
    int64_t parent_now, parent_then;
    int64_t first, last; /* ordinals: of the image before, of the image after */
};

struct undo {
    struct store_tx *tx;
    struct store_view *view;
    int64_t seq;           /* of the change that is undone */
    struct undo_row *rows; /* by kind and id; on the heap */
    size_t count;
    struct arena arena;    /* of one row at a time: whoever walks the rows resets it */
    struct arena *results; /* of the conflicts */
    bool is_conflict;
    struct id_list conflicts;
    size_t conflicts_capacity;
};

/* --- undo_rows.c: what a change touched ------------------------------------------------------- */

enum error_code undo_load(struct undo *undo);
void undo_close(struct undo *undo);

/* NULL: the change did not touch that row. */
const struct undo_row *undo_find(const struct undo *undo, enum undo_kind kind, int64_t id);

/* Its images in the arena; data NULL where there is none. */
enum error_code undo_images(struct undo *undo, const struct undo_row *row, struct text *ret_before,
                            struct text *ret_after);

/* The task as it was before the change. */
enum error_code undo_task_then(struct undo *undo, const struct undo_row *row,
                               struct task *ret_task);

/* The last change that touched the row, and the version that the row had there. */
enum error_code undo_latest(struct undo *undo, enum undo_kind kind, int64_t id, int64_t *ret_seq,
                            int64_t *ret_version);

/* Notes a conflict; id 0 names no task. */
enum error_code undo_conflict(struct undo *undo, int64_t id);

/* --- undo_check.c: whether it can be undone --------------------------------------------------- */

/* Fills what rows say of now and then, and notes every conflict. Changes nothing. */
enum error_code undo_check(struct undo *undo);

/* After the rows are restored: notes cycles. */
enum error_code undo_check_cycles(struct undo *undo);

/* --- undo_restore.c: doing it ------------------------------------------------------------------
 */

/* Brings every task back; the change is checked. */
enum error_code undo_restore(struct undo *undo);

/* --- undo_templates.c: both for templates ------------------------------------------------------
 */

enum error_code undo_check_templates(struct undo *undo);

/* Notes a conflict if another template has the name. */
enum error_code undo_restore_templates(struct undo *undo);

#endif
