/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The other side of the socket: what a web server sends to a FastCGI program, well and badly.
 */
#include "config.h"

#include "peer.h"

#include <check.h>
#include <errno.h>
#include <fastcgi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char folder[64];

const char *peer_folder(void)
{
    strcpy(folder, "/tmp/unit-http-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    return folder;
}

void peer_folder_remove(void)
{
    static const char *const NAMES[] = {"s", "s.lock", "other"};
    for (size_t i = 0; i < ARRAY_SIZE(NAMES); i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, NAMES[i]);
        unlink(path);
    }
    rmdir(folder);
}

int peer_socket(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_ge(fd, 0);
    return fd;
}

bool peer_connect_socket(int fd, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    return connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
}

int peer_connect(const char *path)
{
    int fd = peer_socket();
    if (peer_connect_socket(fd, path))
        return fd;
    close(fd);
    return -1;
}

static void append_record(struct buf *out, unsigned char type, const void *data, size_t size)
{
    const char *rest = data;
    do {
        size_t part = size < 60000 ? size : 60000;
        const FCGI_Header header = {.version = FCGI_VERSION_1,
                                    .type = type,
                                    .requestIdB0 = 1,
                                    .contentLengthB1 = (unsigned char)(part >> 8),
                                    .contentLengthB0 = (unsigned char)part};
        buf_append(out, &header, sizeof header);
        buf_append(out, rest, part);
        rest += part;
        size -= part;
    } while (size > 0);
}

static void append_param(struct buf *out, const char *param)
{
    size_t name_size = strcspn(param, "=");
    const char *value = param + name_size + 1;
    ck_assert_uint_lt(strlen(value), 128);
    buf_append_char(out, (char)name_size);
    buf_append_char(out, (char)strlen(value));
    buf_append(out, param, name_size);
    buf_append_string(out, value);
}

static void append_params(struct buf *out, const struct peer_request *request)
{
    char text[512];
    const char *target = strchr(request->line, ' ') + 1;
    size_t path_size = strcspn(target, "?");
    snprintf(text, sizeof text, "REQUEST_METHOD=%.*s", (int)(target - 1 - request->line),
             request->line);
    append_param(out, text);
    snprintf(text, sizeof text, "SCRIPT_NAME=%.*s", (int)path_size, target);
    append_param(out, text);
    snprintf(text, sizeof text, "QUERY_STRING=%s",
             target[path_size] == '?' ? target + path_size + 1 : "");
    append_param(out, text);
    snprintf(text, sizeof text, "CONTENT_LENGTH=%zu",
             request->content_length != 0 ? request->content_length : request->body_size);
    append_param(out, text);
    if (request->body != NULL)
        append_param(out, "CONTENT_TYPE=application/json");
    if (request->param != NULL)
        append_param(out, request->param);
}

bool peer_send(int fd, const struct peer_request *request)
{
    struct buf CLEANUP_BUF params = {0};
    struct buf CLEANUP_BUF out = {0};
    append_params(&params, request);
    const FCGI_BeginRequestBody begin = {.roleB0 = FCGI_RESPONDER,
                                         .flags = request->keep_connection ? FCGI_KEEP_CONN : 0};
    append_record(&out, FCGI_BEGIN_REQUEST, &begin, sizeof begin);
    append_record(&out, FCGI_PARAMS, params.data, params.size);
    if (!request->cut)
        append_record(&out, FCGI_PARAMS, NULL, 0);
    if (request->body_size > 0)
        append_record(&out, FCGI_STDIN, request->body, request->body_size);
    if (!request->stall && !request->cut)
        append_record(&out, FCGI_STDIN, NULL, 0);
    ck_assert(!params.failed && !out.failed);
    for (size_t sent = 0; sent < out.size;) {
        ssize_t size = send(fd, out.data + sent, out.size - sent, MSG_NOSIGNAL);
        if (size <= 0)
            return false;
        sent += (size_t)size;
    }
    return true;
}

static bool read_exactly(int fd, char *data, size_t size)
{
    for (size_t got = 0; got < size;) {
        ssize_t part = read(fd, data + got, size - got);
        if (part <= 0)
            return false;
        got += (size_t)part;
    }
    return true;
}

static bool read_record(int fd, struct peer_answer *answer)
{
    FCGI_Header header;
    if (!read_exactly(fd, (char *)&header, sizeof header))
        return false;
    size_t size = (size_t)header.contentLengthB1 << 8 | header.contentLengthB0;
    char *place = buf_reserve(&answer->text, size + header.paddingLength + 1);
    ck_assert_ptr_nonnull(place);
    if (!read_exactly(fd, place, size + header.paddingLength))
        return false;
    if (header.type == FCGI_STDOUT)
        answer->text.size += size;
    answer->complete = header.type == FCGI_END_REQUEST;
    return true;
}

void peer_receive(int fd, struct peer_answer *answer)
{
    *answer = (struct peer_answer){0};
    while (!answer->complete && read_record(fd, answer))
        ;
    const char *text = buf_string(&answer->text);
    ck_assert_ptr_nonnull(text);
    const char *end = strstr(text, "\r\n\r\n");
    if (!answer->complete || end == NULL || sscanf(text, "Status: %d", &answer->status) != 1)
        return;
    answer->body = end + 4;
    answer->body_size = answer->text.size - (size_t)(answer->body - text);
}

void peer_answer_close(struct peer_answer *answer)
{
    buf_close(&answer->text);
}

int peer_get(const char *path, const char *line, const char *body)
{
    int fd = peer_connect(path);
    if (fd < 0)
        return 0;
    struct peer_answer answer;
    peer_send(fd, &(struct peer_request){.line = line});
    peer_receive(fd, &answer);
    int status = answer.status;
    if (status != 0 && body != NULL)
        ck_assert_str_eq(answer.body, body);
    peer_answer_close(&answer);
    close(fd);
    return status;
}
