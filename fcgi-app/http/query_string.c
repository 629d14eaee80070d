/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The query string: application/x-www-form-urlencoded, decoded and checked for encoding only.
 */
#include <string.h>

#include "base/utf8.h"
#include "http/request.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

struct decoded {
    char *data;
    size_t size;
    const char *fault; /* what is wrong with it; the data is then fit to be shown only */
};

/* The result is at most as long as the source; out has room for it and a NUL. */
static struct decoded decode(const char *source, size_t size, char *out)
{
    struct decoded decoded = {.data = out};
    for (size_t i = 0; i < size; i++) {
        char c = source[i] == '+' ? ' ' : source[i];
        if (c == '%') {
            int high = i + 2 < size ? hex_digit(source[i + 1]) : -1;
            int low = i + 2 < size ? hex_digit(source[i + 2]) : -1;
            if (high < 0 || low < 0) {
                decoded.fault = "has a bad percent escape";
            } else {
                c = (char)(high << 4 | low);
                i += 2;
            }
        }
        if (c == '\0') {
            decoded.fault = "must not contain NUL";
            c = '?';
        }
        out[decoded.size++] = c;
    }
    out[decoded.size] = '\0';
    if (decoded.fault == NULL && !utf8_valid(out, decoded.size))
        decoded.fault = "is not valid UTF-8";
    return decoded;
}

static void add_parameter(struct http_request *request, struct faults *faults, const char *piece,
                          size_t size, char *out)
{
    const char *equals = memchr(piece, '=', size);
    size_t name_size = equals != NULL ? (size_t)(equals - piece) : size;
    struct decoded name = decode(piece, name_size, out);
    struct decoded value = {.data = name.data + name.size};
    if (equals != NULL)
        value = decode(equals + 1, size - name_size - 1, name.data + name.size + 1);
    if (name.fault != NULL)
        faults_add(faults, FAULT_PARAMETER, name.data, "its name %s", name.fault);
    else if (value.fault != NULL)
        faults_add(faults, FAULT_PARAMETER, name.data, "%s", value.fault);
    else
        request->parameters[request->parameter_count++] =
            (struct parameter){.name = name.data, .value = value.data, .size = value.size};
}

static size_t count_pieces(const char *query)
{
    size_t count = 0;
    while (*query != '\0') {
        size_t size = strcspn(query, "&");
        count += size != 0;
        query += size + (query[size] == '&');
    }
    return count;
}

void http_query_read(struct http_request *request, struct faults *faults)
{
    const char *query = request->query_string;
    size_t count = count_pieces(query);
    if (count == 0)
        return;
    if (count > HTTP_QUERY_MAX) {
        faults_add(faults, FAULT_PARAMETER, "", "there must be at most %d parameters",
                   HTTP_QUERY_MAX);
        return;
    }
    /* A piece, decoded, takes at most its length and one NUL more: the length of its "&". */
    char *out = arena_alloc(faults->arena, strlen(query) + 2);
    request->parameters = arena_calloc(faults->arena, count, sizeof(struct parameter));
    if (out == NULL || request->parameters == NULL) {
        faults->failed = true;
        return;
    }
    for (const char *piece = query; *piece != '\0';) {
        size_t size = strcspn(piece, "&");
        if (size != 0)
            add_parameter(request, faults, piece, size, out + (piece - query));
        piece += size + (piece[size] == '&');
    }
}

const struct parameter *http_parameter(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->parameter_count; i++)
        if (strcmp(request->parameters[i].name, name) == 0)
            return &request->parameters[i];
    return NULL;
}

bool http_parameter_bool(const struct http_request *request, const char *name,
                         struct faults *faults)
{
    const struct parameter *parameter = http_parameter(request, name);
    if (parameter == NULL || strcmp(parameter->value, "false") == 0)
        return false;
    if (strcmp(parameter->value, "true") == 0)
        return true;
    faults_add(faults, FAULT_PARAMETER, name, "must be true or false");
    return false;
}
