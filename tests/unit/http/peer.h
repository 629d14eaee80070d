/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The other side of the socket: what a web server sends to a FastCGI program, well and badly.
 */
#ifndef TESTS_UNIT_HTTP_PEER_H
#define TESTS_UNIT_HTTP_PEER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A new folder for sockets, and its removal with what is in it. */
const char *peer_folder(void);
void peer_folder_remove(void);

/* A socket, and connecting it. */
int peer_socket(void);
bool peer_connect_socket(int fd, const char *path);

/* A connected socket, or -1. */
int peer_connect(const char *path);

struct peer_request {
    const char *line;      /* "GET /path?query" */
    const char *param;     /* one more, NAME=value, or NULL */
    const char *body;      /* or NULL */
    size_t body_size;      /* that is sent */
    size_t content_length; /* that is said; 0: body_size */
    bool keep_connection;
    bool stall; /* the end of the body is not told */
    bool cut;   /* nothing after the parameters, nor that they end there */
};

/* False when the program has closed. */
bool peer_send(int fd, const struct peer_request *request);

struct peer_answer {
    bool complete; /* ended by an END_REQUEST record */
    int status;
    struct buf text; /* head and body */
    const char *body;
    size_t body_size;
};

/* Reads the answer, up to END_REQUEST or the end of the connection. */
void peer_receive(int fd, struct peer_answer *answer);
void peer_answer_close(struct peer_answer *answer);

/* The whole of it for one request; the status, or 0 without a complete answer. body, if not NULL,
 * is compared. */
int peer_get(const char *path, const char *line, const char *body);

#endif
