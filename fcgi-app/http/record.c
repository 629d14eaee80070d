/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 */
#include "http/record.h"

#include <errno.h>
#include <fastcgi.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define CONTENT_MAX 65528 /* the largest that leaves the next record aligned */
#define PARTS_MAX   4     /* of one call: header, content in two, the end */

struct message {
    struct iovec parts[PARTS_MAX];
    size_t count;
};

/* What follows the last record of content. */
struct end {
    FCGI_Header of_stdout; /* a record without content */
    FCGI_EndRequestRecord of_request;
};

static FCGI_Header header_of(uint8_t type, int request_id, size_t size)
{
    return (FCGI_Header){
        .version = FCGI_VERSION_1,
        .type = type,
        .requestIdB1 = (uint8_t)(request_id >> 8),
        .requestIdB0 = (uint8_t)request_id,
        .contentLengthB1 = (uint8_t)(size >> 8),
        .contentLengthB0 = (uint8_t)size,
    };
}

static struct end end_of(int request_id)
{
    return (struct end){
        .of_stdout = header_of(FCGI_STDOUT, request_id, 0),
        .of_request = {.header =
                           header_of(FCGI_END_REQUEST, request_id, sizeof(FCGI_EndRequestBody)),
                       .body = {.protocolStatus = FCGI_REQUEST_COMPLETE}},
    };
}

static void add(struct message *message, const void *data, size_t size)
{
    message->parts[message->count++] = (struct iovec){(void *)(uintptr_t)data, size};
}

/* Moves the first of the bytes into the message. */
static void move(struct message *message, struct bytes *bytes, size_t size)
{
    if (size == 0) /* data may be NULL */
        return;
    add(message, bytes->data, size);
    bytes->data += size;
    bytes->size -= size;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Leaves out what was sent. */
static void advance(struct msghdr *header, size_t sent)
{
    while (header->msg_iovlen > 0 && sent >= header->msg_iov->iov_len) {
        sent -= header->msg_iov->iov_len;
        header->msg_iov++;
        header->msg_iovlen--;
    }
    if (header->msg_iovlen > 0) {
        header->msg_iov->iov_base = (char *)header->msg_iov->iov_base + sent;
        header->msg_iov->iov_len -= sent;
    }
}

static bool send_message(int fd, struct message *message)
{
    struct msghdr header = {.msg_iov = message->parts, .msg_iovlen = message->count};
    while (header.msg_iovlen > 0) {
        ssize_t sent = sendmsg(fd, &header, MSG_NOSIGNAL);
        if (sent >= 0)
            advance(&header, (size_t)sent);
        else if (errno != EINTR)
            return false;
    }
    return true;
}

bool record_send(int fd, int request_id, struct bytes first, struct bytes second, bool last)
{
    const struct end end = end_of(request_id);
    do {
        struct message message = {.count = 0};
        size_t of_first = least(first.size, CONTENT_MAX);
        size_t of_second = least(second.size, CONTENT_MAX - of_first);
        const FCGI_Header header = header_of(FCGI_STDOUT, request_id, of_first + of_second);
        if (of_first + of_second > 0)
            add(&message, &header, sizeof header);
        move(&message, &first, of_first);
        move(&message, &second, of_second);
        if (last && first.size + second.size == 0)
            add(&message, &end, sizeof end);
        if (!send_message(fd, &message))
            return false;
    } while (first.size + second.size > 0);
    return true;
}
