/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Which exposition format an Accept header (RFC 9110 section 12.5.1) asks for.
 */
#include <string.h>
#include <strings.h>

#include "observe/metrics.h"

#define QUALITY_ONE 1000

/* One element of the header: a media range with the parameters that matter here. */
struct range {
    char type[64];
    char version[16]; /* "" if not given */
    int quality;      /* in thousandths */
};

/* Copies what lies between start and end without spaces around it; false if it is too long. */
static bool copy_trimmed(const char *start, const char *end, char *out, size_t size)
{
    while (start < end && strchr(" \t", *start) != NULL)
        start++;
    while (end > start && strchr(" \t", end[-1]) != NULL)
        end--;
    if ((size_t)(end - start) >= size)
        return false;
    memcpy(out, start, (size_t)(end - start));
    out[end - start] = '\0';
    return true;
}

/* A weight: 0 to 1 with at most three decimals; -1 for anything else. */
static int parse_quality(const char *text)
{
    if (text[0] != '0' && text[0] != '1')
        return -1;
    int quality = (text[0] - '0') * QUALITY_ONE;
    if (text[1] == '\0')
        return quality;
    if (text[1] != '.' || strlen(text) > 5 || strspn(text + 2, "0123456789") != strlen(text + 2))
        return -1;
    int worth = QUALITY_ONE / 10;
    for (const char *digit = text + 2; *digit != '\0'; digit++, worth /= 10)
        quality += (*digit - '0') * worth;
    return quality <= QUALITY_ONE ? quality : -1;
}

static const char *find(const char *start, const char *end, char c)
{
    const char *found = memchr(start, c, (size_t)(end - start));
    return found != NULL ? found : end;
}

/* Parameters that are unknown here narrow the range to something that is not offered. */
static bool parse_parameter(const char *start, const char *end, struct range *range)
{
    char name[16];
    char value[16];
    const char *equals = find(start, end, '=');
    if (equals == end || !copy_trimmed(start, equals, name, sizeof(name)) ||
        !copy_trimmed(equals + 1, end, value, sizeof(value)))
        return false;
    size_t size = strlen(value);
    if (size >= 2 && value[0] == '"' && value[size - 1] == '"') {
        memmove(value, value + 1, size - 2);
        value[size - 2] = '\0';
    }
    if (strcasecmp(name, "q") == 0) {
        range->quality = parse_quality(value);
        return range->quality >= 0;
    }
    if (strcasecmp(name, "version") == 0) {
        memcpy(range->version, value, sizeof(value));
        return true;
    }
    return strcasecmp(name, "charset") == 0 ? strcasecmp(value, "utf-8") == 0
                                            : strcasecmp(name, "escaping") == 0;
}

static bool parse_range(const char *start, const char *end, struct range *ret_range)
{
    *ret_range = (struct range){.quality = QUALITY_ONE};
    const char *semicolon = find(start, end, ';');
    if (!copy_trimmed(start, semicolon, ret_range->type, sizeof(ret_range->type)))
        return false;
    while (semicolon < end) {
        const char *next = find(semicolon + 1, end, ';');
        if (!parse_parameter(semicolon + 1, next, ret_range))
            return false;
        semicolon = next;
    }
    return true;
}

static bool matches(const struct range *range, const char *type, const char *version)
{
    return strcasecmp(range->type, type) == 0 &&
           (range->version[0] == '\0' || strcmp(range->version, version) == 0);
}

/* Qualities of what can be offered, -1 where nothing was said. */
struct wishes {
    int openmetrics;
    int plain, any_text, anything;
};

static void note_wish(struct wishes *wishes, const struct range *range)
{
    if (matches(range, "application/openmetrics-text", "1.0.0"))
        wishes->openmetrics = range->quality;
    else if (matches(range, "text/plain", "0.0.4"))
        wishes->plain = range->quality;
    else if (matches(range, "text/*", ""))
        wishes->any_text = range->quality;
    else if (matches(range, "*/*", ""))
        wishes->anything = range->quality;
}

enum metrics_format metrics_negotiate(const char *accept)
{
    struct wishes wishes = {-1, -1, -1, -1};
    const char *start = accept != NULL ? accept : "";
    const char *end = start + strlen(start);
    while (start < end) {
        const char *comma = find(start, end, ',');
        struct range range;
        if (parse_range(start, comma, &range))
            note_wish(&wishes, &range);
        start = comma < end ? comma + 1 : end;
    }
    /* The most precise range counts. */
    int text = wishes.anything;
    if (wishes.any_text >= 0)
        text = wishes.any_text;
    if (wishes.plain >= 0)
        text = wishes.plain;
    return wishes.openmetrics > 0 && wishes.openmetrics >= text ? METRICS_OPENMETRICS
                                                                : METRICS_PROMETHEUS;
}

const char *metrics_content_type(enum metrics_format format)
{
    return format == METRICS_OPENMETRICS
               ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
               : "text/plain; version=0.0.4; charset=utf-8";
}
