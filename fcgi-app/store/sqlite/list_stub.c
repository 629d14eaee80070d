/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Stands in for the list engine until it is here: empty lists. Removed with its arrival.
 */
#include "store/rows.h"

enum error_code store_task_list(struct store_view *view, const struct task_query *query,
                                const struct task_cursor *after, struct arena *arena,
                                store_task_visitor visit, void *context, bool *ret_more)
{
    (void)view, (void)query, (void)after, (void)arena, (void)visit, (void)context;
    *ret_more = false;
    return ERROR_NONE;
}

enum error_code store_task_count(struct store_view *view, const struct task_query *query,
                                 struct arena *arena, struct progress *ret_count)
{
    (void)view, (void)query, (void)arena;
    *ret_count = (struct progress){0};
    return ERROR_NONE;
}
