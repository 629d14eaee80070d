/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The client of the health check.
 */
#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "peer.h"
#include "server_fixture.h"
#include "suites.h"

static int status;
static struct buf body;
static struct error error;

static void teardown(void)
{
    buf_close(&body);
    fixture_teardown();
}

static enum error_code get(const char *target, unsigned milliseconds)
{
    status = 0;
    buf_clear(&body);
    return http_client_get(fixture.path, target, milliseconds, &status, &body, &error);
}

START_TEST(status_and_body_are_given)
{
    ck_assert_int_eq(fixture_start(1), ERROR_NONE);
    ck_assert_int_eq(get("/hello", 60000), ERROR_NONE);
    ck_assert_int_eq(status, 200);
    ck_assert_str_eq(buf_string(&body), "hello");
}
END_TEST

START_TEST(the_query_is_sent)
{
    ck_assert_int_eq(fixture_start(1), ERROR_NONE);
    ck_assert_int_eq(get("/query?n=5", 60000), ERROR_NONE);
    ck_assert_str_eq(buf_string(&body), "n=5");
}
END_TEST

START_TEST(a_problem_is_an_answer_too)
{
    ck_assert_int_eq(fixture_start(1), ERROR_NONE);
    ck_assert_int_eq(get("/nothing", 60000), ERROR_NONE);
    ck_assert_int_eq(status, 404);
}
END_TEST

START_TEST(a_large_answer_is_given_whole)
{
    ck_assert_int_eq(fixture_start(1), ERROR_NONE);
    ck_assert_int_eq(get("/large", 60000), ERROR_NONE);
    ck_assert_uint_eq(body.size, FIXTURE_LARGE);
}
END_TEST

START_TEST(a_long_target_is_sent)
{
    char target[1024] = "/query?n=";
    memset(target + strlen(target), 'x', 900);
    ck_assert_int_eq(fixture_start(1), ERROR_NONE);
    ck_assert_int_eq(get(target, 60000), ERROR_NONE);
    ck_assert_uint_eq(body.size, 902);
}
END_TEST

START_TEST(nobody_there_is_told)
{
    ck_assert_int_eq(http_client_get("/nowhere/s", "/", 100, &status, &body, &error), ERROR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(error.message, "is the program running?"));
}
END_TEST

START_TEST(a_path_that_is_too_long_is_told)
{
    char path[256];
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    ck_assert_int_eq(http_client_get(path, "/", 100, &status, &body, &error), ERROR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(error.message, "too long"));
}
END_TEST

START_TEST(no_answer_in_time_is_told)
{
    status = 77;
    buf_append_string(&body, "untouched");
    ck_assert_int_eq(http_client_get(fixture.path, "/hello", 20, &status, &body, &error),
                     ERROR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(error.message, "in time"));
    ck_assert_int_eq(status, 77);
    ck_assert_str_eq(buf_string(&body), "untouched");
}
END_TEST

/* Answers the next connection with these bytes. */
struct stranger {
    const char *data;
    size_t size;
};

static void *answer_strangely(void *argument)
{
    const struct stranger *stranger = argument;
    int fd;
    do
        fd = accept(fixture.listener.fd, NULL, NULL);
    while (fd < 0);
    ck_assert_int_eq(send(fd, stranger->data, stranger->size, MSG_NOSIGNAL),
                     (ssize_t)stranger->size);
    shutdown(fd, SHUT_WR);
    char byte[64];
    while (read(fd, byte, sizeof byte) > 0)
        ;
    close(fd);
    return NULL;
}

static void assert_refused(const char *data, size_t size, const char *message)
{
    struct stranger stranger = {data, size};
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, answer_strangely, &stranger), 0);
    ck_assert_int_eq(get("/hello", 60000), ERROR_SYSTEM);
    ck_assert_msg(strstr(error.message, message) != NULL, "%s", error.message);
    pthread_join(thread, NULL);
}

START_TEST(a_connection_that_ends_early_is_told)
{
    assert_refused("\1\6", 2, "closed before");
}
END_TEST

START_TEST(another_protocol_is_told)
{
    assert_refused("HTTP/1.1 400 Bad Request\r\n\r\n", 28, "does not speak FastCGI");
}
END_TEST

START_TEST(an_answer_without_a_head_is_told)
{
    static const char BYTES[] = "\1\6\0\1\0\3\0\0abc"
                                "\1\3\0\1\0\10\0\0\0\0\0\0\0\0\0\0";
    assert_refused(BYTES, sizeof BYTES - 1, "not one of this program");
}
END_TEST

START_TEST(an_answer_without_output_is_told)
{
    static const char BYTES[] = "\1\3\0\1\0\10\0\0\0\0\0\0\0\0\0\0";
    assert_refused(BYTES, sizeof BYTES - 1, "not one of this program");
}
END_TEST

Suite *suite_client(void)
{
    Suite *suite = suite_create("client");
    TCase *tests = tcase_create("client");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_setup, teardown);
    tcase_add_test(tests, status_and_body_are_given);
    tcase_add_test(tests, the_query_is_sent);
    tcase_add_test(tests, a_problem_is_an_answer_too);
    tcase_add_test(tests, a_large_answer_is_given_whole);
    tcase_add_test(tests, a_long_target_is_sent);
    tcase_add_test(tests, nobody_there_is_told);
    tcase_add_test(tests, a_path_that_is_too_long_is_told);
    tcase_add_test(tests, no_answer_in_time_is_told);
    tcase_add_test(tests, a_connection_that_ends_early_is_told);
    tcase_add_test(tests, another_protocol_is_told);
    tcase_add_test(tests, an_answer_without_a_head_is_told);
    tcase_add_test(tests, an_answer_without_output_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
