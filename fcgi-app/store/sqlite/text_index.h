/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The search index (FTS5), brought up to date once per transaction.
 */
#ifndef STORE_SQLITE_TEXT_INDEX_H
#define STORE_SQLITE_TEXT_INDEX_H

#include "base/arena.h"
#include "base/text.h"
#include "store/sqlite/internal.h"

/* Takes the texts out that the touched tasks had, and puts in those that they have now. For
 * touched_settle(). */
enum error_code text_index_update(struct store_view *view);

/* Forgets what FTS5 keeps in memory, between transactions; call it before the first write after a
 * transaction failed. When reading the totals finds no memory, SQLite undoes the transaction before
 * FTS5 has seen the failure; FTS5 (3.40) then goes on with totals of zero, and writes them. */
enum error_code text_index_forget(struct store_view *view);

/* The index grows in parts, one for each transaction, and a search must look into every part. */

/* Joins some where there are many, about `pages` pages of them; in the transaction that has written
 * to the index. Done every now and then while writes come, it keeps the number of parts bounded,
 * and none of them has to wait for a large merge. */
enum error_code text_index_merge_step(struct store_view *view, int pages);

/* The same wherever two can be joined, in a transaction of its own; for the time when no write
 * comes. *ret_more: there is more to join. */
enum error_code text_index_merge(struct store_view *view, int pages, bool *ret_more);

/* The query for FTS5 that finds every text in which the folded needle may be: those that have its
 * trigrams, wherever. Whether it really is there must be looked up in the texts. NULL if the needle
 * is too short for the index. ERROR_MEMORY. */
enum error_code text_index_terms(struct text needle, struct arena *arena, const char **ret_terms);

#endif
