/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The life of an exchange: made once, reset between requests so that a request costs no malloc,
 * and given back what one large request made it grow.
 */
#include "http/exchange.h"

#include <string.h>

#define EXCHANGE_ARENA_BLOCK 8192
#define EXCHANGE_BUFFER_KEEP ((size_t)256 * 1024) /* larger buffers are freed after use */

void http_exchange_init(struct http_exchange *exchange)
{
    *exchange = (struct http_exchange){0};
    arena_init(&exchange->arena, EXCHANGE_ARENA_BLOCK);
    http_exchange_reset(exchange);
}

static void trim(struct buf *buf)
{
    if (buf->capacity > EXCHANGE_BUFFER_KEEP)
        buf_close(buf);
}

void http_exchange_reset(struct http_exchange *exchange)
{
    trim(&exchange->response.headers);
    trim(&exchange->response.body);
    http_response_reset(&exchange->response);
    arena_reset(&exchange->arena);
    faults_init(&exchange->faults, &exchange->arena);
    exchange->request = (struct http_request){.query_string = "", .path = ""};
    exchange->route = NULL;
    exchange->caller = (struct http_caller){.actor = ""};
    exchange->route_index = 0;
    memset(exchange->path_ids, 0, sizeof exchange->path_ids);
    memset(exchange->path_texts, 0, sizeof exchange->path_texts);
    exchange->dry_run = false;
    exchange->spans = NULL;
    exchange->state = NULL;
    exchange->next = NULL;
}

void http_exchange_close(struct http_exchange *exchange)
{
    http_response_close(&exchange->response);
    arena_close(&exchange->arena);
}
