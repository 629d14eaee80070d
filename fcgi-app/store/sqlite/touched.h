/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The tasks that the present transaction has touched, as triggers of the schema note them: what is
 * derived from tasks as a whole follows from them once, not at every write.
 */
#ifndef STORE_SQLITE_TOUCHED_H
#define STORE_SQLITE_TOUCHED_H

#include "store/sqlite/internal.h"

/* Brings the tallies, the calendar and the search index up to date with them; sets
 * view->tx->index_written if the index was written. The writer calls it once, after the last item
 * of a batch and before COMMIT; a list inside a transaction calls it before it begins. Costs one
 * look at an empty table when no task was touched. */
enum error_code touched_settle(struct store_view *view);

#endif
