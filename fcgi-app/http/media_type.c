/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reads a Content-Type as far as this program has to understand one.
 */
#include "http/media_type.h"

#include <string.h>
#include <strings.h>

static const char *skip_space(const char *text)
{
    return text + strspn(text, " \t");
}

/* One parameter, which must be charset=utf-8, quoted or not; NULL if it is another. */
static const char *skip_utf8_charset(const char *text)
{
    if (strncasecmp(text, "charset=", 8) != 0)
        return NULL;
    text += 8;
    if (strncasecmp(text, "\"utf-8\"", 7) == 0)
        return text + 7;
    return strncasecmp(text, "utf-8", 5) == 0 ? text + 5 : NULL;
}

bool http_media_type_is(const char *content_type, const char *media_type)
{
    const char *rest = skip_space(content_type);
    size_t size = strlen(media_type);
    if (strncasecmp(rest, media_type, size) != 0)
        return false;
    rest = skip_space(rest + size);
    while (*rest == ';') {
        rest = skip_space(rest + 1);
        if (*rest == ';' || *rest == '\0') /* RFC 9110 section 5.6.6 lets parameters be empty */
            continue;
        rest = skip_utf8_charset(rest);
        if (rest == NULL)
            return false;
        rest = skip_space(rest);
    }
    return *rest == '\0';
}
