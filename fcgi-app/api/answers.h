/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Answers that several handlers give: a task with its entity tag, and the problem of a refusal.
 */
#ifndef API_ANSWERS_H
#define API_ANSWERS_H

#include "api/task_json.h"
#include "http/exchange.h"
#include "task/refusal.h"

/* The task, with ETag and X-Today; 304 if a GET's If-None-Match says so. status: 200 or 201; 201
 * has Location, too. */
void answer_task(struct http_exchange *exchange, int status, const struct task *task, date_t today);

/* The problem document of a refusal. */
void answer_refusal(struct http_exchange *exchange, const struct refusal *refusal);

/* The array of {"id", "problem"}: each task with the problem document of its refusal, which holds
 * what is not the same for all of a request. */
void json_refused_items(struct json_writer *w, const struct refused_item items[], size_t count);

/* The header that tells which date the answer used. */
void answer_today(struct http_exchange *exchange, date_t today);

#endif
