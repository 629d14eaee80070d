/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The request as read from FastCGI parameters.
 */
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "support.h"

static struct http_exchange *exchange;

static void teardown(void)
{
    http_exchange_test_free(exchange);
    exchange = NULL;
}

START_TEST(every_method_is_known_by_name)
{
    for (unsigned i = 0; i < HTTP_METHOD_COUNT; i++) {
        char line[32];
        snprintf(line, sizeof line, "%s /", http_method_name((enum http_method)i));
        exchange = exchange_for(line, NULL);
        ck_assert_uint_eq(exchange->request.method, i);
        teardown();
    }
}
END_TEST

START_TEST(an_unknown_method_is_other)
{
    exchange = exchange_for("BREW /", NULL);
    ck_assert_int_eq(exchange->request.method, HTTP_OTHER);
}
END_TEST

START_TEST(a_method_in_lower_case_is_other)
{
    exchange = exchange_for("get /", NULL);
    ck_assert_int_eq(exchange->request.method, HTTP_OTHER);
}
END_TEST

START_TEST(the_path_is_script_name_and_path_info)
{
    exchange = exchange_for("GET /api", "PATH_INFO=/v1/tasks", NULL);
    ck_assert_str_eq(exchange->request.path, "/api/v1/tasks");
    ck_assert_uint_eq(exchange->request.path_size, 13);
}
END_TEST

START_TEST(the_path_may_be_path_info_alone)
{
    exchange = exchange_for("GET ", "PATH_INFO=/v1/tasks", NULL);
    ck_assert_str_eq(exchange->request.path, "/v1/tasks");
}
END_TEST

START_TEST(headers_are_read)
{
    exchange = exchange_for("GET /", "CONTENT_TYPE=a/b", "HTTP_IF_MATCH=1", "HTTP_IF_NONE_MATCH=2",
                            "HTTP_IDEMPOTENCY_KEY=3", "HTTP_ACCEPT=4", "HTTP_ORIGIN=5",
                            "HTTP_ACCESS_CONTROL_REQUEST_METHOD=6", "REMOTE_ADDR=7",
                            "HTTP_USER_AGENT=8=9", NULL);
    const struct http_request *request = &exchange->request;
    ck_assert_str_eq(request->content_type, "a/b");
    ck_assert_str_eq(request->if_match, "1");
    ck_assert_str_eq(request->if_none_match, "2");
    ck_assert_str_eq(request->idempotency_key, "3");
    ck_assert_str_eq(request->accept, "4");
    ck_assert_str_eq(request->origin, "5");
    ck_assert_str_eq(request->access_control_request_method, "6");
    ck_assert_str_eq(request->remote_address, "7");
    ck_assert_str_eq(request->user_agent, "8=9");
}
END_TEST

START_TEST(absent_headers_are_null)
{
    exchange = exchange_for("GET /", NULL);
    ck_assert_ptr_null(exchange->request.if_match);
    ck_assert_ptr_null(exchange->request.content_type);
    ck_assert_ptr_null(exchange->request.body);
    ck_assert_str_eq(exchange->request.query_string, "");
}
END_TEST

START_TEST(a_parameter_without_a_value_sign_is_ignored)
{
    exchange = exchange_for("GET /", "HTTP_IF_MATCH", NULL);
    ck_assert_ptr_null(exchange->request.if_match);
}
END_TEST

START_TEST(the_content_length_is_read)
{
    exchange = exchange_for("GET /", "CONTENT_LENGTH=1234", NULL);
    ck_assert_uint_eq(exchange->request.body_size, 1234);
    ck_assert_uint_eq(exchange->faults.count, 0);
}
END_TEST

START_TEST(a_bad_content_length_is_a_fault)
{
    static const char *const BAD[] = {"CONTENT_LENGTH=-1", "CONTENT_LENGTH=1x", "CONTENT_LENGTH=x",
                                      "CONTENT_LENGTH= 1", "CONTENT_LENGTH=99999999999999999999"};
    for (size_t i = 0; i < ARRAY_SIZE(BAD); i++) {
        exchange = exchange_for("POST /", BAD[i], NULL);
        ck_assert_ptr_nonnull(fault_at(exchange, FAULT_HEADER, "Content-Length"));
        ck_assert_uint_eq(exchange->request.body_size, 0);
        teardown();
    }
}
END_TEST

START_TEST(a_request_id_is_taken_from_the_caller)
{
    exchange = exchange_for("GET /", "HTTP_X_REQUEST_ID=!~az-09", NULL);
    ck_assert_str_eq(exchange->request.request_id, "!~az-09");
}
END_TEST

START_TEST(a_request_id_may_have_128_characters)
{
    char param[256] = "HTTP_X_REQUEST_ID=";
    memset(param + strlen(param), 'x', HTTP_REQUEST_ID_MAX);
    exchange = exchange_for("GET /", param, NULL);
    ck_assert_uint_eq(strlen(exchange->request.request_id), HTTP_REQUEST_ID_MAX);
    ck_assert_uint_eq(strspn(exchange->request.request_id, "x"), HTTP_REQUEST_ID_MAX);
}
END_TEST

static void assert_made(const char *param)
{
    exchange = exchange_for("GET /", param, NULL);
    ck_assert_uint_eq(strlen(exchange->request.request_id), 36);
    ck_assert_int_eq(exchange->request.request_id[14], '4');
    teardown();
}

START_TEST(another_request_id_is_replaced_by_a_uuid)
{
    assert_made("HTTP_X_REQUEST_ID=");
    assert_made("HTTP_X_REQUEST_ID=with space");
    assert_made("HTTP_X_REQUEST_ID=tab\there");
    assert_made("HTTP_X_REQUEST_ID=del\x7f");
    assert_made("HTTP_X_REQUEST_ID=\xc3\xa4");
    assert_made("HTTP_NOTHING=");
    char param[256] = "HTTP_X_REQUEST_ID=";
    memset(param + strlen(param), 'x', HTTP_REQUEST_ID_MAX + 1);
    assert_made(param);
}
END_TEST

START_TEST(a_valid_trace_is_continued)
{
    exchange = exchange_for(
        "GET /", "HTTP_TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", NULL);
    ck_assert_str_eq(exchange->request.trace.trace_id, "0af7651916cd43dd8448eb211c80319c");
    ck_assert_str_eq(exchange->request.trace.parent_id, "b7ad6b7169203331");
}
END_TEST

START_TEST(without_a_trace_one_is_begun)
{
    exchange = exchange_for("GET /", NULL);
    ck_assert_uint_eq(strlen(exchange->request.trace.trace_id), 32);
    ck_assert_str_eq(exchange->request.trace.parent_id, "");
}
END_TEST

Suite *suite_request(void)
{
    Suite *suite = suite_create("request");
    TCase *tests = tcase_create("request");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, every_method_is_known_by_name);
    tcase_add_test(tests, an_unknown_method_is_other);
    tcase_add_test(tests, a_method_in_lower_case_is_other);
    tcase_add_test(tests, the_path_is_script_name_and_path_info);
    tcase_add_test(tests, the_path_may_be_path_info_alone);
    tcase_add_test(tests, headers_are_read);
    tcase_add_test(tests, absent_headers_are_null);
    tcase_add_test(tests, a_parameter_without_a_value_sign_is_ignored);
    tcase_add_test(tests, the_content_length_is_read);
    tcase_add_test(tests, a_bad_content_length_is_a_fault);
    tcase_add_test(tests, a_request_id_is_taken_from_the_caller);
    tcase_add_test(tests, a_request_id_may_have_128_characters);
    tcase_add_test(tests, another_request_id_is_replaced_by_a_uuid);
    tcase_add_test(tests, a_valid_trace_is_continued);
    tcase_add_test(tests, without_a_trace_one_is_begun);
    suite_add_tcase(suite, tests);
    return suite;
}
