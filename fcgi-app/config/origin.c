/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The syntax of an origin in cors_origins.
 */
#include <string.h>

#include "config/values.h"

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

static bool port_valid(const char *text)
{
    size_t digits = strspn(text, DIGITS);
    if (digits == 0 || digits > 5 || text[digits] != '\0' || text[0] == '0')
        return false;
    return strtoul(text, NULL, 10) <= 65535;
}

/* The length of the host: a name, an IPv4 address or an IPv6 address in brackets; 0: none. */
static size_t host_length(const char *text)
{
    if (text[0] != '[')
        return strspn(text, LOWER DIGITS ".-_");
    size_t inner = strspn(text + 1, DIGITS "abcdef:.");
    return inner > 1 && text[1 + inner] == ']' ? inner + 2 : 0;
}

bool origin_valid(const char *text)
{
    if (strcmp(text, "*") == 0)
        return true;
    size_t scheme = strspn(text, LOWER DIGITS "+-.");
    if (strspn(text, LOWER) == 0 || strncmp(text + scheme, "://", 3) != 0)
        return false;
    const char *host = text + scheme + 3;
    size_t length = host_length(host);
    if (length == 0)
        return false;
    return host[length] == '\0' || (host[length] == ':' && port_valid(host + length + 1));
}
