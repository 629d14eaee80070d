/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Exchanges for unit tests of handlers: a request from a list of parameters, no server behind it.
 */
#include "base/cleanup.h"
#include "base/clock.h"
#include "http/exchange.h"
#include "http/server_internal.h"

struct test_exchange {
    struct http_exchange exchange; /* first: the two are converted into each other */
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    bool resumed;
};

static char **copy_params(struct arena *arena, const char *const params[])
{
    size_t count = 0;
    while (params[count] != NULL)
        count++;
    char **copies = arena_calloc(arena, count + 1, sizeof *copies);
    for (size_t i = 0; copies != NULL && i < count; i++)
        if ((copies[i] = arena_strdup(arena, params[i])) == NULL)
            return NULL;
    return copies;
}

struct http_exchange *http_exchange_test_new(const char *const params[], const char *body,
                                             size_t body_size)
{
    struct test_exchange *test = calloc(1, sizeof *test);
    if (test == NULL)
        return NULL;
    pthread_mutex_init(&test->mutex, NULL);
    pthread_cond_init(&test->condition, NULL);
    struct http_exchange *exchange = &test->exchange;
    http_exchange_init(exchange);
    exchange->started_at = clock_monotonic();
    char **copies = copy_params(&exchange->arena, params);
    char *text = body != NULL ? arena_memdup(&exchange->arena, body, body_size) : NULL;
    if (copies == NULL || (body != NULL && text == NULL)) {
        http_exchange_test_free(exchange);
        return NULL;
    }
    http_request_read(&exchange->request, copies, &exchange->faults);
    if (body != NULL) {
        exchange->request.body = text;
        exchange->request.body_size = body_size;
    }
    return exchange;
}

void http_exchange_test_free(struct http_exchange *exchange)
{
    if (exchange == NULL)
        return;
    struct test_exchange *test = (struct test_exchange *)exchange;
    http_exchange_close(exchange);
    pthread_cond_destroy(&test->condition);
    pthread_mutex_destroy(&test->mutex);
    free(test);
}

void http_exchange_test_resume(struct http_exchange *exchange)
{
    struct test_exchange *test = (struct test_exchange *)exchange;
    LOCK_SCOPE(&test->mutex);
    test->resumed = true;
    pthread_cond_signal(&test->condition);
}

void http_exchange_test_wait(struct http_exchange *exchange)
{
    struct test_exchange *test = (struct test_exchange *)exchange;
    LOCK_SCOPE(&test->mutex);
    while (!test->resumed)
        pthread_cond_wait(&test->condition, &test->mutex);
}
