/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The JSON body: parsed by Jansson, strictly, and what is wrong with it told as a problem or a
 * fault. Fields are checked by the handlers.
 */
#include <stdlib.h>
#include <string.h>

#include "http/body.h"
#include "http/problem.h"
#include "http/router.h"

#define PARSE_FLAGS  (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY)
#define EXACT_NUMBER 9007199254740992.0 /* 2^53 */

/* In this thread, since the last parse began. Jansson itself takes some texts for malformed when
 * there was no memory for a part of them. */
static _Thread_local bool short_of_memory;

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL)
        short_of_memory = true;
    return memory;
}

void http_body_init(void)
{
    json_set_alloc_funcs(allocate, free);
}

static json_t *parse(const struct http_request *request, json_error_t *error)
{
    short_of_memory = false;
    json_t *json = json_loadb(request->body, request->body_size, PARSE_FLAGS, error);
    if (json != NULL || json_error_code(error) != json_error_numeric_overflow)
        return json;
    /* An integer beyond 64 bits: as a real it reaches the check of its field. */
    return json_loadb(request->body, request->body_size, PARSE_FLAGS | JSON_DECODE_INT_AS_REAL,
                      error);
}

static bool answer_unparsed(struct http_exchange *exchange, const json_error_t *error)
{
    if (short_of_memory) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return true;
    }
    switch (json_error_code(error)) {
    case json_error_numeric_overflow:
        faults_add(&exchange->faults, FAULT_POINTER, "#", "has a number that is out of range");
        return false;
    case json_error_null_byte_in_key:
        faults_add(&exchange->faults, FAULT_POINTER, "#", "has a name with a NUL character");
        return false;
    default:
        problem_answer(exchange, PROBLEM_MALFORMED_JSON, "line %d, column %d: %s", error->line,
                       error->column, error->text);
        return true;
    }
}

json_t *http_body_parse(struct http_exchange *exchange, bool *ret_answered)
{
    const struct http_request *request = &exchange->request;
    *ret_answered = false;
    if (request->body_size == 0) {
        if (exchange->route != NULL && (exchange->route->flags & HTTP_BODY_OPTIONAL) != 0)
            return NULL;
        problem_answer(exchange, PROBLEM_MALFORMED_JSON, "line 1, column 1: the body is empty");
        *ret_answered = true;
        return NULL;
    }
    json_error_t error;
    json_t *json = parse(request, &error);
    if (json == NULL)
        *ret_answered = answer_unparsed(exchange, &error);
    return json;
}

bool http_json_integer(const json_t *value, int64_t *ret_number)
{
    if (json_is_integer(value)) {
        *ret_number = json_integer_value(value);
        return true;
    }
    if (!json_is_real(value))
        return false;
    double real = json_real_value(value);
    if (real < -EXACT_NUMBER || real > EXACT_NUMBER || real != (double)(int64_t)real)
        return false;
    *ret_number = (int64_t)real;
    return true;
}

bool http_answered_faults(struct http_exchange *exchange)
{
    if (exchange->faults.count == 0 && !exchange->faults.failed)
        return false;
    problem_answer_faults(exchange, &exchange->faults);
    return true;
}
