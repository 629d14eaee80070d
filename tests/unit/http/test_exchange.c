/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The life of an exchange.
 */
#include <pthread.h>

#include "suites.h"
#include "support.h"

START_TEST(a_reset_exchange_is_like_new)
{
    struct http_exchange exchange;
    http_exchange_init(&exchange);
    faults_add(&exchange.faults, FAULT_POINTER, "#", "is bad");
    exchange.path_ids[0] = 5;
    exchange.dry_run = true;
    exchange.state = &exchange;
    exchange.response.status = 404;
    buf_append_string(&exchange.response.body, "x");
    http_exchange_reset(&exchange);
    ck_assert_uint_eq(exchange.faults.count, 0);
    ck_assert_int_eq(exchange.path_ids[0], 0);
    ck_assert(!exchange.dry_run);
    ck_assert_ptr_null(exchange.state);
    ck_assert_int_eq(exchange.response.status, 200);
    ck_assert_uint_eq(exchange.response.body.size, 0);
    ck_assert_uint_eq(exchange.arena.used, 0);
    http_exchange_close(&exchange);
}
END_TEST

START_TEST(a_small_buffer_is_kept_and_a_large_one_freed)
{
    struct http_exchange exchange;
    http_exchange_init(&exchange);
    buf_append_string(&exchange.response.body, "x");
    http_exchange_reset(&exchange);
    ck_assert_uint_gt(exchange.response.body.capacity, 0);
    ck_assert_ptr_nonnull(buf_reserve(&exchange.response.body, (size_t)1024 * 1024));
    http_exchange_reset(&exchange);
    ck_assert_uint_eq(exchange.response.body.capacity, 0);
    http_exchange_close(&exchange);
}
END_TEST

START_TEST(a_test_exchange_copies_what_it_is_given)
{
    char param[] = "SCRIPT_NAME=/abc";
    char body[] = "text";
    const char *params[] = {param, NULL};
    struct http_exchange *exchange = http_exchange_test_new(params, body, 4);
    param[13] = 'X';
    body[0] = 'X';
    ck_assert_str_eq(exchange->request.path, "/abc");
    ck_assert_str_eq(exchange->request.body, "text");
    ck_assert_uint_eq(exchange->request.body_size, 4);
    http_exchange_test_free(exchange);
    http_exchange_test_free(NULL);
}
END_TEST

static void *resume(void *exchange)
{
    http_exchange_resume(exchange);
    return NULL;
}

START_TEST(a_test_exchange_can_be_waited_for)
{
    struct http_exchange *exchange = exchange_for("GET /", NULL);
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, resume, exchange), 0);
    http_exchange_test_wait(exchange);
    pthread_join(thread, NULL);
    http_exchange_test_wait(exchange);
    http_exchange_test_free(exchange);
}
END_TEST

Suite *suite_exchange(void)
{
    Suite *suite = suite_create("exchange");
    TCase *tests = tcase_create("exchange");
    tcase_add_test(tests, a_reset_exchange_is_like_new);
    tcase_add_test(tests, a_small_buffer_is_kept_and_a_large_one_freed);
    tcase_add_test(tests, a_test_exchange_copies_what_it_is_given);
    tcase_add_test(tests, a_test_exchange_can_be_waited_for);
    suite_add_tcase(suite, tests);
    return suite;
}
