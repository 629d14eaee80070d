/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Forgetting the oldest changes of the journal, as the limits of age and number say.
 */
#ifndef STORE_SQLITE_PRUNE_H
#define STORE_SQLITE_PRUNE_H

#include "store/sqlite/internal.h"

/* Removes a portion of what is too old or too much, the oldest first, inside the running
 * transaction: more than `writes` writes can have added. *ret_more: something is left. */
enum error_code prune_portion(struct store_view *view, unsigned writes, bool *ret_more);

#endif
