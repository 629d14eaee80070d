/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The way of a write: from a handler, through the store's queue, to the answer. Idempotency keys
 * and dry runs are dealt with here, the same for every endpoint.
 */
#ifndef API_WRITE_H
#define API_WRITE_H

#include "api/operations.h"
#include "api/service.h"

struct api_write;

/* Does the work in the transaction and, unless refused, renders the answer into the exchange. */
typedef enum error_code (*api_write_fn)(struct api_write *write, struct operation *operation);

struct api_write {
    struct store_job job; /* alone: only without a key, or if the work is never refused */
    struct http_exchange *exchange;
    api_write_fn run;
    void *input;  /* the handler's, in the exchange's arena */
    json_t *body; /* owned; released when the write is over */
    date_t today;
    const char *key; /* the Idempotency-Key, or NULL */
    uint8_t fingerprint[IDEMPOTENCY_FINGERPRINT_SIZE];
    struct api_write *next; /* in the list of keys that are in flight */
};

/* A write for this exchange, in its arena. Takes the reference to body (may be NULL), also on
 * failure: NULL without memory, and the answer is a problem. */
struct api_write *api_write_new(struct http_exchange *exchange, api_write_fn run, json_t *body,
                                date_t today);

/* Hands it to the store. The handler returns the result. */
enum http_result api_write_submit(struct api_write *write);

/* The handler of an action that takes no fields: no body, or an empty object. In task_actions.c.
 * large: it may change much of the database, and gets a transaction of its own unless it has a key.
 */
enum http_result api_action_submit(struct http_exchange *exchange, api_write_fn run);
enum http_result api_action_submit_large(struct http_exchange *exchange, api_write_fn run);

/* The exchange has a complete answer found without a transaction, a 4xx or one that changes
 * nothing: stores it under the Idempotency-Key, if there is one. Takes body as above. */
enum http_result api_write_refused(struct http_exchange *exchange, json_t *body);

#endif
