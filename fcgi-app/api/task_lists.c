/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Lists of tasks: the page, its count, and the link to the next.
 */
#include <string.h>

#include "api/answers.h"
#include "api/routes.h"
#include "api/service.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/problem.h"
#include "store/rows.h"

/* The page while it is written. */
struct page {
    struct http_exchange *exchange;
    const struct task_query *query;
    struct json_writer w;
    bool root_open;    /* a root's object and its `children` wait to be closed */
    char *next_cursor; /* of the last row so far; made only when the page is full */
    int rows;
};

static void close_root(struct page *page)
{
    if (page->root_open) {
        json_write_array_end(&page->w);
        json_write_object_end(&page->w);
    }
    page->root_open = false;
}

static enum error_code write_root(struct page *page, const struct task *task)
{
    close_root(page);
    task_json_open(&page->w, task, page->query->today);
    if (page->query->view == TASK_VIEW_TREE) {
        json_write_key(&page->w, "children");
        json_write_array_begin(&page->w);
        page->root_open = true;
    } else {
        json_write_object_end(&page->w);
    }
    if (++page->rows < page->query->limit)
        return ERROR_NONE;
    page->next_cursor = task_cursor_encode(&page->exchange->arena, page->query, task);
    return page->next_cursor == NULL ? ERROR_MEMORY : ERROR_NONE;
}

static enum error_code write_row(void *context, const struct task *task, const struct task *parent)
{
    struct page *page = context;
    if (parent == NULL)
        return write_root(page, task);
    task_json(&page->w, task, page->query->today);
    return ERROR_NONE;
}

/* rel="next": this request again, with the cursor in place of the old one (RFC 8288). */
static void link_next(struct http_exchange *exchange, const char *cursor)
{
    struct buf target CLEANUP_BUF = {0};
    const char *piece = exchange->request.query_string;
    char separator = '?';
    buf_append_string(&target, exchange->request.path);
    while (*piece != '\0') {
        size_t size = strcspn(piece, "&");
        if (size > 0 && strncmp(piece, "cursor=", 7) != 0) {
            buf_append_char(&target, separator);
            buf_append(&target, piece, size);
            separator = '&';
        }
        piece += size + (piece[size] == '&');
    }
    buf_printf(&target, "%ccursor=%s", separator, cursor);
    if (buf_string(&target) != NULL && strpbrk(target.data, "<>\" ") == NULL)
        http_response_headerf(&exchange->response, "Link", "<%s>; rel=\"next\"", target.data);
}

static enum error_code write_count(struct page *page, struct store_view *view)
{
    struct progress count = {0};
    if (!page->query->count)
        return ERROR_NONE;
    enum error_code code = store_task_count(view, page->query, &page->exchange->arena, &count);
    json_write_key(&page->w, "count");
    json_write_object_begin(&page->w);
    json_write_member_int(&page->w, "total", count.total);
    json_write_member_int(&page->w, "completed", count.completed);
    json_write_object_end(&page->w);
    return code;
}

static enum error_code write_page(struct page *page, struct store_view *view,
                                  const struct task_cursor *after)
{
    char today[DATE_TEXT_SIZE];
    bool more = false;
    json_write_object_begin(&page->w);
    json_write_key(&page->w, "tasks");
    json_write_array_begin(&page->w);
    enum error_code code =
        store_task_list(view, page->query, after, &page->exchange->arena, write_row, page, &more);
    close_root(page);
    json_write_array_end(&page->w);
    if (!more)
        page->next_cursor = NULL;
    json_write_member_cstring(&page->w, "next_cursor", page->next_cursor);
    date_format(page->query->today, today);
    json_write_member_cstring(&page->w, "today", today);
    if (code == ERROR_NONE)
        code = write_count(page, view);
    json_write_object_end(&page->w);
    return code;
}

/* Answers the page from one snapshot. parent_id != 0: that task must exist. */
static enum http_result answer_page(struct http_exchange *exchange, const struct task_query *query,
                                    const struct task_cursor *after, int64_t parent_id)
{
    struct page page = {.exchange = exchange, .query = query};
    struct task parent;
    enum error_code code = ERROR_NONE;
    page.w = json_writer(&exchange->response.body);
    struct store_view *view = api_read_begin(exchange);
    if (view == NULL)
        return HTTP_DONE;
    exchange->response.content_type = HTTP_JSON;
    if (parent_id != 0)
        code = store_task_get(view, parent_id, &exchange->arena, &parent);
    if (code == ERROR_NONE)
        code = write_page(&page, view, after);
    api_read_end(exchange);
    if (code == ERROR_NOT_FOUND)
        problem_answer(exchange, PROBLEM_NOT_FOUND, "There is no task with this id.");
    else if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    else if (page.next_cursor != NULL)
        link_next(exchange, page.next_cursor);
    return HTTP_DONE;
}

static enum http_result answer_list(struct http_exchange *exchange, struct task_query *query,
                                    int64_t parent_id)
{
    struct task_cursor cursor;
    bool from_cursor = query->cursor != NULL;
    if (from_cursor && exchange->faults.count == 0 &&
        !task_cursor_decode(&exchange->arena, query, query->cursor, &cursor))
        faults_add(&exchange->faults, FAULT_PARAMETER, "cursor",
                   "is damaged, or belongs to a list with other parameters");
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    return answer_page(exchange, query, from_cursor ? &cursor : NULL, parent_id);
}

enum http_result api_task_list(struct http_exchange *exchange)
{
    struct task_query query;
    if (!task_query_parse(&exchange->faults, exchange->request.parameters,
                          exchange->request.parameter_count, clock_today(), &query)) {
        http_answered_faults(exchange);
        return HTTP_DONE;
    }
    return answer_list(exchange, &query, 0);
}

enum http_result api_subtask_list(struct http_exchange *exchange)
{
    struct task_query query;
    if (http_parameter(&exchange->request, "parent_id") != NULL)
        faults_add(&exchange->faults, FAULT_PARAMETER, "parent_id", "is given by the path");
    if (!task_query_parse(&exchange->faults, exchange->request.parameters,
                          exchange->request.parameter_count, clock_today(), &query)) {
        http_answered_faults(exchange);
        return HTTP_DONE;
    }
    if (query.view == TASK_VIEW_TREE)
        faults_add(&exchange->faults, FAULT_PARAMETER, "view", "must be flat for subtasks");
    query.has_parent = TRI_TRUE;
    query.parent_id = exchange->path_ids[0];
    return answer_list(exchange, &query, query.parent_id);
}
