/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The journal: changes, and the rows they touched with their images before and after. The row of a
 * change is written with the first row that it touches.
 */
#include "store/sqlite/journal.h"

#include <assert.h>
#include <string.h>

#include "base/json_writer.h"
#include "store/record_json.h"
#include "store/rows.h"

#define ROWS_MAX ((1 << 24) - 1) /* of a change: their ordinals have 24 bits in the schema */

static const char *const action_names[] = {
#define ACTION_ROW(name, text) [CHANGE_##name] = text,
    CHANGE_ACTIONS(ACTION_ROW)
#undef ACTION_ROW
};

_Static_assert(ARRAY_SIZE(action_names) == CHANGE_ACTION_COUNT, "one name per action");

const char *change_action_name(enum change_action action)
{
    return action_names[action];
}

enum error_code store_change_begin(struct store_tx *tx, struct change *change)
{
    assert(tx->journal.change == NULL);
    change->seq = 0;
    tx->journal = (struct journal_state){.change = change};
    return ERROR_NONE;
}

/* Whether every parent and every dependency exists. At COMMIT it would be too late: the whole batch
 * would fail. */
static bool references_hold(struct store_tx *tx)
{
    int pending = 0, highest = 0;
    int rc = sqlite3_db_status(tx->view.connection->db, SQLITE_DBSTATUS_DEFERRED_FKS, &pending,
                               &highest, 0);
    return rc == SQLITE_OK && pending == 0;
}

static enum error_code rewrite_summary(struct store_tx *tx, const struct change *change)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(&tx->view, STATEMENT_CHANGE_SUMMARY, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, change->seq);
    sqlite3_bind_text(statement, 2, change->summary, -1, SQLITE_STATIC);
    return store_run(&tx->view, statement);
}

enum error_code store_change_end(struct store_tx *tx)
{
    assert(tx->journal.change != NULL);
    struct journal_state ended = tx->journal;
    tx->journal = (struct journal_state){0};
    if (!references_hold(tx))
        return store_fail(&tx->view, ERROR_STORAGE);
    if (ended.seq == 0 || ended.change->summary == ended.summary)
        return ERROR_NONE;
    return rewrite_summary(tx, ended.change);
}

/* --- Images ----------------------------------------------------------------------------------- */

#define IMAGE_ROOM                                                                                 \
    640 /* for all but texts and links, so that most images need no second allocation */

void image_append(struct buf *image, const struct task *task, size_t *ret_size)
{
    struct json_writer w = json_writer(image);
    buf_reserve(image, IMAGE_ROOM + task->description.size + task->notes.size);
    json_write_object_begin(&w);
    record_json_task(&w, task);
    json_write_member_int(&w, "created_at", task->created_at);
    json_write_member_int(&w, "updated_at", task->updated_at);
    if (task->completed_at == INSTANT_NONE)
        json_write_member_null(&w, "completed_at");
    else
        json_write_member_int(&w, "completed_at", task->completed_at);
    *ret_size = image->size;
    json_write_member_int(&w, "version", task->version);
    json_write_object_end(&w);
}

void template_image_append(struct buf *image, const struct task_template *row, size_t *ret_size)
{
    struct json_writer w = json_writer(image);
    json_write_object_begin(&w);
    json_write_member_int(&w, "id", row->id);
    record_json_template(&w, row);
    json_write_member_int(&w, "created_at", row->created_at);
    json_write_member_int(&w, "updated_at", row->updated_at);
    *ret_size = image->size;
    json_write_member_int(&w, "version", row->version);
    json_write_object_end(&w);
}

/* --- Rows ------------------------------------------------------------------------------------- */

static void bind_string(sqlite3_stmt *statement, int index, const char *string)
{
    if (string != NULL)
        sqlite3_bind_text(statement, index, string, -1, SQLITE_STATIC);
}

static enum error_code write_change(struct store_tx *tx, struct change *change)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(&tx->view, STATEMENT_CHANGE_INSERT, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, change->at);
    bind_string(statement, 2, action_names[change->action]);
    bind_string(statement, 3, change->summary);
    bind_string(statement, 4, change->request_id);
    bind_string(statement, 5, change->actor);
    if (change->undoes != 0)
        sqlite3_bind_int64(statement, 6, change->undoes);
    if (change->origin != 0)
        sqlite3_bind_int64(statement, 7, change->origin);
    code = store_run(&tx->view, statement);
    if (code == ERROR_NONE)
        change->seq = sqlite3_last_insert_rowid(tx->view.connection->db);
    return code;
}

enum error_code journal_open(struct store_tx *tx)
{
    assert(tx->journal.change != NULL);
    if (tx->journal.seq != 0)
        return ERROR_NONE;
    enum error_code code = write_change(tx, tx->journal.change);
    if (code == ERROR_NONE)
        tx->journal.seq = tx->journal.change->seq;
    tx->journal.summary = tx->journal.change->summary;
    return code;
}

static void bind_image(sqlite3_stmt *statement, int index, const struct buf *image)
{
    if (image->size > 0)
        sqlite3_bind_text64(statement, index, image->data, image->size, SQLITE_STATIC, SQLITE_UTF8);
}

/* A row's images before and after, and the length of what comes before the version in each. */
struct images {
    const char *kind;
    struct buf was, is;
    size_t was_size, is_size;
};

static void images_close(struct images *images)
{
    buf_close(&images->was);
    buf_close(&images->is);
}

static enum error_code write_row(struct store_tx *tx, int64_t id, const struct images *images)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    if (tx->journal.rows == ROWS_MAX)
        return store_fail(&tx->view, ERROR_SYSTEM);
    enum error_code code = store_statement(&tx->view, STATEMENT_CHANGE_ROW_INSERT, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int64(statement, 1, tx->journal.seq);
    sqlite3_bind_int64(statement, 2, tx->journal.rows + 1);
    sqlite3_bind_text(statement, 3, images->kind, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, id);
    bind_image(statement, 5, &images->was);
    bind_image(statement, 6, &images->is);
    code = store_run(&tx->view, statement);
    if (code == ERROR_NONE)
        tx->journal.rows++;
    return code;
}

static enum error_code journal_row(struct store_tx *tx, int64_t id, const struct images *images)
{
    if (images->was.failed || images->is.failed)
        return store_fail(&tx->view, ERROR_MEMORY);
    if (images->was_size == images->is_size &&
        memcmp(images->was.data, images->is.data, images->is_size) == 0)
        return ERROR_NONE;
    enum error_code code = journal_open(tx);
    return code == ERROR_NONE ? write_row(tx, id, images) : code;
}

enum error_code journal_task(struct store_tx *tx, const struct task *before,
                             const struct task *after)
{
    CLEANUP(images_close) struct images images = {.kind = "task"};
    if (before != NULL)
        image_append(&images.was, before, &images.was_size);
    if (after != NULL)
        image_append(&images.is, after, &images.is_size);
    return journal_row(tx, before != NULL ? before->id : after->id, &images);
}

enum error_code journal_template(struct store_tx *tx, const struct task_template *before,
                                 const struct task_template *after)
{
    CLEANUP(images_close) struct images images = {.kind = "template"};
    if (before != NULL)
        template_image_append(&images.was, before, &images.was_size);
    if (after != NULL)
        template_image_append(&images.is, after, &images.is_size);
    return journal_row(tx, before != NULL ? before->id : after->id, &images);
}
