/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * A program of the build: turns the contract from YAML on standard input into the same in JSON on
 * standard output. It knows the YAML that a document of this kind needs (the core schema of YAML
 * 1.2) and refuses the rest: anchors, aliases, tags, several documents, and keys with escapes.
 */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/json_writer.h"

#define DEPTH_MAX 64

/* A mapping or sequence that is open. */
struct level {
    bool mapping;
    bool key_is_next;
};

struct conversion {
    yaml_parser_t parser;
    struct buf json;
    struct json_writer writer;
    regex_t number; /* what both YAML and JSON read as the same number */
    struct level levels[DEPTH_MAX];
    size_t depth;
    size_t documents;
    const char *problem; /* static; NULL: none so far */
};

static struct level *top(struct conversion *conversion)
{
    return conversion->depth > 0 ? &conversion->levels[conversion->depth - 1] : NULL;
}

/* After each value, the key of the next member comes. */
static void value_ended(struct conversion *conversion)
{
    struct level *level = top(conversion);
    if (level != NULL)
        level->key_is_next = level->mapping;
}

static void begin(struct conversion *conversion, bool mapping)
{
    if (conversion->depth == DEPTH_MAX) {
        conversion->problem = "too deep";
        return;
    }
    const struct level *level = top(conversion);
    if (level != NULL && level->key_is_next) {
        conversion->problem = "a key must be a single text";
        return;
    }
    conversion->levels[conversion->depth++] =
        (struct level){.mapping = mapping, .key_is_next = mapping};
    if (mapping)
        json_write_object_begin(&conversion->writer);
    else
        json_write_array_begin(&conversion->writer);
}

static void end(struct conversion *conversion)
{
    if (top(conversion)->mapping)
        json_write_object_end(&conversion->writer);
    else
        json_write_array_end(&conversion->writer);
    conversion->depth--;
    value_ended(conversion);
}

static void write_key(struct conversion *conversion, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
            conversion->problem = "a key must be printable ASCII without quotes and backslashes";
    }
    json_write_key(&conversion->writer, text);
    top(conversion)->key_is_next = false;
}

static bool is_one_of(const char *text, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(text, words[i]) == 0)
            return true;
    }
    return false;
}

/* YAML 1.2.2 section 10.3.2: what an unquoted text means. */
static void write_plain(struct conversion *conversion, const char *text, size_t size)
{
    static const char *const NULLS[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const TRUES[] = {"true", "True", "TRUE", NULL};
    static const char *const FALSES[] = {"false", "False", "FALSE", NULL};
    struct json_writer *writer = &conversion->writer;
    if (is_one_of(text, NULLS))
        json_write_null(writer);
    else if (is_one_of(text, TRUES) || is_one_of(text, FALSES))
        json_write_bool(writer, is_one_of(text, TRUES));
    else if (regexec(&conversion->number, text, 0, NULL, 0) == 0)
        json_write_raw(writer, text, size);
    else
        json_write_string(writer, text, size);
}

static void scalar(struct conversion *conversion, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    const struct level *level = top(conversion);
    if (level != NULL && level->key_is_next) {
        write_key(conversion, text);
        return;
    }
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        write_plain(conversion, text, event->data.scalar.length);
    else
        json_write_string(&conversion->writer, text, event->data.scalar.length);
    value_ended(conversion);
}

/* Anchors and tags would change what a value means, or nothing. */
static bool is_decorated(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
    default:
        return event->type == YAML_ALIAS_EVENT;
    }
}

static void take(struct conversion *conversion, const yaml_event_t *event)
{
    if (is_decorated(event)) {
        conversion->problem = "anchors, aliases and tags are not known here";
        return;
    }
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (conversion->documents++ > 0)
            conversion->problem = "there must be one document";
        break;
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        begin(conversion, event->type == YAML_MAPPING_START_EVENT);
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        end(conversion);
        break;
    case YAML_SCALAR_EVENT:
        scalar(conversion, event);
        break;
    default:
        break;
    }
}

/* All events; false with a message when the document is refused. */
static bool convert(struct conversion *conversion)
{
    for (bool more = true; more;) {
        CLEANUP(yaml_event_delete) yaml_event_t event = {0};
        size_t line = conversion->parser.mark.line;
        if (!yaml_parser_parse(&conversion->parser, &event)) {
            line = conversion->parser.problem_mark.line;
            conversion->problem =
                conversion->parser.problem != NULL ? conversion->parser.problem : "not valid YAML";
        } else {
            line = event.start_mark.line;
            take(conversion, &event);
        }
        if (conversion->problem != NULL) {
            fprintf(stderr, "openapi-json: line %zu: %s\n", line + 1, conversion->problem);
            return false;
        }
        more = event.type != YAML_STREAM_END_EVENT;
    }
    if (conversion->documents == 0)
        fputs("openapi-json: there is no document\n", stderr);
    return conversion->documents > 0;
}

static bool write_out(struct buf *json)
{
    buf_append_char(json, '\n');
    return !json->failed && fwrite(json->data, 1, json->size, stdout) == json->size &&
           fflush(stdout) == 0;
}

int main(void)
{
    struct conversion conversion = {.depth = 0};
    if (yaml_parser_initialize(&conversion.parser) == 0 ||
        regcomp(&conversion.number, "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$",
                REG_EXTENDED | REG_NOSUB) != 0)
        return EXIT_FAILURE;
    conversion.writer = json_writer(&conversion.json);
    yaml_parser_set_input_file(&conversion.parser, stdin);
    bool done = convert(&conversion) && write_out(&conversion.json);
    regfree(&conversion.number);
    yaml_parser_delete(&conversion.parser);
    buf_close(&conversion.json);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
