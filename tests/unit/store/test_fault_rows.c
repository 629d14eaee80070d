/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Every allocation fails in turn in each operation on rows, SQLite's and the store's own: the
 * operation says so, its write leaves no trace, and the next attempt succeeds.
 */
#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "fail_sqlite.h"
#include "fault_scenario.h"
#include "sample.h"
#include "store/sqlite/internal.h"
#include "store_suites.h"

static struct fixture fixture;
static struct store_reader *reader;
static struct arena arena;

/* Which allocations fail. */
enum allocator { ALLOCATOR_STORE, ALLOCATOR_SQLITE };

static struct task_template make_template(void)
{
    struct task_template row;
    template_init(&row);
    row.name = (struct text){"Weekly", 6};
    row.description = (struct text){"A task", 6};
    row.recurring = (struct recurrence){RECURRENCE_WEEKLY, 1, DATE_NONE, 0};
    return row;
}

static void insert_template(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct task_template row = make_template();
    ck_assert_int_eq(store_template_insert(tx, &row), ERROR_NONE);
}

static void setup(void)
{
    struct error error = {0};
    struct chance chance = {.state = 3};
    fail_sqlite_setup();
    fixture_init(&fixture);
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    sample_insert(fixture.store, &chance, 60);
    sample_write(fixture.store, insert_template, NULL);
    arena_init(&arena, 512);
}

static void teardown(void)
{
    arena_close(&arena);
    store_reader_close(reader);
    fixture_remove(&fixture);
}

static void arm(enum allocator allocator, int n)
{
    if (allocator == ALLOCATOR_STORE)
        fail_malloc_after(n);
    else
        fail_sqlite_after(n);
}

static bool disarm(enum allocator allocator)
{
    return allocator == ALLOCATOR_STORE ? fail_malloc_off() : fail_sqlite_off();
}

/* SQLite can do without some of its allocations; the store needs each. */
static void check_code(enum allocator allocator, enum error_code code, bool has_failed)
{
    bool is_expected = allocator == ALLOCATOR_SQLITE && code == ERROR_NONE;
    if (has_failed && !is_expected)
        ck_assert_int_eq(code, ERROR_MEMORY);
    else
        ck_assert_int_eq(code, ERROR_NONE);
}

/* --- Writes --------------------------------------------------------------------------------------
 */

/* Asserts nothing itself: Check would be short of memory, too. */
typedef enum error_code (*operation)(struct store_tx *tx);

struct attempt {
    operation run;
    enum allocator allocator;
    int n;
    bool has_failed;
    enum error_code code;
};

static bool run_attempt(struct store_tx *tx, void *arg)
{
    struct attempt *attempt = arg;
    struct change change = {.at = 1, .action = CHANGE_UPDATE, .summary = "An attempt"};
    ck_assert_int_eq(store_change_begin(tx, &change), ERROR_NONE);
    arm(attempt->allocator, attempt->n);
    attempt->code = attempt->run(tx);
    if (attempt->code == ERROR_NONE)
        attempt->code = store_change_end(tx);
    attempt->has_failed = disarm(attempt->allocator);
    check_code(attempt->allocator, attempt->code, attempt->has_failed);
    return attempt->code == ERROR_NONE;
}

/* A number for all that there is. */
static int64_t state(void)
{
    return file_number(fixture.path, "SELECT (SELECT total(id * version) FROM task)"
                                     " + 31 * (SELECT count(*) FROM dependency)"
                                     " + 97 * (SELECT count(*) FROM change_row)"
                                     " + 131 * (SELECT count(*) FROM idempotency)"
                                     " + 171 * (SELECT total(n * facets) FROM tally)"
                                     " + 197 * (SELECT total(id * version) FROM template)");
}

static void check_write(operation run, enum allocator allocator)
{
    int64_t before = state();
    for (int n = 0;; n = fail_sqlite_next(n)) {
        struct attempt attempt = {.run = run, .allocator = allocator, .n = n};
        enum error_code code = store_write(fixture.store, run_attempt, &attempt);
        ck_assert_int_eq(code, attempt.code);
        arena_reset(&arena);
        if (code == ERROR_NONE) {
            ck_assert_int_ne(state(), before);
            if (!attempt.has_failed)
                break;
            before = state();
        }
        ck_assert_int_eq(state(), before);
    }
    file_check(fixture.path);
}

static enum error_code insert(struct store_tx *tx)
{
    struct task task;
    int64_t ids[] = {1, 2};
    task_init(&task);
    task.description = (struct text){"A task", 6};
    task.notes = (struct text){"notes", 5};
    task.parent_id = 3;
    task.depends_on = (struct id_list){ids, 2};
    return store_task_insert(tx, &task);
}

static enum error_code update(struct store_tx *tx)
{
    struct task task;
    static int64_t dependency = 4;
    enum error_code code = store_task_get(store_tx_view(tx), 60, &arena, &task);
    if (code != ERROR_NONE)
        return code;
    task.completed = !task.completed;
    task.description = (struct text){"Another one", 11};
    task.depends_on = (struct id_list){&dependency, task.depends_on.count == 1 ? 0 : 1};
    return store_task_update(tx, &task);
}

/* The one with the most dependents of those without subtasks goes. */
static enum error_code delete (struct store_tx *tx) {
    struct store_view *view = store_tx_view(tx); for (int64_t id = 1; id <= 60; id++){
        struct task task; struct id_list dependents;
        enum error_code code = store_task_get(view, id, &arena, &task);
        if (code == ERROR_NOT_FOUND) continue;
        if (code == ERROR_NONE) code = store_dependent_ids(view, id, &arena, &dependents);
        if (code != ERROR_NONE) return code;
        if (dependents.count > 0 && task.subtasks.total == 0) return store_task_delete(tx, id, 5);}
ck_abort_msg("nothing to delete");
}

/* Of a task that others depend on; the summary is written last. */
static enum error_code complete(struct store_tx *tx)
{
    struct task before;
    enum error_code code = store_task_get(store_tx_view(tx), 2, &arena, &before);
    if (code != ERROR_NONE)
        return code;
    struct task after = before;
    after.completed = !before.completed;
    code = insert(tx);
    tx->journal.change->summary = "Known at the end";
    return code == ERROR_NONE ? store_task_replace(tx, &before, &after) : code;
}

static enum error_code put(struct store_tx *tx)
{
    static int64_t at;
    struct idempotency_record record = {
        .key = "key",
        .created_at = ++at,
        .status = 200,
        .headers = {"", 0},
        .body = {"body", 4},
    };
    enum error_code code = store_idempotency_put(tx, &record);
    return code == ERROR_NONE ? insert(tx) : code;
}

/* Edits it, deletes it, and inserts it again under its id. */
static enum error_code put_template(struct store_tx *tx)
{
    struct task_template row = make_template();
    enum error_code code = store_template_get(store_tx_view(tx), row.name, &arena, &row);
    if (code == ERROR_NONE)
        code = store_template_update(tx, &row);
    if (code == ERROR_NONE)
        code = store_template_delete(tx, row.id);
    return code == ERROR_NONE ? store_template_insert(tx, &row) : code;
}

static const operation operations[] = {insert, update, delete, complete, put, put_template};

START_TEST(test_one_allocation_of_a_write_fails)
{
    check_write(operations[_i], ALLOCATOR_STORE);
}
END_TEST

START_TEST(test_one_allocation_of_sqlite_in_a_write_fails)
{
    check_write(operations[_i], ALLOCATOR_SQLITE);
}
END_TEST

/* --- Reads ---------------------------------------------------------------------------------------
 */

static enum error_code visit(void *context, const struct task *task, const struct task *parent)
{
    (void)task;
    (void)parent;
    ++*(int *)context;
    return ERROR_NONE;
}

static enum error_code list(struct store_view *view, struct task_query *query)
{
    int visited = 0;
    bool more;
    struct task_cursor after = {
        .id = 10, .due_date = 5, .description_folded = {"b", 1}, .priority = TASK_PRIORITY_HIGH};
    enum error_code code = store_task_list(view, query, &after, &arena, visit, &visited, &more);
    struct progress count;
    if (code == ERROR_NONE)
        code = store_task_count(view, query, &arena, &count);
    return code == ERROR_NONE && visited == 0 ? ERROR_INVALID : code;
}

static void sort_by(struct task_query *query, enum task_sort_key key)
{
    query->sort[0] = (struct task_sort){key, false};
    query->sort[1] = (struct task_sort){TASK_SORT_ID, false};
    query->sort_count = 2;
}

static enum error_code list_by_description(struct store_view *view)
{
    struct task_query query;
    task_query_init(&query, SAMPLE_TODAY);
    sort_by(&query, TASK_SORT_DESCRIPTION);
    return list(view, &query);
}

static enum error_code list_tree(struct store_view *view)
{
    struct task_query query;
    task_query_init(&query, SAMPLE_TODAY);
    query.view = TASK_VIEW_TREE;
    sort_by(&query, TASK_SORT_PRIORITY);
    return list(view, &query);
}

static enum error_code list_search(struct store_view *view)
{
    struct task_query query;
    task_query_init(&query, SAMPLE_TODAY);
    query.archived = TRI_ANY;
    query.search = query.search_folded = (struct text){"doc", 3};
    sort_by(&query, TASK_SORT_DUE_DATE);
    return list(view, &query);
}

static enum error_code list_by_id(struct store_view *view)
{
    struct task_query query;
    task_query_init(&query, SAMPLE_TODAY);
    return list(view, &query);
}

static enum error_code get_each(struct store_view *view)
{
    enum error_code code = ERROR_NONE;
    for (int64_t id = 1; id <= 60 && code == ERROR_NONE; id++) {
        struct task task;
        code = store_task_get(view, id, &arena, &task);
        code = code == ERROR_NOT_FOUND ? ERROR_NONE : code;
    }
    struct store_tally tally;
    return code == ERROR_NONE ? store_tally(view, &tally) : code;
}

static enum error_code visit_template(void *context, const struct task_template *row)
{
    *(size_t *)context += row->name.size;
    return ERROR_NONE;
}

static enum error_code get_templates(struct store_view *view)
{
    struct task_template row;
    size_t visited = 0;
    int64_t count;
    enum error_code code = store_template_list(view, visit_template, &visited);
    if (code == ERROR_NONE)
        code = store_template_get(view, make_template().name, &arena, &row);
    if (code == ERROR_NONE)
        code = store_template_get_by_id(view, row.id, &arena, &row);
    if (code == ERROR_NONE)
        code = store_template_count(view, &count);
    return code == ERROR_NONE && visited != row.name.size ? ERROR_INVALID : code;
}

static enum error_code (*const reads[])(struct store_view *) = {
    list_by_description, list_tree, list_search, list_by_id, get_each, get_templates};

/* A connection of its own for each attempt, so that statements are prepared anew. */
static bool read_fails(enum error_code (*read)(struct store_view *), enum allocator allocator,
                       int n)
{
    struct error error;
    enum error_code code;
    store_reader_close(reader);
    reader = NULL;
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    struct store_view *view = store_read_begin(reader, &code);
    ck_assert_ptr_nonnull(view);
    arm(allocator, n);
    code = read(view);
    bool has_failed = disarm(allocator);
    check_code(allocator, code, has_failed);
    store_read_end(reader);
    arena_close(&arena);
    arena_init(&arena, 512);
    return has_failed;
}

static void check_read(enum error_code (*read)(struct store_view *), enum allocator allocator)
{
    int n = 0;
    while (read_fails(read, allocator, n))
        n = fail_sqlite_next(n);
    ck_assert_int_gt(n, 0);
}

START_TEST(test_one_allocation_of_a_read_fails)
{
    check_read(reads[_i], ALLOCATOR_STORE);
}
END_TEST

START_TEST(test_one_allocation_of_sqlite_in_a_read_fails)
{
    check_read(reads[_i], ALLOCATOR_SQLITE);
}
END_TEST

Suite *suite_fault_rows(void)
{
    Suite *suite = suite_create("fault_rows");
    TCase *tcase = tcase_create("fault_rows");
    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    int write_count = (int)ARRAY_SIZE(operations), read_count = (int)ARRAY_SIZE(reads);
    tcase_add_loop_test(tcase, test_one_allocation_of_a_write_fails, 0, write_count);
    tcase_add_loop_test(tcase, test_one_allocation_of_sqlite_in_a_write_fails, 0, write_count);
    tcase_add_loop_test(tcase, test_one_allocation_of_a_read_fails, 0, read_count);
    tcase_add_loop_test(tcase, test_one_allocation_of_sqlite_in_a_read_fails, 0, read_count);
    suite_add_tcase(suite, tcase);
    return suite;
}
