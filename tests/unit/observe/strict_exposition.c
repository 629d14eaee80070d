/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reading exposition texts line by line.
 */
#include "tests/unit/observe/strict_exposition.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define NAME_CHARS   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"
#define FAMILIES_MAX 100
#define SAMPLES_MAX  2000

struct reader {
    enum metrics_format format;
    char family[128];
    char type[16];
    char families[FAMILIES_MAX][128];
    size_t family_count;
    char series[SAMPLES_MAX][256];
    size_t sample_count;
    bool typed;            /* TYPE of the family was read */
    unsigned long long le; /* the last bucket of the histogram that is being read */
    double bound;
};

static void read_help(struct reader *r, const char *line)
{
    size_t size = strcspn(line, " ");
    ck_assert_msg(size > 0 && size < sizeof(r->family) && line[size] == ' ', "%s", line);
    memcpy(r->family, line, size);
    r->family[size] = '\0';
    for (size_t i = 0; i < r->family_count; i++)
        ck_assert_msg(strcmp(r->families[i], r->family) != 0, "twice: %s", r->family);
    ck_assert_uint_lt(r->family_count, FAMILIES_MAX);
    memcpy(r->families[r->family_count++], r->family, sizeof(r->family));
    r->typed = false;
}

static void read_type(struct reader *r, const char *line)
{
    size_t size = strlen(r->family);
    ck_assert_msg(strncmp(line, r->family, size) == 0 && line[size] == ' ', "%s", line);
    ck_assert_msg(!r->typed && strlen(line + size + 1) < sizeof(r->type), "%s", line);
    strcpy(r->type, line + size + 1);
    r->typed = true;
}

/* What follows the family's name in the sample's. */
static void check_suffix(const struct reader *r, const char *suffix)
{
    bool open = r->format == METRICS_OPENMETRICS;
    if (strcmp(r->type, "histogram") == 0)
        ck_assert_msg(strcmp(suffix, "_bucket") == 0 || strcmp(suffix, "_sum") == 0 ||
                          strcmp(suffix, "_count") == 0,
                      "%s%s", r->family, suffix);
    else if (strcmp(r->type, "counter") == 0)
        ck_assert_str_eq(suffix, open ? "_total" : "");
    else if (strcmp(r->type, "info") == 0)
        ck_assert_str_eq(suffix, "_info");
    else if (strcmp(r->type, "gauge") == 0)
        ck_assert_str_eq(suffix, "");
    else
        ck_abort_msg("type %s of %s", r->type, r->family);
}

/* Returns what follows the labels; stores the value of le, if it is there. */
static const char *read_labels(const char *labels, char le[static 32])
{
    const char *at = labels;
    do {
        at++;
        size_t name = strspn(at, NAME_CHARS);
        ck_assert_msg(name > 0 && strncmp(at + name, "=\"", 2) == 0, "%s", labels);
        const char *value = at + name + 2;
        const char *end = value;
        while (*end != '"') {
            ck_assert_msg(*end != '\0', "%s", labels);
            if (*end == '\\')
                ck_assert_msg(strchr("\\\"n", *++end) != NULL && *end != '\0', "%s", labels);
            end++;
        }
        if (name == 2 && strncmp(at, "le", 2) == 0)
            snprintf(le, 32, "%.*s", (int)(end - value), value);
        at = end + 1;
    } while (*at == ',');
    ck_assert_msg(*at == '}', "%s", labels);
    return at + 1;
}

static void check_bucket(struct reader *r, const char *le, const char *value)
{
    ck_assert_msg(strcmp(le, "+Inf") == 0 || strchr(le, '.') != NULL, "le %s", le);
    double bound = strtod(le, NULL);
    unsigned long long count = strtoull(value, NULL, 10);
    bool first = r->bound == 0;
    ck_assert_msg(first || (bound > r->bound && count >= r->le), "%s le %s", r->family, le);
    r->bound = bound;
    r->le = count;
}

static void read_sample(struct reader *r, const char *line)
{
    size_t name = strspn(line, NAME_CHARS);
    size_t family = strlen(r->family);
    ck_assert_msg(r->typed && name >= family && strncmp(line, r->family, family) == 0, "%s", line);
    char suffix[32];
    snprintf(suffix, sizeof(suffix), "%.*s", (int)(name - family), line + family);
    check_suffix(r, suffix);

    char le[32] = "";
    const char *rest = line[name] == '{' ? read_labels(line + name, le) : line + name;
    ck_assert_msg(*rest == ' ', "%s", line);
    char *end;
    ck_assert_msg(strtod(rest + 1, &end) >= 0 && *end == '\0' && end > rest + 1, "%s", line);
    if (strcmp(suffix, "_bucket") == 0)
        check_bucket(r, le, rest + 1);
    if (strcmp(suffix, "_sum") == 0)
        ck_assert_msg(r->bound > 1e300, "no +Inf before %s", line);
    if (strcmp(suffix, "_count") == 0) {
        ck_assert_msg(strtoull(rest + 1, NULL, 10) == r->le, "%s", line);
        r->bound = 0;
    }

    ck_assert_uint_lt(r->sample_count, SAMPLES_MAX);
    char *series = r->series[r->sample_count];
    snprintf(series, sizeof(r->series[0]), "%.*s", (int)(rest - line), line);
    for (size_t i = 0; i < r->sample_count; i++)
        ck_assert_msg(strcmp(r->series[i], series) != 0, "twice: %s", series);
    r->sample_count++;
}

size_t strict_exposition_check(const char *text, enum metrics_format format)
{
    struct reader *r CLEANUP_FREE = calloc(1, sizeof(*r));
    ck_assert_ptr_nonnull(r);
    r->format = format;
    bool ended = false;
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        ck_assert_msg(text[size] == '\n', "no line feed: %s", text);
        ck_assert_msg(!ended, "after the end: %s", text);
        char *line CLEANUP_FREE = strndup(text, size);
        if (strncmp(line, "# HELP ", 7) == 0)
            read_help(r, line + 7);
        else if (strncmp(line, "# TYPE ", 7) == 0)
            read_type(r, line + 7);
        else if (strcmp(line, "# EOF") == 0)
            ended = true;
        else
            read_sample(r, line);
        text += size + 1;
    }
    ck_assert_int_eq(ended, format == METRICS_OPENMETRICS);
    return r->sample_count;
}
