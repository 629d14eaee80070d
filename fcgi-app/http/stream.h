/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A body that is made while it is sent, part by part, so that an answer of any length needs the
 * memory of one part. What the parts hold is the handler's.
 */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

struct http_exchange;

/* A part should be of about this many bytes; a longer one costs only memory. */
#define HTTP_STREAM_PART ((size_t)64 * 1024)

/* What a handler that returns HTTP_DONE sets as response.stream, last, with its own state in
 * exchange->state; status, content type and header fields are set as for any answer, response.body
 * stays empty. A constant; both functions run in the worker thread that ran the handler, so
 * exchange->worker is the same, and a snapshot may be kept open from the first part to `end`.
 *
 * The first part is made before anything is sent: when it fails, the answer is the problem of its
 * error, and when nothing follows it, the answer has a Content-Length as any other (also of HEAD,
 * which asks for no further part). A failure in a later part ends the connection to the web server
 * without the record that ends an answer, so that it cannot be taken for a whole one. Only half of
 * the workers may send long bodies at a time; beyond, the answer is 503. */
struct http_stream {
    /* Appends the next part to *out, which is empty. *ret_more: whether another follows. */
    enum error_code (*next)(struct http_exchange *exchange, struct buf *out, bool *ret_more);
    /* Called once, when no (further) part is wanted, for whatever reason. Releases what the state
     * holds beside the arena. NULL: nothing. */
    void (*end)(struct http_exchange *exchange);
};

#endif
