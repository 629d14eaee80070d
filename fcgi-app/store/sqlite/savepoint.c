/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Inner savepoints of a write. The state of the journal is saved and brought back with them.
 */
#include <assert.h>

#include "store/sqlite/internal.h"

struct store_view *store_tx_view(struct store_tx *tx)
{
    return &tx->view;
}

enum error_code store_savepoint_begin(struct store_tx *tx)
{
    assert(tx->depth < SAVEPOINT_DEPTH_MAX);
    if (tx->depth == SAVEPOINT_DEPTH_MAX)
        return store_fail(&tx->view, ERROR_SYSTEM);
    enum error_code code = store_run_fixed(&tx->view, STATEMENT_PART_BEGIN);
    if (code == ERROR_NONE)
        tx->saved[tx->depth++] = tx->journal;
    return code;
}

enum error_code store_savepoint_keep(struct store_tx *tx)
{
    assert(tx->depth > 0);
    tx->depth--;
    return store_run_fixed(&tx->view, STATEMENT_PART_KEEP);
}

enum error_code store_savepoint_undo(struct store_tx *tx)
{
    assert(tx->depth > 0);
    tx->journal = tx->saved[--tx->depth];
    enum error_code code = store_run_fixed(&tx->view, STATEMENT_PART_UNDO);
    return code == ERROR_NONE ? store_run_fixed(&tx->view, STATEMENT_PART_KEEP) : code;
}
