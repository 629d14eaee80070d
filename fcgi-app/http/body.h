/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Bodies and conditional requests: strict JSON, entity tags and preconditions (RFC 9110 section
 * 13).
 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include <jansson.h>

#include "http/exchange.h"

static inline void cleanup_json(json_t **json)
{
    json_decref(*json);
}
#define CLEANUP_JSON CLEANUP(cleanup_json)

/* Parses the body: one JSON text in UTF-8, no duplicate keys, nesting up to Jansson's limit.
 * Integers beyond 64 bits are kept as reals; "1.0" is a real: see http_json_integer. Returns a new
 * reference; or NULL:
 *  - not one well-formed JSON text: *ret_answered is true, malformed-json with line and column is
 * the answer;
 *  - well-formed but not representable (a NUL in a key, 1e400): *ret_answered is false and a fault
 * at
 *    "#" has been added; the handler goes on to report all faults.
 *  - no memory: *ret_answered is true, 503 is the answer.
 * NUL in a string value is kept (the field's check refuses it with its pointer). An absent body is
 * NULL, not answered, without a fault, if the route says HTTP_BODY_OPTIONAL. */
json_t *http_body_parse(struct http_exchange *exchange, bool *ret_answered);

/* An integer, or a real with an integral value within +-2^53. False otherwise. */
bool http_json_integer(const json_t *value, int64_t *ret_number);

/* Answers the faults collected so far, if there are any; then true. */
bool http_answered_faults(struct http_exchange *exchange);

/* Sets ETag to the quoted tag and, for GET and HEAD, answers 304 without body when If-None-Match
 * matches it (weak comparison; "*" matches). Returns true when it did. */
bool http_entity_tag(struct http_exchange *exchange, const char *tag);

/* Whether If-Match lets a write go on: absent, "*", or a strong tag in its list for which `matches`
 * says yes. tag is without quotes. A malformed header matches nothing. */
bool http_if_match(const struct http_request *request,
                   bool (*matches)(void *context, const char *tag, size_t size), void *context);

#endif
