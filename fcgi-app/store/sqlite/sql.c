/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A statement that is composed of constant parts.
 */
#include "store/sqlite/sql.h"

#include <assert.h>

void sql_close(struct sql *sql)
{
    buf_close(&sql->text);
}

void sql_add(struct sql *sql, const char *part)
{
    buf_append_string(&sql->text, part);
}

static void add_value(struct sql *sql, struct sql_value value)
{
    assert(sql->count < SQL_VALUES_MAX);
    buf_append_char(&sql->text, '?');
    buf_append_int(&sql->text, sql->first + sql->count);
    sql->values[sql->count++] = value;
}

void sql_add_number(struct sql *sql, int64_t number)
{
    add_value(sql, (struct sql_value){.number = number});
}

void sql_add_text(struct sql *sql, struct text text)
{
    add_value(sql, (struct sql_value){.is_text = true, .text = text});
}

static void bind(const struct sql *sql, sqlite3_stmt *statement)
{
    for (int i = 0; i < sql->count; i++) {
        const struct sql_value *value = &sql->values[i];
        if (value->is_text)
            sqlite3_bind_text64(statement, sql->first + i, value->text.data, value->text.size,
                                SQLITE_STATIC, SQLITE_UTF8);
        else
            sqlite3_bind_int64(statement, sql->first + i, value->number);
    }
}

enum error_code sql_prepare(struct store_view *view, const struct sql *sql,
                            sqlite3_stmt **ret_statement)
{
    if (sql->text.failed)
        return store_fail(view, ERROR_MEMORY);
    sqlite3_stmt *statement = NULL;
    enum error_code code = store_compose(view, sql->text.data, sql->text.size, &statement);
    if (code != ERROR_NONE)
        return code;
    bind(sql, statement);
    *ret_statement = statement;
    return ERROR_NONE;
}
