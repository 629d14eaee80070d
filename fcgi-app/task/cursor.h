/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The cursor of a list: the sort keys of the last row of a page, bound to the query that gave it,
 * as an opaque text.
 */
#ifndef TASK_CURSOR_H
#define TASK_CURSOR_H

#include "base/arena.h"
#include "task/query.h"

/* Where the next page begins: after this row, in the order of the query. Only the values of the
 * query's sort keys are set. */
struct task_cursor {
    int64_t id;
    enum task_priority priority;
    date_t due_date;
    int64_t created_at;
    int64_t updated_at;
    struct text description_folded;
};

/* base64url of: format version, a digest of everything of the query that decides which rows follow
 * which (all but limit, count and cursor itself; today only where the client gave it), the key
 * values of last, a check sum over all that. NULL without memory. */
char *task_cursor_encode(struct arena *arena, const struct task_query *query,
                         const struct task *last);

/* False, output untouched, when text is damaged, of another version or bound to another query;
 * also without memory. Texts live in the arena. */
bool task_cursor_decode(struct arena *arena, const struct task_query *query, const char *text,
                        struct task_cursor *ret_cursor);

#endif
