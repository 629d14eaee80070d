/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rows of the route table. A new endpoint is a row here, a handler, and its tests; the OpenAPI
 * document is held against this table.
 */
#include "api/routes.h"

#include <stdlib.h>

#include "api/service.h"
#include "api/task_stream.h"
#include "task/query.h"

static const char *const today_parameter[] = {"today", NULL};
static const char *const count_parameter[] = {"count", NULL};
static const char *const feed_parameters[] = {"since", "limit", NULL};
static const char *const history_parameters[] = {"before", "limit", NULL};
static const char *const subtasks_parameter[] = {"subtasks", NULL};

#define TASKS     API_PREFIX "/tasks"
#define TASK      API_PREFIX "/tasks/{id}"
#define BULK      TASKS "/bulk"
#define TEMPLATES API_PREFIX "/templates"
#define TEMPLATE  API_PREFIX "/templates/{name}"
#define CHANGES   API_PREFIX "/changes"
#define UNDO      API_PREFIX "/undo"
#define POST_JSON (HTTP_BODY_JSON | HTTP_DRY_RUN | HTTP_IDEMPOTENT_KEY)
#define ACTION                                                                                     \
    (HTTP_BODY_JSON | HTTP_BODY_OPTIONAL | HTTP_DRY_RUN | HTTP_IF_MATCH | HTTP_IDEMPOTENT_KEY)

const struct http_route api_routes[] = {
    {HTTP_GET, TASKS, "listTasks", api_task_list, 0, {task_query_parameters}, {200, 400}},
    {HTTP_POST, TASKS, "createTask", api_task_create, POST_JSON, {today_parameter}, {201, 409}},
    {HTTP_GET, TASK, "getTask", api_task_get, 0, {today_parameter}, {200, 304}},
    {HTTP_PUT,
     TASK,
     "replaceTask",
     api_task_replace,
     HTTP_BODY_JSON | HTTP_DRY_RUN | HTTP_IF_MATCH,
     {today_parameter},
     {200, 409}},
    {HTTP_PATCH,
     TASK,
     "updateTask",
     api_task_patch,
     HTTP_BODY_JSON | HTTP_BODY_MERGE | HTTP_DRY_RUN | HTTP_IF_MATCH,
     {today_parameter},
     {200, 409}},
    {HTTP_DELETE,
     TASK,
     "deleteTask",
     api_task_delete,
     HTTP_DRY_RUN | HTTP_IF_MATCH,
     {subtasks_parameter},
     {204, 409}},
    {HTTP_POST,
     TASK "/complete",
     "completeTask",
     api_task_complete,
     ACTION,
     {today_parameter},
     {200, 409}},
    {HTTP_POST, TASK "/reopen", "reopenTask", api_task_reopen, ACTION, {today_parameter}, {200}},
    {HTTP_POST,
     TASK "/archive",
     "archiveTask",
     api_task_archive,
     ACTION,
     {today_parameter},
     {200, 409}},
    {HTTP_POST,
     TASK "/unarchive",
     "unarchiveTask",
     api_task_unarchive,
     ACTION,
     {today_parameter},
     {200, 409}},
    {HTTP_GET,
     TASK "/occurrences",
     "listOccurrences",
     api_task_occurrences,
     0,
     {count_parameter},
     {200}},
    {HTTP_POST,
     TASKS "/archive-completed",
     "archiveCompleted",
     api_archive_completed,
     POST_JSON | HTTP_BODY_OPTIONAL,
     {NULL},
     {200}},
    {HTTP_POST, BULK "/complete", "bulkComplete", api_bulk_complete, POST_JSON, {NULL}, {200, 409}},
    {HTTP_POST, BULK "/delete", "bulkDelete", api_bulk_delete, POST_JSON, {NULL}, {200, 409}},
    {HTTP_POST, BULK "/archive", "bulkArchive", api_bulk_archive, POST_JSON, {NULL}, {200, 409}},
    {HTTP_GET,
     TASK "/subtasks",
     "listSubtasks",
     api_subtask_list,
     0,
     {task_query_parameters},
     {200, 400}},
    {HTTP_POST,
     TASK "/subtasks",
     "createSubtask",
     api_task_create,
     POST_JSON,
     {today_parameter},
     {201, 409}},
    {HTTP_POST,
     TASK "/template",
     "saveTemplate",
     api_template_save,
     POST_JSON | HTTP_IF_MATCH,
     {NULL},
     {201, 409}},
    {HTTP_POST, TASKS "/quick-add", "quickAdd", api_quick_add, POST_JSON, {today_parameter}, {201}},
    {HTTP_POST,
     TASKS "/quick-add/preview",
     "previewQuickAdd",
     api_quick_add_preview,
     POST_JSON | HTTP_SCOPE_READ,
     {today_parameter},
     {200}},
    {HTTP_GET, TEMPLATES, "listTemplates", api_template_list, 0, {NULL}, {200}},
    {HTTP_POST, TEMPLATES, "createTemplate", api_template_create, POST_JSON, {NULL}, {201, 409}},
    {HTTP_GET, TEMPLATE, "getTemplate", api_template_get, 0, {NULL}, {200, 304}},
    {HTTP_PUT,
     TEMPLATE,
     "replaceTemplate",
     api_template_replace,
     HTTP_BODY_JSON | HTTP_DRY_RUN | HTTP_IF_MATCH,
     {NULL},
     {200, 409}},
    {HTTP_DELETE,
     TEMPLATE,
     "deleteTemplate",
     api_template_delete,
     HTTP_DRY_RUN | HTTP_IF_MATCH,
     {NULL},
     {204}},
    {HTTP_POST,
     TEMPLATE "/tasks",
     "createTaskFromTemplate",
     api_template_use,
     ACTION,
     {today_parameter},
     {201, 409}},
    {HTTP_GET, API_PREFIX "/export", "exportTasks", api_export, HTTP_SCOPE_ADMIN, {NULL}, {200}},
    {HTTP_POST,
     API_PREFIX "/import",
     "importTasks",
     api_import,
     POST_JSON | HTTP_BODY_LARGE | HTTP_SCOPE_ADMIN,
     {NULL},
     {200}},
    {HTTP_GET, TASK "/history", "getHistory", api_task_history, 0, {history_parameters}, {200}},
    {HTTP_GET, UNDO, "getUndo", api_undo_get, 0, {NULL}, {200, 404}},
    {HTTP_POST, UNDO, "undo", api_undo, POST_JSON | HTTP_BODY_OPTIONAL, {NULL}, {200}},
    {HTTP_GET, CHANGES, "listChanges", api_change_feed, 0, {feed_parameters}, {200}},
    {HTTP_POST,
     CHANGES "/{seq}/undo",
     "undoChange",
     api_change_undo,
     POST_JSON | HTTP_BODY_OPTIONAL,
     {NULL},
     {200}},
    {HTTP_GET, API_PREFIX "/stats", "getStats", api_stats, 0, {task_filter_parameters}, {200}},
    {HTTP_GET,
     TASKS ".csv",
     "getTasksCsv",
     api_task_csv,
     0,
     {task_filter_parameters, task_stream_parameters},
     {200}},
    {HTTP_GET,
     TASKS ".ics",
     "getTasksCalendar",
     api_task_calendar,
     0,
     {task_filter_parameters, task_stream_parameters},
     {200}},
    {HTTP_GET, "/health", "getHealth", api_health, HTTP_OPEN, {NULL}, {200}},
    {HTTP_GET, "/ready", "getReady", api_ready, HTTP_OPEN, {NULL}, {200, 503}},
    {HTTP_GET, "/metrics", "getMetrics", api_metrics, HTTP_OPEN_BY_OPTION, {NULL}, {200}},
};
const size_t api_route_count = ARRAY_SIZE(api_routes);

static int route_statuses[ARRAY_SIZE(api_routes)][32];
static struct metrics_route series[ARRAY_SIZE(api_routes) + 1];

bool api_routes_metrics(void)
{
    static const int unmatched[] = {404, 0};
    for (size_t i = 0; i < api_route_count; i++) {
        http_route_statuses(&api_routes[i], route_statuses[i]);
        series[i] = (struct metrics_route){http_method_name(api_routes[i].method),
                                           api_routes[i].path, route_statuses[i]};
    }
    series[api_route_count] = (struct metrics_route){"OTHER", "unmatched", unmatched};
    return metrics_routes_init(series, api_route_count + 1);
}
