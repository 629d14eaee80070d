/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The search index (FTS5), kept up to date once per transaction.
 */
#ifndef STORE_SQLITE_TEXT_INDEX_H
#define STORE_SQLITE_TEXT_INDEX_H

#include "store/sqlite/internal.h"

/* Brings the index up to date with the texts that this transaction changed; *ret_changed: there
 * were some. The writer calls it once, after the last item of a batch and before COMMIT; a list
 * inside a transaction calls it before it searches. Costs one look at an empty table when no text
 * was changed. */
enum error_code text_index_flush(struct store_view *view, bool *ret_changed);

/* Forgets what FTS5 keeps in memory, between transactions; call it before the first write after a
 * transaction failed. When reading the totals finds no memory, SQLite undoes the transaction before
 * FTS5 has seen the failure; FTS5 (3.40) then goes on with totals of zero, and writes them. */
enum error_code text_index_forget(struct store_view *view);

/* Joins parts of the index that were written at different times, about `pages` pages of it: a
 * search must look into every part. *ret_more: there is more to join. Inside a transaction of its
 * own. */
enum error_code text_index_merge(struct store_view *view, int pages, bool *ret_more);

#endif
