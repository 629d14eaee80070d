/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The statuses of a row.
 */
#include "routes.h"
#include "suites.h"

static void assert_statuses(size_t row, const int *expected)
{
    int statuses[32];
    size_t count = http_route_statuses(&test_routes[row], statuses);
    size_t i = 0;
    for (; expected[i] != 0; i++)
        ck_assert_int_eq(statuses[i], expected[i]);
    ck_assert_uint_eq(count, i);
    ck_assert_int_eq(statuses[count], 0);
}

START_TEST(a_read_has_its_own_and_the_general_ones)
{
    assert_statuses(ROUTE_LIST, (const int[]){200, 400, 401, 403, 429, 500, 503, 0});
}
END_TEST

START_TEST(a_variable_adds_not_found)
{
    assert_statuses(ROUTE_GET, (const int[]){200, 304, 400, 401, 403, 404, 429, 500, 503, 0});
}
END_TEST

START_TEST(body_key_and_dry_run_add_theirs)
{
    assert_statuses(ROUTE_CREATE, (const int[]){200, 201, 400, 401, 403, 409, 413, 415, 422, 429,
                                                500, 503, 507, 0});
}
END_TEST

START_TEST(a_precondition_adds_its_failure)
{
    assert_statuses(ROUTE_DELETE,
                    (const int[]){204, 400, 401, 403, 404, 412, 429, 500, 503, 507, 0});
}
END_TEST

START_TEST(an_open_route_refuses_nobody)
{
    struct http_route open = {HTTP_GET, "/health", "getHealth", NULL, HTTP_OPEN, {NULL}, {200}};
    int statuses[32];
    ck_assert_uint_eq(http_route_statuses(&open, statuses), 4);
    open.flags = HTTP_OPEN_BY_OPTION;
    ck_assert_uint_eq(http_route_statuses(&open, statuses), 6);
    ck_assert_int_eq(statuses[2], 401);
    ck_assert_int_eq(statuses[3], 403);
}
END_TEST

Suite *suite_route_statuses(void)
{
    Suite *suite = suite_create("route_statuses");
    TCase *tests = tcase_create("route_statuses");
    tcase_add_test(tests, a_read_has_its_own_and_the_general_ones);
    tcase_add_test(tests, a_variable_adds_not_found);
    tcase_add_test(tests, body_key_and_dry_run_add_theirs);
    tcase_add_test(tests, a_precondition_adds_its_failure);
    tcase_add_test(tests, an_open_route_refuses_nobody);
    suite_add_tcase(suite, tests);
    return suite;
}
