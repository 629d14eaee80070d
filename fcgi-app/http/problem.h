/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Problem documents (RFC 9457): the table of problem types and the making of an answer from one.
 */
#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "base/error.h"
#include "base/faults.h"

/* X(enumerator, slug of the type's URI /problems/<slug>, status, title) */
#define PROBLEM_TYPES(X)                                                                           \
    X(PROBLEM_MALFORMED_JSON, "malformed-json", 400, "Malformed JSON")                             \
    X(PROBLEM_VALIDATION, "validation", 400, "Validation failed")                                  \
    X(PROBLEM_UNAUTHORIZED, "unauthorized", 401, "Unauthorized")                                   \
    X(PROBLEM_FORBIDDEN, "forbidden", 403, "Forbidden")                                            \
    X(PROBLEM_NOT_FOUND, "not-found", 404, "Not found")                                            \
    X(PROBLEM_METHOD_NOT_ALLOWED, "method-not-allowed", 405, "Method not allowed")                 \
    X(PROBLEM_BLOCKED, "blocked", 409, "Task is blocked")                                          \
    X(PROBLEM_HAS_SUBTASKS, "has-subtasks", 409, "Task has subtasks")                              \
    X(PROBLEM_DEPENDENCY_CYCLE, "dependency-cycle", 409, "Dependency cycle")                       \
    X(PROBLEM_SUBTASK_DEPTH, "subtask-depth", 409, "Subtasks go one level deep")                   \
    X(PROBLEM_PARENT_ARCHIVED, "parent-archived", 409, "Parent is archived")                       \
    X(PROBLEM_NOT_COMPLETED, "not-completed", 409, "Task is not completed")                        \
    X(PROBLEM_NAME_TAKEN, "name-taken", 409, "Name is taken")                                      \
    X(PROBLEM_NOTHING_TO_UNDO, "nothing-to-undo", 409, "Nothing to undo")                          \
    X(PROBLEM_UNDO_CONFLICT, "undo-conflict", 409, "Later changes touched the same tasks")         \
    X(PROBLEM_BULK_FAILED, "bulk-failed", 409, "Bulk operation failed")                            \
    X(PROBLEM_IDEMPOTENCY_IN_FLIGHT, "idempotency-in-flight", 409,                                 \
      "First request with this key is still running")                                              \
    X(PROBLEM_PRECONDITION_FAILED, "precondition-failed", 412, "Precondition failed")              \
    X(PROBLEM_PAYLOAD_TOO_LARGE, "payload-too-large", 413, "Payload too large")                    \
    X(PROBLEM_UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", 415, "Unsupported media type")     \
    X(PROBLEM_IDEMPOTENCY_MISMATCH, "idempotency-mismatch", 422,                                   \
      "Idempotency key was used for another request")                                              \
    X(PROBLEM_RATE_LIMITED, "rate-limited", 429, "Too many requests")                              \
    X(PROBLEM_INTERNAL, "internal", 500, "Internal error")                                         \
    X(PROBLEM_UNAVAILABLE, "unavailable", 503, "Service unavailable")                              \
    X(PROBLEM_INSUFFICIENT_STORAGE, "insufficient-storage", 507, "Insufficient storage")

#define PROBLEM_ENUM(id, slug, status, title) id,
enum problem_type { PROBLEM_TYPES(PROBLEM_ENUM) PROBLEM_TYPE_COUNT };
#undef PROBLEM_ENUM

struct problem_info {
    const char *slug;
    int status;
    const char *title;
};
const struct problem_info *problem_info(enum problem_type type); /* never NULL */

struct http_exchange;

/* Each replaces whatever answer the exchange had by a problem document: status, Content-Type, the
 * members type, title, status, detail, instance (the request's path, percent-encoded) and
 * request_id. 503 and 429 get Retry-After: 1, or what the rate
 * limit says. detail NULL: the title with a full stop. Without
 * memory the answer is a constant 503. */
void problem_answer(struct http_exchange *exchange, enum problem_type type, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* With an extra member that is JSON already: "blockers", "[3,7]". name NULL: none. status 0: that
 * of the type (GET /undo answers nothing-to-undo with 404). */
void problem_answer_member(struct http_exchange *exchange, enum problem_type type, int status,
                           const char *detail, const char *name, const char *json, size_t size);

/* malformed-json with the members `line` and `column`, both from 1, which detail begins with. */
void problem_answer_malformed(struct http_exchange *exchange, int line, int column,
                              const char *what);

/* A validation problem with `errors`: every fault, "pointer", "parameter" or "header" and detail.
 */
void problem_answer_faults(struct http_exchange *exchange, const struct faults *faults);

/* The problem for an error that a module reported: BUSY, QUEUE_FULL, STOPPING and MEMORY are
 * unavailable, STORAGE_FULL is insufficient-storage, the rest internal. Tells no internals. */
void problem_answer_error(struct http_exchange *exchange, enum error_code code);

#endif
