/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Idempotency keys (draft-ietf-httpapi-idempotency-key-header): the answer to a POST is stored with
 * its change, and given again when the same request is repeated.
 */
#ifndef API_IDEMPOTENCY_H
#define API_IDEMPOTENCY_H

#include "api/write.h"

/* SHA-256 over actor, method, path, query and body. */
void idempotency_fingerprint(const struct http_exchange *exchange,
                             uint8_t out[static IDEMPOTENCY_FINGERPRINT_SIZE]);

/* Notes the write's key as running. False when it is running already; the problem is answered.
 * Thread-safe, as leave. */
bool idempotency_enter(struct api_write *write);
void idempotency_leave(struct api_write *write);

/* In the transaction: answers from the store when the key was used before (*ret_answered). */
enum error_code idempotency_replay(struct api_write *write, struct operation *operation,
                                   bool *ret_answered);

/* In the transaction: stores the exchange's answer under the key. */
enum error_code idempotency_keep(struct api_write *write, struct operation *operation);

#endif
