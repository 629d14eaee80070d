/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The keys of idempotent requests that are running in this process. What has run is in the store.
 */
#include "api/idempotency.h"

#include <string.h>

#include "base/digest.h"
#include "http/problem.h"

static pthread_mutex_t in_flight_lock = PTHREAD_MUTEX_INITIALIZER;
static struct api_write *in_flight;

void idempotency_fingerprint(const struct http_exchange *exchange,
                             uint8_t out[static IDEMPOTENCY_FINGERPRINT_SIZE])
{
    const struct http_request *request = &exchange->request;
    const char *actor = exchange->caller.actor;
    struct sha256 sha;
    const char *method = http_method_name(request->method);
    sha256_init(&sha);
    sha256_update(&sha, actor, strlen(actor) + 1);
    sha256_update(&sha, method, strlen(method) + 1);
    sha256_update(&sha, request->path, request->path_size);
    sha256_update(&sha, "?", 1);
    sha256_update(&sha, request->query_string, strlen(request->query_string) + 1);
    sha256_update(&sha, request->body, request->body_size);
    sha256_final(&sha, out);
}

static bool same_request(const struct api_write *write, const uint8_t *fingerprint)
{
    return memcmp(write->fingerprint, fingerprint, IDEMPOTENCY_FINGERPRINT_SIZE) == 0;
}

bool idempotency_enter(struct api_write *write)
{
    LOCK_SCOPE(&in_flight_lock);
    for (struct api_write *other = in_flight; other != NULL; other = other->next) {
        if (strcmp(other->key, write->key) != 0)
            continue;
        if (same_request(write, other->fingerprint))
            problem_answer(write->exchange, PROBLEM_IDEMPOTENCY_IN_FLIGHT, NULL);
        else
            problem_answer(write->exchange, PROBLEM_IDEMPOTENCY_MISMATCH, NULL);
        return false;
    }
    write->next = in_flight;
    in_flight = write;
    return true;
}

void idempotency_leave(struct api_write *write)
{
    LOCK_SCOPE(&in_flight_lock);
    struct api_write **link = &in_flight;
    while (*link != NULL && *link != write)
        link = &(*link)->next;
    if (*link == write)
        *link = write->next;
}

static void replay(struct http_exchange *exchange, const struct idempotency_record *record)
{
    struct http_response *response = &exchange->response;
    http_response_reset(response);
    response->status = record->status;
    if (record->body.size > 0)
        response->content_type = record->status >= 400 ? HTTP_PROBLEM_JSON : HTTP_JSON;
    buf_append(&response->headers, record->headers.data, record->headers.size);
    buf_append(&response->body, record->body.data, record->body.size);
    http_response_header(response, "Idempotency-Replayed", "true");
}

enum error_code idempotency_replay(struct api_write *write, struct operation *operation,
                                   bool *ret_answered)
{
    struct idempotency_record record;
    enum error_code code = store_idempotency_get(store_tx_view(operation->tx), write->key,
                                                 operation->now, operation->arena, &record);
    *ret_answered = code == ERROR_NONE;
    if (code == ERROR_NOT_FOUND)
        return ERROR_NONE;
    if (code != ERROR_NONE)
        return code;
    if (same_request(write, record.fingerprint))
        replay(write->exchange, &record);
    else
        problem_answer(write->exchange, PROBLEM_IDEMPOTENCY_MISMATCH, NULL);
    return ERROR_NONE;
}

enum error_code idempotency_keep(struct api_write *write, struct operation *operation)
{
    const struct http_response *response = &write->exchange->response;
    struct idempotency_record record = {.key = write->key,
                                        .created_at = operation->now,
                                        .status = response->status,
                                        .headers = {response->headers.data, response->headers.size},
                                        .body = {response->body.data, response->body.size}};
    memcpy(record.fingerprint, write->fingerprint, sizeof(record.fingerprint));
    if (response->headers.failed || response->body.failed)
        return ERROR_MEMORY;
    return store_idempotency_put(operation->tx, &record);
}
