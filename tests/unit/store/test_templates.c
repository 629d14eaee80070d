/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Templates: what is stored and read, names without regard to case, and their journal.
 */
#include <string.h>

#include "base/cleanup.h"
#include "sample.h"
#include "store_suites.h"

static struct fixture fixture;
static struct store_reader *reader;
static struct arena arena;

static void setup(void)
{
    struct error error = {0};
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    arena_init(&arena, 4096);
}

static void teardown(void)
{
    arena_close(&arena);
    store_reader_close(reader);
    fixture_remove(&fixture);
}

static struct text text(const char *string)
{
    return (struct text){string, strlen(string)};
}

static struct task_template make(const char *name)
{
    struct task_template row;
    template_init(&row);
    row.name = text(name);
    row.description = text("A task");
    row.created_at = row.updated_at = 1000;
    return row;
}

static struct store_view *begin(void)
{
    enum error_code code = ERROR_NONE;
    struct store_view *view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
    return view;
}

static enum error_code get(const char *name, struct task_template *row)
{
    enum error_code code = store_template_get(begin(), text(name), &arena, row);
    store_read_end(reader);
    return code;
}

static int64_t number(const char *sql)
{
    return file_number(fixture.path, sql);
}

/* --- Each operation in a write of its own --------------------------------------------------------
 */

static void run_insert(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_template_insert(tx, arg), ERROR_NONE);
}

static void run_update(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_template_update(tx, arg), ERROR_NONE);
}

static void run_delete(struct store_tx *tx, void *arg)
{
    ck_assert_int_eq(store_template_delete(tx, *(int64_t *)arg), ERROR_NONE);
}

static struct task_template insert(struct task_template row)
{
    sample_write(fixture.store, run_insert, &row);
    return row;
}

static void delete_template(int64_t id)
{
    sample_write(fixture.store, run_delete, &id);
}

/* --- Fields --------------------------------------------------------------------------------------
 */

START_TEST(test_every_field_comes_back)
{
    struct task_template row = make("Weekly \xF0\x9F\x8D\xB5");
    row.description = text("Buy tea");
    row.notes = text("two\nlines");
    row.priority = TASK_PRIORITY_HIGH;
    row.category = TASK_CATEGORY_SHOPPING;
    row.recurring = (struct recurrence){RECURRENCE_MONTHLY, 3, 12000, 7};
    row.created_at = -5;
    row.updated_at = INT64_C(253402300799999);
    int64_t id = insert(row).id;
    struct task_template read;
    ck_assert_int_eq(get("Weekly \xF0\x9F\x8D\xB5", &read), ERROR_NONE);
    ck_assert_int_eq(read.id, id);
    ck_assert_str_eq(read.name.data, row.name.data);
    ck_assert_uint_eq(read.name.size, row.name.size);
    ck_assert_str_eq(read.description.data, "Buy tea");
    ck_assert_str_eq(read.notes.data, "two\nlines");
    ck_assert_int_eq(read.priority, TASK_PRIORITY_HIGH);
    ck_assert_int_eq(read.category, TASK_CATEGORY_SHOPPING);
    ck_assert_int_eq(read.recurring.type, RECURRENCE_MONTHLY);
    ck_assert_int_eq(read.recurring.interval, 3);
    ck_assert_int_eq(read.recurring.anchor, DATE_NONE);
    ck_assert_int_eq(read.recurring.index, 0);
    ck_assert_int_eq(read.created_at, -5);
    ck_assert_int_eq(read.updated_at, INT64_C(253402300799999));
    ck_assert_int_eq(read.version, 1);
}
END_TEST

START_TEST(test_defaults_come_back)
{
    insert(make("plain"));
    struct task_template read;
    ck_assert_int_eq(get("plain", &read), ERROR_NONE);
    ck_assert_uint_eq(read.notes.size, 0);
    ck_assert_int_eq(read.priority, TASK_PRIORITY_MEDIUM);
    ck_assert_int_eq(read.category, TASK_CATEGORY_OTHER);
    ck_assert_int_eq(read.recurring.type, RECURRENCE_NONE);
    ck_assert_int_eq(read.recurring.interval, 0);
}
END_TEST

START_TEST(test_missing_template)
{
    struct task_template read = {.id = 77};
    ck_assert_int_eq(get("none", &read), ERROR_NOT_FOUND);
    ck_assert_int_eq(store_template_get_by_id(begin(), 1, &arena, &read), ERROR_NOT_FOUND);
    store_read_end(reader);
    ck_assert_int_eq(read.id, 77); /* untouched */
}
END_TEST

START_TEST(test_found_by_id)
{
    int64_t id = insert(make("A")).id;
    insert(make("B"));
    struct task_template read;
    ck_assert_int_eq(store_template_get_by_id(begin(), id, &arena, &read), ERROR_NONE);
    store_read_end(reader);
    ck_assert_str_eq(read.name.data, "A");
}
END_TEST

/* --- Names ---------------------------------------------------------------------------------------
 */

START_TEST(test_found_in_any_case)
{
    insert(make("Straße ΣΊΣΥΦΟΣ"));
    struct task_template read;
    ck_assert_int_eq(get("sTRAßE σίσυφος", &read), ERROR_NONE);
    ck_assert_str_eq(read.name.data, "Straße ΣΊΣΥΦΟΣ"); /* as it was given */
    ck_assert_int_eq(get("Strasse ΣΊΣΥΦΟΣ", &read), ERROR_NOT_FOUND);
}
END_TEST

static void run_name_taken(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct task_template row = make("wEEKLY"), other = make("other");
    ck_assert_int_eq(store_template_insert(tx, &row), ERROR_CONFLICT);
    ck_assert_int_eq(row.id, 0); /* untouched */
    ck_assert_int_eq(store_template_insert(tx, &other), ERROR_NONE);
    other.name = text("WEEKLY");
    ck_assert_int_eq(store_template_update(tx, &other), ERROR_CONFLICT);
    ck_assert_int_eq(other.version, 1);
}

START_TEST(test_name_is_taken_in_any_case)
{
    insert(make("Weekly"));
    sample_write(fixture.store, run_name_taken, NULL);
    ck_assert_int_eq(number("SELECT count(*) FROM template WHERE name IN ('Weekly', 'other')"), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row"), 2);
}
END_TEST

START_TEST(test_own_name_in_another_case)
{
    struct task_template row = insert(make("weekly"));
    row.name = text("WEEKLY");
    sample_write(fixture.store, run_update, &row);
    ck_assert_int_eq(get("weekly", &row), ERROR_NONE);
    ck_assert_str_eq(row.name.data, "WEEKLY");
    ck_assert_int_eq(row.version, 2);
}
END_TEST

START_TEST(test_name_is_free_again)
{
    struct task_template row = insert(make("weekly"));
    row.name = text("daily");
    sample_write(fixture.store, run_update, &row);
    int64_t second = insert(make("Weekly")).id;
    ck_assert_int_ne(second, row.id);
    delete_template(second);
    ck_assert_int_gt(insert(make("WEEKLY")).id, second); /* ids are never reused */
}
END_TEST

static enum error_code collect(void *context, const struct task_template *row)
{
    char *names = context;
    strcat(names, row->name.data);
    strcat(names, ";");
    return strlen(names) < 20 ? ERROR_NONE : ERROR_INVALID;
}

START_TEST(test_list_is_by_folded_name)
{
    static const char *const names[] = {"b", "Ä", "C", "a", "B2"};
    char listed[100] = "";
    int64_t count = -1;
    ck_assert_int_eq(store_template_list(begin(), collect, listed), ERROR_NONE);
    store_read_end(reader);
    ck_assert_str_eq(listed, "");
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        insert(make(names[i]));
    ck_assert_int_eq(store_template_list(begin(), collect, listed), ERROR_NONE);
    store_read_end(reader);
    ck_assert_str_eq(listed, "a;b;B2;C;Ä;");
    ck_assert_int_eq(store_template_count(begin(), &count), ERROR_NONE);
    store_read_end(reader);
    ck_assert_int_eq(count, 5);
}
END_TEST

START_TEST(test_visitor_ends_the_list)
{
    char listed[100] = "";
    insert(make("a name that is long enough"));
    insert(make("b"));
    ck_assert_int_eq(store_template_list(begin(), collect, listed), ERROR_INVALID);
    store_read_end(reader);
    ck_assert_str_eq(listed, "a name that is long enough;");
}
END_TEST

/* --- Ids and versions ----------------------------------------------------------------------------
 */

static void run_id_taken(struct store_tx *tx, void *arg)
{
    struct task_template row = make("another");
    row.id = *(int64_t *)arg;
    ck_assert_int_eq(store_template_insert(tx, &row), ERROR_CONFLICT);
}

START_TEST(test_given_id_keeps_its_version)
{
    struct task_template row = make("given");
    row.id = 500;
    row.version = 7;
    ck_assert_int_eq(insert(row).id, 500);
    ck_assert_int_eq(get("given", &row), ERROR_NONE);
    ck_assert_int_eq(row.version, 7);
    sample_write(fixture.store, run_id_taken, &row.id);
    row = make("next");
    row.version = 7;
    row = insert(row);
    ck_assert_int_eq(row.id, 501);
    ck_assert_int_eq(row.version, 1);
}
END_TEST

START_TEST(test_update_replaces_all_but_the_creation)
{
    struct task_template row = insert(make("first"));
    struct task_template other = make("second");
    other.id = row.id;
    other.notes = text("noted");
    other.recurring = (struct recurrence){RECURRENCE_DAILY, 2, DATE_NONE, 0};
    other.created_at = 5;
    other.updated_at = 2000;
    sample_write(fixture.store, run_update, &other);
    ck_assert_int_eq(other.version, 2);
    ck_assert_int_eq(other.created_at, 1000);
    ck_assert_int_eq(get("first", &row), ERROR_NOT_FOUND);
    ck_assert_int_eq(get("second", &row), ERROR_NONE);
    ck_assert_str_eq(row.notes.data, "noted");
    ck_assert_int_eq(row.recurring.type, RECURRENCE_DAILY);
    ck_assert_int_eq(row.created_at, 1000);
    ck_assert_int_eq(row.updated_at, 2000);
    ck_assert_int_eq(row.version, 2);
}
END_TEST

static void run_missing(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct task_template row = make("x");
    row.id = 5;
    ck_assert_int_eq(store_template_update(tx, &row), ERROR_NOT_FOUND);
    ck_assert_int_eq(store_template_delete(tx, 5), ERROR_NOT_FOUND);
}

START_TEST(test_changes_of_a_missing_template)
{
    sample_write(fixture.store, run_missing, NULL);
    ck_assert_int_eq(number("SELECT count(*) FROM change"), 0);
}
END_TEST

/* --- The journal ---------------------------------------------------------------------------------
 */

#define IMAGE                                                                                      \
    "{\"id\":1,\"name\":\"N\",\"description\":\"A task\",\"priority\":\"medium\","                 \
    "\"category\":\"other\",\"notes\":\"\","

START_TEST(test_journal_has_both_images)
{
    struct task_template row = insert(make("N"));
    row.recurring = (struct recurrence){RECURRENCE_WEEKLY, 2, 5, 6};
    row.updated_at = 2000;
    sample_write(fixture.store, run_update, &row);
    delete_template(row.id);
    ck_assert_int_eq(
        number("SELECT count(*) FROM change_row WHERE seq = 1 AND kind = 'template' AND row_id = 1"
               " AND before IS NULL AND after = '" IMAGE
               "\"recurring\":null,\"created_at\":1000,\"updated_at\":1000,\"version\":1}'"),
        1);
    ck_assert_int_eq(
        number("SELECT count(*) FROM change_row WHERE seq = 2 AND after = '" IMAGE
               "\"recurring\":{\"type\":\"weekly\",\"interval\":2},\"created_at\":1000,"
               "\"updated_at\":2000,\"version\":2}'"),
        1);
    ck_assert_int_eq(number("SELECT (SELECT before FROM change_row WHERE seq = 2)"
                            " = (SELECT after FROM change_row WHERE seq = 1)"),
                     1);
    ck_assert_int_eq(number("SELECT (SELECT before FROM change_row WHERE seq = 3)"
                            " = (SELECT after FROM change_row WHERE seq = 2)"),
                     1);
    ck_assert_int_eq(number("SELECT after IS NULL FROM change_row WHERE seq = 3"), 1);
}
END_TEST

START_TEST(test_update_to_the_same_leaves_no_row)
{
    struct task_template row = insert(make("same"));
    sample_write(fixture.store, run_update, &row);
    ck_assert_int_eq(row.version, 2);
    ck_assert_int_eq(number("SELECT count(*) FROM change_row"), 1);
}
END_TEST

START_TEST(test_templates_are_not_counted_as_tasks)
{
    insert(make("N"));
    struct store_tally tally;
    ck_assert_int_eq(store_tally(begin(), &tally), ERROR_NONE);
    store_read_end(reader);
    ck_assert_int_eq(tally.active + tally.completed + tally.archived, 0);
}
END_TEST

Suite *suite_templates(void)
{
    const TTest *const tests[] = {
        test_every_field_comes_back,
        test_defaults_come_back,
        test_missing_template,
        test_found_by_id,
        test_found_in_any_case,
        test_name_is_taken_in_any_case,
        test_own_name_in_another_case,
        test_name_is_free_again,
        test_list_is_by_folded_name,
        test_visitor_ends_the_list,
        test_given_id_keeps_its_version,
        test_update_replaces_all_but_the_creation,
        test_changes_of_a_missing_template,
        test_journal_has_both_images,
        test_update_to_the_same_leaves_no_row,
        test_templates_are_not_counted_as_tasks,
    };
    return store_suite("templates", setup, teardown, tests, ARRAY_SIZE(tests));
}
