/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The answer's header fields, and the head of the CGI answer that is made of them.
 */
#include "http/response.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void http_response_reset(struct http_response *response)
{
    response->status = 200;
    response->content_type = NULL;
    response->stream = NULL;
    response->open_ended = false;
    response->revalidate = false;
    buf_clear(&response->headers);
    buf_clear(&response->body);
}

void http_response_close(struct http_response *response)
{
    buf_close(&response->headers);
    buf_close(&response->body);
}

static bool has_control(const char *value)
{
    for (const unsigned char *c = (const unsigned char *)value; *c != '\0'; c++)
        if ((*c < 0x20 && *c != '\t') || *c == 0x7f)
            return true;
    return false;
}

/* The line is complete behind the end of the buffer: takes it in, unless it could split the answer.
 */
static void commit_line(struct http_response *response, const char *name, char *line,
                        size_t value_size)
{
    size_t start = strlen(name) + 2;
    if (has_control(name) || has_control(line + start))
        return;
    memcpy(line, name, start - 2);
    memcpy(line + start - 2, ": ", 2);
    memcpy(line + start + value_size, "\r\n", 2);
    response->headers.size += start + value_size + 2;
    if (strcasecmp(name, "ETag") == 0)
        response->revalidate = true;
}

void http_response_header(struct http_response *response, const char *name, const char *value)
{
    size_t name_size = strlen(name);
    size_t value_size = strlen(value);
    char *line = buf_reserve(&response->headers, name_size + value_size + 4);
    if (line == NULL)
        return;
    memcpy(line + name_size + 2, value, value_size + 1);
    commit_line(response, name, line, value_size);
}

void http_response_headerf(struct http_response *response, const char *name, const char *format,
                           ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t name_size = strlen(name);
    char *line = size >= 0 ? buf_reserve(&response->headers, name_size + (size_t)size + 4) : NULL;
    if (line == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(line + name_size + 2, (size_t)size + 1, format, arguments);
    va_end(arguments);
    commit_line(response, name, line, (size_t)size);
}

static bool status_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

bool http_response_has_body(const struct http_response *response, bool head)
{
    return !head && status_has_body(response->status);
}

static void append_field(struct buf *out, const char *name_and_colon, const char *value)
{
    buf_append_string(out, name_and_colon);
    buf_append_string(out, value);
    buf_append(out, "\r\n", 2);
}

void http_response_head(const struct http_response *response, const char *request_id,
                        struct buf *out)
{
    buf_append_string(out, "Status: ");
    buf_append_int(out, response->status);
    buf_append_string(out, " \r\n"); /* the reason phrase may be empty, its space not */
    if (status_has_body(response->status)) {
        if (response->content_type != NULL)
            append_field(out, "Content-Type: ", response->content_type);
    }
    if (status_has_body(response->status) && !response->open_ended) {
        buf_append_string(out, "Content-Length: ");
        buf_append_int(out, (int64_t)response->body.size);
        buf_append(out, "\r\n", 2);
    }
    append_field(out, "X-Request-ID: ", request_id);
    append_field(out, "Cache-Control: ", response->revalidate ? "no-cache" : "no-store");
    buf_append(out, response->headers.data, response->headers.size);
    buf_append(out, "\r\n", 2);
}
