/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The route table: every endpoint of the service, one row each, and the handlers that they name.
 */
#ifndef API_ROUTES_H
#define API_ROUTES_H

#include "http/router.h"
#include "observe/metrics.h"

extern const struct http_route api_routes[];
extern const size_t api_route_count;

/* Makes the request metrics of all routes, and of unmatched requests (index api_route_count). Once,
 * at the start. False without memory. */
bool api_routes_metrics(void);

/* Handlers, by file. tasks.c: */
enum http_result api_task_create(struct http_exchange *exchange);
enum http_result api_task_get(struct http_exchange *exchange);
enum http_result api_task_replace(struct http_exchange *exchange);
enum http_result api_task_patch(struct http_exchange *exchange);
enum http_result api_task_delete(struct http_exchange *exchange);
/* task_actions.c: */
enum http_result api_task_complete(struct http_exchange *exchange);
enum http_result api_task_reopen(struct http_exchange *exchange);
enum http_result api_task_archive(struct http_exchange *exchange);
enum http_result api_task_unarchive(struct http_exchange *exchange);
enum http_result api_archive_completed(struct http_exchange *exchange);
/* task_bulk.c: */
enum http_result api_bulk_archive(struct http_exchange *exchange);
enum http_result api_bulk_complete(struct http_exchange *exchange);
enum http_result api_bulk_delete(struct http_exchange *exchange);
/* changes.c: */
enum http_result api_change_feed(struct http_exchange *exchange);
enum http_result api_task_history(struct http_exchange *exchange);
enum http_result api_undo_get(struct http_exchange *exchange);
/* undo.c: */
enum http_result api_undo(struct http_exchange *exchange);
enum http_result api_change_undo(struct http_exchange *exchange);
/* task_lists.c: */
enum http_result api_task_list(struct http_exchange *exchange);
enum http_result api_subtask_list(struct http_exchange *exchange);
/* task_occurrences.c: */
enum http_result api_task_occurrences(struct http_exchange *exchange);
/* quick_add.c: */
enum http_result api_quick_add(struct http_exchange *exchange);
enum http_result api_quick_add_preview(struct http_exchange *exchange);
/* templates.c: */
enum http_result api_template_list(struct http_exchange *exchange);
enum http_result api_template_create(struct http_exchange *exchange);
enum http_result api_template_get(struct http_exchange *exchange);
enum http_result api_template_replace(struct http_exchange *exchange);
enum http_result api_template_delete(struct http_exchange *exchange);
/* template_tasks.c: */
enum http_result api_template_use(struct http_exchange *exchange);
enum http_result api_template_save(struct http_exchange *exchange);
/* task_calendar.c, task_csv.c: */
enum http_result api_task_calendar(struct http_exchange *exchange);
enum http_result api_task_csv(struct http_exchange *exchange);
/* stats.c: */
enum http_result api_stats(struct http_exchange *exchange);
/* imports.c: */
enum http_result api_export(struct http_exchange *exchange);
enum http_result api_import(struct http_exchange *exchange);
/* probes.c: */
enum http_result api_health(struct http_exchange *exchange);
enum http_result api_ready(struct http_exchange *exchange);
enum http_result api_metrics(struct http_exchange *exchange);

#endif
