/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Lists without an end: page after page into a stream.
 */
#include "api/task_stream.h"

#include "api/answers.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/problem.h"
#include "store/rows.h"

#define PAGE_ROWS   500
#define ARENA_BLOCK ((size_t)64 * 1024) /* a page needs about that much */

/* What a visitor returns to end a page that has become long enough. */
#define ENOUGH ERROR_CONFLICT

const char *const task_stream_parameters[] = {"sort", NULL};

struct task_stream {
    const struct task_stream_format *format;
    struct task_query query;
    struct arena arena; /* of one page */
    struct buf cursor;  /* where the next page begins; empty: the first */
    struct buf *out;
    int rows; /* of this page */
    bool begun;
    bool any;
};

static enum error_code remember(struct task_stream *stream, const struct task *task)
{
    const char *cursor = task_cursor_encode(&stream->arena, &stream->query, task);
    if (cursor == NULL)
        return ERROR_MEMORY;
    buf_clear(&stream->cursor);
    buf_append_string(&stream->cursor, cursor);
    return stream->cursor.failed ? ERROR_MEMORY : ERROR_NONE;
}

static enum error_code write_task(void *context, const struct task *task, const struct task *parent)
{
    struct task_stream *stream = context;
    (void)parent;
    stream->format->task(stream->out, task, stream->query.today);
    stream->any = true;
    bool full = ++stream->rows == stream->query.limit;
    if (!full && stream->out->size < HTTP_STREAM_PART)
        return ERROR_NONE;
    enum error_code code = remember(stream, task);
    return code == ERROR_NONE && !full ? ENOUGH : code;
}

static enum error_code read_page(struct task_stream *stream, struct store_reader *reader,
                                 bool *ret_more)
{
    enum error_code code;
    struct task_cursor cursor;
    bool first = stream->cursor.size == 0;
    arena_reset(&stream->arena);
    stream->rows = 0;
    const char *text = first ? NULL : buf_string(&stream->cursor);
    if (!first &&
        (text == NULL || !task_cursor_decode(&stream->arena, &stream->query, text, &cursor)))
        return ERROR_MEMORY;
    struct store_view *view = store_read_begin(reader, &code);
    if (view == NULL)
        return code;
    code = store_task_list(view, &stream->query, first ? NULL : &cursor, &stream->arena, write_task,
                           stream, ret_more);
    store_read_end(reader);
    if (code != ENOUGH)
        return code;
    *ret_more = true;
    return ERROR_NONE;
}

static enum error_code next_part(struct http_exchange *exchange, struct buf *out, bool *ret_more)
{
    struct task_stream *stream = exchange->state;
    bool more = false;
    stream->out = out;
    if (!stream->begun)
        stream->format->begin(out);
    stream->begun = true;
    enum error_code code = read_page(stream, exchange->worker, &more);
    if (code != ERROR_NONE)
        return code;
    if (!more && stream->format->end != NULL)
        stream->format->end(out, stream->any);
    *ret_more = more;
    return ERROR_NONE;
}

static void end(struct http_exchange *exchange)
{
    struct task_stream *stream = exchange->state;
    arena_close(&stream->arena);
    buf_close(&stream->cursor);
}

static const struct http_stream parts = {.next = next_part, .end = end};

enum http_result task_stream(struct http_exchange *exchange,
                             const struct task_stream_format *format)
{
    struct task_stream *stream = arena_calloc(&exchange->arena, 1, sizeof(*stream));
    if (stream == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return HTTP_DONE;
    }
    bool parsed =
        task_query_parse(&exchange->faults, exchange->request.parameters,
                         exchange->request.parameter_count, clock_today(), &stream->query);
    if (http_answered_faults(exchange) || !parsed)
        return HTTP_DONE;
    stream->format = format;
    stream->query.limit = PAGE_ROWS;
    arena_init(&stream->arena, ARENA_BLOCK);
    exchange->state = stream;
    exchange->response.content_type = format->content_type;
    http_response_header(&exchange->response, "Content-Disposition", format->disposition);
    answer_today(exchange, stream->query.today);
    exchange->response.stream = &parts;
    return HTTP_DONE;
}
