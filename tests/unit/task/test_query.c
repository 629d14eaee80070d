/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The parameters of a list: what is accepted, and one row for each way to be refused.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "support.h"
#include "task/query.h"

#define TODAY ((date_t)20000)

/* A query as a list of name, value, name, value ... NULL. */
static bool parse_all(const char *const *pairs, struct task_query *ret_query)
{
    struct parameter parameters[20];
    size_t count = 0;
    for (; pairs[2 * count] != NULL; count++)
        parameters[count] = (struct parameter){pairs[2 * count], pairs[2 * count + 1],
                                               strlen(pairs[2 * count + 1])};
    return task_query_parse(&faults, parameters, count, TODAY, ret_query);
}

#define PARSE(query, ...) parse_all((const char *const[]){__VA_ARGS__, NULL}, query)

static struct task_query accept_one(const char *name, const char *value)
{
    struct task_query query;
    support_reset();
    ck_assert_msg(PARSE(&query, name, value), "%s=%s: %s", name, value,
                  faults.first == NULL ? "?" : faults.first->detail);
    ck_assert_uint_eq(faults.count, 0);
    return query;
}

START_TEST(defaults)
{
    struct task_query query;
    ck_assert(task_query_parse(&faults, NULL, 0, TODAY, &query));
    ck_assert_int_eq(query.completed, TRI_ANY);
    ck_assert_int_eq(query.archived, TRI_FALSE);
    ck_assert_uint_eq(query.priorities + query.categories, 0);
    ck_assert_int_eq(query.due, DUE_VIEW_ANY);
    ck_assert(!query.due_none && !query.due_range && !query.overdue);
    ck_assert_int_eq(query.has_parent, TRI_ANY);
    ck_assert_int_eq(query.recurring, TRI_ANY);
    ck_assert_int_eq(query.blocked, TRI_ANY);
    ck_assert_uint_eq(query.search.size, 0);
    ck_assert_uint_eq(query.search_folded.size, 0);
    ck_assert_uint_eq(query.sort_count, 1);
    ck_assert_int_eq(query.sort[0].key, TASK_SORT_ID);
    ck_assert(!query.sort[0].descending);
    ck_assert_int_eq(query.view, TASK_VIEW_FLAT);
    ck_assert_int_eq(query.limit, 50);
    ck_assert(!query.count && !query.today_given);
    ck_assert_int_eq(query.today, TODAY);
    ck_assert_ptr_null(query.cursor);
}
END_TEST

START_TEST(tristates)
{
    ck_assert_int_eq(accept_one("completed", "true").completed, TRI_TRUE);
    ck_assert_int_eq(accept_one("completed", "false").completed, TRI_FALSE);
    ck_assert_int_eq(accept_one("recurring", "true").recurring, TRI_TRUE);
    ck_assert_int_eq(accept_one("recurring", "false").recurring, TRI_FALSE);
    ck_assert_int_eq(accept_one("blocked", "true").blocked, TRI_TRUE);
    ck_assert_int_eq(accept_one("blocked", "false").blocked, TRI_FALSE);
    ck_assert_int_eq(accept_one("archived", "true").archived, TRI_TRUE);
    ck_assert_int_eq(accept_one("archived", "false").archived, TRI_FALSE);
    ck_assert_int_eq(accept_one("archived", "any").archived, TRI_ANY);
    ck_assert(accept_one("count", "true").count);
    ck_assert(!accept_one("count", "false").count);
}
END_TEST

START_TEST(sets)
{
    ck_assert_uint_eq(accept_one("priority", "high").priorities, 1U << TASK_PRIORITY_HIGH);
    ck_assert_uint_eq(accept_one("priority", "low,high").priorities,
                      1U << TASK_PRIORITY_HIGH | 1U << TASK_PRIORITY_LOW);
    ck_assert_uint_eq(accept_one("category", "work,personal,shopping,other").categories, 0x1EU);
}
END_TEST

START_TEST(parent)
{
    struct task_query query = accept_one("parent_id", "none");
    ck_assert_int_eq(query.has_parent, TRI_FALSE);
    query = accept_one("parent_id", "12");
    ck_assert_int_eq(query.has_parent, TRI_TRUE);
    ck_assert_int_eq(query.parent_id, 12);
    query = accept_one("parent_id", "9007199254740991");
    ck_assert_int_eq(query.parent_id, TASK_ID_MAX);
}
END_TEST

START_TEST(page)
{
    ck_assert_int_eq(accept_one("limit", "1").limit, 1);
    ck_assert_int_eq(accept_one("limit", "200").limit, 200);
    ck_assert_int_eq(accept_one("view", "tree").view, TASK_VIEW_TREE);
    ck_assert_int_eq(accept_one("view", "flat").view, TASK_VIEW_FLAT);
    ck_assert_str_eq(accept_one("cursor", "anything at all").cursor, "anything at all");
}
END_TEST

START_TEST(due_views)
{
    static const char *const names[] = {"overdue", "today", "tomorrow", "week", "month", "none"};
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct task_query query = accept_one("due", names[i]);
        ck_assert_uint_eq(query.due, DUE_VIEW_OVERDUE + i);
        ck_assert_int_eq(query.due_range, query.due != DUE_VIEW_NONE);
        ck_assert_int_eq(query.due_none, query.due == DUE_VIEW_NONE);
    }
}
END_TEST

START_TEST(due_bounds_and_todays_view_meet)
{
    struct task_query query;
    ck_assert(PARSE(&query, "due_before", "2026-01-10", "due", "week", "due_after", "2026-01-06",
                    "today", "2026-01-05"));
    ck_assert_int_eq(query.due_from, date_from_civil((struct civil_date){2026, 1, 7}));
    ck_assert_int_eq(query.due_to, date_from_civil((struct civil_date){2026, 1, 9}));
}
END_TEST

START_TEST(today_is_the_clients)
{
    struct task_query query = accept_one("today", "2026-01-05");
    ck_assert_int_eq(query.today, date_from_civil((struct civil_date){2026, 1, 5}));
    ck_assert(query.today_given);
}
END_TEST

START_TEST(search_is_kept_and_folded)
{
    struct task_query query = accept_one("q", " DOC\x01 50%_\"");
    ck_assert_str_eq(query.search.data, " DOC\x01 50%_\"");
    ck_assert_str_eq(query.search_folded.data, " doc\x01 50%_\"");
    ck_assert_uint_eq(query.search_folded.size, query.search.size);
}
END_TEST

START_TEST(search_length_counts_code_points)
{
    char longest[2 * TASK_SEARCH_MAX + 3];
    for (size_t i = 0; i < TASK_SEARCH_MAX + 1; i++)
        memcpy(longest + 2 * i, "\xC3\xA4", 3);
    struct task_query query;
    ck_assert(!PARSE(&query, "q", longest));
    support_expect_fault(FAULT_PARAMETER, "q", "at most 1000 characters, not 1001");
    longest[2 * TASK_SEARCH_MAX] = '\0';
    accept_one("q", longest);
}
END_TEST

static void expect_sort(const char *value, const char *expected)
{
    static const char letters[] = "ipdcut";
    struct task_query query = accept_one("sort", value);
    char order[2 * ARRAY_SIZE(query.sort) + 1] = "";
    for (size_t i = 0; i < query.sort_count; i++) {
        order[2 * i] = letters[query.sort[i].key];
        order[2 * i + 1] = query.sort[i].descending ? '-' : '+';
    }
    ck_assert_str_eq(order, expected);
}

START_TEST(sort_ends_with_id)
{
    expect_sort("id", "i+");
    expect_sort("-id", "i-");
    expect_sort("priority", "p+i+");
    expect_sort("-due_date,priority", "d-p+i+");
    expect_sort("priority,-id", "p+i-");
    expect_sort("priority,due_date,created_at,updated_at,description", "p+d+c+u+t+i+");
    expect_sort("-priority,-due_date,-created_at,-updated_at,-description,-id", "p-d-c-u-t-i-");
}
END_TEST

START_TEST(sort_keys_after_id_are_left_out)
{
    expect_sort("id,priority", "i+");
    expect_sort("description,-id,priority,due_date", "t+i-");
}
END_TEST

static const struct {
    const char *name, *value, *detail;
} refused[] = {
    {"completed", "", "empty"},
    {"completed", "1", "true or false"},
    {"completed", "TRUE", "true or false"},
    {"completed", "true,false", "true or false"},
    {"completed", "any", "true or false"},
    {"archived", "", "empty"},
    {"archived", "all", "true, false or any"},
    {"recurring", "daily", "true or false"},
    {"blocked", "no", "true or false"},
    {"count", "yes", "true or false"},
    {"count", "", "empty"},
    {"priority", "", "empty"},
    {"priority", "high,", "empty element"},
    {"priority", ",high", "empty element"},
    {"priority", "high,,low", "empty element"},
    {"priority", "urgent", "\"urgent\" is not one of high, medium, low"},
    {"priority", "high, low", "\" low\" is not one of"},
    {"priority", "high,high", "\"high\" is given twice"},
    {"category", "home", "\"home\" is not one of work, personal, shopping, other"},
    {"category", "work,other,work", "\"work\" is given twice"},
    {"due", "", "empty"},
    {"due", "yesterday", "overdue, today, tomorrow, week, month, none"},
    {"due", "2026-01-05", "overdue, today, tomorrow, week, month, none"},
    {"due_before", "2026-02-30", "YYYY-MM-DD"},
    {"due_before", "", "empty"},
    {"due_after", "today", "YYYY-MM-DD"},
    {"today", "2026-1-5", "YYYY-MM-DD"},
    {"parent_id", "", "empty"},
    {"parent_id", "0", "none or an id"},
    {"parent_id", "01", "none or an id"},
    {"parent_id", "-1", "none or an id"},
    {"parent_id", "+1", "none or an id"},
    {"parent_id", "1 ", "none or an id"},
    {"parent_id", "1.0", "none or an id"},
    {"parent_id", "9007199254740992", "none or an id"},
    {"parent_id", "99999999999999999999999999", "none or an id"},
    {"parent_id", "None", "none or an id"},
    {"q", "", "empty"},
    {"sort", "", "empty"},
    {"sort", "-", "empty element"},
    {"sort", "id,", "empty element"},
    {"sort", "id,-", "empty element"},
    {"sort", "title",
     "\"title\" is not one of id, priority, due_date, created_at, updated_at, description"},
    {"sort", "--id", "\"-id\" is not one of"},
    {"sort", "+id", "\"+id\" is not one of"},
    {"sort", "Id", "\"Id\" is not one of"},
    {"sort", "id,-id", "\"id\" is given twice"},
    {"sort", "priority,priority", "\"priority\" is given twice"},
    {"view", "", "empty"},
    {"view", "list", "flat or tree"},
    {"limit", "", "empty"},
    {"limit", "0", "from 1 to 200"},
    {"limit", "201", "from 1 to 200"},
    {"limit", "050", "from 1 to 200"},
    {"limit", "1e2", "from 1 to 200"},
    {"limit", "-5", "from 1 to 200"},
    {"limit", "18446744073709551666", "from 1 to 200"},
    {"cursor", "", "empty"},
};

START_TEST(bad_value_is_refused)
{
    struct task_query query = {.limit = 77};
    ck_assert(!PARSE(&query, refused[_i].name, refused[_i].value));
    support_expect_fault(FAULT_PARAMETER, refused[_i].name, refused[_i].detail);
    ck_assert_int_eq(query.limit, 77);
}
END_TEST

START_TEST(long_bad_element_is_cut_between_characters)
{
    struct task_query query;
    ck_assert(!PARSE(&query, "sort", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xE2\x82\xAC"));
    support_expect_fault(FAULT_PARAMETER, "sort", "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" is");
}
END_TEST

START_TEST(all_faults_are_told)
{
    struct task_query query;
    ck_assert(
        !PARSE(&query, "limit", "0", "sort", "x,,y", "due", "never", "view", "tree", "q", "ok"));
    ck_assert_uint_eq(faults.count, 5);
}
END_TEST

START_TEST(faults_of_others_do_not_count)
{
    struct task_query query;
    faults_add(&faults, FAULT_HEADER, "If-Match", "is no entity tag");
    ck_assert(PARSE(&query, "limit", "5"));
    ck_assert_int_eq(query.limit, 5);
}
END_TEST

START_TEST(other_parameters_are_skipped)
{
    struct task_query query;
    ck_assert(PARSE(&query, "dry_run", "", "limit", "7", "", "x"));
    ck_assert_int_eq(query.limit, 7);
}
END_TEST

START_TEST(due_none_with_a_range_is_an_empty_range)
{
    static const char *const bounds[] = {"due_before", "due_after"};
    for (size_t i = 0; i < ARRAY_SIZE(bounds); i++) {
        struct task_query query;
        ck_assert(PARSE(&query, "due", "none", bounds[i], "2026-01-05"));
        ck_assert(query.due_range && !query.due_none);
        ck_assert_int_gt(query.due_from, query.due_to);
    }
}
END_TEST

START_TEST(the_tree_may_be_of_one_parent)
{
    struct task_query query;
    ck_assert(PARSE(&query, "view", "tree", "parent_id", "5"));
    ck_assert(query.view == TASK_VIEW_TREE && query.has_parent == TRI_TRUE);
    ck_assert(PARSE(&query, "view", "tree", "parent_id", "none"));
}
END_TEST

START_TEST(every_failed_allocation_is_reported)
{
    for (long n = 0;; n++) {
        struct task_query query = {.limit = 77};
        support_reset();
        fail_malloc_after(n);
        bool well = PARSE(&query, "q", "Milk", "cursor", "abc", "limit", "3");
        if (!fail_malloc_off()) {
            ck_assert(well);
            ck_assert_int_ge(n, 4);
            return;
        }
        ck_assert(!well && faults.failed);
        ck_assert_uint_eq(faults.count, 0);
        ck_assert_int_eq(query.limit, 77);
    }
}
END_TEST

START_TEST(parameter_lists_are_those_of_the_api)
{
    static const char *const filters[] = {"completed", "archived",   "priority",  "category",
                                          "due",       "due_before", "due_after", "parent_id",
                                          "recurring", "blocked",    "q",         "today"};
    static const char *const others[] = {"sort", "view", "limit", "cursor", "count"};
    size_t i = 0;
    for (; i < ARRAY_SIZE(filters); i++) {
        ck_assert_str_eq(task_filter_parameters[i], filters[i]);
        ck_assert_str_eq(task_query_parameters[i], filters[i]);
    }
    ck_assert_ptr_null(task_filter_parameters[i]);
    for (size_t j = 0; j < ARRAY_SIZE(others); j++)
        ck_assert_str_eq(task_query_parameters[i + j], others[j]);
    ck_assert_ptr_null(task_query_parameters[i + ARRAY_SIZE(others)]);
}
END_TEST

Suite *suite_query(void)
{
    Suite *suite = suite_create("query");
    TCase *values = support_case(suite, "values");
    tcase_add_test(values, defaults);
    tcase_add_test(values, tristates);
    tcase_add_test(values, sets);
    tcase_add_test(values, parent);
    tcase_add_test(values, page);
    tcase_add_test(values, due_views);
    tcase_add_test(values, due_bounds_and_todays_view_meet);
    tcase_add_test(values, today_is_the_clients);
    tcase_add_test(values, search_is_kept_and_folded);
    tcase_add_test(values, search_length_counts_code_points);
    tcase_add_test(values, sort_ends_with_id);
    tcase_add_test(values, sort_keys_after_id_are_left_out);
    tcase_add_test(values, parameter_lists_are_those_of_the_api);
    TCase *refusals = support_case(suite, "refusals");
    tcase_add_loop_test(refusals, bad_value_is_refused, 0, ARRAY_SIZE(refused));
    tcase_add_test(refusals, long_bad_element_is_cut_between_characters);
    tcase_add_test(refusals, all_faults_are_told);
    tcase_add_test(refusals, faults_of_others_do_not_count);
    tcase_add_test(refusals, other_parameters_are_skipped);
    tcase_add_test(refusals, due_none_with_a_range_is_an_empty_range);
    tcase_add_test(refusals, the_tree_may_be_of_one_parent);
    tcase_add_test(refusals, every_failed_allocation_is_reported);
    return suite;
}
