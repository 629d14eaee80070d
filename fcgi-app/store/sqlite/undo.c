/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Undoing a change, and what that says of the changes before it.
 *
 * An undo can be undone, too, which does the change at the bottom of the chain again, and so on.
 * Each undo knows that bottom, its origin, so that the state of the origin follows in one step
 * however long the chain is.
 */
#include "store/sqlite/undo.h"

#include <assert.h>

#include "store/sqlite/journal.h"
#include "task/dependencies.h"

#define ARENA_BLOCK 4096

static enum error_code mark(struct undo *undo, enum statement id, int64_t seq, int64_t undone_by)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(undo->view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, seq);
    sqlite3_bind_int64(statement, 2, undone_by);
    return store_run(undo->view, statement);
}

/* Also when the rows are what they were: the undo is a change of its own. */
static enum error_code mark_undone(struct undo *undo, const struct change *target)
{
    enum error_code code = journal_open(undo->tx);
    int64_t seq = undo->tx->journal.seq;
    if (code == ERROR_NONE)
        code = mark(undo, STATEMENT_CHANGE_UNDONE, target->seq, seq);
    if (code == ERROR_NONE && target->action == CHANGE_UNDO)
        code = mark(undo, STATEMENT_CHANGE_TOGGLED, target->origin, seq);
    return code;
}

static enum error_code run(struct undo *undo, const struct change *target)
{
    enum error_code code = undo_load(undo);
    if (code == ERROR_NONE)
        code = undo_check(undo);
    if (code == ERROR_NONE)
        code = undo_check_templates(undo);
    if (code != ERROR_NONE || undo->is_conflict)
        return code;
    code = undo_restore(undo);
    if (code == ERROR_NONE)
        code = undo_check_cycles(undo);
    if (code == ERROR_NONE)
        code = undo_restore_templates(undo);
    return code == ERROR_NONE && !undo->is_conflict ? mark_undone(undo, target) : code;
}

enum error_code store_undo(struct store_tx *tx, const struct change *target, struct arena *arena,
                           bool *ret_conflict, struct id_list *ret_conflicts)
{
    struct undo undo CLEANUP(undo_close) = {
        .tx = tx, .view = &tx->view, .seq = target->seq, .results = arena};
    assert(tx->journal.change != NULL && tx->journal.seq == 0);
    arena_init(&undo.arena, ARENA_BLOCK);
    tx->journal.change->undoes = target->seq;
    tx->journal.change->origin = target->action == CHANGE_UNDO ? target->origin : target->seq;
    enum error_code code = run(&undo, target);
    if (code != ERROR_NONE)
        return code;
    id_list_normalize(&undo.conflicts);
    *ret_conflict = undo.is_conflict;
    *ret_conflicts = undo.conflicts;
    return ERROR_NONE;
}
