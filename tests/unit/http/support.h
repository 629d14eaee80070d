/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Exchanges from one line, and a look into their answers.
 */
#ifndef TESTS_UNIT_HTTP_SUPPORT_H
#define TESTS_UNIT_HTTP_SUPPORT_H

#include <check.h>
#include <jansson.h>

#include "http/exchange.h"

/* request_line: "GET /path?query". Then further parameters, NAME=value, ended by NULL. */
struct http_exchange *exchange_for(const char *request_line, ...) __attribute__((sentinel));

/* The same with a body of type application/json, unless a CONTENT_TYPE follows. */
struct http_exchange *exchange_with_body(const char *request_line, const char *body, size_t size,
                                         ...) __attribute__((sentinel));

/* The value of a header field of the answer; NULL when it is not there. Valid until the next call.
 */
const char *header_of(const struct http_exchange *exchange, const char *name);

/* The answer's body; a new reference. Fails the test if it is not JSON. */
json_t *json_of(const struct http_exchange *exchange);

/* Fails the test unless the answer is this problem. */
void assert_problem(const struct http_exchange *exchange, int status, const char *slug);

/* The detail of the fault at "pointer", "parameter" or "header" of the exchange's faults, or NULL.
 */
const char *fault_at(const struct http_exchange *exchange, enum fault_kind kind, const char *where);

#endif
