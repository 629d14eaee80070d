/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The answer: status, a few header fields, a body in a buffer, sent as one FastCGI write; or a
 * stream that makes the body part by part.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/stream.h"

#define HTTP_JSON         "application/json"
#define HTTP_PROBLEM_JSON "application/problem+json"

struct http_response {
    int status;
    const char *content_type; /* static; NULL: no body */
    struct buf headers; /* complete "Name: value\r\n" lines, beside those of the response layer */
    struct buf body;
    const struct http_stream *stream; /* makes the body; NULL: it is in `body` */
    bool open_ended;                  /* the body goes on after `body`: no Content-Length */
    bool revalidate; /* has an ETag: caches may keep it but must ask (no-cache), else no-store */
};

/* Back to 200 without headers, body and stream; keeps the memory. */
void http_response_reset(struct http_response *response);
void http_response_close(struct http_response *response);

/* Adds a header line. A value with a control character (CR, LF, NUL...) is a programming error and
 * is dropped as a whole: an answer cannot be split. */
void http_response_header(struct http_response *response, const char *name, const char *value);
void http_response_headerf(struct http_response *response, const char *name, const char *format,
                           ...) PRINTF_LIKE(3, 4);

/* Writes the head of the CGI answer (RFC 3875 section 6): Status, Content-Type, Content-Length
 * (not of an open_ended body), X-Request-ID, Cache-Control, the header lines and the empty line. */
void http_response_head(const struct http_response *response, const char *request_id,
                        struct buf *out);

/* Percent-encodes a path, or one segment without a slash (RFC 3986 section 3.3), of any bytes. In
 * the arena; NULL without memory. */
const char *http_path_encode(struct arena *arena, const char *path, size_t size);

/* Whether this answer carries its body: not for HEAD, 204 and 304. */
bool http_response_has_body(const struct http_response *response, bool head);

#endif
