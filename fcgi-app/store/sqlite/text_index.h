/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The search index (FTS5), kept up to date once per transaction.
 */
#ifndef STORE_SQLITE_TEXT_INDEX_H
#define STORE_SQLITE_TEXT_INDEX_H

#include "store/sqlite/internal.h"

/* Brings the index up to date with the texts that this transaction changed. The writer calls it
 * once, after the last item of a batch and before COMMIT; a list inside a transaction calls it
 * before it searches. Costs one look at an empty table when no text was changed. */
enum error_code text_index_flush(struct store_view *view);

#endif
