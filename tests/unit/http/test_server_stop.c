/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Start and stop of the server: a stop loses no request that was accepted or queued.
 */
#include "config.h"

#include <string.h>

#include "peer.h"
#include "server_fixture.h"
#include "suites.h"

static struct load {
    atomic_uint answered;
    atomic_uint lost; /* connected, but not answered */
} load;

/* Asks until nobody listens any more. */
static void *ask_until_refused(void *line)
{
    for (;;) {
        int fd = peer_connect(fixture.path);
        if (fd < 0)
            return NULL;
        struct peer_answer answer;
        peer_send(fd, &(struct peer_request){.line = line});
        peer_receive(fd, &answer);
        atomic_fetch_add(answer.status == 200 ? &load.answered : &load.lost, 1);
        peer_answer_close(&answer);
        close(fd);
    }
}

START_TEST(a_stop_under_load_loses_nothing)
{
    static char hello[] = "GET /hello", later[] = "GET /later";
    pthread_t threads[8];
    ck_assert_int_eq(fixture_start(3), ERROR_NONE);
    for (size_t i = 0; i < ARRAY_SIZE(threads); i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, ask_until_refused, i % 2 == 0 ? hello : later), 0);
    while (atomic_load(&load.answered) < 500)
        sched_yield();
    fixture_stop();
    for (size_t i = 0; i < ARRAY_SIZE(threads); i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_eq(load.lost, 0);
    ck_assert_uint_eq(load.answered, fixture.answered);
}
END_TEST

START_TEST(a_stop_answers_what_waits_in_the_backlog)
{
    int fds[50];
    for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
        fds[i] = peer_connect(fixture.path);
        ck_assert_int_ge(fds[i], 0);
        ck_assert(peer_send(fds[i], &(struct peer_request){.line = "GET /later"}));
    }
    ck_assert_int_eq(fixture_start(2), ERROR_NONE);
    fixture_stop();
    for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
        struct peer_answer answer;
        peer_receive(fds[i], &answer);
        ck_assert_int_eq(answer.status, 200);
        peer_answer_close(&answer);
        close(fds[i]);
    }
}
END_TEST

START_TEST(a_stop_waits_for_pending_exchanges)
{
    ck_assert_int_eq(fixture_start(3), ERROR_NONE);
    int fd = peer_connect(fixture.path);
    ck_assert(peer_send(fd, &(struct peer_request){.line = "GET /held"}));
    fixture_wait_held(1);
    http_server_stop(fixture.server);
    ck_assert(!http_server_join(fixture.server, 50));
    ck_assert_uint_eq(http_server_in_flight(fixture.server), 1);
    fixture_release();
    struct peer_answer answer;
    peer_receive(fd, &answer);
    ck_assert_int_eq(answer.status, 200);
    peer_answer_close(&answer);
    close(fd);
    fixture_stop();
}
END_TEST

START_TEST(an_idle_server_stops)
{
    ck_assert_int_eq(fixture_start(4), ERROR_NONE);
    ck_assert_uint_eq(fixture.started, 4);
    ck_assert(!http_server_stopping(fixture.server));
    http_server_stop(fixture.server);
    ck_assert(http_server_stopping(fixture.server));
    http_server_stop(fixture.server);
    ck_assert(http_server_join(fixture.server, 60000));
    ck_assert(http_server_join(fixture.server, 0));
}
END_TEST

START_TEST(after_the_stop_connections_are_refused)
{
    ck_assert_int_eq(fixture_start(2), ERROR_NONE);
    fixture_stop();
    ck_assert_int_eq(peer_connect(fixture.path), -1);
}
END_TEST

START_TEST(an_inherited_listener_survives_the_stop)
{
    char *path = fixture.listener.path;
    fixture.listener.path = NULL;
    ck_assert_int_eq(fixture_start(2), ERROR_NONE);
    ck_assert_int_eq(peer_get(fixture.path, "GET /hello", "hello"), 200);
    fixture_stop();
    int fd = peer_connect(fixture.path);
    ck_assert_int_ge(fd, 0);
    ck_assert(peer_send(fd, &(struct peer_request){.line = "GET /hello"}));
    ck_assert_int_eq(fixture_start(2), ERROR_NONE);
    struct peer_answer answer;
    peer_receive(fd, &answer);
    ck_assert_int_eq(answer.status, 200);
    peer_answer_close(&answer);
    close(fd);
    fixture_stop();
    fixture.listener.path = path;
}
END_TEST

START_TEST(a_worker_that_cannot_start_fails_the_start)
{
    fixture.fail_from = 3;
    ck_assert_int_eq(fixture_start(4), ERROR_STORAGE);
    ck_assert_str_eq(fixture.error.message, "cannot open it");
    ck_assert_ptr_null(fixture.server);
    ck_assert_uint_eq(fixture.started, 2);
    ck_assert_uint_eq(fixture.ended, 2);
}
END_TEST

START_TEST(nothing_may_be_freed)
{
    http_server_free(NULL);
}
END_TEST

Suite *suite_server_stop(void)
{
    Suite *suite = suite_create("server_stop");
    TCase *tests = tcase_create("start and stop");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
    tcase_add_test(tests, a_stop_under_load_loses_nothing);
    tcase_add_test(tests, a_stop_answers_what_waits_in_the_backlog);
    tcase_add_test(tests, a_stop_waits_for_pending_exchanges);
    tcase_add_test(tests, an_idle_server_stops);
    tcase_add_test(tests, after_the_stop_connections_are_refused);
    tcase_add_test(tests, an_inherited_listener_survives_the_stop);
    tcase_add_test(tests, a_worker_that_cannot_start_fails_the_start);
    tcase_add_test(tests, nothing_may_be_freed);
    suite_add_tcase(suite, tests);
    return suite;
}
