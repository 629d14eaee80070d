/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The FastCGI side of one request: accept, body, answer, close. libfcgi reads the request; the
 * answer is written by record.c.
 *
 * libfcgi waits without limit for a peer that sent half a request, or that does not take its
 * answer; so few such peers would hold every worker for ever. Therefore the connection is accepted
 * here, gets limits, and is handed to libfcgi as one that was kept from a request before. Where a
 * connection brings no request, libfcgi goes on to accept the next one: it has no listener, so that
 * fails, and the worker is free.
 *
 * A request costs accept, setsockopt, read, sendmsg, close. libfcgi's own close would add shutdown,
 * poll and read to wait for the peer's end; that protects an answer from being discarded on TCP
 * when the request was not read to its end. Here it is read to its end first, and the connection
 * detached, which leaves the plain close.
 */
#include "config.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/clock.h"
#include "http/record.h"
#include "http/server_internal.h"

#define ARENA_KEEP   ((size_t)1024 * 1024) /* more is given back at once, and to the system */
#define BUFFER_KEEP  ((size_t)256 * 1024)  /* larger buffers are freed after use */
#define DRAIN_BYTES  4096
#define DRAIN_ROUNDS 64 /* beyond 256 KiB of unread body, libfcgi discards it */

/* What a peer may take at most for the next bytes. A web server sends the parameters at once. */
#define PARAMETERS_SECONDS 2
#define BODY_SECONDS       10
#define ANSWER_SECONDS     10
#define ANSWER_AT_ONCE     ((size_t)64 * 1024) /* always fits into what the kernel buffers */

#define CUT_MILLISECONDS 1000 /* between the last bytes of a cut answer and the close */

/* What is sent when there was no memory for an answer. */
#define OUT_OF_MEMORY_BODY                                                                         \
    "{\"type\":\"/problems/unavailable\",\"title\":\"Service unavailable\",\"status\":503,"        \
    "\"detail\":\"The service is short of memory; try again.\"}"
#define OUT_OF_MEMORY_HEAD                                                                         \
    "Status: 503 \r\nContent-Type: " HTTP_PROBLEM_JSON "\r\nCache-Control: no-store\r\n"           \
    "Retry-After: 1\r\n\r\n"

struct connection *connection_new(struct http_server *server)
{
    struct connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL)
        return NULL;
    http_exchange_init(&connection->exchange);
    connection->exchange.server = server;
    connection->exchange.service = server->options.service;
    connection->exchange.connection = &connection->fcgi;
    FCGX_InitRequest(&connection->fcgi, -1, FCGI_FAIL_ACCEPT_ON_INTR);
    return connection;
}

void connection_free(struct connection *connection)
{
    if (connection == NULL)
        return;
    http_exchange_close(&connection->exchange);
    buf_close(&connection->body);
    buf_close(&connection->head);
    free(connection);
}

/* option: SO_RCVTIMEO or SO_SNDTIMEO. */
static void limit(int fd, int option, time_t seconds)
{
    const struct timeval time = {.tv_sec = seconds};
    setsockopt(fd, SOL_SOCKET, option, &time, sizeof time);
}

/* Closes at once: to send what is left, or to wait for a peer that is not there, would only hold
 * the worker. */
static void forget(FCGX_Request *fcgi)
{
    FCGX_Detach(fcgi);
    FCGX_Free(fcgi, 1);
}

int connection_accept(struct connection *connection)
{
    struct http_exchange *exchange = &connection->exchange;
    http_exchange_reset(exchange);
    int fd = accept4(exchange->server->options.listener->fd, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0)
        return -errno;
    limit(fd, SO_RCVTIMEO, PARAMETERS_SECONDS);
    connection->fcgi.ipcFd = fd;
    connection->fcgi.keepConnection = 1;
    if (FCGX_Accept_r(&connection->fcgi) != 0)
        return CONNECTION_WITHOUT_REQUEST;
    /* libfcgi takes parameters that are cut off between two of them for all: an If-Match might be
     * missing. */
    if (FCGX_GetError(connection->fcgi.in) != 0) {
        forget(&connection->fcgi);
        return CONNECTION_WITHOUT_REQUEST;
    }
    connection->gone = false;
    exchange->started_at = clock_monotonic();
    http_request_read(&exchange->request, connection->fcgi.envp, &exchange->faults);
    return 0;
}

bool connection_read_body(struct connection *connection)
{
    struct http_exchange *exchange = &connection->exchange;
    struct http_request *request = &exchange->request;
    char *body = buf_reserve(&connection->body, request->body_size + 1);
    if (body == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return false;
    }
    limit(connection->fcgi.ipcFd, SO_RCVTIMEO, BODY_SECONDS);
    int size = FCGX_GetStr(body, (int)request->body_size, connection->fcgi.in);
    if (size < 0 || (size_t)size != request->body_size) {
        problem_answer(exchange, PROBLEM_MALFORMED_JSON,
                       "The body is shorter than Content-Length says.");
        return false;
    }
    body[size] = '\0';
    request->body = body;
    return true;
}

/* Whether the request has been read to its end, what was left of it included. */
static bool drain(FCGX_Stream *in)
{
    char trash[DRAIN_BYTES];
    for (unsigned round = 0; round < DRAIN_ROUNDS; round++)
        if (FCGX_GetStr(trash, sizeof trash, in) < (int)sizeof trash)
            return FCGX_GetError(in) == 0;
    return false;
}

/* Without the record that ends an answer: the peer sees that it was cut short. lighttpd passes on a
 * head that it has sent already without a length; a head that it learns of together with the end of
 * the connection gets the length of what is there. So it is given the time to send it. */
static void cut(FCGX_Request *fcgi)
{
    struct pollfd peer = {.fd = fcgi->ipcFd, .events = 0};
    poll(&peer, 1, CUT_MILLISECONDS); /* sooner if it hangs up */
    FCGX_Free(fcgi, 1);
}

static void finish(FCGX_Request *fcgi)
{
    if (drain(fcgi->in))
        FCGX_Detach(fcgi);
    FCGX_Free(fcgi, 1);
}

static const struct bytes NOTHING;

static struct bytes bytes_of(const struct buf *buf)
{
    return (struct bytes){buf->data, buf->size};
}

/* A peer that is gone is told nothing more. */
static void put(struct connection *connection, struct bytes first, struct bytes second, bool last)
{
    const FCGX_Request *fcgi = &connection->fcgi;
    connection->gone =
        connection->gone || !record_send(fcgi->ipcFd, fcgi->requestId, first, second, last);
}

bool connection_put(struct connection *connection, const struct buf *data)
{
    put(connection, bytes_of(data), NOTHING, false);
    return !connection->gone;
}

/* The head of the answer, and the body or its first part. */
struct answer {
    struct bytes head;
    struct bytes body;
};

static struct answer compose(struct connection *connection)
{
    struct http_exchange *exchange = &connection->exchange;
    struct http_response *response = &exchange->response;
    bool is_head = exchange->request.method == HTTP_HEAD;
    http_response_head(response, exchange->request.request_id, &connection->head);
    struct answer answer = {bytes_of(&connection->head), bytes_of(&response->body)};
    if (connection->head.failed || response->headers.failed || response->body.failed) {
        response->status = 503;
        response->open_ended = false;
        answer.head = (struct bytes){OUT_OF_MEMORY_HEAD, strlen(OUT_OF_MEMORY_HEAD)};
        answer.body = (struct bytes){OUT_OF_MEMORY_BODY, strlen(OUT_OF_MEMORY_BODY)};
    }
    if (!http_response_has_body(response, is_head))
        answer.body = NOTHING;
    return answer;
}

static void recycle(struct buf *buf)
{
    if (buf->capacity > BUFFER_KEEP)
        buf_close(buf);
    else
        buf_clear(buf);
}

/* Who has the whole answer can rely on that it was told: the log has it. */
static void tell(struct connection *connection, size_t body_size)
{
    const struct http_exchange *exchange = &connection->exchange;
    const struct http_server_options *options = &exchange->server->options;
    if (options->answered != NULL)
        options->answered(options->service, exchange, exchange->response.status, body_size,
                          clock_monotonic() - exchange->started_at);
}

/* False: cut short by a failure here. */
static bool send_stream(struct connection *connection, const struct answer *answer)
{
    bool is_whole;
    put(connection, answer->head, answer->body, false);
    tell(connection, answer->body.size + stream_rest(connection, &is_whole));
    if (is_whole)
        put(connection, NOTHING, NOTHING, true);
    return is_whole;
}

void connection_send(struct connection *connection)
{
    bool is_whole = true;
    struct answer answer = compose(connection);
    bool is_stream = connection->exchange.response.stream != NULL;
    if (is_stream || answer.body.size > ANSWER_AT_ONCE)
        limit(connection->fcgi.ipcFd, SO_SNDTIMEO, ANSWER_SECONDS);
    if (is_stream) {
        is_whole = send_stream(connection, &answer);
    } else {
        tell(connection, answer.body.size);
        put(connection, answer.head, answer.body, true);
    }
    if (connection->gone)
        forget(&connection->fcgi);
    else if (is_whole)
        finish(&connection->fcgi);
    else
        cut(&connection->fcgi);
    recycle(&connection->body);
    recycle(&connection->head);
    if (connection->exchange.arena.used > ARENA_KEEP) {
        http_exchange_reset(&connection->exchange);
        malloc_trim(0);
    }
}
