/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The search index (FTS5).
 */
#include "store/sqlite/text_index.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/utf8.h"

#define TRIGRAM        3  /* code points; the index knows nothing shorter */
#define TRIGRAM_LENGTH 15 /* bytes of one at most, with quotes and a space */
#define TERMS_MAX      9  /* asked for: of a long search those that are spread over it */

/* How many parts of about one size make a larger one: while writes come, and when they do not. */
#define MERGE_WIDTH_BUSY 16
#define MERGE_WIDTH_IDLE 2

static enum error_code run(struct store_view *view, enum statement id)
{
    CLEANUP_STATEMENT sqlite3_stmt *statement = NULL;
    enum error_code code = store_statement(view, id, &statement);
    return code != ERROR_NONE ? code : store_run(view, statement);
}

enum error_code text_index_update(struct store_view *view)
{
    enum error_code code = run(view, STATEMENT_TEXT_REMOVE);
    return code == ERROR_NONE ? run(view, STATEMENT_TEXT_ADD) : code;
}

/* To undo a transaction that the table takes part in makes FTS5 forget. */
enum error_code text_index_forget(struct store_view *view)
{
    enum error_code code = store_run_fixed(view, STATEMENT_BEGIN_WRITE);
    if (code == ERROR_NONE)
        code = run(view, STATEMENT_TEXT_TAKE_PART);
    if (sqlite3_get_autocommit(view->connection->db))
        return code;
    enum error_code undone = store_run_fixed(view, STATEMENT_ROLLBACK);
    return code != ERROR_NONE ? code : undone;
}

static enum error_code run_with(struct store_view *view, enum statement id, int number)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    enum error_code code = store_statement(view, id, &statement);
    if (code != ERROR_NONE)
        return code;
    sqlite3_bind_int(statement, 1, number);
    return store_run(view, statement);
}

static enum error_code merge(struct store_view *view, int pages, bool *ret_more)
{
    sqlite3 *db = view->connection->db;
    int before = sqlite3_total_changes(db);
    enum error_code code = run_with(view, STATEMENT_TEXT_MERGE, pages);
    /* The statement itself counts as one; so FTS5 documents the end of its work. */
    if (code == ERROR_NONE)
        *ret_more = sqlite3_total_changes(db) - before >= 2;
    return code;
}

enum error_code text_index_merge_step(struct store_view *view, int pages)
{
    bool more;
    return merge(view, pages, &more);
}

enum error_code text_index_merge(struct store_view *view, int pages, bool *ret_more)
{
    enum error_code code = run_with(view, STATEMENT_TEXT_MERGE_WIDTH, MERGE_WIDTH_IDLE);
    if (code == ERROR_NONE)
        code = merge(view, pages, ret_more);
    if (code == ERROR_NONE)
        code = run_with(view, STATEMENT_TEXT_MERGE_WIDTH, MERGE_WIDTH_BUSY);
    return code;
}

/* --- Searching -------------------------------------------------------------------------------- */

static size_t code_point_size(struct text needle, const char *at)
{
    uint32_t code_point;
    return utf8_decode(at, needle.size - (size_t)(at - needle.data), &code_point);
}

/* As a string of FTS5, in which quotes are doubled, and a space. */
static char *put_term(char *end, struct text needle, const char *from)
{
    *end++ = '"';
    for (unsigned i = 0; i < TRIGRAM; i++) {
        size_t size = code_point_size(needle, from);
        if (*from == '"')
            *end++ = '"';
        memcpy(end, from, size);
        end += size;
        from += size;
    }
    *end++ = '"';
    *end++ = ' ';
    return end;
}

enum error_code text_index_terms(struct text needle, struct arena *arena, const char **ret_terms)
{
    size_t length = utf8_count(needle.data, needle.size);
    *ret_terms = NULL;
    if (length < TRIGRAM)
        return ERROR_NONE;
    char *terms = arena_alloc(arena, (TERMS_MAX + 1) * TRIGRAM_LENGTH + 1);
    if (terms == NULL)
        return ERROR_MEMORY;
    char *end = terms;
    const char *from = needle.data;
    size_t last = length - TRIGRAM;
    size_t step = last / TERMS_MAX + 1;
    for (size_t i = 0; i <= last; i++) {
        if (i % step == 0 || i == last)
            end = put_term(end, needle, from);
        from += code_point_size(needle, from);
    }
    *end = '\0';
    *ret_terms = terms;
    return ERROR_NONE;
}
