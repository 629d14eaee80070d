/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A small route table with a row of every kind, for the tests of the router.
 */
#include "routes.h"

static enum http_result handle(struct http_exchange *exchange)
{
    exchange->response.status = 204;
    return HTTP_DONE;
}

static const char *const PAGE[] = {"limit", "cursor", NULL};
static const char *const FILTER[] = {"q", NULL};

const struct http_route test_routes[ROUTE_COUNT] = {
    [ROUTE_LIST] = {.method = HTTP_GET,
                    .path = "/tasks",
                    .operation_id = "listTasks",
                    .handler = handle,
                    .parameters = {PAGE, FILTER},
                    .statuses = {200}},
    [ROUTE_CREATE] = {.method = HTTP_POST,
                      .path = "/tasks",
                      .operation_id = "createTask",
                      .handler = handle,
                      .flags = HTTP_BODY_JSON | HTTP_DRY_RUN | HTTP_IDEMPOTENT_KEY,
                      .statuses = {201}},
    [ROUTE_QUICK] = {.method = HTTP_POST,
                     .path = "/tasks/quick",
                     .operation_id = "quick",
                     .handler = handle,
                     .flags = HTTP_BODY_JSON | HTTP_BODY_LARGE,
                     .statuses = {201}},
    [ROUTE_GET] = {.method = HTTP_GET,
                   .path = "/tasks/{id}",
                   .operation_id = "getTask",
                   .handler = handle,
                   .statuses = {200, 304}},
    [ROUTE_PATCH] = {.method = HTTP_PATCH,
                     .path = "/tasks/{id}",
                     .operation_id = "patchTask",
                     .handler = handle,
                     .flags = HTTP_BODY_JSON | HTTP_BODY_MERGE | HTTP_IF_MATCH,
                     .statuses = {200}},
    [ROUTE_DELETE] = {.method = HTTP_DELETE,
                      .path = "/tasks/{id}",
                      .operation_id = "deleteTask",
                      .handler = handle,
                      .flags = HTTP_IF_MATCH,
                      .statuses = {204}},
    [ROUTE_COMPLETE] = {.method = HTTP_POST,
                        .path = "/tasks/{id}/complete",
                        .operation_id = "completeTask",
                        .handler = handle,
                        .flags = HTTP_BODY_JSON | HTTP_BODY_OPTIONAL,
                        .statuses = {200}},
    [ROUTE_NAMED] = {.method = HTTP_GET,
                     .path = "/lists/{name}/changes/{seq}",
                     .operation_id = "getChange",
                     .handler = handle,
                     .statuses = {200}},
};

struct http_router test_router = {
    .routes = test_routes, .count = ROUTE_COUNT, .body_limit = 100, .large_body_limit = 1000};
