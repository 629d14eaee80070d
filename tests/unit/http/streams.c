/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A handler whose body is made part by part.
 */
#include "streams.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct streams streams;

const char *const streams_parameters[] = {"parts", "fail", "hold", NULL};

struct production {
    unsigned parts;
    unsigned fail;
    unsigned made;
    bool hold;
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    bool held;
    bool released;
} gate = {.mutex = PTHREAD_MUTEX_INITIALIZER, .condition = PTHREAD_COND_INITIALIZER};

static void pass_gate(void)
{
    LOCK_SCOPE(&gate.mutex);
    gate.held = true;
    pthread_cond_broadcast(&gate.condition);
    while (!gate.released)
        pthread_cond_wait(&gate.condition, &gate.mutex);
}

void streams_wait_held(void)
{
    LOCK_SCOPE(&gate.mutex);
    while (!gate.held)
        pthread_cond_wait(&gate.condition, &gate.mutex);
}

void streams_release(void)
{
    LOCK_SCOPE(&gate.mutex);
    gate.released = true;
    pthread_cond_broadcast(&gate.condition);
}

static enum error_code next(struct http_exchange *exchange, struct buf *out, bool *ret_more)
{
    struct production *production = exchange->state;
    ck_assert_uint_eq(out->size, 0);
    if (production->hold && production->made == 1)
        pass_gate();
    if (production->made + 1 == production->fail)
        return ERROR_BUSY;
    char *place = buf_reserve(out, STREAMS_PART);
    ck_assert_ptr_nonnull(place);
    memset(place, 'a' + (int)(production->made % 26), STREAMS_PART);
    out->size += STREAMS_PART;
    production->made++;
    atomic_fetch_add(&streams.made, 1);
    *ret_more = production->made < production->parts;
    return ERROR_NONE;
}

static void end(struct http_exchange *exchange)
{
    ck_assert_ptr_nonnull(exchange->state);
    atomic_fetch_add(&streams.ended, 1);
}

static const struct http_stream STREAM = {.next = next, .end = end};

static unsigned number(struct http_exchange *exchange, const char *name)
{
    const struct parameter *parameter = http_parameter(&exchange->request, name);
    return parameter == NULL ? 0 : (unsigned)strtoul(parameter->value, NULL, 10);
}

enum http_result streams_handle(struct http_exchange *exchange)
{
    struct production *production = arena_calloc(&exchange->arena, 1, sizeof *production);
    ck_assert_ptr_nonnull(production);
    production->parts = number(exchange, "parts");
    production->fail = number(exchange, "fail");
    production->hold = http_parameter_bool(&exchange->request, "hold", &exchange->faults);
    exchange->state = production;
    exchange->response.content_type = "text/plain";
    http_response_header(&exchange->response, "X-Of", "the stream");
    exchange->response.stream = &STREAM;
    return HTTP_DONE;
}
