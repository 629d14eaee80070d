/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Values from a YAML file: one flat mapping of keys to single values or sequences of them. What
 * YAML can do beyond that (nesting, aliases, tags, several documents) is refused with its line.
 */
#include <yaml.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "config/sources.h"

#define PATH_SHOWN_MAX 70 /* so that the line number always finds room behind it */

/* A file that is being read. */
struct document {
    yaml_parser_t parser;
    struct config *config;
    struct error *ret_error;
    char path[TEXT_SHOWN_SIZE];
    char where[TEXT_SHOWN_SIZE + 24];    /* path:line of the event that came last */
    size_t first_line[CONFIG_KEY_COUNT]; /* where each key was set; 0: nowhere yet */
};

/* The texts of a value, owned. */
struct items {
    char *texts[LIST_ITEMS_MAX];
    size_t count;
};

static void items_close(struct items *items)
{
    for (size_t i = 0; i < items->count; i++)
        free(items->texts[i]);
}

static void set_line(struct document *document, size_t line)
{
    snprintf(document->where, sizeof(document->where), "%s:%zu", document->path, line + 1);
}

static enum error_code out_of_memory(struct document *document)
{
    return error_set(document->ret_error, ERROR_MEMORY, NULL, "out of memory");
}

static enum error_code refuse(struct document *document, const char *why)
{
    return error_set(document->ret_error, ERROR_INVALID, NULL, "%s: %s", document->where, why);
}

/* Anchors and tags would change what a value means, or nothing: neither belongs here. */
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

static enum error_code next_event(struct document *document, yaml_event_t *event)
{
    yaml_parser_t *parser = &document->parser;
    if (!yaml_parser_parse(parser, event)) {
        if (parser->error == YAML_MEMORY_ERROR)
            return out_of_memory(document);
        set_line(document, parser->problem_mark.line);
        return refuse(document, parser->problem != NULL ? parser->problem : "not valid YAML");
    }
    set_line(document, event->start_mark.line);
    if (is_decorated(event))
        return refuse(document, "anchors, aliases and tags are not allowed");
    return ERROR_NONE;
}

/* Copies the scalar of the event to the end of items. */
static enum error_code add_item(struct document *document, const yaml_event_t *event,
                                struct items *items)
{
    const char *text = (const char *)event->data.scalar.value;
    if (memchr(text, '\0', event->data.scalar.length) != NULL)
        return refuse(document, "a NUL character is not allowed");
    if (items->count == LIST_ITEMS_MAX)
        return refuse(document, "the list is too long");
    char *copy = text_copy(text, event->data.scalar.length);
    if (copy == NULL)
        return out_of_memory(document);
    items->texts[items->count++] = copy;
    return ERROR_NONE;
}

static enum error_code read_sequence(struct document *document, struct items *items)
{
    for (;;) {
        CLEANUP(yaml_event_delete) yaml_event_t event = {0};
        enum error_code code = next_event(document, &event);
        if (code != ERROR_NONE)
            return code;
        if (event.type == YAML_SEQUENCE_END_EVENT)
            return ERROR_NONE;
        if (event.type != YAML_SCALAR_EVENT)
            return refuse(document, "a list holds single values only");
        code = add_item(document, &event, items);
        if (code != ERROR_NONE)
            return code;
    }
}

static bool is_null(const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (text[0] == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

static enum error_code read_items(struct document *document, const yaml_event_t *event,
                                  struct items *items)
{
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return read_sequence(document, items);
    if (event->type != YAML_SCALAR_EVENT)
        return refuse(document, "a value is one text or number, or a list of them");
    if (is_null(event))
        return refuse(document, "the value is missing");
    return add_item(document, event, items);
}

static enum error_code read_value(struct document *document, const struct key *key)
{
    CLEANUP(yaml_event_delete) yaml_event_t event = {0};
    CLEANUP(items_close) struct items items = {.count = 0};
    enum error_code code = next_event(document, &event);
    if (code != ERROR_NONE)
        return code;
    char where[sizeof(document->where)];
    memcpy(where, document->where, sizeof(where));
    code = read_items(document, &event, &items);
    if (code != ERROR_NONE)
        return code;
    const struct given given = {
        .where = where,
        .items = (const char *const *)items.texts,
        .count = items.count,
        .sequence = event.type == YAML_SEQUENCE_START_EVENT,
    };
    return value_set(document->config, key, &given, document->ret_error);
}

static enum error_code read_pair(struct document *document, const yaml_event_t *event)
{
    if (event->type != YAML_SCALAR_EVENT)
        return refuse(document, "a key is a plain word");
    const char *name = (const char *)event->data.scalar.value;
    const struct key *key = key_find(name);
    if (key == NULL)
        return key_unknown(document->where, name, document->ret_error);
    size_t *first_line = &document->first_line[key - config_keys];
    if (*first_line != 0)
        return error_set(document->ret_error, ERROR_INVALID, key->info.name,
                         "%s: %s is given twice, first in line %zu", document->where,
                         key->info.name, *first_line);
    *first_line = event->start_mark.line + 1;
    return read_value(document, key);
}

static enum error_code read_mapping(struct document *document)
{
    for (;;) {
        CLEANUP(yaml_event_delete) yaml_event_t event = {0};
        enum error_code code = next_event(document, &event);
        if (code != ERROR_NONE || event.type == YAML_MAPPING_END_EVENT)
            return code;
        code = read_pair(document, &event);
        if (code != ERROR_NONE)
            return code;
    }
}

/* Goes on to the next event, whose type is all that counts. */
static enum error_code next_type(struct document *document, yaml_event_type_t *ret_type)
{
    CLEANUP(yaml_event_delete) yaml_event_t event = {0};
    enum error_code code = next_event(document, &event);
    *ret_type = event.type;
    if (code == ERROR_NONE && event.type == YAML_SCALAR_EVENT && !is_null(&event))
        return refuse(document, "the file must be a mapping of keys to values");
    return code;
}

/* An empty file, an empty document and one mapping are what a file may hold. */
static enum error_code read_stream(struct document *document)
{
    for (bool root = false;;) {
        yaml_event_type_t type;
        enum error_code code = next_type(document, &type);
        if (code == ERROR_NONE && type == YAML_SEQUENCE_START_EVENT)
            return refuse(document, "the file must be a mapping of keys to values, not a list");
        if (code == ERROR_NONE && type == YAML_DOCUMENT_START_EVENT && root)
            return refuse(document, "the file must hold one document");
        root |= type == YAML_DOCUMENT_START_EVENT;
        if (code == ERROR_NONE && type == YAML_MAPPING_START_EVENT)
            code = read_mapping(document);
        if (code != ERROR_NONE || type == YAML_STREAM_END_EVENT)
            return code;
    }
}

static void cleanup_file(FILE **file)
{
    if (*file != NULL)
        fclose(*file);
}

static enum error_code unreadable(const struct document *document, int number)
{
    if (number == ENOENT)
        return ERROR_NOT_FOUND;
    return error_set(document->ret_error, ERROR_INVALID, NULL, "%s: cannot be read: %s",
                     document->path, strerror(number));
}

static enum error_code read_all(struct document *document, const char *path, struct buf *ret_text)
{
    CLEANUP(cleanup_file) FILE *file = fopen(path, "re");
    if (file == NULL)
        return unreadable(document, errno);
    for (;;) {
        char *place = buf_reserve(ret_text, BUFSIZ);
        if (place == NULL)
            return out_of_memory(document);
        size_t size = fread(place, 1, BUFSIZ, file);
        ret_text->size += size;
        if (ferror(file))
            return unreadable(document, errno);
        if (size == 0)
            return ERROR_NONE;
        if (ret_text->size > CONFIG_FILE_MAX)
            return error_set(document->ret_error, ERROR_INVALID, NULL, "%s: longer than %d bytes",
                             document->path, CONFIG_FILE_MAX);
    }
}

/* The end of a long path tells more than its beginning. */
static void show_path(struct document *document, const char *path)
{
    size_t size = strlen(path);
    text_show(document->path, size > PATH_SHOWN_MAX ? path + size - PATH_SHOWN_MAX : path);
}

enum error_code file_read(struct config *config, const char *path, struct error *ret_error)
{
    CLEANUP_BUF struct buf text = {0};
    struct document document = {.config = config, .ret_error = ret_error};
    show_path(&document, path);
    enum error_code code = read_all(&document, path, &text);
    if (code != ERROR_NONE)
        return code;
    if (!yaml_parser_initialize(&document.parser))
        return out_of_memory(&document);
    yaml_parser_set_encoding(&document.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&document.parser, (const unsigned char *)text.data, text.size);
    code = read_stream(&document);
    yaml_parser_delete(&document.parser);
    return code;
}
