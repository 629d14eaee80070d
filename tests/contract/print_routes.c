/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Prints the route table and the problem types as JSON, for the tests that hold the OpenAPI
 * document against them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "api/routes.h"
#include "base/json_writer.h"
#include "http/gate.h"

static const struct {
    unsigned flag;
    const char *name;
} FLAGS[] = {
    {HTTP_BODY_JSON, "body_json"},         {HTTP_BODY_MERGE, "body_merge"},
    {HTTP_BODY_OPTIONAL, "body_optional"}, {HTTP_DRY_RUN, "dry_run"},
    {HTTP_IF_MATCH, "if_match"},           {HTTP_IDEMPOTENT_KEY, "idempotency_key"},
};

static void write_parameters(struct json_writer *w, const struct http_route *route)
{
    json_write_key(w, "parameters");
    json_write_array_begin(w);
    for (size_t i = 0; i < ARRAY_SIZE(route->parameters) && route->parameters[i] != NULL; i++) {
        for (size_t j = 0; route->parameters[i][j] != NULL; j++)
            json_write_cstring(w, route->parameters[i][j]);
    }
    json_write_array_end(w);
}

static void write_statuses(struct json_writer *w, const struct http_route *route)
{
    int statuses[32];
    size_t count = http_route_statuses(route, statuses);
    json_write_key(w, "statuses");
    json_write_array_begin(w);
    for (size_t i = 0; i < count; i++)
        json_write_int(w, statuses[i]);
    json_write_array_end(w);
}

static void write_route(struct json_writer *w, const struct http_route *route)
{
    json_write_object_begin(w);
    json_write_member_cstring(w, "method", http_method_name(route->method));
    json_write_member_cstring(w, "path", route->path);
    json_write_member_cstring(w, "operation_id", route->operation_id);
    for (size_t i = 0; i < ARRAY_SIZE(FLAGS); i++)
        json_write_member_bool(w, FLAGS[i].name, (route->flags & FLAGS[i].flag) != 0);
    const char *scope = http_gate_scope(route);
    json_write_member_cstring(w, "scope", scope != NULL ? scope : "");
    write_parameters(w, route);
    write_statuses(w, route);
    json_write_object_end(w);
}

static void write_problems(struct json_writer *w)
{
    for (unsigned type = 0; type < PROBLEM_TYPE_COUNT; type++) {
        const struct problem_info *info = problem_info((enum problem_type)type);
        json_write_object_begin(w);
        json_write_member_cstring(w, "slug", info->slug);
        json_write_member_int(w, "status", info->status);
        json_write_member_cstring(w, "title", info->title);
        json_write_object_end(w);
    }
}

int main(void)
{
    struct buf text CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&text);
    json_write_object_begin(&w);
    json_write_key(&w, "routes");
    json_write_array_begin(&w);
    for (size_t i = 0; i < api_route_count; i++)
        write_route(&w, &api_routes[i]);
    json_write_array_end(&w);
    json_write_key(&w, "problems");
    json_write_array_begin(&w);
    write_problems(&w);
    json_write_array_end(&w);
    json_write_object_end(&w);
    const char *string = buf_string(&text);
    return string != NULL && puts(string) >= 0 && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
