/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Which statuses a row of the route table may answer: its own, and those that follow from its
 * flags.
 */
#include <string.h>

#include "http/router.h"

#define STATUSES_OUT 32

static void add(int out[static STATUSES_OUT], size_t *count, int status)
{
    size_t place = 0;
    while (place < *count && out[place] < status)
        place++;
    if ((place < *count && out[place] == status) || *count == STATUSES_OUT - 1)
        return;
    memmove(out + place + 1, out + place, (*count - place) * sizeof out[0]);
    out[place] = status;
    ++*count;
}

/* Statuses that come with a flag. */
static const struct {
    unsigned flag;
    int statuses[3];
} FLAG_STATUSES[] = {
    {HTTP_BODY_JSON, {413, 415}}, {HTTP_BODY_MERGE, {413, 415}},     {HTTP_DRY_RUN, {200}},
    {HTTP_IF_MATCH, {412}},       {HTTP_IDEMPOTENT_KEY, {409, 422}},
};

size_t http_route_statuses(const struct http_route *route, int out[static STATUSES_OUT])
{
    size_t count = 0;
    add(out, &count, 400);
    add(out, &count, 500);
    add(out, &count, 503);
    if ((route->flags & HTTP_OPEN) == 0) {
        add(out, &count, 401);
        add(out, &count, 403);
    }
    if ((route->flags & (HTTP_OPEN | HTTP_OPEN_BY_OPTION)) == 0)
        add(out, &count, 429);
    if (strchr(route->path, '{') != NULL)
        add(out, &count, 404);
    if (route->method != HTTP_GET)
        add(out, &count, 507);
    for (size_t i = 0; i < HTTP_STATUSES_MAX && route->statuses[i] != 0; i++)
        add(out, &count, route->statuses[i]);
    for (size_t i = 0; i < ARRAY_SIZE(FLAG_STATUSES); i++)
        for (size_t j = 0; j < 3 && FLAG_STATUSES[i].statuses[j] != 0; j++)
            if ((route->flags & FLAG_STATUSES[i].flag) != 0)
                add(out, &count, FLAG_STATUSES[i].statuses[j]);
    out[count] = 0;
    return count;
}
