/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Matching a path against the templates of the route table, segment by segment.
 */
#include "http/route_match.h"

#include <string.h>

#include "base/utf8.h"

struct variables {
    int64_t ids[HTTP_PATH_VARIABLES];
    struct text texts[HTTP_PATH_VARIABLES];
    unsigned id_count;
    unsigned text_count;
};

/* Canonical decimal: "0", "01" and "+1" are not ids. */
static bool parse_id(const char *segment, size_t size, int64_t *ret_id)
{
    int64_t id = 0;
    if (size == 0 || size > 16 || segment[0] == '0')
        return false;
    for (size_t i = 0; i < size; i++) {
        if (segment[i] < '0' || segment[i] > '9')
            return false;
        id = id * 10 + (segment[i] - '0');
    }
    if (id > HTTP_ID_MAX)
        return false;
    *ret_id = id;
    return true;
}

static bool take_variable(struct variables *variables, const char *name, size_t name_size,
                          const char *segment, size_t size)
{
    if (name_size == strlen("{name}") && memcmp(name, "{name}", name_size) == 0) {
        if (variables->text_count == HTTP_PATH_VARIABLES || size == 0 ||
            !utf8_valid(segment, size) || utf8_count(segment, size) > HTTP_PATH_TEXT_MAX)
            return false;
        variables->texts[variables->text_count++] = (struct text){segment, size};
        return true;
    }
    if (variables->id_count == HTTP_PATH_VARIABLES ||
        !parse_id(segment, size, &variables->ids[variables->id_count]))
        return false;
    variables->id_count++;
    return true;
}

/* Whether the path ends as the template does behind its last variable. Most templates begin alike,
 * so this tells them apart sooner. */
static bool ends_alike(const char *template, const char *path, size_t path_size)
{
    size_t size = strlen(template);
    for (size_t i = 1; i <= size && template[size - i] != '}'; i++)
        if (i > path_size || template[size - i] != path[path_size - i])
            return false;
    return true;
}

static bool match_template(const char *template, const char *path, size_t path_size,
                           struct variables *variables)
{
    const char *end = path + path_size;
    while (*template != '\0') {
        if (*template != '{') {
            if (path == end || *template != *path)
                return false;
            template ++;
            path++;
            continue;
        }
        size_t name_size = strcspn(template, "/");
        const char *slash = memchr(path, '/', (size_t)(end - path));
        size_t size = (size_t)((slash != NULL ? slash : end) - path);
        if (!take_variable(variables, template, name_size, path, size))
            return false;
        template += name_size;
        path += size;
    }
    return path == end;
}

/* Texts are handed out NUL-terminated. */
static void keep_variables(struct http_exchange *exchange, const struct variables *variables)
{
    memcpy(exchange->path_ids, variables->ids, sizeof exchange->path_ids);
    for (unsigned i = 0; i < variables->text_count; i++) {
        const struct text *text = &variables->texts[i];
        const char *copy = arena_memdup(&exchange->arena, text->data, text->size);
        exchange->faults.failed |= copy == NULL;
        exchange->path_texts[i] =
            copy != NULL ? (struct text){copy, text->size} : (struct text){"", 0};
    }
}

struct http_match http_match(const struct http_router *router, struct http_exchange *exchange)
{
    const struct http_request *request = &exchange->request;
    enum http_method wanted = request->method == HTTP_HEAD ? HTTP_GET : request->method;
    struct http_match match = {.row = router->count, .variables = UINT32_MAX};
    struct variables kept = {0};
    for (size_t i = 0; i < router->count; i++) {
        const struct http_route *route = &router->routes[i];
        if (!ends_alike(route->path, request->path, request->path_size))
            continue;
        struct variables variables = {0};
        if (!match_template(route->path, request->path, request->path_size, &variables))
            continue;
        unsigned count = variables.id_count + variables.text_count;
        if (count > match.variables)
            continue;
        if (count < match.variables) {
            match =
                (struct http_match){.path = route->path, .variables = count, .row = router->count};
            kept = variables;
        }
        match.methods |= HTTP_METHOD_BIT(route->method);
        if (route->method == wanted)
            match.row = i;
    }
    if (match.path != NULL)
        keep_variables(exchange, &kept);
    return match;
}
