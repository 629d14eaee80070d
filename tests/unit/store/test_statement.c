/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Prepared statements: the table, and the cache of the composed ones.
 */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "fixture.h"
#include "store/sqlite/internal.h"
#include "store_suites.h"

static struct fixture fixture;
static struct store_reader *reader;
static struct store_view *view;

static void setup(void)
{
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, NULL), ERROR_NONE);
    enum error_code code = ERROR_NONE;
    view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
}

static void teardown(void)
{
    store_read_end(reader);
    store_reader_close(reader);
    fixture_remove(&fixture);
}

static sqlite3_stmt *compose(const char *sql)
{
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(store_compose(view, sql, strlen(sql), &statement), ERROR_NONE);
    return statement;
}

static bool prepare_all(struct store_tx *tx, void *arg)
{
    (void)arg;
    for (int id = 0; id < STATEMENT_COUNT; id++) {
        sqlite3_stmt *statement = NULL;
        ck_assert_msg(store_statement(store_tx_view(tx), (enum statement)id, &statement) ==
                          ERROR_NONE,
                      "statement %d: %s", id, sqlite3_errmsg(tx->view.connection->db));
        ck_assert_ptr_nonnull(statement);
    }
    return true;
}

START_TEST(test_every_statement_of_the_table_is_valid)
{
    ck_assert_int_eq(store_write(fixture.store, prepare_all, NULL), ERROR_NONE);
}
END_TEST

static const struct {
    enum statement id;
    const char *connection;
    const char *name;
} table[] = {
#define STATEMENT_ROW(name, connection, sql) {STATEMENT_##name, #connection, #name},
    STATEMENTS(STATEMENT_ROW)
#undef STATEMENT_ROW
};

START_TEST(test_reading_statements_write_nothing)
{
    for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
        if (strcmp(table[i].connection, "READ") != 0)
            continue;
        sqlite3_stmt *statement = NULL;
        ck_assert_int_eq(store_statement(view, table[i].id, &statement), ERROR_NONE);
        ck_assert_msg(sqlite3_stmt_readonly(statement), "%s writes", table[i].name);
    }
}
END_TEST

START_TEST(test_reader_cannot_write)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = compose("DELETE FROM probe");
    ck_assert_int_eq(store_run(view, statement), ERROR_STORAGE);
}
END_TEST

START_TEST(test_same_text_gives_the_same_statement)
{
    sqlite3_stmt *first = compose("SELECT 1");
    ck_assert_ptr_ne(compose("SELECT 2"), first);
    ck_assert_ptr_eq(compose("SELECT 1"), first);
    ck_assert_ptr_ne(compose("SELECT 1 "), first);
}
END_TEST

START_TEST(test_release_forgets_values)
{
    sqlite3_stmt *statement = compose("SELECT ?");
    sqlite3_bind_int(statement, 1, 5);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    statement_release(&statement);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_type(statement, 0), SQLITE_NULL);
    statement_release(&statement);
}
END_TEST

START_TEST(test_cache_drops_the_least_recently_used)
{
    struct connection *connection = view->connection;
    sqlite3_stmt *kept = compose("SELECT 'kept'");
    char sql[64];
    for (int i = 0; i < 5 * COMPOSED_MAX; i++) {
        snprintf(sql, sizeof(sql), "SELECT %d", i);
        compose(sql);
        ck_assert_uint_le(connection->composed_count, COMPOSED_MAX);
        ck_assert_ptr_eq(compose("SELECT 'kept'"), kept);
    }
    ck_assert_uint_eq(connection->composed_count, COMPOSED_MAX);
}
END_TEST

START_TEST(test_cache_is_bounded_in_bytes)
{
    struct connection *connection = view->connection;
    char sql[8192];
    for (int i = 0; i < COMPOSED_MAX; i++) {
        int size = snprintf(sql, sizeof(sql), "SELECT %d", i);
        for (int column = 0; column < 80; column++)
            size += snprintf(sql + size, sizeof(sql) - (size_t)size, ", (SELECT ? + %d)", column);
        compose(sql);
        ck_assert(connection->composed_bytes <= COMPOSED_BYTES_MAX ||
                  connection->composed_count <= COMPOSED_MIN);
    }
    ck_assert_uint_lt(connection->composed_count, COMPOSED_MAX);
    ck_assert_uint_ge(connection->composed_count, COMPOSED_MIN);
}
END_TEST

START_TEST(test_wrong_sql_is_a_failure)
{
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(store_compose(view, "SELECT", 6, &statement), ERROR_STORAGE);
    ck_assert_ptr_null(statement);
}
END_TEST

START_TEST(test_limits)
{
    static char sql[70000];
    memset(sql, ' ', sizeof(sql) - 1);
    memcpy(sql, "SELECT", 6);
    sql[sizeof(sql) - 2] = '1';
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(store_compose(view, sql, sizeof(sql) - 1, &statement), ERROR_STORAGE);
    ck_assert_int_eq(store_compose(view, "SELECT ?301", 11, &statement), ERROR_STORAGE);
    ck_assert_int_eq(store_compose(view, "SELECT ?300", 11, &statement), ERROR_NONE);
}
END_TEST

START_TEST(test_error_codes)
{
    static const struct {
        int rc;
        enum error_code code;
    } cases[] = {
        {SQLITE_OK, ERROR_NONE},
        {SQLITE_ROW, ERROR_NONE},
        {SQLITE_DONE, ERROR_NONE},
        {SQLITE_BUSY, ERROR_BUSY},
        {SQLITE_BUSY_SNAPSHOT, ERROR_BUSY},
        {SQLITE_NOMEM, ERROR_MEMORY},
        {SQLITE_IOERR_NOMEM, ERROR_MEMORY},
        {SQLITE_FULL, ERROR_STORAGE_FULL},
        {SQLITE_IOERR_WRITE, ERROR_STORAGE},
        {SQLITE_IOERR_FSYNC, ERROR_STORAGE},
        {SQLITE_READONLY, ERROR_STORAGE},
        {SQLITE_CORRUPT, ERROR_CORRUPT},
        {SQLITE_NOTADB, ERROR_CORRUPT},
        {SQLITE_CONSTRAINT_PRIMARYKEY, ERROR_CONFLICT},
        {SQLITE_CONSTRAINT_UNIQUE, ERROR_CONFLICT},
        {SQLITE_CONSTRAINT_CHECK, ERROR_STORAGE},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        ck_assert_int_eq(store_error_code(cases[i].rc), cases[i].code);
}
END_TEST

Suite *suite_statement(void)
{
    const TTest *const tests[] = {
        test_every_statement_of_the_table_is_valid,
        test_reading_statements_write_nothing,
        test_reader_cannot_write,
        test_same_text_gives_the_same_statement,
        test_release_forgets_values,
        test_cache_drops_the_least_recently_used,
        test_cache_is_bounded_in_bytes,
        test_wrong_sql_is_a_failure,
        test_limits,
        test_error_codes,
    };
    return store_suite("statement", setup, teardown, tests, ARRAY_SIZE(tests));
}
