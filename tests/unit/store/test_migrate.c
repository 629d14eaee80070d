/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The steps from schema to schema: the runner with steps of the test's own, and the real ones from
 * every earlier schema.
 */
#include <string.h>

#include "base/cleanup.h"
#include "fixture.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/migrate.h"
#include "store_suites.h"

static struct fixture fixture;
static struct connection connection;

static void setup(void)
{
    fixture_init(&fixture);
    ck_assert_int_eq(connection_open(&connection, CONNECTION_WRITER, &fixture.options, NULL),
                     ERROR_NONE);
}

static void teardown(void)
{
    connection_close(&connection);
    fixture_remove(&fixture);
}

static int64_t number(const char *sql)
{
    int64_t result = -1;
    ck_assert_int_eq(connection_number(&connection, sql, &result), SQLITE_OK);
    return result;
}

static const struct migration good[] = {
    {"0001-one", "CREATE TABLE a(x); INSERT INTO a VALUES (1);"},
    {"0002-two", "ALTER TABLE a ADD COLUMN y DEFAULT 5;"},
    {NULL, NULL},
};

static const struct migration bad[] = {
    {"0001-one", "CREATE TABLE a(x);"},
    {"0002-broken", "CREATE TABLE b(x); INSERT INTO nowhere VALUES (1);"},
    {NULL, NULL},
};

START_TEST(test_steps_run_in_order)
{
    ck_assert_int_eq(migrate_newest(good), 2);
    ck_assert_int_eq(migrate_run(&connection, good, 0, NULL), ERROR_NONE);
    ck_assert_int_eq(number("SELECT y FROM a"), 5);
    ck_assert_int_eq(number("PRAGMA user_version"), 2);
    ck_assert_int_eq(number("PRAGMA application_id"), STORE_APPLICATION_ID);
}
END_TEST

START_TEST(test_steps_go_on_from_where_they_were)
{
    ck_assert_int_eq(connection_exec(&connection, good[0].sql), SQLITE_OK);
    ck_assert_int_eq(migrate_run(&connection, good, 1, NULL), ERROR_NONE);
    ck_assert_int_eq(number("SELECT count(y) FROM a"), 1);
    ck_assert_int_eq(migrate_run(&connection, good, 2, NULL), ERROR_NONE);
}
END_TEST

START_TEST(test_failed_step_leaves_the_schema_before_it)
{
    struct error error;
    ck_assert_int_eq(migrate_run(&connection, bad, 0, &error), ERROR_STORAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "0002-broken"));
    ck_assert_int_eq(number("PRAGMA user_version"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM sqlite_schema"), 1);
    ck_assert(sqlite3_get_autocommit(connection.db));
    ck_assert_int_eq(number("PRAGMA foreign_keys"), 1);
}
END_TEST

START_TEST(test_from_every_earlier_schema)
{
    int newest = migrate_newest(store_migrations);
    ck_assert_int_ge(newest, 1);
    for (int from = 0; from < newest; from++) {
        struct migration steps[64] = {{NULL, NULL}};
        memcpy(steps, store_migrations, (size_t)from * sizeof(steps[0]));
        ck_assert_int_eq(migrate_run(&connection, steps, 0, NULL), ERROR_NONE);
        connection_close(&connection);
        fixture_open(&fixture);
        struct store_state state;
        store_state(fixture.store, &state);
        ck_assert_int_eq(state.schema, newest);
        fixture_remove(&fixture);
        setup();
    }
}
END_TEST

static const struct migration rebuild[] = {
    {"0001-one", "CREATE TABLE a(id INTEGER PRIMARY KEY); CREATE TABLE b(a REFERENCES a(id));"
                 "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);"},
    {"0002-rebuild", "CREATE TABLE c(id INTEGER PRIMARY KEY, x); INSERT INTO c(id) SELECT id FROM "
                     "a; DROP TABLE a; ALTER TABLE c RENAME TO a;"},
    {NULL, NULL},
};

START_TEST(test_step_may_build_a_table_anew)
{
    ck_assert_int_eq(migrate_run(&connection, rebuild, 0, NULL), ERROR_NONE);
    ck_assert_int_eq(number("SELECT count(*) FROM a JOIN b ON b.a = a.id"), 1);
    ck_assert_int_eq(number("PRAGMA foreign_keys"), 1);
}
END_TEST

Suite *suite_migrate(void)
{
    const TTest *const tests[] = {
        test_steps_run_in_order,          test_steps_go_on_from_where_they_were,
        test_step_may_build_a_table_anew, test_failed_step_leaves_the_schema_before_it,
        test_from_every_earlier_schema,
    };
    return store_suite("migrate", setup, teardown, tests, ARRAY_SIZE(tests));
}
