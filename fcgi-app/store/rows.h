/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rows of the store: tasks with their dependencies, lists, the journal, templates, idempotency
 * records.
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
#include "task/template.h"

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
/* Of completed tasks that are not archived, in no certain order. */
enum error_code store_completed_ids(struct store_view *view, size_t limit, struct arena *arena,
                                    struct id_list *ret_ids);
enum error_code store_dependency_ids(struct store_view *view, int64_t id, struct arena *arena,
                                     struct id_list *ret_ids);
enum error_code store_dependent_ids(struct store_view *view, int64_t id, struct arena *arena,
                                    struct id_list *ret_ids);
/* Those of its dependencies that are not completed. */
enum error_code store_blocker_ids(struct store_view *view, int64_t id, struct arena *arena,
                                  struct id_list *ret_ids);

/* The tasks by state, kept up to date by the store: few rows read, whatever the number of tasks.
 * For readers: within a transaction it is what was before it. */
struct store_tally {
    int64_t active;    /* open, not archived */
    int64_t completed; /* completed, not archived */
    int64_t archived;
};
enum error_code store_tally(struct store_view *view, struct store_tally *ret_tally);

/* The statistics of the tasks that match the filters of the query, for the day, which is that of
 * query->today. A search or a parent costs as much as there are tasks that it finds; all other
 * filters cost as much as there are days with due tasks, and tasks of the day. */
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
    int64_t undoes;         /* seq, or 0; store_undo sets it, as origin */
    int64_t origin;         /* of an undo: the change at the bottom of its chain; else 0 */
    /* Only of a change that was read: */
    int64_t undone_by; /* seq, or 0 */
    struct id_list
        task_ids; /* ascending: the tasks that its first CHANGE_TASK_IDS_MAX rows touched */
};

/* More tasks than that are touched by great imports alone, and by undoing them. */
#define CHANGE_TASK_IDS_MAX 10000

/* The action's name in the API. */
const char *change_action_name(enum change_action action);

/* The change must stay where it is until its end; one is open at a time.
 * Every row function below must run between these two: the store journals each row's image before
 * and after under the open change. A change that touched no row leaves nothing. In a savepoint that
 * is undone, a change begun inside it is gone, too. At the end every parent_id and depends_on must
 * name a task that exists: else ERROR_STORAGE, and the write is undone. The summary may be replaced
 * before the end: for what is known only then. */
enum error_code store_change_begin(struct store_tx *tx, struct change *change);
enum error_code store_change_end(struct store_tx *tx);

/* --- Reading the journal ---------------------------------------------------------------------- */

struct change_page {
    struct change *changes;
    size_t count;
    bool more; /* further ones follow */
};

/* ERROR_NOT_FOUND: it never was, or it is not kept any more. */
enum error_code store_change_get(struct store_view *view, int64_t seq, struct arena *arena,
                                 struct change *ret_change);

/* The latest change that is no undo itself and is not undone. ERROR_NOT_FOUND. */
enum error_code store_change_undoable(struct store_view *view, struct arena *arena,
                                      struct change *ret_change);

/* The changes after `since` in order, without gaps; at most `limit`. A page that has told
 * CHANGE_TASK_IDS_MAX ids of tasks ends there, so that its size has a bound. */
enum error_code store_change_feed(struct store_view *view, int64_t since, size_t limit,
                                  struct arena *arena, struct change_page *ret_page);

/* The changes before `before` that touched the task, the newest first. Pages as above. */
enum error_code store_task_history(struct store_view *view, int64_t id, int64_t before,
                                   size_t limit, struct arena *arena, struct change_page *ret_page);

/* Whether the task exists, or a change that is kept touched it. */
enum error_code store_task_known(struct store_view *view, int64_t id, bool *ret_known);

/* The highest number of a change that is not kept any more; 0: all are. */
enum error_code store_change_forgotten(struct store_view *view, int64_t *ret_seq);

/* --- Undo ------------------------------------------------------------------------------------- */

/* Under an open change of CHANGE_UNDO: brings each row that the target touched back to what it was
 * before, and marks the target undone; undoing an undo makes the change below it done again.
 * Versions go on growing, also those of tasks that come back.
 *
 * Refuses, with ids in *ret_conflicts (ascending, at most CHANGE_TASK_IDS_MAX; none for a template)
 * and *ret_conflict true, when a row is not as the target left it, or when what others have become
 * since does not allow it: subtasks or dependents of a task that would go, a parent or dependency
 * that is gone, a third level, an active subtask of an archived task, a cycle, a name that is
 * taken. The caller then undoes the savepoint. The target is one that is not undone. */
enum error_code store_undo(struct store_tx *tx, const struct change *target, struct arena *arena,
                           bool *ret_conflict, struct id_list *ret_conflicts);

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

/* The same for a caller that has read the task, in this transaction, as `before` (with all that a
 * task has), and has changed nothing of it since: saves reading the row again. ERROR_STORAGE, and
 * the write is undone, if the stored version is another one. */
enum error_code store_task_replace(struct store_tx *tx, const struct task *before,
                                   struct task *task);

/* Deletes one task, its own dependency links, and the links of others to it: these others get a new
 * version, updated_at = now, and a journal row each. Its subtasks must have been moved or deleted.
 * ERROR_NOT_FOUND. */
enum error_code store_task_delete(struct store_tx *tx, int64_t id, int64_t now);

/* --- Templates -------------------------------------------------------------------------------- */

/* The template of this name, without regard to case. ERROR_NOT_FOUND. */
enum error_code store_template_get(struct store_view *view, struct text name, struct arena *arena,
                                   struct task_template *ret_template);
enum error_code store_template_get_by_id(struct store_view *view, int64_t id, struct arena *arena,
                                         struct task_template *ret_template);

/* Called for each template, by folded name. It and its texts are valid during the call only. It
 * must not call the store on the same view. Returns ERROR_NONE to go on. */
typedef enum error_code (*store_template_visitor)(void *context, const struct task_template *row);
enum error_code store_template_list(struct store_view *view, store_template_visitor visit,
                                    void *context);

/* How many there are, counted. */
enum error_code store_template_count(struct store_view *view, int64_t *ret_count);

/* These journal the row as those of tasks do. Insert sets id and version (1); the timestamps are
 * the caller's. row->id != 0: that id and row->version are used (import, undo). ERROR_CONFLICT:
 * the name is another template's, without regard to case, or the id is taken. */
enum error_code store_template_insert(struct store_tx *tx, struct task_template *row);

/* Replaces every field of row->id, the name included, except created_at, which is set in *row; the
 * version grows by one and is set, too. ERROR_NOT_FOUND, ERROR_CONFLICT (the name). */
enum error_code store_template_update(struct store_tx *tx, struct task_template *row);

/* ERROR_NOT_FOUND. */
enum error_code store_template_delete(struct store_tx *tx, int64_t id);

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
