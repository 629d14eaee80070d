/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * All tasks at once: walking through them, and storing a set of them. The same rules for errors
 * and outputs as in rows.h.
 */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include "store/rows.h"

/* Visits up to `limit` tasks with ids above `after`, by id; parent is NULL. *ret_last is the id of
 * the last one, or `after` if there is none. */
enum error_code store_task_walk(struct store_view *view, int64_t after, size_t limit,
                                struct arena *arena, store_task_visitor visit, void *context,
                                int64_t *ret_last);

/* What is there before an import. */
struct store_import_target {
    bool empty;      /* no tasks */
    int64_t last_id; /* the highest that was ever given to a task; 0: none */
};
enum error_code store_import_target(struct store_view *view,
                                    struct store_import_target *ret_target);

/* Stores a task as it is, id and counters included: the tasks that it is linked with must be stored
 * in the same change, before it or after it. The version is 1, or one above that of the last task
 * that had this id. ERROR_CONFLICT if the id is taken. */
enum error_code store_import_task(struct store_tx *tx, const struct task *task);

/* No task that comes later gets an id up to last_id. After the first task of the import. */
enum error_code store_import_reserve(struct store_tx *tx, int64_t last_id);

/* --- Documents that were imported ------------------------------------------------------------- */

#define STORE_IMPORT_DIGEST_SIZE 32

/* Whether this document was imported and a task of it is still there. */
enum error_code store_import_known(struct store_view *view,
                                   const uint8_t digest[static STORE_IMPORT_DIGEST_SIZE],
                                   bool *ret_known);

/* Its tasks are those with ids from first_id to last_id. */
enum error_code store_import_remember(struct store_tx *tx,
                                      const uint8_t digest[static STORE_IMPORT_DIGEST_SIZE],
                                      int64_t now, int64_t first_id, int64_t last_id);

/* For an empty target: no task of any document is there any more. */
enum error_code store_import_forget(struct store_tx *tx);

#endif
