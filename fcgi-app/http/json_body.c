/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The JSON body: parsed by Jansson, strictly, and what is wrong with it told as a problem or a
 * fault. Fields are checked by the handlers.
 */
#include <string.h>

#include "base/json_memory.h"
#include "http/body.h"
#include "http/problem.h"
#include "http/router.h"

#define PARSE_FLAGS  (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY)
#define EXACT_NUMBER 9007199254740992.0 /* 2^53 */

static json_t *parse(const struct http_request *request, json_error_t *error, bool *ret_short)
{
    const char *body = request->body;
    json_t *json = json_memory_load(body, request->body_size, PARSE_FLAGS, error, ret_short);
    if (json != NULL || *ret_short || json_error_code(error) != json_error_numeric_overflow)
        return json;
    /* An integer beyond 64 bits: as a real it reaches the check of its field. */
    return json_memory_load(body, request->body_size, PARSE_FLAGS | JSON_DECODE_INT_AS_REAL, error,
                            ret_short);
}

/* Jansson tells column 0 where a line break or the first byte is the fault. */
static void answer_malformed(struct http_exchange *exchange, const json_error_t *error)
{
    problem_answer_malformed(exchange, error->line, error->column > 0 ? error->column : 1,
                             error->text);
}

static bool answer_unparsed(struct http_exchange *exchange, const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_numeric_overflow:
        faults_add(&exchange->faults, FAULT_POINTER, "#", "has a number that is out of range");
        return false;
    case json_error_null_byte_in_key:
        faults_add(&exchange->faults, FAULT_POINTER, "#", "has a name with a NUL character");
        return false;
    default:
        answer_malformed(exchange, error);
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
        problem_answer_malformed(exchange, 1, 1, "the body is empty");
        *ret_answered = true;
        return NULL;
    }
    json_error_t error;
    bool is_short = false;
    json_t *json = parse(request, &error, &is_short);
    if (is_short) {
        problem_answer_error(exchange, ERROR_MEMORY);
        *ret_answered = true;
        return NULL;
    }
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
