/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Workers that are held up: by a handler, by a peer that sends half a request.
 */
#include "config.h"

#include <fastcgi.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "peer.h"
#include "server_fixture.h"
#include "suites.h"

static void setup(void)
{
    fixture_setup();
    ck_assert_int_eq(fixture_start(3), ERROR_NONE);
}

static void expect(const char *line, const char *body)
{
    struct peer_answer answer;
    int fd = peer_connect(fixture.path);
    peer_send(fd, &(struct peer_request){.line = line});
    peer_receive(fd, &answer);
    ck_assert_str_eq(answer.body, body);
    peer_answer_close(&answer);
    close(fd);
}

START_TEST(one_free_worker_serves_all)
{
    int stuck[2];
    struct peer_answer answer;
    for (size_t i = 0; i < ARRAY_SIZE(stuck); i++) {
        stuck[i] = peer_connect(fixture.path);
        peer_send(stuck[i], &(struct peer_request){.line = "GET /stuck"});
    }
    fixture_wait_held(ARRAY_SIZE(stuck));
    for (unsigned i = 0; i < 3; i++) {
        expect("GET /hello", "hello");
        expect("GET /later", "later");
    }
    fixture_release();
    for (size_t i = 0; i < ARRAY_SIZE(stuck); i++) {
        peer_receive(stuck[i], &answer);
        ck_assert_str_eq(answer.body, "free");
        peer_answer_close(&answer);
        close(stuck[i]);
    }
}
END_TEST

START_TEST(a_stop_waits_for_workers_that_are_held_up)
{
    struct peer_answer answer;
    int stuck = peer_connect(fixture.path);
    peer_send(stuck, &(struct peer_request){.line = "GET /stuck"});
    fixture_wait_held(1);
    http_server_stop(fixture.server);
    ck_assert(!http_server_join(fixture.server, 20));
    fixture_release();
    peer_receive(stuck, &answer);
    ck_assert_str_eq(answer.body, "free");
    peer_answer_close(&answer);
    close(stuck);
}
END_TEST

#define HALF_REQUESTS 6 /* twice the workers */

/* What each of them sends: nothing; half a record; a request without its parameters; one with the
 * head of a record that never comes. */
static const FCGI_BeginRequestRecord begin = {
    .header = {.version = FCGI_VERSION_1,
               .type = FCGI_BEGIN_REQUEST,
               .requestIdB0 = 1,
               .contentLengthB0 = sizeof(FCGI_BeginRequestBody)},
    .body = {.roleB0 = FCGI_RESPONDER}};

/* The peers stay connected and wait. All workers are held up; nobody but time relieves them. */
START_TEST(half_requests_hold_no_worker_for_ever)
{
    static const size_t sizes[] = {0, sizeof begin / 4, sizeof begin};
    int peers[HALF_REQUESTS];
    for (size_t i = 0; i < ARRAY_SIZE(peers); i++) {
        size_t size = sizes[i % ARRAY_SIZE(sizes)];
        peers[i] = peer_connect(fixture.path);
        ck_assert_int_eq(send(peers[i], &begin, size, MSG_NOSIGNAL), (ssize_t)size);
    }
    expect("GET /hello", "hello");
    expect("GET /later", "later");
    for (size_t i = 0; i < ARRAY_SIZE(peers); i++)
        close(peers[i]);
}
END_TEST

/* Whether the peer goes or waits: what it has not sent might be an If-Match. */
START_TEST(parameters_without_their_end_are_no_request)
{
    for (unsigned i = 0; i < 2; i++) {
        char byte;
        int fd = peer_connect(fixture.path);
        peer_send(fd, &(struct peer_request){.line = "GET /hello", .cut = true});
        if (i == 0)
            shutdown(fd, SHUT_WR);
        ck_assert_int_eq(read(fd, &byte, 1), 0);
        close(fd);
        ck_assert_uint_eq(fixture.answered, 0);
    }
    expect("GET /hello", "hello");
}
END_TEST

/* A body that stops half-way: its sender is told so. */
START_TEST(a_body_that_stalls_is_given_up)
{
    struct peer_answer answer;
    int fd = peer_connect(fixture.path);
    const struct peer_request request = {
        .line = "POST /echo", .body = "half", .body_size = 4, .content_length = 8, .stall = true};
    peer_send(fd, &request);
    peer_receive(fd, &answer);
    ck_assert_int_eq(answer.status, 400);
    peer_answer_close(&answer);
    close(fd);
    expect("GET /hello", "hello");
}
END_TEST

Suite *suite_server_held_up(void)
{
    Suite *suite = suite_create("server held up");
    TCase *tests = tcase_create("held up");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, fixture_teardown);
    tcase_add_test(tests, one_free_worker_serves_all);
    tcase_add_test(tests, a_stop_waits_for_workers_that_are_held_up);
    tcase_add_test(tests, half_requests_hold_no_worker_for_ever);
    tcase_add_test(tests, parameters_without_their_end_are_no_request);
    tcase_add_test(tests, a_body_that_stalls_is_given_up);
    suite_add_tcase(suite, tests);
    return suite;
}
