/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The journal: the rows of the open change, with their images.
 */
#ifndef STORE_SQLITE_JOURNAL_H
#define STORE_SQLITE_JOURNAL_H

#include "base/buf.h"
#include "store/sqlite/internal.h"
#include "task/template.h"

/* The JSON of everything stored of a task. What another task's change can change, the version, is
 * at the end: *ret_size is the length of what comes before. */
void image_append(struct buf *image, const struct task *task, size_t *ret_size);

/* Writes the open change itself, which else its first row does. */
enum error_code journal_open(struct store_tx *tx);

/* Writes one row under the open change; before or after is NULL for a task that did not exist. Two
 * images that differ in their version only leave no row. */
enum error_code journal_task(struct store_tx *tx, const struct task *before,
                             const struct task *after);

/* The same for a template. */
void template_image_append(struct buf *image, const struct task_template *row, size_t *ret_size);
enum error_code journal_template(struct store_tx *tx, const struct task_template *before,
                                 const struct task_template *after);

#endif
