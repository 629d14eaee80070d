/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * One HTTP/1.0 request over TCP with a deadline for the whole of it.
 */
#include "command/web_client.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/clock.h"

#define RECEIVE_STEP ((size_t)16 * 1024)
#define PORT_MAX     65535

struct call {
    const struct web_service *service;
    uint64_t deadline; /* monotonic nanoseconds */
    int fd;
    struct error *ret_error;
};

void web_answer_close(struct web_answer *answer)
{
    buf_close(&answer->data);
    *answer = (struct web_answer){0};
}

/* --- The URL -----------------------------------------------------------------------------------
 */

static bool port_is_valid(const char *text, size_t size)
{
    if (size == 0 || size >= WEB_PORT_SIZE || strspn(text, "0123456789") < size)
        return false;
    long port = strtol(text, NULL, 10);
    return port >= 1 && port <= PORT_MAX;
}

/* Copies the host that text begins with; what follows it, or NULL. */
static const char *parse_host(const char *text, struct web_service *service)
{
    service->bracketed = *text == '[';
    text += service->bracketed;
    size_t size = strcspn(text, service->bracketed ? "]" : ":/?#@");
    if (size == 0 || size >= sizeof(service->host) || (service->bracketed && text[size] != ']'))
        return NULL;
    memcpy(service->host, text, size);
    return text + size + service->bracketed;
}

static bool parse(const char *url, struct web_service *service)
{
    if (strncmp(url, "http://", 7) != 0)
        return false;
    const char *rest = parse_host(url + 7, service);
    if (rest == NULL)
        return false;
    strcpy(service->port, "80");
    if (*rest == ':') {
        size_t size = strcspn(++rest, "/");
        if (!port_is_valid(rest, size))
            return false;
        memcpy(service->port, rest, size);
        service->port[size] = '\0';
        rest += size;
    }
    return *rest == '\0' || strcmp(rest, "/") == 0;
}

enum error_code web_service_parse(const char *url, struct web_service *ret_service,
                                  struct error *ret_error)
{
    struct web_service service = {0};
    if (!parse(url, &service))
        return error_set(ret_error, ERROR_INVALID, NULL,
                         "\"%.200s\": expected http://HOST or http://HOST:PORT", url);
    *ret_service = service;
    return ERROR_NONE;
}

/* --- The connection -----------------------------------------------------------------------------
 */

static enum error_code failed(const struct call *call, const char *what, const char *why)
{
    return error_set(call->ret_error, ERROR_SYSTEM, NULL, "%s port %s: %s: %s", call->service->host,
                     call->service->port, what, why);
}

static enum error_code wait_ready(const struct call *call, short events)
{
    for (;;) {
        uint64_t now = clock_monotonic();
        if (now >= call->deadline)
            return failed(call, "gave up", "no answer in time");
        struct pollfd poll_fd = {.fd = call->fd, .events = events};
        int ready = poll(&poll_fd, 1, (int)((call->deadline - now) / 1000000) + 1);
        if (ready > 0)
            return ERROR_NONE;
        if (ready < 0 && errno != EINTR)
            return failed(call, "cannot wait", strerror(errno));
    }
}

static enum error_code connect_to(struct call *call, const struct addrinfo *address)
{
    call->fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (call->fd < 0)
        return failed(call, "cannot create a socket", strerror(errno));
    int result = connect(call->fd, address->ai_addr, address->ai_addrlen) == 0 ? 0 : errno;
    if (result == EINPROGRESS) {
        enum error_code code = wait_ready(call, POLLOUT);
        if (code != ERROR_NONE)
            return code;
        socklen_t size = sizeof(result);
        getsockopt(call->fd, SOL_SOCKET, SO_ERROR, &result, &size);
    }
    return result == 0 ? ERROR_NONE : failed(call, "cannot connect", strerror(result));
}

/* Tries each address of the host. */
static enum error_code connect_any(struct call *call)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *addresses = NULL;
    int result = getaddrinfo(call->service->host, call->service->port, &hints, &addresses);
    if (result != 0)
        return failed(call, "cannot find the host", gai_strerror(result));
    enum error_code code = ERROR_SYSTEM;
    for (struct addrinfo *one = addresses; one != NULL && code != ERROR_NONE; one = one->ai_next) {
        if (call->fd >= 0)
            close(call->fd);
        code = connect_to(call, one);
    }
    freeaddrinfo(addresses);
    return code;
}

static enum error_code send_all(const struct call *call, const struct buf *request)
{
    for (size_t sent = 0; sent < request->size;) {
        ssize_t size = send(call->fd, request->data + sent, request->size - sent, MSG_NOSIGNAL);
        if (size > 0) {
            sent += (size_t)size;
        } else if (errno == EAGAIN) {
            enum error_code code = wait_ready(call, POLLOUT);
            if (code != ERROR_NONE)
                return code;
        } else if (errno != EINTR) {
            return failed(call, "cannot send", strerror(errno));
        }
    }
    return ERROR_NONE;
}

/* Appends what comes next. *ret_end: nothing more will. */
static enum error_code receive_some(const struct call *call, struct buf *answer, bool *ret_end)
{
    char *place = buf_reserve(answer, RECEIVE_STEP);
    if (place == NULL)
        return error_set(call->ret_error, ERROR_MEMORY, NULL, "no memory for the answer");
    ssize_t size = recv(call->fd, place, RECEIVE_STEP, 0);
    if (size < 0 && errno == EAGAIN)
        return wait_ready(call, POLLIN);
    if (size < 0 && errno != EINTR)
        return failed(call, "cannot receive", strerror(errno));
    if (size > 0)
        answer->size += (size_t)size;
    *ret_end = size == 0;
    return answer->size <= WEB_ANSWER_MAX ? ERROR_NONE
                                          : failed(call, "cannot receive", "too long an answer");
}

/* --- The answer ---------------------------------------------------------------------------------
 */

void web_answer_header(const struct web_answer *answer, const char *name, char *ret_value,
                       size_t size)
{
    size_t name_size = strlen(name);
    *ret_value = '\0';
    for (const char *line = answer->data.data; line < answer->body;
         line = strstr(line, "\r\n") + 2) {
        if (strncasecmp(line, name, name_size) != 0 || line[name_size] != ':')
            continue;
        const char *value = line + name_size + 1;
        value += strspn(value, " \t");
        size_t value_size = strcspn(value, "\r");
        if (value_size < size) {
            memcpy(ret_value, value, value_size);
            ret_value[value_size] = '\0';
        }
        return;
    }
}

static enum error_code parse_answer(const struct call *call, struct web_answer *answer)
{
    const char *text = buf_string(&answer->data);
    if (text == NULL)
        return error_set(call->ret_error, ERROR_MEMORY, NULL, "no memory for the answer");
    const char *end = strstr(text, "\r\n\r\n");
    if (strncmp(text, "HTTP/1.", 7) != 0 || strlen(text) < 12 || end == NULL)
        return failed(call, "cannot read the answer", "it is not HTTP");
    answer->status = (int)strtol(text + 9, NULL, 10);
    answer->body = end + 4;
    answer->body_size = answer->data.size - (size_t)(answer->body - text);
    char length[24];
    web_answer_header(answer, "Content-Length", length, sizeof(length));
    if (*length != '\0' && strtoull(length, NULL, 10) != answer->body_size)
        return failed(call, "cannot read the answer", "it is not complete");
    return ERROR_NONE;
}

static void write_request(struct buf *out, const struct web_service *service, const char *method,
                          const char *target, const char *json)
{
    buf_printf(out, "%s %s HTTP/1.0\r\n", method, target);
    buf_printf(out, service->bracketed ? "Host: [%s]:%s\r\n" : "Host: %s:%s\r\n", service->host,
               service->port);
    if (json != NULL)
        buf_printf(out, "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen(json));
    if (service->api_key != NULL)
        buf_printf(out, "Authorization: Bearer %s\r\n", service->api_key);
    buf_printf(out, "User-Agent: todo-app\r\n\r\n%s", json == NULL ? "" : json);
}

static enum error_code exchange(struct call *call, const struct buf *request,
                                struct web_answer *answer)
{
    enum error_code code = connect_any(call);
    if (code == ERROR_NONE)
        code = send_all(call, request);
    for (bool end = false; code == ERROR_NONE && !end;)
        code = receive_some(call, &answer->data, &end);
    return code == ERROR_NONE ? parse_answer(call, answer) : code;
}

enum error_code web_request(const struct web_service *service, const char *method,
                            const char *target, const char *json, unsigned milliseconds,
                            struct web_answer *ret_answer, struct error *ret_error)
{
    struct call call = {.service = service,
                        .deadline = clock_monotonic() + milliseconds * UINT64_C(1000000),
                        .fd = -1,
                        .ret_error = ret_error};
    struct buf CLEANUP_BUF request = {0};
    struct web_answer answer = {0};
    write_request(&request, service, method, target, json);
    if (request.failed)
        return error_set(ret_error, ERROR_MEMORY, NULL, "no memory for the request");
    enum error_code code = exchange(&call, &request, &answer);
    if (call.fd >= 0)
        close(call.fd);
    if (code == ERROR_NONE)
        *ret_answer = answer;
    else
        web_answer_close(&answer);
    return code;
}
