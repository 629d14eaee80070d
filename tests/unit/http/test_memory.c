/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Every allocation on the way from the parameters to the answer fails once: the answer is then a
 * 503, or none could be made, which the sender replaces by a constant 503.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "base/json_memory.h"
#include "http/body.h"
#include "routes.h"
#include "suites.h"
#include "support.h"

#define ENOUGH 200 /* allocations; an operation needs fewer */

static bool says_unavailable(const struct http_exchange *exchange)
{
    return exchange->response.body.failed || exchange->response.headers.failed ||
           exchange->response.status == 503;
}

/* What a worker does with a request; the handler only reports the faults. */
static struct http_exchange *run(const char *const params[])
{
    struct http_exchange *exchange = http_exchange_test_new(params, "{}", 2);
    if (exchange == NULL)
        return NULL;
    if (http_route_request(&test_router, exchange)) {
        bool answered = false;
        json_decref(http_body_parse(exchange, &answered));
        if (!answered && !http_answered_faults(exchange))
            http_entity_tag(exchange, "1");
    }
    http_cors(&test_router, exchange);
    return exchange;
}

static void assert_survives(const char *const params[], int status)
{
    static const char *const ORIGINS[] = {"*", NULL};
    test_router.cors_origins = ORIGINS;
    for (long n = 0; n < ENOUGH; n++) {
        fail_malloc_after(n);
        struct http_exchange *exchange = run(params);
        bool failed = fail_malloc_off();
        if (failed && exchange != NULL)
            ck_assert_msg(says_unavailable(exchange), "allocation %ld: %d", n,
                          exchange->response.status);
        if (!failed) {
            ck_assert_int_eq(exchange->response.status, status);
            ck_assert_int_ge(n, 3); /* the exchange, its arena, the answer */
        }
        http_exchange_test_free(exchange);
        if (!failed)
            return;
    }
    ck_abort_msg("it never succeeded");
}

START_TEST(a_good_request)
{
    assert_survives((const char *const[]){"REQUEST_METHOD=GET", "SCRIPT_NAME=/tasks",
                                          "QUERY_STRING=limit=1&q=x", "HTTP_ORIGIN=http://a", NULL},
                    200);
}
END_TEST

START_TEST(a_request_with_a_name_in_its_path)
{
    assert_survives((const char *const[]){"REQUEST_METHOD=GET", "SCRIPT_NAME=/lists",
                                          "PATH_INFO=/home/changes/1", NULL},
                    200);
}
END_TEST

START_TEST(a_request_with_faults)
{
    assert_survives((const char *const[]){"REQUEST_METHOD=POST", "SCRIPT_NAME=/tasks",
                                          "QUERY_STRING=a=%ff&b=1&dry_run=2",
                                          "HTTP_IDEMPOTENCY_KEY=", "CONTENT_TYPE=application/json",
                                          NULL},
                    400);
}
END_TEST

START_TEST(an_unknown_path)
{
    assert_survives((const char *const[]){"REQUEST_METHOD=GET", "SCRIPT_NAME=/nothing", NULL}, 404);
}
END_TEST

START_TEST(another_method)
{
    assert_survives((const char *const[]){"REQUEST_METHOD=PUT", "SCRIPT_NAME=/tasks", NULL}, 405);
}
END_TEST

START_TEST(options)
{
    assert_survives((const char *const[]){"REQUEST_METHOD=OPTIONS", "SCRIPT_NAME=/tasks/5",
                                          "HTTP_ORIGIN=http://a",
                                          "HTTP_ACCESS_CONTROL_REQUEST_METHOD=PUT", NULL},
                    204);
}
END_TEST

START_TEST(another_media_type)
{
    assert_survives((const char *const[]){"REQUEST_METHOD=PATCH", "SCRIPT_NAME=/tasks/5",
                                          "CONTENT_TYPE=text/plain", NULL},
                    415);
}
END_TEST

static const char BODY[] = "{\"name\": [\"a text\", {\"b\\u00e4\": 1}], \"c\": null, \"d\": 1.5}";

/* A lack of memory is not the client's fault. */
START_TEST(a_body)
{
    json_malloc_t allocate;
    json_free_t release;
    json_get_alloc_funcs(&allocate, &release);
    json_memory_init();
    for (long n = 0; n < ENOUGH; n++) {
        struct http_exchange *exchange =
            exchange_with_body("POST /tasks", BODY, strlen(BODY), NULL);
        bool answered = false;
        fail_malloc_after(n);
        json_t *json = http_body_parse(exchange, &answered);
        bool failed = fail_malloc_off();
        ck_assert_int_eq(answered, failed);
        ck_assert_int_eq(json == NULL, failed);
        if (failed)
            ck_assert_msg(says_unavailable(exchange), "allocation %ld: %d", n,
                          exchange->response.status);
        json_decref(json);
        http_exchange_test_free(exchange);
        if (!failed)
            break;
    }
    json_set_alloc_funcs(allocate, release);
}
END_TEST

Suite *suite_memory(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("allocations fail in");
    tcase_add_test(tests, a_good_request);
    tcase_add_test(tests, a_request_with_a_name_in_its_path);
    tcase_add_test(tests, a_request_with_faults);
    tcase_add_test(tests, an_unknown_path);
    tcase_add_test(tests, another_method);
    tcase_add_test(tests, options);
    tcase_add_test(tests, another_media_type);
    tcase_add_test(tests, a_body);
    suite_add_tcase(suite, tests);
    return suite;
}
