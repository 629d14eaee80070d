/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cross-origin requests.
 */
#include "routes.h"
#include "suites.h"
#include "support.h"

static const char *const ONE[] = {"https://a.example", "https://b.example", NULL};
static const char *const ANY[] = {"*", NULL};
static struct http_exchange *exchange;

static void setup(void)
{
    test_router.cors_origins = ONE;
}

static void teardown(void)
{
    http_exchange_test_free(exchange);
    test_router.cors_origins = NULL;
}

static void answer(const char *line, const char *origin, const char *method)
{
    exchange = exchange_for(line, origin, method, NULL);
    http_route_request(&test_router, exchange);
    http_cors(&test_router, exchange);
}

START_TEST(without_configuration_nothing_is_added)
{
    test_router.cors_origins = NULL;
    answer("OPTIONS /tasks", "HTTP_ORIGIN=https://a.example",
           "HTTP_ACCESS_CONTROL_REQUEST_METHOD=POST");
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Allow-Origin"));
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Allow-Methods"));
    ck_assert_ptr_null(header_of(exchange, "Vary"));
}
END_TEST

START_TEST(a_configured_origin_may_read)
{
    answer("GET /tasks", "HTTP_ORIGIN=https://b.example", NULL);
    ck_assert_str_eq(header_of(exchange, "Access-Control-Allow-Origin"), "https://b.example");
    ck_assert_str_eq(header_of(exchange, "Vary"), "Origin");
    ck_assert_str_eq(header_of(exchange, "Access-Control-Expose-Headers"),
                     "ETag, Location, Link, X-Request-ID, Idempotency-Replayed, RateLimit, "
                     "RateLimit-Policy, Retry-After, WWW-Authenticate, X-Today");
}
END_TEST

START_TEST(a_problem_may_be_read_too)
{
    answer("GET /nothing", "HTTP_ORIGIN=https://a.example", NULL);
    assert_problem(exchange, 404, "not-found");
    ck_assert_str_eq(header_of(exchange, "Access-Control-Allow-Origin"), "https://a.example");
}
END_TEST

START_TEST(another_origin_may_not)
{
    answer("GET /tasks", "HTTP_ORIGIN=https://a.example.evil", NULL);
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Allow-Origin"));
    ck_assert_str_eq(header_of(exchange, "Vary"), "Origin");
}
END_TEST

START_TEST(a_request_without_origin_varies_too)
{
    answer("GET /tasks", NULL, NULL);
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Allow-Origin"));
    ck_assert_str_eq(header_of(exchange, "Vary"), "Origin");
}
END_TEST

START_TEST(any_origin_does_not_vary)
{
    test_router.cors_origins = ANY;
    answer("GET /tasks", "HTTP_ORIGIN=https://c.example", NULL);
    ck_assert_str_eq(header_of(exchange, "Access-Control-Allow-Origin"), "*");
    ck_assert_ptr_null(header_of(exchange, "Vary"));
}
END_TEST

START_TEST(a_preflight_is_told_methods_and_headers)
{
    answer("OPTIONS /tasks", "HTTP_ORIGIN=https://a.example",
           "HTTP_ACCESS_CONTROL_REQUEST_METHOD=POST");
    ck_assert_int_eq(exchange->response.status, 204);
    ck_assert_str_eq(header_of(exchange, "Access-Control-Allow-Origin"), "https://a.example");
    ck_assert_str_eq(header_of(exchange, "Access-Control-Allow-Methods"),
                     "GET, HEAD, POST, OPTIONS");
    ck_assert_str_eq(header_of(exchange, "Access-Control-Allow-Headers"),
                     "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, "
                     "X-Request-ID, traceparent");
    ck_assert_str_eq(header_of(exchange, "Access-Control-Max-Age"), "600");
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Expose-Headers"));
}
END_TEST

START_TEST(options_without_a_requested_method_is_no_preflight)
{
    answer("OPTIONS /tasks", "HTTP_ORIGIN=https://a.example", NULL);
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Allow-Methods"));
    ck_assert_str_eq(header_of(exchange, "Access-Control-Allow-Origin"), "https://a.example");
}
END_TEST

START_TEST(a_preflight_of_another_origin_is_told_nothing)
{
    answer("OPTIONS /tasks", "HTTP_ORIGIN=null", "HTTP_ACCESS_CONTROL_REQUEST_METHOD=POST");
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Allow-Methods"));
    ck_assert_ptr_null(header_of(exchange, "Access-Control-Allow-Origin"));
    ck_assert_str_eq(header_of(exchange, "Allow"), "GET, HEAD, POST, OPTIONS");
}
END_TEST

Suite *suite_cors(void)
{
    Suite *suite = suite_create("cors");
    TCase *tests = tcase_create("cors");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, without_configuration_nothing_is_added);
    tcase_add_test(tests, a_configured_origin_may_read);
    tcase_add_test(tests, a_problem_may_be_read_too);
    tcase_add_test(tests, another_origin_may_not);
    tcase_add_test(tests, a_request_without_origin_varies_too);
    tcase_add_test(tests, any_origin_does_not_vary);
    tcase_add_test(tests, a_preflight_is_told_methods_and_headers);
    tcase_add_test(tests, options_without_a_requested_method_is_no_preflight);
    tcase_add_test(tests, a_preflight_of_another_origin_is_told_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
