/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The answer's head.
 */
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "support.h"

static struct http_response response;
static struct buf head;

static void setup(void)
{
    http_response_reset(&response);
}

static void teardown(void)
{
    http_response_close(&response);
    buf_close(&head);
}

static const char *head_text(void)
{
    buf_clear(&head);
    http_response_head(&response, "id-1", &head);
    const char *text = buf_string(&head);
    ck_assert_ptr_nonnull(text);
    return text;
}

START_TEST(an_answer_with_a_body_has_its_type_and_length)
{
    response.content_type = HTTP_JSON;
    buf_append_string(&response.body, "{}");
    ck_assert_str_eq(head_text(),
                     "Status: 200 \r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                     "X-Request-ID: id-1\r\nCache-Control: no-store\r\n\r\n");
}
END_TEST

START_TEST(an_answer_without_content_has_neither)
{
    response.status = 204;
    ck_assert_str_eq(head_text(), "Status: 204 \r\nX-Request-ID: id-1\r\n"
                                  "Cache-Control: no-store\r\n\r\n");
    response.status = 304;
    ck_assert_ptr_null(strstr(head_text(), "Content-Length"));
}
END_TEST

START_TEST(header_lines_follow)
{
    http_response_header(&response, "Location", "/tasks/1");
    http_response_headerf(&response, "X-Number", "%d", 42);
    ck_assert_ptr_nonnull(strstr(head_text(), "\r\nLocation: /tasks/1\r\nX-Number: 42\r\n\r\n"));
}
END_TEST

START_TEST(an_entity_tag_makes_caches_ask)
{
    http_response_header(&response, "ETag", "\"1\"");
    ck_assert_ptr_nonnull(strstr(head_text(), "\r\nCache-Control: no-cache\r\n"));
}
END_TEST

START_TEST(a_body_that_goes_on_has_no_length)
{
    response.content_type = "text/csv";
    response.open_ended = true;
    buf_append_string(&response.body, "the first part");
    ck_assert_str_eq(head_text(), "Status: 200 \r\nContent-Type: text/csv\r\nX-Request-ID: id-1\r\n"
                                  "Cache-Control: no-store\r\n\r\n");
}
END_TEST

START_TEST(a_reset_forgets_everything)
{
    static const struct http_stream stream = {NULL, NULL};
    response.stream = &stream;
    response.open_ended = true;
    response.status = 404;
    response.content_type = HTTP_JSON;
    http_response_header(&response, "ETag", "\"1\"");
    buf_append_string(&response.body, "{}");
    http_response_reset(&response);
    ck_assert_ptr_null(response.stream);
    ck_assert_str_eq(head_text(), "Status: 200 \r\nContent-Length: 0\r\nX-Request-ID: id-1\r\n"
                                  "Cache-Control: no-store\r\n\r\n");
}
END_TEST

START_TEST(a_value_that_would_split_the_answer_is_dropped)
{
    http_response_header(&response, "X-A", "1\r\nX-B: 2");
    http_response_header(&response, "X-A", "1\n2");
    http_response_header(&response, "X-A", "\x7f");
    http_response_header(&response, "X-A\r", "1");
    http_response_headerf(&response, "X-A", "%s", "1\r\nX-B: 2");
    ck_assert_uint_eq(response.headers.size, 0);
    ck_assert(!response.headers.failed);
}
END_TEST

START_TEST(a_tab_and_utf8_are_kept)
{
    http_response_header(&response, "X-A", "1\t\xc3\xa4");
    ck_assert_ptr_nonnull(strstr(head_text(), "X-A: 1\t\xc3\xa4\r\n"));
}
END_TEST

START_TEST(a_long_value_is_kept_whole)
{
    char *value = malloc(20001);
    memset(value, 'x', 20000);
    value[20000] = '\0';
    http_response_headerf(&response, "X-A", "<%s>", value);
    ck_assert_uint_eq(response.headers.size, strlen("X-A: <>\r\n") + 20000);
    free(value);
}
END_TEST

START_TEST(only_some_answers_carry_their_body)
{
    ck_assert(http_response_has_body(&response, false));
    ck_assert(!http_response_has_body(&response, true));
    response.status = 204;
    ck_assert(!http_response_has_body(&response, false));
    response.status = 304;
    ck_assert(!http_response_has_body(&response, false));
    response.status = 500;
    ck_assert(http_response_has_body(&response, false));
}
END_TEST

Suite *suite_response(void)
{
    Suite *suite = suite_create("response");
    TCase *tests = tcase_create("response");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_answer_with_a_body_has_its_type_and_length);
    tcase_add_test(tests, an_answer_without_content_has_neither);
    tcase_add_test(tests, header_lines_follow);
    tcase_add_test(tests, an_entity_tag_makes_caches_ask);
    tcase_add_test(tests, a_body_that_goes_on_has_no_length);
    tcase_add_test(tests, a_reset_forgets_everything);
    tcase_add_test(tests, a_value_that_would_split_the_answer_is_dropped);
    tcase_add_test(tests, a_tab_and_utf8_are_kept);
    tcase_add_test(tests, a_long_value_is_kept_whole);
    tcase_add_test(tests, only_some_answers_carry_their_body);
    suite_add_tcase(suite, tests);
    return suite;
}
