/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Problem documents.
 */
#include <string.h>

#include "http/problem.h"
#include "suites.h"
#include "support.h"

static struct http_exchange *exchange;

static void setup(void)
{
    exchange = exchange_for("GET /tasks/12", "HTTP_X_REQUEST_ID=abc-1", NULL);
}

static void teardown(void)
{
    http_exchange_test_free(exchange);
}

static const char *member(const char *name)
{
    static char value[1024];
    json_t *json = json_of(exchange);
    const char *text = json_string_value(json_object_get(json, name));
    ck_assert_ptr_nonnull(text);
    strncpy(value, text, sizeof value - 1);
    json_decref(json);
    return value;
}

START_TEST(every_type_has_a_slug_status_and_title)
{
    for (unsigned type = 0; type < PROBLEM_TYPE_COUNT; type++) {
        const struct problem_info *info = problem_info((enum problem_type)type);
        ck_assert_uint_eq(strspn(info->slug, "abcdefghijklmnopqrstuvwxyz-"), strlen(info->slug));
        ck_assert_int_ge(info->status, 400);
        ck_assert_str_ne(info->title, "");
    }
}
END_TEST

START_TEST(an_unknown_type_is_internal)
{
    ck_assert_str_eq(problem_info(PROBLEM_TYPE_COUNT)->slug, "internal");
}
END_TEST

START_TEST(an_answer_has_all_members)
{
    problem_answer(exchange, PROBLEM_NOT_FOUND, "There is no task %d.", 12);
    assert_problem(exchange, 404, "not-found");
    ck_assert_str_eq(member("title"), "Not found");
    ck_assert_str_eq(member("detail"), "There is no task 12.");
    ck_assert_str_eq(member("instance"), "/tasks/12");
    ck_assert_str_eq(member("request_id"), "abc-1");
}
END_TEST

START_TEST(without_detail_it_is_the_title)
{
    problem_answer(exchange, PROBLEM_NOT_FOUND, NULL);
    ck_assert_str_eq(member("detail"), "Not found.");
}
END_TEST

START_TEST(it_replaces_an_earlier_answer)
{
    exchange->response.content_type = HTTP_JSON;
    buf_append_string(&exchange->response.body, "half an ans");
    http_response_header(&exchange->response, "ETag", "\"1\"");
    problem_answer(exchange, PROBLEM_INTERNAL, NULL);
    assert_problem(exchange, 500, "internal");
    ck_assert_ptr_null(header_of(exchange, "ETag"));
    ck_assert(!exchange->response.revalidate);
}
END_TEST

START_TEST(the_instance_is_percent_encoded)
{
    http_exchange_test_free(exchange);
    exchange = exchange_for("GET /a b/\xc3\xa4%\"<\x01", NULL);
    problem_answer(exchange, PROBLEM_NOT_FOUND, NULL);
    ck_assert_str_eq(member("instance"), "/a%20b/%C3%A4%25%22%3C%01");
}
END_TEST

START_TEST(a_detail_with_invalid_utf8_is_still_json)
{
    problem_answer(exchange, PROBLEM_NOT_FOUND, "%s", "bad \xff byte");
    ck_assert_str_eq(member("detail"), "bad \xef\xbf\xbd byte");
}
END_TEST

START_TEST(an_extra_member_is_written_as_it_is)
{
    problem_answer_member(exchange, PROBLEM_BLOCKED, 0, "Blocked.", "blockers", "[3,7]", 5);
    assert_problem(exchange, 409, "blocked");
    json_t *json = json_of(exchange);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "blockers")), 2);
    json_decref(json);
}
END_TEST

START_TEST(a_status_may_differ_from_the_types)
{
    problem_answer_member(exchange, PROBLEM_NOTHING_TO_UNDO, 404, NULL, NULL, NULL, 0);
    assert_problem(exchange, 404, "nothing-to-undo");
}
END_TEST

START_TEST(every_fault_is_told_with_its_place)
{
    faults_add(&exchange->faults, FAULT_POINTER, "#/due_date", "is not a date");
    faults_add(&exchange->faults, FAULT_PARAMETER, "limit", "is too large");
    faults_add(&exchange->faults, FAULT_HEADER, "Idempotency-Key", "is too long");
    problem_answer_faults(exchange, &exchange->faults);
    assert_problem(exchange, 400, "validation");
    json_t *json = json_of(exchange);
    json_t *errors = json_object_get(json, "errors");
    ck_assert_uint_eq(json_array_size(errors), 3);
    static const char *const PLACES[][2] = {
        {"pointer", "#/due_date"}, {"parameter", "limit"}, {"header", "Idempotency-Key"}};
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(
            json_string_value(json_object_get(json_array_get(errors, i), PLACES[i][0])),
            PLACES[i][1]);
    ck_assert_str_eq(json_string_value(json_object_get(json_array_get(errors, 0), "detail")),
                     "is not a date");
    json_decref(json);
}
END_TEST

START_TEST(faults_without_memory_are_unavailable)
{
    exchange->faults.failed = true;
    problem_answer_faults(exchange, &exchange->faults);
    assert_problem(exchange, 503, "unavailable");
}
END_TEST

START_TEST(unavailable_and_rate_limited_say_when_to_retry)
{
    problem_answer(exchange, PROBLEM_UNAVAILABLE, NULL);
    ck_assert_str_eq(header_of(exchange, "Retry-After"), "1");
    problem_answer(exchange, PROBLEM_RATE_LIMITED, NULL);
    ck_assert_str_eq(header_of(exchange, "Retry-After"), "1");
    problem_answer(exchange, PROBLEM_INTERNAL, NULL);
    ck_assert_ptr_null(header_of(exchange, "Retry-After"));
}
END_TEST

START_TEST(errors_of_modules_become_problems)
{
    static const struct {
        enum error_code code;
        int status;
        const char *slug;
    } CASES[] = {
        {ERROR_BUSY, 503, "unavailable"},
        {ERROR_QUEUE_FULL, 503, "unavailable"},
        {ERROR_STOPPING, 503, "unavailable"},
        {ERROR_MEMORY, 503, "unavailable"},
        {ERROR_STORAGE_FULL, 507, "insufficient-storage"},
        {ERROR_STORAGE, 500, "internal"},
        {ERROR_CORRUPT, 500, "internal"},
        {ERROR_SYSTEM, 500, "internal"},
        {ERROR_NOT_FOUND, 500, "internal"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(CASES); i++) {
        problem_answer_error(exchange, CASES[i].code);
        assert_problem(exchange, CASES[i].status, CASES[i].slug);
    }
}
END_TEST

Suite *suite_problem(void)
{
    Suite *suite = suite_create("problem");
    TCase *tests = tcase_create("problem");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, every_type_has_a_slug_status_and_title);
    tcase_add_test(tests, an_unknown_type_is_internal);
    tcase_add_test(tests, an_answer_has_all_members);
    tcase_add_test(tests, without_detail_it_is_the_title);
    tcase_add_test(tests, it_replaces_an_earlier_answer);
    tcase_add_test(tests, the_instance_is_percent_encoded);
    tcase_add_test(tests, a_detail_with_invalid_utf8_is_still_json);
    tcase_add_test(tests, an_extra_member_is_written_as_it_is);
    tcase_add_test(tests, a_status_may_differ_from_the_types);
    tcase_add_test(tests, every_fault_is_told_with_its_place);
    tcase_add_test(tests, faults_without_memory_are_unavailable);
    tcase_add_test(tests, unavailable_and_rate_limited_say_when_to_retry);
    tcase_add_test(tests, errors_of_modules_become_problems);
    suite_add_tcase(suite, tests);
    return suite;
}
