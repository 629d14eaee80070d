/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Conditional requests (RFC 9110 section 13): entity tags and lists of them.
 */
#include <string.h>

#include "http/body.h"

struct entity_tag {
    const char *data; /* without quotes */
    size_t size;
    bool weak;
};

enum next { NEXT_TAG, NEXT_END, NEXT_MALFORMED };

static bool tag_character(unsigned char c)
{
    return c == 0x21 || (c >= 0x23 && c != 0x7f);
}

/* Reads one member of a list; empty members are skipped (section 5.6.1). */
static enum next next_tag(const char **cursor, struct entity_tag *ret_tag)
{
    const char *text = *cursor + strspn(*cursor, " \t,");
    if (*text == '\0')
        return NEXT_END;
    struct entity_tag tag = {.weak = strncmp(text, "W/", 2) == 0};
    text += tag.weak ? 2 : 0;
    if (*text++ != '"')
        return NEXT_MALFORMED;
    tag.data = text;
    while (tag_character((unsigned char)*text))
        text++;
    tag.size = (size_t)(text - tag.data);
    if (*text++ != '"')
        return NEXT_MALFORMED;
    text += strspn(text, " \t");
    if (*text != ',' && *text != '\0')
        return NEXT_MALFORMED;
    *cursor = text;
    *ret_tag = tag;
    return NEXT_TAG;
}

static bool is_star(const char *value)
{
    value += strspn(value, " \t");
    return *value == '*' && value[1 + strspn(value + 1, " \t")] == '\0';
}

static bool list_matches(const char *list, bool strong,
                         bool (*matches)(void *context, const char *tag, size_t size),
                         void *context)
{
    bool found = false;
    for (;;) {
        struct entity_tag tag;
        switch (next_tag(&list, &tag)) {
        case NEXT_TAG:
            found = found || (!(strong && tag.weak) && matches(context, tag.data, tag.size));
            break;
        case NEXT_END:
            return found;
        case NEXT_MALFORMED:
            return false;
        }
    }
}

static bool equals(void *context, const char *tag, size_t size)
{
    const char *wanted = *(const char **)context;
    return strlen(wanted) == size && memcmp(wanted, tag, size) == 0;
}

bool http_entity_tag(struct http_exchange *exchange, const char *tag)
{
    const struct http_request *request = &exchange->request;
    struct http_response *response = &exchange->response;
    http_response_headerf(response, "ETag", "\"%s\"", tag);
    const char *list = request->if_none_match;
    if (list == NULL || (request->method != HTTP_GET && request->method != HTTP_HEAD))
        return false;
    if (!is_star(list) && !list_matches(list, false, equals, &tag))
        return false;
    response->status = 304;
    response->content_type = NULL;
    buf_clear(&response->body);
    return true;
}

bool http_if_match(const struct http_request *request,
                   bool (*matches)(void *context, const char *tag, size_t size), void *context)
{
    const char *list = request->if_match;
    return list == NULL || is_star(list) || list_matches(list, true, matches, context);
}
