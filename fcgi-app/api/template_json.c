/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The JSON shape of a template. Owns the order and names of the members. And how
 * requests and answers name one.
 */
#include "api/template_json.h"

#include <inttypes.h>
#include <stdio.h>

#include "api/service.h"
#include "api/task_json.h"
#include "base/utf8.h"
#include "http/body.h"
#include "http/problem.h"

void template_json(struct json_writer *w, const struct task_template *row)
{
    json_write_object_begin(w);
    json_write_member_string(w, "name", row->name.data, row->name.size);
    json_write_member_string(w, "description", row->description.data, row->description.size);
    json_write_member_cstring(w, "priority", task_priority_name(row->priority));
    json_write_member_cstring(w, "category", task_category_name(row->category));
    json_write_member_string(w, "notes", row->notes.data, row->notes.size);
    json_member_recurrence(w, &row->recurring);
    json_member_instant(w, "created_at", row->created_at);
    json_member_instant(w, "updated_at", row->updated_at);
    json_write_member_int(w, "version", row->version);
    json_write_object_end(w);
}

static void add_location(struct http_exchange *exchange, struct text name)
{
    const char *segment = http_path_encode(&exchange->arena, name.data, name.size);
    if (segment == NULL)
        exchange->response.headers.failed = true;
    else
        http_response_headerf(&exchange->response, "Location", API_PREFIX "/templates/%s", segment);
}

void answer_template(struct http_exchange *exchange, int status, const struct task_template *row)
{
    char tag[TASK_TAG_SIZE];
    struct json_writer w = json_writer(&exchange->response.body);
    exchange->response.status = status;
    if (status == 201)
        add_location(exchange, row->name);
    snprintf(tag, sizeof(tag), "%" PRId64, row->version);
    if (http_entity_tag(exchange, tag))
        return;
    exchange->response.content_type = HTTP_JSON;
    template_json(&w, row);
}

struct text template_path_name(const struct http_exchange *exchange)
{
    struct text name = exchange->path_texts[0];
    size_t start, size;
    if (name.data == NULL)
        return name;
    utf8_trim(name.data, name.size, &start, &size);
    return (struct text){name.data + start, size};
}

void answer_no_template(struct http_exchange *exchange)
{
    problem_answer(exchange, PROBLEM_NOT_FOUND, "There is no template with this name.");
}
