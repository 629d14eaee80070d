/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Media types of request bodies. Private to http/.
 */
#ifndef HTTP_MEDIA_TYPE_H
#define HTTP_MEDIA_TYPE_H

#include <stdbool.h>

/* Whether a Content-Type (RFC 9110 section 8.3) is the media type, in any case, with no parameter
 * other than charset=utf-8. */
bool http_media_type_is(const char *content_type, const char *media_type);

#endif
