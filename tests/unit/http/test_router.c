/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What the router answers itself, and what it leaves to a handler.
 */
#include <string.h>

#include "routes.h"
#include "suites.h"
#include "support.h"

static struct http_exchange *exchange;

static void teardown(void)
{
    http_exchange_test_free(exchange);
    exchange = NULL;
}

static bool route(struct http_exchange *made)
{
    teardown();
    exchange = made;
    return http_route_request(&test_router, exchange);
}

static bool route_line(const char *line)
{
    return route(exchange_for(line, NULL));
}

START_TEST(a_known_request_goes_to_its_handler)
{
    ck_assert(route_line("GET /tasks/5"));
    ck_assert_ptr_eq(exchange->route, &test_routes[ROUTE_GET]);
    ck_assert_uint_eq(exchange->route_index, ROUTE_GET);
    ck_assert_int_eq(exchange->path_ids[0], 5);
}
END_TEST

START_TEST(an_unknown_path_is_not_found)
{
    ck_assert(!route_line("GET /nothing"));
    assert_problem(exchange, 404, "not-found");
    ck_assert_ptr_null(exchange->route);
    ck_assert_uint_eq(exchange->route_index, ROUTE_COUNT);
}
END_TEST

START_TEST(an_unknown_path_is_not_found_by_any_method)
{
    static const char *const LINES[] = {"POST /nothing", "OPTIONS /nothing", "BREW /nothing",
                                        "DELETE /tasks/0"};
    for (size_t i = 0; i < ARRAY_SIZE(LINES); i++) {
        ck_assert(!route_line(LINES[i]));
        assert_problem(exchange, 404, "not-found");
    }
}
END_TEST

START_TEST(another_method_is_refused_with_the_allowed_ones)
{
    ck_assert(!route_line("PUT /tasks"));
    assert_problem(exchange, 405, "method-not-allowed");
    ck_assert_str_eq(header_of(exchange, "Allow"), "GET, HEAD, POST, OPTIONS");
    ck_assert(!route_line("BREW /tasks/5"));
    ck_assert_str_eq(header_of(exchange, "Allow"), "GET, HEAD, PATCH, DELETE, OPTIONS");
    ck_assert_ptr_null(exchange->route);
}
END_TEST

START_TEST(head_of_a_path_without_get_is_refused)
{
    ck_assert(!route_line("HEAD /tasks/quick"));
    assert_problem(exchange, 405, "method-not-allowed");
    ck_assert_str_eq(header_of(exchange, "Allow"), "POST, OPTIONS");
}
END_TEST

START_TEST(options_tells_the_allowed_methods)
{
    ck_assert(!route_line("OPTIONS /tasks"));
    ck_assert_int_eq(exchange->response.status, 204);
    ck_assert_str_eq(header_of(exchange, "Allow"), "GET, HEAD, POST, OPTIONS");
    ck_assert_ptr_null(header_of(exchange, "Accept-Patch"));
    ck_assert_uint_eq(exchange->response.body.size, 0);
}
END_TEST

START_TEST(options_tells_the_formats_of_a_patch)
{
    ck_assert(!route_line("OPTIONS /tasks/5"));
    ck_assert_str_eq(header_of(exchange, "Accept-Patch"),
                     "application/merge-patch+json, application/json");
}
END_TEST

START_TEST(allow_is_told_for_a_path)
{
    exchange = exchange_for("GET /tasks/5/complete", NULL);
    ck_assert_str_eq(http_allow(&test_router, exchange), "POST, OPTIONS");
    teardown();
    exchange = exchange_for("GET /nothing", NULL);
    ck_assert_ptr_null(http_allow(&test_router, exchange));
}
END_TEST

static bool post(const char *path_line, const char *content_type)
{
    return route(exchange_with_body(path_line, "{}", 2, content_type, NULL));
}

START_TEST(a_body_of_the_right_type_is_taken)
{
    ck_assert(post("POST /tasks", "CONTENT_TYPE=application/json; charset=utf-8"));
    ck_assert(post("PATCH /tasks/5", "CONTENT_TYPE=application/json"));
    ck_assert(post("PATCH /tasks/5", "CONTENT_TYPE=application/merge-patch+json"));
}
END_TEST

START_TEST(a_body_of_another_type_is_refused)
{
    static const char *const TYPES[] = {
        "CONTENT_TYPE=text/plain", "CONTENT_TYPE=", "CONTENT_TYPE=application/merge-patch+json",
        "CONTENT_TYPE=application/json; charset=latin1"};
    for (size_t i = 0; i < ARRAY_SIZE(TYPES); i++) {
        ck_assert(!post("POST /tasks", TYPES[i]));
        assert_problem(exchange, 415, "unsupported-media-type");
        ck_assert_ptr_null(header_of(exchange, "Accept-Patch"));
        ck_assert_uint_eq(exchange->route_index, ROUTE_CREATE);
    }
}
END_TEST

START_TEST(a_patch_of_another_type_is_told_the_formats)
{
    ck_assert(!post("PATCH /tasks/5", "CONTENT_TYPE=application/json-patch+json"));
    assert_problem(exchange, 415, "unsupported-media-type");
    ck_assert_ptr_nonnull(header_of(exchange, "Accept-Patch"));
}
END_TEST

START_TEST(a_missing_body_is_left_to_the_parser)
{
    ck_assert(route_line("POST /tasks"));
    ck_assert(route(exchange_for("POST /tasks", "CONTENT_TYPE=application/json", NULL)));
}
END_TEST

START_TEST(a_missing_body_of_another_type_is_refused)
{
    ck_assert(!route(exchange_for("POST /tasks", "CONTENT_TYPE=text/plain", NULL)));
    assert_problem(exchange, 415, "unsupported-media-type");
}
END_TEST

START_TEST(an_optional_body_may_be_absent)
{
    ck_assert(route_line("POST /tasks/5/complete"));
    ck_assert(route(exchange_for("POST /tasks/5/complete", "CONTENT_TYPE=text/plain", NULL)));
}
END_TEST

START_TEST(an_optional_body_is_checked_when_it_is_there)
{
    ck_assert(!post("POST /tasks/5/complete", "CONTENT_TYPE=text/plain"));
    assert_problem(exchange, 415, "unsupported-media-type");
}
END_TEST

START_TEST(a_body_that_nobody_takes_is_ignored)
{
    ck_assert(post("GET /tasks/5", "CONTENT_TYPE=text/plain"));
    ck_assert(route(exchange_for("DELETE /tasks/5", "CONTENT_LENGTH=1000000", NULL)));
}
END_TEST

START_TEST(a_body_at_the_limit_is_taken_and_over_it_refused)
{
    static const char body[102];
    ck_assert(route(exchange_with_body("POST /tasks", body, 100, NULL)));
    ck_assert(!route(exchange_with_body("POST /tasks", body, 101, NULL)));
    assert_problem(exchange, 413, "payload-too-large");
}
END_TEST

START_TEST(a_route_for_large_bodies_has_a_limit_of_its_own)
{
    static const char body[1002];
    ck_assert(route(exchange_with_body("POST /tasks/quick", body, 1000, NULL)));
    ck_assert(!route(exchange_with_body("POST /tasks/quick", body, 1001, NULL)));
    assert_problem(exchange, 413, "payload-too-large");
}
END_TEST

START_TEST(known_parameters_pass)
{
    ck_assert(route_line("GET /tasks?limit=1&cursor=&q=x"));
    ck_assert_uint_eq(exchange->faults.count, 0);
    ck_assert_uint_eq(exchange->request.parameter_count, 3);
}
END_TEST

START_TEST(an_unknown_parameter_is_a_fault_told_once)
{
    ck_assert(route_line("GET /tasks?limitt=1&limitt=2&q=x"));
    ck_assert_uint_eq(exchange->faults.count, 1);
    ck_assert_ptr_nonnull(fault_at(exchange, FAULT_PARAMETER, "limitt"));
    ck_assert_uint_eq(exchange->request.parameter_count, 1);
}
END_TEST

START_TEST(a_repeated_parameter_is_a_fault_told_once)
{
    ck_assert(route_line("GET /tasks?q=x&q=x&q=y"));
    ck_assert_uint_eq(exchange->faults.count, 1);
    ck_assert_str_eq(fault_at(exchange, FAULT_PARAMETER, "q"), "must be given once only");
    ck_assert_uint_eq(exchange->request.parameter_count, 1);
}
END_TEST

START_TEST(dry_run_is_read_where_it_is_known)
{
    ck_assert(route_line("POST /tasks?dry_run=true"));
    ck_assert(exchange->dry_run);
    ck_assert(route_line("POST /tasks?dry_run=false"));
    ck_assert(!exchange->dry_run);
    ck_assert_uint_eq(exchange->faults.count, 0);
}
END_TEST

START_TEST(a_bad_dry_run_is_a_fault)
{
    ck_assert(route_line("POST /tasks?dry_run=yes"));
    ck_assert(!exchange->dry_run);
    ck_assert_ptr_nonnull(fault_at(exchange, FAULT_PARAMETER, "dry_run"));
}
END_TEST

START_TEST(dry_run_elsewhere_is_an_unknown_parameter)
{
    ck_assert(route_line("GET /tasks/5?dry_run=true"));
    ck_assert(!exchange->dry_run);
    ck_assert_ptr_nonnull(fault_at(exchange, FAULT_PARAMETER, "dry_run"));
}
END_TEST

static size_t key_faults(const char *param)
{
    ck_assert(route(exchange_for("POST /tasks", param, NULL)));
    return exchange->faults.count;
}

START_TEST(an_idempotency_key_is_checked)
{
    char param[512] = "HTTP_IDEMPOTENCY_KEY=";
    size_t start = strlen(param);
    ck_assert_uint_eq(key_faults("HTTP_IDEMPOTENCY_KEY=a key"), 0);
    ck_assert_uint_eq(key_faults("HTTP_IDEMPOTENCY_KEY="), 1);
    ck_assert_uint_eq(key_faults("HTTP_IDEMPOTENCY_KEY=\xc3\xa4"), 1);
    ck_assert_uint_eq(key_faults("HTTP_IDEMPOTENCY_KEY=a\tb"), 1);
    memset(param + start, 'k', HTTP_IDEMPOTENCY_KEY_MAX);
    ck_assert_uint_eq(key_faults(param), 0);
    param[start + HTTP_IDEMPOTENCY_KEY_MAX] = 'k';
    ck_assert_uint_eq(key_faults(param), 1);
    ck_assert_ptr_nonnull(fault_at(exchange, FAULT_HEADER, "Idempotency-Key"));
}
END_TEST

START_TEST(an_idempotency_key_elsewhere_is_ignored)
{
    ck_assert(route(exchange_for("GET /tasks", "HTTP_IDEMPOTENCY_KEY=", NULL)));
    ck_assert_uint_eq(exchange->faults.count, 0);
}
END_TEST

START_TEST(faults_of_query_and_header_are_collected)
{
    ck_assert(
        route(exchange_for("POST /tasks?a=%ff&b=1&dry_run=2", "HTTP_IDEMPOTENCY_KEY=", NULL)));
    ck_assert_uint_eq(exchange->faults.count, 4);
}
END_TEST

static TCase *case_paths(void)
{
    TCase *tests = tcase_create("paths and methods");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, a_known_request_goes_to_its_handler);
    tcase_add_test(tests, an_unknown_path_is_not_found);
    tcase_add_test(tests, an_unknown_path_is_not_found_by_any_method);
    tcase_add_test(tests, another_method_is_refused_with_the_allowed_ones);
    tcase_add_test(tests, head_of_a_path_without_get_is_refused);
    tcase_add_test(tests, options_tells_the_allowed_methods);
    tcase_add_test(tests, options_tells_the_formats_of_a_patch);
    tcase_add_test(tests, allow_is_told_for_a_path);
    return tests;
}

static TCase *case_bodies(void)
{
    TCase *tests = tcase_create("bodies");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, a_body_of_the_right_type_is_taken);
    tcase_add_test(tests, a_body_of_another_type_is_refused);
    tcase_add_test(tests, a_patch_of_another_type_is_told_the_formats);
    tcase_add_test(tests, a_missing_body_is_left_to_the_parser);
    tcase_add_test(tests, a_missing_body_of_another_type_is_refused);
    tcase_add_test(tests, an_optional_body_may_be_absent);
    tcase_add_test(tests, an_optional_body_is_checked_when_it_is_there);
    tcase_add_test(tests, a_body_that_nobody_takes_is_ignored);
    tcase_add_test(tests, a_body_at_the_limit_is_taken_and_over_it_refused);
    tcase_add_test(tests, a_route_for_large_bodies_has_a_limit_of_its_own);
    return tests;
}

static TCase *case_parameters(void)
{
    TCase *tests = tcase_create("parameters");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, known_parameters_pass);
    tcase_add_test(tests, an_unknown_parameter_is_a_fault_told_once);
    tcase_add_test(tests, a_repeated_parameter_is_a_fault_told_once);
    tcase_add_test(tests, dry_run_is_read_where_it_is_known);
    tcase_add_test(tests, a_bad_dry_run_is_a_fault);
    tcase_add_test(tests, dry_run_elsewhere_is_an_unknown_parameter);
    tcase_add_test(tests, an_idempotency_key_is_checked);
    tcase_add_test(tests, an_idempotency_key_elsewhere_is_ignored);
    tcase_add_test(tests, faults_of_query_and_header_are_collected);
    return tests;
}

Suite *suite_router(void)
{
    Suite *suite = suite_create("router");
    suite_add_tcase(suite, case_paths());
    suite_add_tcase(suite, case_bodies());
    suite_add_tcase(suite, case_parameters());
    return suite;
}
