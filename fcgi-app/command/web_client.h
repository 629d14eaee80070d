/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * An HTTP client for commands that ask a service over the network, where an image has no other: one
 * request, one connection, plain text.
 */
#ifndef COMMAND_WEB_CLIENT_H
#define COMMAND_WEB_CLIENT_H

#include "base/buf.h"
#include "base/error.h"

#define WEB_HOST_SIZE  256 /* the longest name of the DNS, with its NUL */
#define WEB_PORT_SIZE  6
#define WEB_ANSWER_MAX ((size_t)8 * 1024 * 1024)

/* The service that http://HOST[:PORT] names. */
struct web_service {
    char host[WEB_HOST_SIZE]; /* without the brackets of an IPv6 address */
    char port[WEB_PORT_SIZE];
    bool bracketed;      /* the host stood in brackets */
    const char *api_key; /* sent with each request; NULL: none */
};

/* Zero-initialised is valid. */
struct web_answer {
    struct buf data; /* header and body as received */
    int status;
    const char *body; /* in data, NUL-terminated */
    size_t body_size;
};

void web_answer_close(struct web_answer *answer);

/* Takes the base URL apart; a "/" may end it, nothing else may follow the port. ERROR_INVALID names
 * the URL and what is allowed. */
enum error_code web_service_parse(const char *url, struct web_service *ret_service,
                                  struct error *ret_error);

/* Sends one request (HTTP/1.0, RFC 1945: the answer ends with the connection and is never in
 * chunks) and receives the whole answer within milliseconds. json: the body, or NULL for none.
 * *ret_answer must be empty or closed. ERROR_SYSTEM with what failed, ERROR_MEMORY. */
enum error_code web_request(const struct web_service *service, const char *method,
                            const char *target, const char *json, unsigned milliseconds,
                            struct web_answer *ret_answer, struct error *ret_error);

/* Copies the value of the header (name in any case) to ret_value, or an empty text if it is missing
 * or does not fit into size bytes. */
void web_answer_header(const struct web_answer *answer, const char *name, char *ret_value,
                       size_t size);

#endif
