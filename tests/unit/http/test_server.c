/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The server, over its real socket: answers, bodies, pending exchanges, bad peers.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "peer.h"
#include "server_fixture.h"
#include "suites.h"

static void setup(void)
{
    fixture_setup();
    ck_assert_int_eq(fixture_start(3), ERROR_NONE);
}

static struct peer_answer ask(const struct peer_request *request)
{
    struct peer_answer answer;
    int fd = peer_connect(fixture.path);
    ck_assert_int_ge(fd, 0);
    peer_send(fd, request);
    peer_receive(fd, &answer);
    close(fd);
    return answer;
}

START_TEST(a_request_is_answered)
{
    struct peer_answer answer =
        ask(&(struct peer_request){.line = "GET /hello", .param = "HTTP_X_REQUEST_ID=me"});
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, "hello");
    ck_assert_ptr_nonnull(strstr(answer.text.data, "\r\nX-Request-ID: me\r\n"));
    peer_answer_close(&answer);
}
END_TEST

START_TEST(a_problem_is_answered)
{
    struct peer_answer answer = ask(&(struct peer_request){.line = "GET /nothing"});
    ck_assert_int_eq(answer.status, 404);
    ck_assert_ptr_nonnull(strstr(answer.text.data, "application/problem+json"));
    peer_answer_close(&answer);
}
END_TEST

START_TEST(head_has_the_length_but_no_body)
{
    struct peer_answer answer = ask(&(struct peer_request){.line = "HEAD /hello"});
    ck_assert_int_eq(answer.status, 200);
    ck_assert_uint_eq(answer.body_size, 0);
    ck_assert_ptr_nonnull(strstr(answer.text.data, "\r\nContent-Length: 5\r\n"));
    peer_answer_close(&answer);
}
END_TEST

START_TEST(options_has_no_body)
{
    struct peer_answer answer = ask(&(struct peer_request){.line = "OPTIONS /hello"});
    ck_assert_int_eq(answer.status, 204);
    ck_assert_uint_eq(answer.body_size, 0);
    ck_assert_ptr_null(strstr(answer.text.data, "Content-Length"));
    peer_answer_close(&answer);
}
END_TEST

START_TEST(a_large_answer_arrives_whole)
{
    struct peer_answer answer = ask(&(struct peer_request){.line = "GET /large"});
    ck_assert_uint_eq(answer.body_size, FIXTURE_LARGE);
    ck_assert_uint_eq(strspn(answer.body, "x"), FIXTURE_LARGE);
    peer_answer_close(&answer);
}
END_TEST

static char *filled(size_t size)
{
    char *body = malloc(size + 1);
    ck_assert_ptr_nonnull(body);
    for (size_t i = 0; i < size; i++)
        body[i] = (char)('a' + i % 26);
    body[size] = '\0';
    return body;
}

START_TEST(bodies_of_every_size_arrive_whole)
{
    static const size_t SIZES[] = {1, 7, 8191, 8192, 8193, 60000, 300000, FIXTURE_BODY_LIMIT};
    for (size_t i = 0; i < ARRAY_SIZE(SIZES); i++) {
        char *CLEANUP_FREE body = filled(SIZES[i]);
        struct peer_answer answer =
            ask(&(struct peer_request){.line = "POST /echo", .body = body, .body_size = SIZES[i]});
        ck_assert_int_eq(answer.status, 200);
        ck_assert_uint_eq(answer.body_size, SIZES[i]);
        ck_assert_int_eq(memcmp(answer.body, body, SIZES[i]), 0);
        peer_answer_close(&answer);
    }
}
END_TEST

START_TEST(a_body_over_the_limit_is_refused_although_it_is_sent)
{
    char *CLEANUP_FREE body = filled(4 * FIXTURE_BODY_LIMIT);
    struct peer_answer answer = ask(&(struct peer_request){
        .line = "POST /echo", .body = body, .body_size = 4 * FIXTURE_BODY_LIMIT});
    ck_assert_int_eq(answer.status, 413);
    peer_answer_close(&answer);
    ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
}
END_TEST

START_TEST(a_body_that_nobody_takes_is_read_away)
{
    char *CLEANUP_FREE body = filled(100000);
    struct peer_answer answer =
        ask(&(struct peer_request){.line = "GET /hello", .body = body, .body_size = 100000});
    ck_assert_int_eq(answer.status, 200);
    peer_answer_close(&answer);
}
END_TEST

START_TEST(a_short_body_is_malformed)
{
    struct peer_answer answer = ask(&(struct peer_request){
        .line = "POST /echo", .body = "{}", .body_size = 2, .content_length = 3});
    ck_assert_int_eq(answer.status, 400);
    ck_assert_ptr_nonnull(strstr(answer.body, "/problems/malformed-json"));
    ck_assert_ptr_nonnull(strstr(answer.body, "shorter than Content-Length"));
    peer_answer_close(&answer);
}
END_TEST

START_TEST(a_pending_exchange_is_answered_by_another_thread)
{
    for (unsigned i = 0; i < 50; i++)
        ck_assert_int_eq(peer_get(fixture.path, "GET /later", "later"), 200);
}
END_TEST

START_TEST(an_exchange_may_be_resumed_before_its_handler_returns)
{
    for (unsigned i = 0; i < 50; i++)
        ck_assert_int_eq(peer_get(fixture.path, "GET /at-once", "at once"), 200);
}
END_TEST

START_TEST(more_exchanges_than_workers_may_be_pending)
{
    int fds[40];
    for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
        fds[i] = peer_connect(fixture.path);
        ck_assert_int_ge(fds[i], 0);
        ck_assert(peer_send(fds[i], &(struct peer_request){.line = "GET /held"}));
    }
    fixture_wait_held(ARRAY_SIZE(fds));
    ck_assert_uint_ge(http_server_in_flight(fixture.server), ARRAY_SIZE(fds));
    ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
    fixture_release();
    for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
        struct peer_answer answer;
        peer_receive(fds[i], &answer);
        ck_assert_str_eq(answer.body, "held");
        peer_answer_close(&answer);
        close(fds[i]);
    }
}
END_TEST

static void *ask_many(void *path)
{
    for (unsigned i = 0; i < 100; i++) {
        char line[64], body[32];
        snprintf(body, sizeof body, "n=%p-%u", (void *)&line, i);
        snprintf(line, sizeof line, "GET /query?%s", body);
        ck_assert_int_eq(
            peer_get(path, i % 4 == 3 ? "GET /later" : line, i % 4 == 3 ? "later" : body), 200);
    }
    return NULL;
}

START_TEST(many_parallel_requests_each_get_their_own_answer)
{
    pthread_t threads[8];
    for (size_t i = 0; i < ARRAY_SIZE(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_many, fixture.path), 0);
    for (size_t i = 0; i < ARRAY_SIZE(threads); i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_eq(fixture.answered, 800);
}
END_TEST

START_TEST(each_answer_is_told)
{
    ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
    ck_assert_uint_eq(fixture.answered, 1);
    ck_assert_int_eq(fixture.last_status, 200);
    ck_assert_uint_eq(fixture.last_bytes, 5);
    ck_assert_uint_eq(fixture.last_route, 0);
    ck_assert_int_eq(peer_get(fixture.path, "HEAD /hello", ""), 200);
    ck_assert_uint_eq(fixture.last_bytes, 0);
    ck_assert_int_eq(peer_get(fixture.path, "PUT /hello", NULL), 405);
    ck_assert_int_eq(fixture.last_status, 405);
    ck_assert_uint_gt(fixture.last_route, 0);
}
END_TEST

START_TEST(origins_may_change_while_it_runs)
{
    static const char *const ORIGINS[] = {"*", NULL};
    const struct peer_request request = {.line = "GET /hello", .param = "HTTP_ORIGIN=http://a"};
    struct peer_answer before = ask(&request);
    ck_assert_ptr_null(strstr(before.text.data, "Access-Control-Allow-Origin"));
    http_server_set_cors(fixture.server, ORIGINS);
    struct peer_answer after = ask(&request);
    ck_assert_ptr_nonnull(strstr(after.text.data, "Access-Control-Allow-Origin: *"));
    peer_answer_close(&before);
    peer_answer_close(&after);
}
END_TEST

START_TEST(a_peer_that_asks_to_keep_the_connection_is_closed_too)
{
    int fd = peer_connect(fixture.path);
    struct peer_answer answer;
    char byte;
    ck_assert(peer_send(fd, &(struct peer_request){.line = "GET /hello", .keep_connection = true}));
    peer_receive(fd, &answer);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_int_eq(read(fd, &byte, 1), 0);
    peer_answer_close(&answer);
    close(fd);
}
END_TEST

START_TEST(silent_and_vanished_peers_do_not_stop_the_others)
{
    int silent = peer_connect(fixture.path);
    close(peer_connect(fixture.path));
    for (unsigned i = 0; i < 20; i++)
        ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
    close(silent);
}
END_TEST

START_TEST(a_peer_that_does_not_wait_for_its_answer_harms_nobody)
{
    for (unsigned i = 0; i < 20; i++) {
        int fd = peer_connect(fixture.path);
        peer_send(fd, &(struct peer_request){.line = i % 2 == 0 ? "GET /large" : "GET /later"});
        close(fd);
    }
    ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
}
END_TEST

START_TEST(a_peer_that_does_not_speak_fastcgi_is_closed)
{
    char byte;
    int fd = peer_connect(fixture.path);
    ck_assert_int_eq(send(fd, "GET / HTTP/1.1\r\n\r\n", 18, MSG_NOSIGNAL), 18);
    shutdown(fd, SHUT_WR);
    ck_assert_int_le(read(fd, &byte, 1), 0);
    close(fd);
    ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
}
END_TEST

START_TEST(without_descriptors_it_waits_for_better_times)
{
    struct rlimit before;
    getrlimit(RLIMIT_NOFILE, &before);
    int fd = peer_socket();
    int lowest = dup(fd);
    close(lowest);
    const struct rlimit none = {.rlim_cur = (rlim_t)lowest, .rlim_max = before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    ck_assert(peer_connect_socket(fd, fixture.path));
    ck_assert(peer_send(fd, &(struct peer_request){.line = "GET /hello"}));
    struct timeval patience = {.tv_usec = 100000};
    char byte;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ck_assert_int_eq(read(fd, &byte, 1), -1);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    patience = (struct timeval){0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    struct peer_answer answer;
    peer_receive(fd, &answer);
    ck_assert_int_eq(answer.status, 200);
    peer_answer_close(&answer);
    close(fd);
}
END_TEST

static TCase *case_peers(void)
{
    TCase *tests = tcase_create("peers");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, fixture_teardown);
    tcase_add_test(tests, a_peer_that_asks_to_keep_the_connection_is_closed_too);
    tcase_add_test(tests, silent_and_vanished_peers_do_not_stop_the_others);
    tcase_add_test(tests, a_peer_that_does_not_wait_for_its_answer_harms_nobody);
    tcase_add_test(tests, a_peer_that_does_not_speak_fastcgi_is_closed);
    tcase_add_test(tests, without_descriptors_it_waits_for_better_times);
    return tests;
}

Suite *suite_server(void)
{
    Suite *suite = suite_create("server");
    TCase *tests = tcase_create("answers");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, fixture_teardown);
    tcase_add_test(tests, a_request_is_answered);
    tcase_add_test(tests, a_problem_is_answered);
    tcase_add_test(tests, head_has_the_length_but_no_body);
    tcase_add_test(tests, options_has_no_body);
    tcase_add_test(tests, a_large_answer_arrives_whole);
    tcase_add_test(tests, bodies_of_every_size_arrive_whole);
    tcase_add_test(tests, a_body_over_the_limit_is_refused_although_it_is_sent);
    tcase_add_test(tests, a_body_that_nobody_takes_is_read_away);
    tcase_add_test(tests, a_short_body_is_malformed);
    tcase_add_test(tests, a_pending_exchange_is_answered_by_another_thread);
    tcase_add_test(tests, an_exchange_may_be_resumed_before_its_handler_returns);
    tcase_add_test(tests, more_exchanges_than_workers_may_be_pending);
    tcase_add_test(tests, many_parallel_requests_each_get_their_own_answer);
    tcase_add_test(tests, each_answer_is_told);
    tcase_add_test(tests, origins_may_change_while_it_runs);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, case_peers());
    return suite;
}
