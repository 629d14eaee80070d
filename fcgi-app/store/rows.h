/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rows of the store: tasks with their dependencies, lists, the journal, idempotency records.
 * Every function returns ERROR_NONE, the outcome that its comment names, or one of the storage
 * failures of error.h (ERROR_MEMORY, ERROR_BUSY, ERROR_STORAGE_FULL, ERROR_STORAGE, ERROR_CORRUPT).
 * Texts in results live in the arena given. Outputs are untouched on failure.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "base/arena.h"
#include "store/store.h"
#include "task/cursor.h"
#include "task/query.h"
#include "task/statistics.h"
#include "task/task.h"

/* --- Reading tasks ---------------------------------------------------------------------------- */

/* The whole task, depends_on included. ERROR_NOT_FOUND. */
enum error_code store_task_get(struct store_view *view, int64_t id, struct arena *arena,
                               struct task *ret_task);

/* Called for each task of a page in order. parent: NULL for a row of the page itself, else the root
 * task that this child belongs under (view=tree: each root is followed by its children). The task
 * and its texts are valid during the call only. It must not call the store on the same view.
 * Returns ERROR_NONE to go on. */
typedef enum error_code (*store_task_visitor)(void *context, const struct task *task,
                                              const struct task *parent);

/* One page: up to query->limit rows after `after` (NULL: from the start). *ret_more says whether
 * rows follow; then the next page begins after the last row visited with parent NULL. In the tree
 * view pages and limit count root tasks. */
enum error_code store_task_list(struct store_view *view, const struct task_query *query,
                                const struct task_cursor *after, struct arena *arena,
                                store_task_visitor visit, void *context, bool *ret_more);

/* How many tasks match the filters of the query (flat), and how many of them are completed. */
enum error_code store_task_count(struct store_view *view, const struct task_query *query,
                                 struct arena *arena, struct progress *ret_count);

/* Ids ascending, at most `limit` (0: all). */
enum error_code store_subtask_ids(struct store_view *view, int64_t parent_id, size_t limit,
                                  struct arena *arena, struct id_list *ret_ids);
enum error_code store_dependency_ids(struct store_view *view, int64_t id, struct arena *arena,
                                     struct id_list *ret_ids);
enum error_code store_dependent_ids(struct store_view *view, int64_t id, struct arena *arena,
                                    struct id_list *ret_ids);
/* Those of its dependencies that are not completed. */
enum error_code store_blocker_ids(struct store_view *view, int64_t id, struct arena *arena,
                                  struct id_list *ret_ids);

/* The tasks by state, kept up to date by the store: one row read, whatever the number of tasks. */
struct store_tally {
    int64_t active;    /* open, not archived */
    int64_t completed; /* completed, not archived */
    int64_t archived;
};
enum error_code store_tally(struct store_view *view, struct store_tally *ret_tally);

/* The statistics of the tasks that match the filters of the query, for the day, which is that of
 * query->today. Without filters, or with those of few values, the cost does not grow with the
 * number of tasks (but that of the due ones, where a priority, say, is asked for); a search, a
 * parent or due dates cost as much as there are matching rows. */
enum error_code store_statistics(struct store_view *view, const struct task_query *query,
                                 const struct statistics_day *day, struct arena *arena,
                                 struct statistics *ret_statistics);

/* --- The journal ------------------------------------------------------------------------------ */

/* X(name in C, name in the API) */
#define CHANGE_ACTIONS(X)                                                                          \
    X(CREATE, "create")                                                                            \
    X(UPDATE, "update")                                                                            \
    X(COMPLETE, "complete")                                                                        \
    X(REOPEN, "reopen")                                                                            \
    X(DELETE, "delete")                                                                            \
    X(ARCHIVE, "archive")                                                                          \
    X(UNARCHIVE, "unarchive")                                                                      \
    X(BULK_COMPLETE, "bulk_complete")                                                              \
    X(BULK_DELETE, "bulk_delete")                                                                  \
    X(BULK_ARCHIVE, "bulk_archive")                                                                \
    X(ARCHIVE_COMPLETED, "archive_completed")                                                      \
    X(TEMPLATE_CREATE, "template_create")                                                          \
    X(TEMPLATE_UPDATE, "template_update")                                                          \
    X(TEMPLATE_DELETE, "template_delete")                                                          \
    X(IMPORT, "import")                                                                            \
    X(UNDO, "undo")

#define CHANGE_ACTION_ENUM(name, text) CHANGE_##name,
enum change_action { CHANGE_ACTIONS(CHANGE_ACTION_ENUM) CHANGE_ACTION_COUNT };
#undef CHANGE_ACTION_ENUM

struct change {
    int64_t seq; /* set by the store when the first row is touched; 0 until then */
    int64_t at;
    enum change_action action;
    const char *summary;    /* one sentence, UTF-8 */
    const char *request_id; /* or NULL */
    const char *actor;      /* or NULL */
    int64_t undoes;         /* seq, or 0 */
};

/* The change must stay where it is until its end; one is open at a time.
 * Every row function below must run between these two: the store journals each row's image before
 * and after under the open change. A change that touched no row leaves nothing. In a savepoint that
 * is undone, a change begun inside it is gone, too. At the end every parent_id and depends_on must
 * name a task that exists: else ERROR_STORAGE, and the write is undone. */
enum error_code store_change_begin(struct store_tx *tx, struct change *change);
enum error_code store_change_end(struct store_tx *tx);

/* --- Writing tasks ---------------------------------------------------------------------------- */

/* Stores a new task with its depends_on; sets task->id and version (1), and its counters. The
 * timestamps are the caller's. References have been checked by the caller. task->id != 0: that id
 * is used (import, undo); ERROR_CONFLICT if it is taken. */
enum error_code store_task_insert(struct store_tx *tx, struct task *task);

/* Replaces every stored field of task->id, depends_on included, except id, created_at and counters;
 * the version in the database grows by one and is set in *task, as are the counters.
 * ERROR_NOT_FOUND. The counters (and so the versions) of its parent, of a former parent and of the
 * tasks that depend on it follow. */
enum error_code store_task_update(struct store_tx *tx, struct task *task);

/* Deletes one task, its own dependency links, and the links of others to it: these others get a new
 * version, updated_at = now, and a journal row each. Its subtasks must have been moved or deleted.
 * ERROR_NOT_FOUND. */
enum error_code store_task_delete(struct store_tx *tx, int64_t id, int64_t now);

/* --- Idempotency ------------------------------------------------------------------------------ */

#define IDEMPOTENCY_FINGERPRINT_SIZE 32

struct idempotency_record {
    const char *key;
    uint8_t fingerprint[IDEMPOTENCY_FINGERPRINT_SIZE]; /* of the request */
    int64_t created_at;
    int status;          /* of the answer */
    struct text headers; /* "Name: value\n" each: those that belong to the answer */
    struct text body;
};

/* The record of a key that is younger than the time to live at `now`. ERROR_NOT_FOUND. */
enum error_code store_idempotency_get(struct store_view *view, const char *key, int64_t now,
                                      struct arena *arena, struct idempotency_record *ret_record);

/* Stores it, in place of an expired one; removes a few expired ones. */
enum error_code store_idempotency_put(struct store_tx *tx, const struct idempotency_record *record);

#endif
