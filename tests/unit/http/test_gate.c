/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The gate: its answers, its order, and whose address is counted.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../fail_malloc.h"
#include "access/api_key_file.h"
#include "http/gate.h"
#include "http/router.h"
#include "suites.h"
#include "support.h"

#define AUTHORIZATION "HTTP_AUTHORIZATION=Bearer "

static char keys_file[] = "/tmp/todo-gate-XXXXXX";
static char key[API_KEY_SIZE + 1]; /* of scope read */
static struct http_gate *gate;
static struct http_exchange *exchange;

static const struct http_route READS = {.method = HTTP_GET, .path = "/tasks"};
static const struct http_route WRITES = {.method = HTTP_POST, .path = "/tasks"};
static const struct http_route PREVIEWS = {
    .method = HTTP_POST, .path = "/preview", .flags = HTTP_SCOPE_READ};
static const struct http_route ADMINISTERS = {
    .method = HTTP_GET, .path = "/export", .flags = HTTP_SCOPE_ADMIN};
static const struct http_route OPEN = {.method = HTTP_GET, .path = "/health", .flags = HTTP_OPEN};
static const struct http_route METRICS = {
    .method = HTTP_GET, .path = "/metrics", .flags = HTTP_OPEN_BY_OPTION};

static struct http_gate_options options;

static void setup(void)
{
    struct api_key made;
    memcpy(keys_file + strlen(keys_file) - 6, "XXXXXX", 6);
    close(mkstemp(keys_file));
    ck_assert_int_eq(api_key_file_add(keys_file, "laptop", API_SCOPE_READ, 0, &made, key, NULL),
                     ERROR_NONE);
    options = (struct http_gate_options){.keys_file = ""};
    gate = NULL;
}

static void teardown(void)
{
    http_gate_close(gate);
    http_exchange_test_free(exchange);
    exchange = NULL;
    unlink(keys_file);
}

static void open_gate(void)
{
    struct error error;
    ck_assert_int_eq(http_gate_open(&options, &gate, &error), ERROR_NONE);
}

static bool admit(const struct http_route *route, const char *parameter)
{
    http_exchange_test_free(exchange);
    exchange = exchange_for("GET /tasks", parameter, NULL);
    bool admitted = http_gate_admit(gate, exchange, route);
    http_gate_headers(exchange);
    return admitted;
}

static bool admit_key(const struct http_route *route)
{
    char parameter[sizeof(AUTHORIZATION) + API_KEY_SIZE];
    snprintf(parameter, sizeof(parameter), "%s%s", AUTHORIZATION, key);
    return admit(route, parameter);
}

START_TEST(without_keys_local_calls_pass)
{
    static const char *const local[] = {"X=", "SERVER_ADDR=127.0.0.1", "SERVER_ADDR=::1",
                                        "SERVER_ADDR=", "SERVER_ADDR=/run/proxy.sock"};
    open_gate();
    for (size_t i = 0; i < ARRAY_SIZE(local); i++) {
        ck_assert(admit(&WRITES, local[i]));
        ck_assert_str_eq(exchange->caller.actor, "");
    }
}
END_TEST

START_TEST(without_keys_other_calls_are_forbidden)
{
    static const char *const other[] = {"SERVER_ADDR=192.0.2.1", "SERVER_ADDR=2001:db8::1",
                                        "SERVER_ADDR=0.0.0.0", "SERVER_ADDR=nonsense"};
    open_gate();
    for (size_t i = 0; i < ARRAY_SIZE(other); i++) {
        ck_assert(!admit(&READS, other[i]));
        assert_problem(exchange, 403, "forbidden");
        ck_assert_ptr_null(header_of(exchange, "WWW-Authenticate"));
    }
    ck_assert(admit(&OPEN, other[0]));
    ck_assert(admit(NULL, other[0]));
    options.allow_anonymous = true;
    ck_assert_int_eq(http_gate_reload(gate, &options, NULL), ERROR_NONE);
    ck_assert(admit(&READS, other[0]));
}
END_TEST

START_TEST(a_key_is_needed)
{
    options.keys_file = keys_file;
    options.allow_anonymous = true;
    open_gate();
    ck_assert(!admit(&READS, "X="));
    assert_problem(exchange, 401, "unauthorized");
    ck_assert_str_eq(header_of(exchange, "WWW-Authenticate"), "Bearer realm=\"todo-app\"");
    ck_assert(!admit(&READS, "HTTP_AUTHORIZATION=Basic dG9kbzp0b2Rv"));
    ck_assert_str_eq(header_of(exchange, "WWW-Authenticate"), "Bearer realm=\"todo-app\"");
    ck_assert(!admit(&READS, "HTTP_AUTHORIZATION=Bearer"));
    ck_assert(!admit(&READS, "HTTP_AUTHORIZATION=Bearer "));
    ck_assert(!admit(&READS, "HTTP_AUTHORIZATION=Bearerx y"));
    ck_assert(admit(&OPEN, "X="));
    ck_assert(admit(NULL, "X="));
}
END_TEST

START_TEST(a_wrong_key_is_told_so)
{
    options.keys_file = keys_file;
    open_gate();
    ck_assert(!admit(&READS, AUTHORIZATION "todo_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    assert_problem(exchange, 401, "unauthorized");
    ck_assert_str_eq(header_of(exchange, "WWW-Authenticate"),
                     "Bearer realm=\"todo-app\", error=\"invalid_token\"");
}
END_TEST

START_TEST(a_known_key_passes_and_is_named)
{
    options.keys_file = keys_file;
    open_gate();
    ck_assert(admit_key(&READS));
    ck_assert_str_eq(exchange->caller.actor, "laptop");
    ck_assert(admit_key(&PREVIEWS));
    char parameter[100];
    snprintf(parameter, sizeof(parameter), "HTTP_AUTHORIZATION=bEARER   %s", key);
    ck_assert(admit(&READS, parameter));
    snprintf(parameter, sizeof(parameter), "HTTP_AUTHORIZATION=Bearer %s ", key);
    ck_assert(!admit(&READS, parameter));
}
END_TEST

START_TEST(a_missing_scope_is_named)
{
    options.keys_file = keys_file;
    open_gate();
    ck_assert(!admit_key(&WRITES));
    assert_problem(exchange, 403, "forbidden");
    json_t *body = json_of(exchange);
    ck_assert_str_eq(json_string_value(json_object_get(body, "missing_scope")), "write");
    json_decref(body);
    ck_assert_str_eq(header_of(exchange, "WWW-Authenticate"),
                     "Bearer realm=\"todo-app\", error=\"insufficient_scope\", scope=\"write\"");
    ck_assert(!admit_key(&ADMINISTERS));
    ck_assert_str_eq(header_of(exchange, "WWW-Authenticate"),
                     "Bearer realm=\"todo-app\", error=\"insufficient_scope\", scope=\"admin\"");
}
END_TEST

START_TEST(metrics_are_open_if_the_options_say_so)
{
    options.keys_file = keys_file;
    open_gate();
    ck_assert(!admit(&METRICS, "X="));
    assert_problem(exchange, 401, "unauthorized");
    ck_assert(admit_key(&METRICS));
    options.metrics_open = true;
    ck_assert_int_eq(http_gate_reload(gate, &options, NULL), ERROR_NONE);
    ck_assert(admit(&METRICS, "X="));
}
END_TEST

START_TEST(the_limit_comes_before_the_key)
{
    options.keys_file = keys_file;
    options.rate = (struct rate_policy){1, 2};
    open_gate();
    for (unsigned i = 0; i < 2; i++) {
        ck_assert(!admit(&READS, "REMOTE_ADDR=192.0.2.1"));
        assert_problem(exchange, 401, "unauthorized");
    }
    ck_assert_str_eq(header_of(exchange, "RateLimit-Policy"), "\"default\";q=2;w=2");
    ck_assert_str_eq(header_of(exchange, "RateLimit"), "\"default\";r=0;t=2");
    ck_assert(!admit(&READS, "REMOTE_ADDR=192.0.2.1"));
    assert_problem(exchange, 429, "rate-limited");
    ck_assert_str_eq(header_of(exchange, "Retry-After"), "1");
    ck_assert_str_eq(header_of(exchange, "RateLimit-Policy"), "\"default\";q=2;w=2");
    ck_assert(!admit(NULL, "REMOTE_ADDR=192.0.2.1"));
    ck_assert(admit(&OPEN, "REMOTE_ADDR=192.0.2.1"));
    ck_assert_ptr_null(header_of(exchange, "RateLimit"));
    ck_assert(admit_key(&READS)); /* counted by itself */
    ck_assert_str_eq(header_of(exchange, "RateLimit"), "\"default\";r=1;t=1");
}
END_TEST

START_TEST(a_faulty_reload_changes_nothing)
{
    struct error error;
    options.keys_file = keys_file;
    open_gate();
    struct http_gate_options faulty = options;
    faulty.keys_file = "/nowhere/keys";
    ck_assert_int_eq(http_gate_reload(gate, &faulty, &error), ERROR_INVALID);
    faulty = options;
    faulty.trusted = (const char *const[]){"nonsense"};
    faulty.trusted_count = 1;
    ck_assert_int_eq(http_gate_reload(gate, &faulty, &error), ERROR_INVALID);
    ck_assert(admit_key(&READS));
    ck_assert(!admit(&READS, "X="));
}
END_TEST

START_TEST(no_gate_is_open)
{
    ck_assert(admit(&ADMINISTERS, "SERVER_ADDR=192.0.2.1"));
}
END_TEST

START_TEST(without_memory_it_does_not_open)
{
    bool failed = true;
    options.keys_file = keys_file;
    for (long n = 0; failed; n++) {
        fail_malloc_after(n);
        enum error_code code = http_gate_open(&options, &gate, NULL);
        failed = fail_malloc_off();
        ck_assert_int_eq(code, failed ? ERROR_MEMORY : ERROR_NONE);
        ck_assert(failed == (gate == NULL));
    }
}
END_TEST

/* --- Whose address ---------------------------------------------------------------------------- */

static void client_is(const char *peer, const char *forwarded, const char *expected)
{
    struct network trusted[2];
    struct address address = {{0}};
    ck_assert(network_parse("10.0.0.0/8", 10, &trusted[0]));
    ck_assert(network_parse("fd00::/8", 8, &trusted[1]));
    if (expected != NULL)
        ck_assert(address_parse(expected, strlen(expected), &address));
    struct address found = http_client_address(peer, forwarded, trusted, 2);
    ck_assert_msg(memcmp(&found, &address, sizeof(found)) == 0, "%s | %s", peer, forwarded);
}

START_TEST(forwarded_addresses_are_believed_of_trusted_proxies)
{
    client_is("192.0.2.1", NULL, "192.0.2.1");
    client_is("192.0.2.1", "198.51.100.7", "192.0.2.1");
    client_is("10.0.0.1", NULL, "10.0.0.1");
    client_is("10.0.0.1", "", "10.0.0.1");
    client_is("10.0.0.1", "198.51.100.7", "198.51.100.7");
    client_is("10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7");
    client_is("10.0.0.1", "198.51.100.7 ,\t10.9.9.9", "198.51.100.7");
    client_is("10.0.0.1", "198.51.100.7,fd00::1,10.9.9.9", "198.51.100.7");
    client_is("10.0.0.1", "10.1.1.1,10.2.2.2", "10.1.1.1");
    client_is("fd00::5", "2001:db8::9", "2001:db8::9");
}
END_TEST

START_TEST(what_is_no_address_ends_the_belief)
{
    client_is("10.0.0.1", "198.51.100.7, nonsense", "10.0.0.1");
    client_is("10.0.0.1", "198.51.100.7, nonsense, 10.2.2.2", "10.2.2.2");
    client_is("10.0.0.1", "198.51.100.7,", "10.0.0.1");
    client_is(NULL, "198.51.100.7", NULL);
    client_is("nonsense", "198.51.100.7", NULL);
}
END_TEST

START_TEST(a_long_list_is_read_from_its_end)
{
    char list[40 * 10] = "198.51.100.7";
    for (unsigned i = 0; i < 31; i++)
        strcat(list, ",10.0.0.2");
    client_is("10.0.0.1", list, "198.51.100.7");
    strcat(list, ",10.0.0.2");
    client_is("10.0.0.1", list, "10.0.0.2");
}
END_TEST

START_TEST(a_field_that_came_twice_is_not_believed)
{
    http_exchange_test_free(exchange);
    exchange = exchange_for("GET /tasks", "HTTP_X_FORWARDED_FOR=198.51.100.7",
                            "HTTP_X_FORWARDED_FOR=203.0.113.9", NULL);
    ck_assert_str_eq(exchange->request.forwarded_for, "");
}
END_TEST

Suite *suite_gate(void)
{
    Suite *suite = suite_create("gate");
    TCase *tests = tcase_create("gate");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, without_keys_local_calls_pass);
    tcase_add_test(tests, without_keys_other_calls_are_forbidden);
    tcase_add_test(tests, a_key_is_needed);
    tcase_add_test(tests, a_wrong_key_is_told_so);
    tcase_add_test(tests, a_known_key_passes_and_is_named);
    tcase_add_test(tests, a_missing_scope_is_named);
    tcase_add_test(tests, metrics_are_open_if_the_options_say_so);
    tcase_add_test(tests, the_limit_comes_before_the_key);
    tcase_add_test(tests, a_faulty_reload_changes_nothing);
    tcase_add_test(tests, no_gate_is_open);
    tcase_add_test(tests, without_memory_it_does_not_open);
    tcase_add_test(tests, forwarded_addresses_are_believed_of_trusted_proxies);
    tcase_add_test(tests, what_is_no_address_ends_the_belief);
    tcase_add_test(tests, a_long_list_is_read_from_its_end);
    tcase_add_test(tests, a_field_that_came_twice_is_not_believed);
    suite_add_tcase(suite, tests);
    return suite;
}
