/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Undo: which change, whether it may be undone, and the journal's entry for it. Bringing the rows
 * back is the store's work, which knows their images.
 */
#include <inttypes.h>

#include "api/operation_rules.h"

static enum error_code refuse(struct operation *operation, enum refusal_kind kind,
                              const char *detail)
{
    return operation_refuse(operation, kind, (struct id_list){0}, detail);
}

static enum error_code refuse_undone(struct operation *operation, const struct change *target)
{
    const char *detail = arena_printf(
        operation->arena, "Change %" PRId64 " is undone already, by change %" PRId64 ".",
        target->seq, target->undone_by);
    return detail == NULL ? ERROR_MEMORY : refuse(operation, REFUSAL_NOTHING_TO_UNDO, detail);
}

static enum error_code find_target(struct operation *operation, int64_t seq,
                                   struct change *ret_target)
{
    struct store_view *view = store_tx_view(operation->tx);
    struct change target;
    enum error_code code = seq == 0 ? store_change_undoable(view, operation->arena, &target)
                                    : store_change_get(view, seq, operation->arena, &target);
    if (code == ERROR_NOT_FOUND && seq == 0)
        return refuse(operation, REFUSAL_NOTHING_TO_UNDO, NULL);
    if (code == ERROR_NOT_FOUND)
        return refuse(operation, REFUSAL_NOT_FOUND,
                      "There is no change with this number, or it is not kept any more.");
    if (code != ERROR_NONE)
        return code;
    if (target.undone_by != 0)
        return refuse_undone(operation, &target);
    *ret_target = target;
    return ERROR_NONE;
}

/* Names what is undone or done again: the change at the bottom of the chain, if it is kept. */
static enum error_code summarize(struct operation *operation, const struct change *target,
                                 const char **ret_summary)
{
    struct change origin = *target;
    enum error_code code = ERROR_NONE;
    if (target->action == CHANGE_UNDO)
        code = store_change_get(store_tx_view(operation->tx), target->origin, operation->arena,
                                &origin);
    if (code != ERROR_NONE && code != ERROR_NOT_FOUND)
        return code;
    const char *summary =
        code == ERROR_NOT_FOUND
            ? arena_printf(operation->arena, "Undo: change %" PRId64, target->seq)
            : arena_printf(operation->arena, "%s: %s", origin.undone_by == 0 ? "Undo" : "Redo",
                           origin.summary);
    if (summary == NULL)
        return ERROR_MEMORY;
    *ret_summary = summary;
    return ERROR_NONE;
}

static enum error_code refuse_conflict(struct operation *operation, struct id_list ids)
{
    return operation_refuse(operation, REFUSAL_UNDO_CONFLICT, ids,
                            ids.count > 0
                                ? "Later changes touched the same tasks, or others that now "
                                  "depend on them; undo those first."
                                : "The template, or another one of its name, was changed since.");
}

static enum error_code undo(struct operation *operation, const struct change *target,
                            struct change *change)
{
    struct id_list conflicts;
    bool is_conflict = false;
    enum error_code code = summarize(operation, target, &change->summary);
    if (code == ERROR_NONE)
        code = store_change_begin(operation->tx, change);
    if (code == ERROR_NONE)
        code = store_undo(operation->tx, target, operation->arena, &is_conflict, &conflicts);
    if (code != ERROR_NONE)
        return code;
    return is_conflict ? refuse_conflict(operation, conflicts) : store_change_end(operation->tx);
}

/* As they are in the journal now. */
static enum error_code read_result(struct operation *operation, int64_t undone, int64_t change,
                                   struct undo_result *ret_result)
{
    struct store_view *view = store_tx_view(operation->tx);
    struct undo_result result;
    enum error_code code = store_change_get(view, undone, operation->arena, &result.undone);
    if (code == ERROR_NONE)
        code = store_change_get(view, change, operation->arena, &result.change);
    if (code == ERROR_NONE)
        *ret_result = result;
    return code;
}

enum error_code operation_undo(struct operation *operation, int64_t seq,
                               struct undo_result *ret_result)
{
    struct change target = {0};
    enum error_code code = find_target(operation, seq, &target);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    /* The transaction refers to it until its end, also when the undo is refused. */
    struct change *change = arena_calloc(operation->arena, 1, sizeof(*change));
    if (change == NULL)
        return ERROR_MEMORY;
    change->at = operation->now;
    change->action = CHANGE_UNDO;
    change->request_id = operation->request_id;
    change->actor = operation->actor;
    code = undo(operation, &target, change);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    return read_result(operation, target.seq, change->seq, ret_result);
}
