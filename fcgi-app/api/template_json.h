/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The template as JSON, one shape alone and in the list, the answer that is a template, and its
 * name in the path.
 */
#ifndef API_TEMPLATE_JSON_H
#define API_TEMPLATE_JSON_H

#include "base/json_writer.h"
#include "http/exchange.h"
#include "task/template.h"

void template_json(struct json_writer *w, const struct task_template *row);

/* The template, with ETag; 304 if a GET's If-None-Match says so. status: 200 or 201; 201 has
 * Location, too. */
void answer_template(struct http_exchange *exchange, int status, const struct task_template *row);

/* The name in the path, without white space at its ends, as names are stored; not terminated. Its
 * data is NULL where the path has none. */
struct text template_path_name(const struct http_exchange *exchange);

/* The problem when there is no such template. */
void answer_no_template(struct http_exchange *exchange);

#endif
