/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Undoing the latest change, or a certain one.
 */
#include "api/change_json.h"
#include "api/routes.h"
#include "api/write.h"

/* The path has no {seq} where the latest one is meant: the id is 0 then. */
static enum error_code run_undo(struct api_write *write, struct operation *operation)
{
    struct http_exchange *exchange = write->exchange;
    struct json_writer w = json_writer(&exchange->response.body);
    struct undo_result result;
    enum error_code code = operation_undo(operation, exchange->path_ids[0], &result);
    if (code != ERROR_NONE || operation->refusal.kind != REFUSAL_NONE)
        return code;
    exchange->response.content_type = HTTP_JSON;
    json_write_object_begin(&w);
    json_write_key(&w, "undone");
    change_json(&w, &result.undone);
    json_write_key(&w, "change");
    change_json(&w, &result.change);
    json_write_object_end(&w);
    return ERROR_NONE;
}

enum http_result api_undo(struct http_exchange *exchange)
{
    return api_action_submit_large(exchange, run_undo);
}

enum http_result api_change_undo(struct http_exchange *exchange)
{
    return api_action_submit_large(exchange, run_undo);
}
