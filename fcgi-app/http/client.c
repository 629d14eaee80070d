/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A FastCGI client for one GET: what the health check of a container asks its own program with.
 */
#include "config.h"

#include <errno.h>
#include <fastcgi.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/clock.h"
#include "http/server.h"

#define CLIENT_ANSWER_MAX ((size_t)1024 * 1024)
#define CLIENT_REQUEST_ID 1

struct client {
    int fd;
    uint64_t deadline; /* monotonic nanoseconds */
    const char *path;  /* for messages */
    struct error *ret_error;
};

static enum error_code failed(const struct client *client, const char *what)
{
    return error_set(client->ret_error, ERROR_SYSTEM, "socket", "%s: %s", client->path, what);
}

static enum error_code failed_errno(const struct client *client, const char *what)
{
    return error_set(client->ret_error, ERROR_SYSTEM, "socket", "%s: %s: %s", client->path, what,
                     strerror(errno));
}

/* Waits until the socket is ready, or the time is over. */
static enum error_code wait_ready(const struct client *client, short events)
{
    for (;;) {
        uint64_t now = clock_monotonic();
        if (now >= client->deadline)
            return failed(client, "no answer in time");
        struct pollfd poll_fd = {.fd = client->fd, .events = events};
        int ready = poll(&poll_fd, 1, (int)((client->deadline - now) / 1000000) + 1);
        if (ready > 0)
            return ERROR_NONE;
        if (ready < 0 && errno != EINTR)
            return failed_errno(client, "cannot poll");
    }
}

static enum error_code client_connect(struct client *client)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(client->path) >= sizeof address.sun_path)
        return failed(client, "the path is too long for a socket");
    memcpy(address.sun_path, client->path, strlen(client->path) + 1);
    client->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (client->fd < 0)
        return failed_errno(client, "cannot create a socket");
    if (connect(client->fd, (const struct sockaddr *)&address, sizeof address) != 0)
        return failed_errno(client, "cannot connect; is the program running?");
    return ERROR_NONE;
}

static void append_header(struct buf *out, unsigned char type, size_t size)
{
    const FCGI_Header header = {
        .version = FCGI_VERSION_1,
        .type = type,
        .requestIdB0 = CLIENT_REQUEST_ID,
        .contentLengthB1 = (unsigned char)(size >> 8),
        .contentLengthB0 = (unsigned char)size,
    };
    buf_append(out, &header, sizeof header);
}

static void append_length(struct buf *out, size_t size)
{
    const unsigned char length[4] = {(unsigned char)(size >> 24 | 0x80),
                                     (unsigned char)(size >> 16), (unsigned char)(size >> 8),
                                     (unsigned char)size};
    if (size < 0x80)
        buf_append_char(out, (char)size);
    else
        buf_append(out, length, sizeof length);
}

static void append_param(struct buf *out, const char *name, const char *value, size_t value_size)
{
    append_length(out, strlen(name));
    append_length(out, value_size);
    buf_append_string(out, name);
    buf_append(out, value, value_size);
}

static void append_request(struct buf *out, const char *target)
{
    struct buf CLEANUP_BUF params = {0};
    size_t path_size = strcspn(target, "?");
    const char *query = target + path_size + (target[path_size] == '?');
    append_param(&params, "REQUEST_METHOD", "GET", 3);
    append_param(&params, "SCRIPT_NAME", target, path_size);
    append_param(&params, "PATH_INFO", "", 0);
    append_param(&params, "QUERY_STRING", query, strlen(query));
    append_param(&params, "REQUEST_URI", target, strlen(target));
    append_param(&params, "SERVER_PROTOCOL", "HTTP/1.1", 8);
    append_param(&params, "GATEWAY_INTERFACE", "CGI/1.1", 7);

    const FCGI_BeginRequestBody begin = {.roleB0 = FCGI_RESPONDER};
    append_header(out, FCGI_BEGIN_REQUEST, sizeof begin);
    buf_append(out, &begin, sizeof begin);
    append_header(out, FCGI_PARAMS, params.size);
    buf_append(out, params.data, params.size);
    append_header(out, FCGI_PARAMS, 0);
    append_header(out, FCGI_STDIN, 0);
    out->failed |= params.failed || params.size > FCGI_MAX_LENGTH;
}

static enum error_code send_all(const struct client *client, const struct buf *request)
{
    for (size_t sent = 0; sent < request->size;) {
        ssize_t size = send(client->fd, request->data + sent, request->size - sent, MSG_NOSIGNAL);
        if (size > 0) {
            sent += (size_t)size;
        } else if (errno == EAGAIN) {
            enum error_code code = wait_ready(client, POLLOUT);
            if (code != ERROR_NONE)
                return code;
        } else if (errno != EINTR) {
            return failed_errno(client, "cannot send");
        }
    }
    return ERROR_NONE;
}

static enum error_code receive(const struct client *client, void *data, size_t size)
{
    for (size_t got = 0; got < size;) {
        ssize_t part = recv(client->fd, (char *)data + got, size - got, 0);
        if (part > 0) {
            got += (size_t)part;
        } else if (part == 0) {
            return failed(client, "the connection was closed before the answer was complete");
        } else if (errno == EAGAIN) {
            enum error_code code = wait_ready(client, POLLIN);
            if (code != ERROR_NONE)
                return code;
        } else if (errno != EINTR) {
            return failed_errno(client, "cannot receive");
        }
    }
    return ERROR_NONE;
}

/* Reads one record; what is written to stdout is appended to the answer. */
static enum error_code receive_record(const struct client *client, struct buf *answer,
                                      bool *ret_end)
{
    FCGI_Header header;
    enum error_code code = receive(client, &header, sizeof header);
    if (code != ERROR_NONE)
        return code;
    if (header.version != FCGI_VERSION_1)
        return failed(client, "what answers there does not speak FastCGI");
    size_t content = (size_t)header.contentLengthB1 << 8 | header.contentLengthB0;
    char *place = buf_reserve(answer, content + header.paddingLength);
    if (place == NULL || answer->size + content > CLIENT_ANSWER_MAX)
        return failed(client, "the answer is too large");
    code = receive(client, place, content + header.paddingLength);
    if (code != ERROR_NONE)
        return code;
    if (header.type == FCGI_STDOUT)
        answer->size += content;
    *ret_end = header.type == FCGI_END_REQUEST;
    return ERROR_NONE;
}

/* The status and the place of the body in a CGI answer as http/response.c writes it. */
static enum error_code parse_answer(const struct client *client, const struct buf *answer,
                                    int *ret_status, size_t *ret_body)
{
    const char *end = answer->size > 0 ? memmem(answer->data, answer->size, "\r\n\r\n", 4) : NULL;
    if (end == NULL || strncmp(answer->data, "Status: ", 8) != 0)
        return failed(client, "the answer is not one of this program");
    *ret_status = (int)strtol(answer->data + 8, NULL, 10);
    *ret_body = (size_t)(end + 4 - answer->data);
    return ERROR_NONE;
}

static enum error_code exchange_with(struct client *client, const char *target, struct buf *answer)
{
    struct buf CLEANUP_BUF request = {0};
    append_request(&request, target);
    if (request.failed)
        return failed(client, "no memory for the request");
    enum error_code code = client_connect(client);
    if (code == ERROR_NONE)
        code = send_all(client, &request);
    for (bool end = false; code == ERROR_NONE && !end;)
        code = receive_record(client, answer, &end);
    return code;
}

enum error_code http_client_get(const char *socket_path, const char *target, unsigned milliseconds,
                                int *ret_status, struct buf *ret_body, struct error *ret_error)
{
    struct client client = {.fd = -1,
                            .deadline = clock_monotonic() + milliseconds * UINT64_C(1000000),
                            .path = socket_path,
                            .ret_error = ret_error};
    struct buf CLEANUP_BUF answer = {0};
    enum error_code code = exchange_with(&client, target, &answer);
    if (client.fd >= 0)
        close(client.fd);
    int status = 0;
    size_t body = 0;
    if (code == ERROR_NONE)
        code = parse_answer(&client, &answer, &status, &body);
    if (code != ERROR_NONE)
        return code;
    *ret_status = status;
    buf_append(ret_body, answer.data + body, answer.size - body);
    return ERROR_NONE;
}
