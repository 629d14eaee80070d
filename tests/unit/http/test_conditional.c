/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Entity tags and preconditions.
 */
#include <string.h>

#include "http/body.h"
#include "suites.h"
#include "support.h"

static struct http_exchange *exchange;

static void teardown(void)
{
    http_exchange_test_free(exchange);
    exchange = NULL;
}

static bool not_modified(const char *line, const char *param)
{
    teardown();
    exchange = exchange_for(line, param, NULL);
    exchange->response.content_type = HTTP_JSON;
    buf_append_string(&exchange->response.body, "{}");
    return http_entity_tag(exchange, "5-d2");
}

START_TEST(the_tag_is_set_in_quotes)
{
    ck_assert(!not_modified("GET /tasks/1", NULL));
    ck_assert_str_eq(header_of(exchange, "ETag"), "\"5-d2\"");
    ck_assert_int_eq(exchange->response.status, 200);
    ck_assert(exchange->response.revalidate);
}
END_TEST

START_TEST(a_matching_tag_answers_without_a_body)
{
    ck_assert(not_modified("GET /tasks/1", "HTTP_IF_NONE_MATCH=\"5-d2\""));
    ck_assert_int_eq(exchange->response.status, 304);
    ck_assert_uint_eq(exchange->response.body.size, 0);
    ck_assert_ptr_null(exchange->response.content_type);
    ck_assert_str_eq(header_of(exchange, "ETag"), "\"5-d2\"");
}
END_TEST

START_TEST(if_none_match_compares_weakly_over_a_list)
{
    static const char *const MATCHING[] = {
        "HTTP_IF_NONE_MATCH=W/\"5-d2\"",
        "HTTP_IF_NONE_MATCH=\"1\", W/\"5-d2\"",
        "HTTP_IF_NONE_MATCH=\"5-d2\",\"1\"",
        "HTTP_IF_NONE_MATCH= , \"1\" ,, \"5-d2\" , ",
        "HTTP_IF_NONE_MATCH=*",
        "HTTP_IF_NONE_MATCH= * ",
    };
    for (size_t i = 0; i < ARRAY_SIZE(MATCHING); i++)
        ck_assert_msg(not_modified("HEAD /tasks/1", MATCHING[i]), "%s", MATCHING[i]);
}
END_TEST

START_TEST(other_tags_do_not_match)
{
    static const char *const OTHER[] = {
        "HTTP_IF_NONE_MATCH=\"5\"",
        "HTTP_IF_NONE_MATCH=\"5-d22\"",
        "HTTP_IF_NONE_MATCH=\"\"",
        "HTTP_IF_NONE_MATCH=",
    };
    for (size_t i = 0; i < ARRAY_SIZE(OTHER); i++)
        ck_assert_msg(!not_modified("GET /tasks/1", OTHER[i]), "%s", OTHER[i]);
}
END_TEST

START_TEST(a_malformed_list_does_not_match)
{
    static const char *const MALFORMED[] = {
        "HTTP_IF_NONE_MATCH=5-d2",        "HTTP_IF_NONE_MATCH=\"5-d2",
        "HTTP_IF_NONE_MATCH=w/\"5-d2\"",  "HTTP_IF_NONE_MATCH=\"5-d2\" \"1\"",
        "HTTP_IF_NONE_MATCH=\"5-d2\", *", "HTTP_IF_NONE_MATCH=\"5-d2\", \"a b\"",
        "HTTP_IF_NONE_MATCH=**",
    };
    for (size_t i = 0; i < ARRAY_SIZE(MALFORMED); i++)
        ck_assert_msg(!not_modified("GET /tasks/1", MALFORMED[i]), "%s", MALFORMED[i]);
}
END_TEST

START_TEST(if_none_match_of_a_write_is_not_looked_at)
{
    ck_assert(!not_modified("PUT /tasks/1", "HTTP_IF_NONE_MATCH=*"));
    ck_assert_int_eq(exchange->response.status, 200);
}
END_TEST

static bool is_five(void *context, const char *tag, size_t size)
{
    unsigned *calls = context;
    ++*calls;
    return size == 1 && tag[0] == '5';
}

static bool goes_on(const char *param, unsigned *calls)
{
    teardown();
    exchange = exchange_for("PUT /tasks/1", param, NULL);
    *calls = 0;
    return http_if_match(&exchange->request, is_five, calls);
}

START_TEST(without_if_match_a_write_goes_on)
{
    unsigned calls;
    ck_assert(goes_on(NULL, &calls));
    ck_assert(goes_on("HTTP_IF_MATCH=*", &calls));
    ck_assert_uint_eq(calls, 0);
}
END_TEST

START_TEST(a_strong_tag_in_the_list_lets_it_go_on)
{
    unsigned calls;
    ck_assert(goes_on("HTTP_IF_MATCH=\"5\"", &calls));
    ck_assert(goes_on("HTTP_IF_MATCH=\"4\", \"5\"", &calls));
    ck_assert(goes_on("HTTP_IF_MATCH=\"5\", \"4\"", &calls));
    ck_assert_uint_eq(calls, 1);
}
END_TEST

START_TEST(a_stale_tag_stops_it)
{
    unsigned calls;
    ck_assert(!goes_on("HTTP_IF_MATCH=\"4\"", &calls));
    ck_assert_uint_eq(calls, 1);
}
END_TEST

START_TEST(a_weak_tag_never_matches)
{
    unsigned calls;
    ck_assert(!goes_on("HTTP_IF_MATCH=W/\"5\"", &calls));
    ck_assert_uint_eq(calls, 0);
}
END_TEST

START_TEST(a_malformed_if_match_matches_nothing)
{
    unsigned calls;
    ck_assert(!goes_on("HTTP_IF_MATCH=5", &calls));
    ck_assert(!goes_on("HTTP_IF_MATCH=\"5\", x", &calls));
    ck_assert(!goes_on("HTTP_IF_MATCH=", &calls));
}
END_TEST

Suite *suite_conditional(void)
{
    Suite *suite = suite_create("conditional");
    TCase *tests = tcase_create("conditional");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, the_tag_is_set_in_quotes);
    tcase_add_test(tests, a_matching_tag_answers_without_a_body);
    tcase_add_test(tests, if_none_match_compares_weakly_over_a_list);
    tcase_add_test(tests, other_tags_do_not_match);
    tcase_add_test(tests, a_malformed_list_does_not_match);
    tcase_add_test(tests, if_none_match_of_a_write_is_not_looked_at);
    tcase_add_test(tests, without_if_match_a_write_goes_on);
    tcase_add_test(tests, a_strong_tag_in_the_list_lets_it_go_on);
    tcase_add_test(tests, a_stale_tag_stops_it);
    tcase_add_test(tests, a_weak_tag_never_matches);
    tcase_add_test(tests, a_malformed_if_match_matches_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
