/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What must hold in the database after any changes: everything that is kept beside the tasks equals
 * what counting them anew gives.
 */
#include <stdio.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store/sqlite/facets.h"
#include "store/sqlite/internal.h"
#include "store/sqlite/tally_changes.h"
#include "store_suites.h"

static struct fixture fixture;
static struct chance chance;

static void setup(void)
{
    fixture_init(&fixture);
    fixture_open(&fixture);
    chance = (struct chance){.state = 31};
    sample_insert(fixture.store, &chance, 200);
    for (int i = 0; i < 10; i++)
        sample_change(fixture.store, &chance, 60);
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

static void check_none(const char *sql)
{
    ck_assert_msg(file_number(fixture.path, sql) == 0, "%s", sql);
}

START_TEST(test_file_is_sound)
{
    file_check(fixture.path);
    check_none("SELECT count(*) FROM pragma_foreign_key_check");
    ck_assert_int_gt(file_number(fixture.path, "SELECT count(*) FROM task"), 100);
}
END_TEST

START_TEST(test_tally_equals_a_recount)
{
    check_none("SELECT count(*) FROM (SELECT facets, count(*) FROM task GROUP BY facets"
               " EXCEPT SELECT facets, n FROM tally)");
    check_none("SELECT count(*) FROM (SELECT facets, n FROM tally WHERE n <> 0"
               " EXCEPT SELECT facets, count(*) FROM task GROUP BY facets)");
}
END_TEST

/* Every row of either is in the other; rows of 0 are none. */
static void check_recount(const char *kept, const char *recount)
{
    char sql[512];
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM (%s EXCEPT %s WHERE n <> 0)", recount, kept);
    check_none(sql);
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM (%s WHERE n <> 0 EXCEPT %s)", kept, recount);
    check_none(sql);
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM (%s)", recount);
    ck_assert_int_gt(file_number(fixture.path, sql), 0);
}

START_TEST(test_due_tally_equals_a_recount)
{
    check_recount("SELECT id, n FROM due_tally",
                  "SELECT due_date * 4 + archived * 2 + completed, count(*) FROM task GROUP BY 1");
}
END_TEST

START_TEST(test_tallies_of_statistics_equal_a_recount)
{
    fixture_edit(&fixture, "UPDATE task SET created_at = created_at + id % 7 * 450000,"
                           " completed_at = completed_at + id % 5 * 450000");
    check_recount("SELECT facets, n FROM dependent_tally",
                  "SELECT facets, count(*) FROM task WHERE dep_total > 0 GROUP BY facets");
    check_recount("SELECT slot, n FROM created_tally",
                  "SELECT created_at / 900000, count(*) FROM task GROUP BY 1");
    check_recount("SELECT slot, n FROM completed_tally",
                  "SELECT completed_at / 900000, count(*) FROM task"
                  " WHERE completed_at IS NOT NULL GROUP BY 1");
}
END_TEST

static void check_day_of_calendar(int day)
{
    char kept[80], recount[200];
    snprintf(kept, sizeof(kept), "SELECT id, n FROM (SELECT id, d%d AS n FROM calendar)", day);
    snprintf(recount, sizeof(recount),
             "SELECT due_date / 16 * 1048576 + facets + 524288 * (dep_total > 0), count(*)"
             " FROM task WHERE due_date < 2932897 AND due_date %% 16 = %d GROUP BY 1",
             day);
    check_recount(kept, recount);
}

START_TEST(test_calendar_equals_a_recount)
{
    fixture_edit(&fixture, "UPDATE task SET due_date = due_date + id % 40 WHERE id % 3 = 0"
                           " AND due_date < 2932897;"
                           "UPDATE task SET due_date = 2932897 WHERE id % 7 = 0;"
                           "UPDATE task SET due_date = 20000 + id WHERE id % 14 = 0;"
                           "UPDATE task SET due_date = 2932896 WHERE id % 28 = 0");
    for (int day = 0; day < 16; day++)
        check_day_of_calendar(day);
    check_recount("SELECT id, n FROM calendar",
                  "SELECT due_date / 16 * 1048576 + facets + 524288 * (dep_total > 0), count(*)"
                  " FROM task WHERE due_date < 2932897 GROUP BY 1");
}
END_TEST

/* More rows of them than are summed up in memory: each task in a block of its own, before and
 * after.
 */
START_TEST(test_calendar_of_dates_far_apart)
{
    sample_insert(fixture.store, &chance, 200);
    fixture_edit(&fixture, "UPDATE task SET due_date = id * 17");
    fixture_edit(&fixture, "UPDATE task SET due_date = 2900000 - id * 17");
    ck_assert_int_gt(4 * file_number(fixture.path, "SELECT count(DISTINCT due_date) FROM task"),
                     TALLY_CHANGES_MAX);
    for (int day = 0; day < 16; day++)
        check_day_of_calendar(day);
    check_recount("SELECT id, n FROM due_tally",
                  "SELECT due_date * 4 + archived * 2 + completed, count(*) FROM task GROUP BY 1");
    check_recount("SELECT facets, n FROM tally", "SELECT facets, count(*) FROM task GROUP BY 1");
}
END_TEST

/* Only by another program: it harms nothing, and goes as it came. */
START_TEST(test_dates_that_are_none_are_in_no_calendar)
{
    int64_t dated = file_number(fixture.path, "SELECT sum(n) FROM calendar");
    fixture_edit(&fixture, "UPDATE task SET due_date = 30000");
    fixture_edit(&fixture, "UPDATE task SET due_date = -id");
    check_none("SELECT count(*) FROM calendar WHERE n <> 0 OR d0 <> 0 OR d8 <> 0 OR d15 <> 0");
    fixture_edit(&fixture, "UPDATE task SET due_date = 5000000 + id");
    check_none("SELECT count(*) FROM calendar WHERE n <> 0");
    fixture_edit(&fixture, "UPDATE task SET due_date = 30000");
    ck_assert_int_gt(file_number(fixture.path, "SELECT sum(n) FROM calendar"), dated);
}
END_TEST

START_TEST(test_tallies_are_empty_without_tasks)
{
    fixture_edit(&fixture, "DELETE FROM dependency; UPDATE task SET dep_total = 0;"
                           "UPDATE task SET dep_total = 1 WHERE id % 2 = 0; DELETE FROM task");
    check_none("SELECT count(*) FROM dependent_tally WHERE n <> 0");
    check_none("SELECT count(*) FROM created_tally WHERE n <> 0");
    check_none("SELECT count(*) FROM completed_tally WHERE n <> 0");
    check_none("SELECT count(*) FROM tally WHERE n <> 0");
    check_none("SELECT count(*) FROM due_tally WHERE n <> 0");
    check_none("SELECT count(*) FROM calendar WHERE n <> 0 OR d0 <> 0 OR d8 <> 0 OR d15 <> 0");
}
END_TEST

START_TEST(test_counters_equal_a_recount)
{
    check_none("SELECT count(*) FROM task AS t WHERE sub_total <>"
               " (SELECT count(*) FROM task WHERE parent_id = t.id)");
    check_none("SELECT count(*) FROM task AS t WHERE sub_done <>"
               " (SELECT count(*) FROM task WHERE parent_id = t.id AND completed)");
    check_none("SELECT count(*) FROM task AS t WHERE dep_total <>"
               " (SELECT count(*) FROM dependency WHERE task_id = t.id)");
    check_none("SELECT count(*) FROM task AS t WHERE dep_done <>"
               " (SELECT count(*) FROM dependency JOIN task AS d ON d.id = depends_on_id"
               " WHERE task_id = t.id AND d.completed)");
    ck_assert_int_gt(file_number(fixture.path, "SELECT sum(sub_total) FROM task"), 10);
    ck_assert_int_gt(file_number(fixture.path, "SELECT sum(dep_done) FROM task"), 5);
}
END_TEST

static bool run_check_text(struct store_tx *tx, void *arg)
{
    (void)arg;
    sqlite3 *db = store_tx_view(tx)->connection->db;
    int rc =
        sqlite3_exec(db, "INSERT INTO task_text (task_text, rank) VALUES ('integrity-check', 1)",
                     NULL, NULL, NULL);
    ck_assert_msg(rc == SQLITE_OK, "%s", sqlite3_errmsg(db));
    return true;
}

START_TEST(test_search_index_holds_the_texts)
{
    ck_assert_int_eq(store_write(fixture.store, run_check_text, NULL), ERROR_NONE);
    check_none("SELECT count(*) FROM touched");
}
END_TEST

static bool run_check_folded(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct store_view *view = store_tx_view(tx);
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    static const char sql[] =
        "SELECT count(*) FROM task WHERE description_fold <> todo_fold(description)";
    ck_assert_int_eq(store_compose(view, sql, sizeof(sql) - 1, &statement), ERROR_NONE);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(statement, 0), 0);
    return true;
}

START_TEST(test_folded_description_is_that_of_the_description)
{
    ck_assert_int_eq(store_write(fixture.store, run_check_folded, NULL), ERROR_NONE);
}
END_TEST

static void check_facets(struct store_view *view, const struct task *task)
{
    sqlite3_stmt *statement CLEANUP_STATEMENT = NULL;
    static const char sql[] = "SELECT facets FROM task WHERE id = ?1";
    ck_assert_int_eq(store_compose(view, sql, sizeof(sql) - 1, &statement), ERROR_NONE);
    sqlite3_bind_int64(statement, 1, task->id);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_uint_eq((uint32_t)sqlite3_column_int64(statement, 0), facets_of(task));
}

START_TEST(test_schema_and_program_agree_on_facets)
{
    struct model model;
    struct store_reader *reader;
    struct error error;
    enum error_code code;
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    struct store_view *view = store_read_begin(reader, &code);
    model_load(&model, view);
    for (size_t i = 0; i < model.count; i++)
        check_facets(view, &model.tasks[i]);
    model_close(&model);
    store_read_end(reader);
    store_reader_close(reader);
}
END_TEST

START_TEST(test_journal_tells_the_present_state)
{
    /* The last image of each task is what is stored of it, and of none that is gone. */
    check_none("SELECT count(*) FROM task AS t WHERE description IS NOT"
               " (SELECT after ->> 'description' FROM change_row WHERE row_id = t.id"
               " ORDER BY seq DESC, ordinal DESC LIMIT 1)");
    check_none("SELECT count(*) FROM task AS t WHERE parent_id IS NOT"
               " (SELECT after ->> 'parent_id' FROM change_row WHERE row_id = t.id"
               " ORDER BY seq DESC, ordinal DESC LIMIT 1)");
    check_none("SELECT count(*) FROM change_row AS r WHERE after IS NOT NULL"
               " AND row_id NOT IN (SELECT id FROM task) AND NOT EXISTS (SELECT 1 FROM change_row"
               " AS l WHERE l.row_id = r.row_id AND (l.seq, l.ordinal) > (r.seq, r.ordinal))");
}
END_TEST

Suite *suite_invariants(void)
{
    const TTest *const tests[] = {
        test_file_is_sound,
        test_tally_equals_a_recount,
        test_due_tally_equals_a_recount,
        test_calendar_equals_a_recount,
        test_tallies_of_statistics_equal_a_recount,
        test_calendar_of_dates_far_apart,
        test_dates_that_are_none_are_in_no_calendar,
        test_tallies_are_empty_without_tasks,
        test_counters_equal_a_recount,
        test_search_index_holds_the_texts,
        test_folded_description_is_that_of_the_description,
        test_schema_and_program_agree_on_facets,
        test_journal_tells_the_present_state,
    };
    return store_suite("invariants", setup, teardown, tests, ARRAY_SIZE(tests));
}
