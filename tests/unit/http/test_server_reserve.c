/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The reserve of the server: workers that step in when the others are held up.
 */
#include "config.h"

#include <unistd.h>

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

/* Three workers, of which two wait for requests: the third steps in. */
START_TEST(workers_that_are_held_up_are_relieved)
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

Suite *suite_server_reserve(void)
{
    Suite *suite = suite_create("server reserve");
    TCase *tests = tcase_create("held up");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, fixture_teardown);
    tcase_add_test(tests, workers_that_are_held_up_are_relieved);
    tcase_add_test(tests, a_stop_waits_for_workers_that_are_held_up);
    suite_add_tcase(suite, tests);
    return suite;
}
