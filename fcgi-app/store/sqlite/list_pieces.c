/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cuts a list into pieces.
 *
 * With a cursor (a, b, id), the rows after it are, in this order: those with its a and its b and a
 * later id; those with its a and a later b; those with a later a. Each is an equality and one
 * range, which an index serves, however many rows share a value. A key of few values is cut at each
 * of them: then the next key's index gives the order. So is "no due date", the one value of
 * due_date that a large part of all tasks can share.
 */
#include "store/sqlite/list.h"

/* For each key at most: the cursor's value, and per value of each other key one piece. */
#define PIECES_MAX 64

struct cutter {
    const struct list *list;
    struct piece *pieces;
    size_t count;
};

static void cut(struct cutter *cutter, size_t level, struct piece piece, bool at_cursor);

static int64_t cursor_number(const struct task_cursor *cursor, enum task_sort_key key)
{
    switch (key) {
    case TASK_SORT_PRIORITY:
        return (int64_t)cursor->priority;
    case TASK_SORT_DUE_DATE:
        return cursor->due_date;
    case TASK_SORT_CREATED_AT:
        return cursor->created_at;
    case TASK_SORT_UPDATED_AT:
        return cursor->updated_at;
    default:
        return cursor->id;
    }
}

static struct bound cursor_bound(const struct list *list, enum task_sort_key key, bool at_cursor)
{
    if (!at_cursor)
        return (struct bound){.open = true};
    if (key == TASK_SORT_DESCRIPTION)
        return (struct bound){.text = list->after->description_folded};
    return (struct bound){.number = cursor_number(list->after, key)};
}

/* --- The end of a cut ------------------------------------------------------------------------- */

static void emit(struct cutter *cutter, struct piece piece)
{
    if (cutter->count < PIECES_MAX)
        cutter->pieces[cutter->count] = piece;
    cutter->count++;
}

static void emit_range(struct cutter *cutter, size_t level, struct piece piece, bool at_cursor)
{
    piece.leaf = level;
    piece.after = cursor_bound(cutter->list, cutter->list->keys[level].key, at_cursor);
    piece.until = (struct bound){.open = true};
    emit(cutter, piece);
}

/* --- One key ---------------------------------------------------------------------------------- */

static void cut_priorities(struct cutter *cutter, size_t level, struct piece piece, bool at_cursor)
{
    bool descending = cutter->list->keys[level].descending;
    int step = descending ? -1 : 1;
    int value = descending ? TASK_PRIORITY_END - 1 : TASK_PRIORITY_HIGH;
    if (at_cursor)
        value = (int)cutter->list->after->priority + step;
    for (; value >= TASK_PRIORITY_HIGH && value < TASK_PRIORITY_END; value += step) {
        struct piece one = piece;
        one.excluded |= facets_other_priorities((enum task_priority)value);
        cut(cutter, level + 1, one, false);
    }
}

static void cut_undated(struct cutter *cutter, size_t level, struct piece piece)
{
    piece.excluded |= FACET_DATED;
    cut(cutter, level + 1, piece, false);
}

static void emit_dated(struct cutter *cutter, size_t level, struct piece piece, bool at_cursor)
{
    bool descending = cutter->list->keys[level].descending;
    piece.leaf = level;
    piece.excluded |= FACET_UNDATED;
    piece.after = cursor_bound(cutter->list, TASK_SORT_DUE_DATE, at_cursor);
    piece.until = (struct bound){.open = true};
    if (!descending && at_cursor && cutter->list->after->due_date == DATE_NONE)
        return;
    emit(cutter, piece);
}

static void cut_due_dates(struct cutter *cutter, size_t level, struct piece piece, bool at_cursor)
{
    bool descending = cutter->list->keys[level].descending;
    bool after_undated = at_cursor && cutter->list->after->due_date == DATE_NONE;
    if (descending && !at_cursor)
        cut_undated(cutter, level, piece);
    emit_dated(cutter, level, piece, at_cursor);
    if (!descending && !after_undated)
        cut_undated(cutter, level, piece);
}

static void cut_beyond(struct cutter *cutter, size_t level, struct piece piece, bool at_cursor)
{
    const struct task_sort *keys = &cutter->list->keys[level];
    /* An index has the ids of one value in the direction of the value. */
    bool index_orders = keys[1].key == TASK_SORT_ID && keys[1].descending == keys[0].descending;
    if (keys->key == TASK_SORT_PRIORITY)
        cut_priorities(cutter, level, piece, at_cursor);
    else if (keys->key == TASK_SORT_DUE_DATE && !index_orders)
        cut_due_dates(cutter, level, piece, at_cursor);
    else
        emit_range(cutter, level, piece, at_cursor);
}

/* The rows that share the cursor's value of this key. */
static void cut_equal(struct cutter *cutter, size_t level, struct piece piece)
{
    enum task_sort_key key = cutter->list->keys[level].key;
    const struct task_cursor *after = cutter->list->after;
    if (key == TASK_SORT_PRIORITY)
        piece.excluded |= facets_other_priorities(after->priority);
    else if (key == TASK_SORT_DUE_DATE && after->due_date == DATE_NONE)
        piece.excluded |= FACET_DATED;
    else
        piece.fixed |= 1U << key;
    cut(cutter, level + 1, piece, true);
}

static void cut(struct cutter *cutter, size_t level, struct piece piece, bool at_cursor)
{
    if (cutter->list->keys[level].key == TASK_SORT_ID) {
        emit_range(cutter, level, piece, at_cursor);
        return;
    }
    if (at_cursor)
        cut_equal(cutter, level, piece);
    cut_beyond(cutter, level, piece, at_cursor);
}

enum error_code list_pieces(const struct list *list, struct piece **ret_pieces, size_t *ret_count)
{
    struct cutter cutter = {.list = list};
    cutter.pieces = arena_alloc(list->arena, PIECES_MAX * sizeof(*cutter.pieces));
    if (cutter.pieces == NULL)
        return store_fail(list->view, ERROR_MEMORY);
    cut(&cutter, 0, (struct piece){0}, list->after != NULL);
    if (cutter.count > PIECES_MAX)
        return store_fail(list->view, ERROR_SYSTEM);
    *ret_pieces = cutter.pieces;
    *ret_count = cutter.count;
    return ERROR_NONE;
}

bool list_clip_due(const struct list *list, struct piece *piece)
{
    const struct task_query *query = list->query;
    bool is_filtered = query->due_range || query->due_none;
    if (!is_filtered || list->keys[piece->leaf].key != TASK_SORT_DUE_DATE)
        return true;
    bool descending = list->keys[piece->leaf].descending;
    int64_t from = query->due_none ? DATE_NONE : query->due_from;
    int64_t to = query->due_none ? DATE_NONE : query->due_to;
    int64_t first = descending ? to : from, last = descending ? from : to;
    int64_t step = descending ? -1 : 1;
    if (piece->after.open || (piece->after.number + step - first) * step < 0)
        piece->after = (struct bound){.number = first - step};
    if (piece->until.open || (last - piece->until.number) * step < 0)
        piece->until = (struct bound){.number = last};
    return (piece->until.number - piece->after.number) * step > 0;
}
