/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Sends bodies that are made part by part. Owns the rules of stream.h: what the first part decides,
 * how many are sent at a time, and what a failure in the middle looks like.
 */
#include "http/stream.h"

#include "http/server_internal.h"

static enum error_code next_part(struct http_exchange *exchange, bool *ret_more)
{
    struct buf *body = &exchange->response.body;
    bool more = false;
    buf_clear(body);
    enum error_code code = exchange->response.stream->next(exchange, body, &more);
    if (code == ERROR_NONE && body->failed)
        code = ERROR_MEMORY;
    if (code == ERROR_NONE)
        *ret_more = more;
    return code;
}

static void end(struct http_exchange *exchange, const struct http_stream *stream)
{
    if (stream->end != NULL)
        stream->end(exchange);
}

/* --- How many at a time ------------------------------------------------------------------------
 */

static bool enter(struct http_server *server)
{
    unsigned max = server->options.workers / 2;
    unsigned streams = atomic_load(&server->streams);
    do {
        if (streams >= (max > 0 ? max : 1))
            return false;
    } while (!atomic_compare_exchange_weak(&server->streams, &streams, streams + 1));
    return true;
}

static void leave(struct http_server *server)
{
    atomic_fetch_sub(&server->streams, 1);
}

/* --- Sending ------------------------------------------------------------------------------------
 */

void stream_begin(struct connection *connection)
{
    struct http_exchange *exchange = &connection->exchange;
    struct http_response *response = &exchange->response;
    const struct http_stream *stream = response->stream;
    bool more = false;
    if (stream == NULL)
        return;
    enum error_code code = next_part(exchange, &more);
    if (code == ERROR_NONE && more && exchange->request.method == HTTP_HEAD) {
        response->open_ended = true;
    } else if (code == ERROR_NONE && more && enter(exchange->server)) {
        response->open_ended = true;
        return;
    }
    end(exchange, stream);
    response->stream = NULL;
    if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else if (more && !response->open_ended)
        problem_answer(exchange, PROBLEM_UNAVAILABLE,
                       "As many long answers as may be are being sent; try again.");
}

size_t stream_rest(struct connection *connection, bool *ret_whole)
{
    struct http_exchange *exchange = &connection->exchange;
    struct http_response *response = &exchange->response;
    enum error_code code = ERROR_NONE;
    size_t bytes = 0;
    bool more = true;
    bool heard = response->open_ended; /* else there was no memory for the head of the answer */
    while (more && heard && code == ERROR_NONE) {
        code = next_part(exchange, &more);
        if (code == ERROR_NONE) {
            heard = connection_put(connection, &response->body);
            bytes += response->body.size;
        }
    }
    end(exchange, response->stream);
    leave(exchange->server);
    if (code != ERROR_NONE)
        response->status = 500; /* of the log and the metrics: the client has seen another */
    *ret_whole = code == ERROR_NONE;
    return bytes;
}
