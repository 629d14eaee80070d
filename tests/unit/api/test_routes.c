/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The route table keeps the promises that its rows share.
 */
#include <check.h>
#include <string.h>

#include "api/routes.h"

START_TEST(row_is_complete)
{
    const struct http_route *route = &api_routes[_i];
    int statuses[32];
    ck_assert_int_eq(route->path[0], '/');
    ck_assert_ptr_nonnull(route->handler);
    ck_assert_ptr_nonnull(route->operation_id);
    ck_assert_uint_gt(http_route_statuses(route, statuses), 0);
}
END_TEST

START_TEST(method_and_path_stand_once)
{
    for (size_t i = 0; i < api_route_count; i++) {
        for (size_t j = i + 1; j < api_route_count; j++) {
            ck_assert_msg(api_routes[i].method != api_routes[j].method ||
                              strcmp(api_routes[i].path, api_routes[j].path) != 0,
                          "%s stands twice", api_routes[i].path);
            ck_assert_str_ne(api_routes[i].operation_id, api_routes[j].operation_id);
        }
    }
}
END_TEST

START_TEST(every_post_honours_the_idempotency_key)
{
    for (size_t i = 0; i < api_route_count; i++)
        ck_assert(api_routes[i].method != HTTP_POST ||
                  (api_routes[i].flags & HTTP_IDEMPOTENT_KEY) != 0);
}
END_TEST

START_TEST(every_write_can_be_a_dry_run)
{
    for (size_t i = 0; i < api_route_count; i++)
        ck_assert(api_routes[i].method == HTTP_GET || (api_routes[i].flags & HTTP_DRY_RUN) != 0);
}
END_TEST

Suite *suite_routes(void);
Suite *suite_routes(void)
{
    Suite *suite = suite_create("routes");
    TCase *tests = tcase_create("table");
    tcase_add_loop_test(tests, row_is_complete, 0, (int)api_route_count);
    tcase_add_test(tests, method_and_path_stand_once);
    tcase_add_test(tests, every_post_honours_the_idempotency_key);
    tcase_add_test(tests, every_write_can_be_a_dry_run);
    suite_add_tcase(suite, tests);
    return suite;
}
