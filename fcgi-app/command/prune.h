/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Which copies go when a new one has been made. Private to command/.
 */
#ifndef COMMAND_PRUNE_H
#define COMMAND_PRUNE_H

#include "base/error.h"

/* Removes the oldest of the files that differ from `file` only in the last number of its name
 * ("nightly-29345678.db"), so that `keep` of them stay, `file` among them. A name without a number
 * has no others. keep 0: removes nothing. ERROR_SYSTEM when the folder or a file resists. */
enum error_code command_prune(const char *file, unsigned keep, struct error *ret_error);

#endif
