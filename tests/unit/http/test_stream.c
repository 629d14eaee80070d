/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Bodies that are made part by part, over the server's real socket.
 */
#include "config.h"

#include <string.h>

#include "peer.h"
#include "server_fixture.h"
#include "streams.h"
#include "suites.h"

static void setup(void)
{
    fixture_setup();
    ck_assert_int_eq(fixture_start(3), ERROR_NONE);
}

static struct peer_answer ask(const char *line)
{
    struct peer_answer answer;
    int fd = peer_connect(fixture.path);
    ck_assert_int_ge(fd, 0);
    peer_send(fd, &(struct peer_request){.line = line});
    peer_receive(fd, &answer);
    close(fd);
    return answer;
}

static bool says(const struct peer_answer *answer, const char *text)
{
    return strstr(answer->text.data, text) != NULL;
}

/* Fails the test unless the body is that of `parts` parts. */
static void assert_parts(const struct peer_answer *answer, unsigned parts)
{
    ck_assert_uint_eq(answer->body_size, parts * STREAMS_PART);
    for (unsigned i = 0; i < parts; i++) {
        const char letter[] = {(char)('a' + i % 26), '\0'};
        ck_assert_uint_ge(strspn(answer->body + i * STREAMS_PART, letter), STREAMS_PART);
    }
}

START_TEST(a_body_of_one_part_has_its_length)
{
    struct peer_answer answer = ask("GET /stream?parts=1");
    ck_assert_int_eq(answer.status, 200);
    ck_assert(says(&answer, "\r\nContent-Length: 50000\r\n"));
    ck_assert(says(&answer, "\r\nX-Of: the stream\r\n"));
    assert_parts(&answer, 1);
    ck_assert_uint_eq(fixture.last_bytes, STREAMS_PART);
    ck_assert_uint_eq(streams.ended, 1);
    peer_answer_close(&answer);
}
END_TEST

START_TEST(a_body_of_many_parts_arrives_whole_without_a_length)
{
    struct peer_answer answer = ask("GET /stream?parts=60");
    ck_assert_int_eq(answer.status, 200);
    ck_assert(!says(&answer, "Content-Length"));
    ck_assert(says(&answer, "\r\nContent-Type: text/plain\r\n"));
    ck_assert(says(&answer, "\r\nX-Of: the stream\r\n"));
    assert_parts(&answer, 60);
    peer_answer_close(&answer);
    ck_assert_uint_eq(fixture.answered, 1); /* told before the end of the answer was sent */
    fixture_stop();
    ck_assert_uint_eq(fixture.answered, 1);
    ck_assert_int_eq(fixture.last_status, 200);
    ck_assert_uint_eq(fixture.last_bytes, 60 * STREAMS_PART);
    ck_assert_uint_eq(streams.ended, 1);
}
END_TEST

START_TEST(head_makes_one_part_and_sends_none)
{
    struct peer_answer answer = ask("HEAD /stream?parts=60");
    ck_assert_int_eq(answer.status, 200);
    ck_assert(!says(&answer, "Content-Length"));
    ck_assert(says(&answer, "\r\nX-Of: the stream\r\n"));
    ck_assert_uint_eq(answer.body_size, 0);
    ck_assert_uint_eq(streams.made, 1);
    ck_assert_uint_eq(streams.ended, 1);
    peer_answer_close(&answer);
    answer = ask("HEAD /stream?parts=1");
    ck_assert(says(&answer, "\r\nContent-Length: 50000\r\n"));
    ck_assert_uint_eq(answer.body_size, 0);
    ck_assert_uint_eq(streams.ended, 2);
    peer_answer_close(&answer);
}
END_TEST

START_TEST(a_failure_in_the_first_part_is_a_problem)
{
    struct peer_answer answer = ask("GET /stream?parts=60&fail=1");
    ck_assert_int_eq(answer.status, 503);
    ck_assert(says(&answer, "/problems/unavailable"));
    ck_assert(says(&answer, "\r\nContent-Length: "));
    ck_assert(!says(&answer, "X-Of"));
    ck_assert_uint_eq(streams.ended, 1);
    peer_answer_close(&answer);
}
END_TEST

START_TEST(a_failure_in_a_later_part_cuts_the_answer)
{
    struct peer_answer answer = ask("GET /stream?parts=60&fail=5");
    ck_assert(!answer.complete);
    ck_assert(says(&answer, "Status: 200"));
    ck_assert_uint_gt(answer.text.size, 3 * STREAMS_PART);
    ck_assert_uint_lt(answer.text.size, 5 * STREAMS_PART);
    peer_answer_close(&answer);
    ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
    fixture_stop();
    ck_assert_uint_eq(fixture.answered, 2);
    ck_assert_uint_eq(streams.made, 4);
    ck_assert_uint_eq(streams.ended, 1);
}
END_TEST

START_TEST(a_cut_answer_is_told_as_a_failure)
{
    struct peer_answer answer = ask("GET /stream?parts=3&fail=3");
    ck_assert(!answer.complete);
    peer_answer_close(&answer);
    fixture_stop();
    ck_assert_int_eq(fixture.last_status, 500);
    ck_assert_uint_eq(fixture.last_bytes, 2 * STREAMS_PART);
}
END_TEST

START_TEST(a_peer_that_goes_away_ends_the_stream)
{
    char some[1000];
    int fd = peer_connect(fixture.path);
    peer_send(fd, &(struct peer_request){.line = "GET /stream?parts=4000000000"});
    ck_assert_int_gt(read(fd, some, sizeof some), 0);
    close(fd);
    fixture_stop();
    ck_assert_uint_eq(fixture.answered, 1);
    ck_assert_int_eq(fixture.last_status, 200);
    ck_assert_uint_eq(streams.ended, 1);
}
END_TEST

/* Of three workers one may send a long body. */
START_TEST(only_half_of_the_workers_send_long_bodies)
{
    struct peer_answer first;
    int fd = peer_connect(fixture.path);
    peer_send(fd, &(struct peer_request){.line = "GET /stream?parts=60&hold=true"});
    streams_wait_held();
    struct peer_answer second = ask("GET /stream?parts=60");
    ck_assert_int_eq(second.status, 503);
    ck_assert(says(&second, "/problems/unavailable"));
    ck_assert(says(&second, "\r\nRetry-After: 1\r\n"));
    ck_assert_uint_eq(streams.ended, 1);
    peer_answer_close(&second);
    ck_assert_int_eq(peer_get(fixture.path, "GET /stream?parts=1", NULL), 200);
    ck_assert_int_eq(peer_get(fixture.path, "HEAD /stream?parts=60", NULL), 200);
    streams_release();
    peer_receive(fd, &first);
    ck_assert_int_eq(first.status, 200);
    assert_parts(&first, 60);
    peer_answer_close(&first);
    close(fd);
}
END_TEST

START_TEST(a_place_is_free_again_after_each_long_body)
{
    static const char *const LINES[] = {"GET /stream?parts=2", "GET /stream?parts=2&fail=2"};
    for (unsigned i = 0; i < 10; i++) {
        struct peer_answer answer = ask(LINES[i % 2]);
        ck_assert(says(&answer, "Status: 200"));
        peer_answer_close(&answer);
    }
}
END_TEST

START_TEST(the_stop_lets_a_long_body_come_to_its_end)
{
    struct peer_answer answer;
    int fd = peer_connect(fixture.path);
    peer_send(fd, &(struct peer_request){.line = "GET /stream?parts=60&hold=true"});
    streams_wait_held();
    http_server_stop(fixture.server);
    streams_release();
    peer_receive(fd, &answer);
    ck_assert(answer.complete);
    assert_parts(&answer, 60);
    peer_answer_close(&answer);
    close(fd);
}
END_TEST

Suite *suite_stream(void)
{
    Suite *suite = suite_create("stream");
    TCase *tests = tcase_create("stream");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, fixture_teardown);
    tcase_add_test(tests, a_body_of_one_part_has_its_length);
    tcase_add_test(tests, a_body_of_many_parts_arrives_whole_without_a_length);
    tcase_add_test(tests, head_makes_one_part_and_sends_none);
    tcase_add_test(tests, a_failure_in_the_first_part_is_a_problem);
    tcase_add_test(tests, a_failure_in_a_later_part_cuts_the_answer);
    tcase_add_test(tests, a_cut_answer_is_told_as_a_failure);
    tcase_add_test(tests, a_peer_that_goes_away_ends_the_stream);
    tcase_add_test(tests, only_half_of_the_workers_send_long_bodies);
    tcase_add_test(tests, a_place_is_free_again_after_each_long_body);
    tcase_add_test(tests, the_stop_lets_a_long_body_come_to_its_end);
    suite_add_tcase(suite, tests);
    return suite;
}
