/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Reads an imported document: its head, its records one by one, and its digest.
 */
#include <stdio.h>
#include <string.h>

#include "api/import_fields.h"
#include "base/utf8.h"
#include "http/body.h"

/* The documents that are understood. A document that names no format is one of Phase III. */
static const struct {
    const char *name;
    int64_t version;
} formats[] = {
    {EXPORT_FORMAT, EXPORT_VERSION},
    {PHASE3_FORMAT, PHASE3_VERSION},
};

/* --- The head --------------------------------------------------------------------------------- */

static void read_format(struct faults *faults, const json_t *json)
{
    const json_t *format = json_object_get(json, "format");
    const json_t *version = json_object_get(json, "version");
    const char *name = format == NULL ? PHASE3_FORMAT : json_string_value(format);
    size_t i = 0;
    while (i < ARRAY_SIZE(formats) && (name == NULL || strcmp(formats[i].name, name) != 0))
        i++;
    int64_t number;
    if (i == ARRAY_SIZE(formats))
        faults_add(faults, FAULT_POINTER, "#/format",
                   "must be " EXPORT_FORMAT " or " PHASE3_FORMAT);
    else if ((format != NULL || version != NULL) &&
             (!http_json_integer(version, &number) || number != formats[i].version))
        faults_add(faults, FAULT_POINTER, "#/version", "must be %lld for this format",
                   (long long)formats[i].version);
}

static void read_head(struct faults *faults, const json_t *json)
{
    static const char *const known[] = {"format", "version", "tasks", "templates", "next_task_id"};
    const char *name;
    size_t size;
    json_t *value;
    read_format(faults, json);
    json_object_keylen_foreach((json_t *)json, name, size, value)
    {
        size_t i = 0;
        while (i < ARRAY_SIZE(known) &&
               (strlen(known[i]) != size || memcmp(known[i], name, size) != 0))
            i++;
        const char *where =
            i < ARRAY_SIZE(known) ? "" : json_pointer_append(faults->arena, "#", name, size);
        if (where == NULL)
            faults->failed = true;
        else if (*where != '\0')
            faults_add(faults, FAULT_POINTER, where, "is not a known field");
    }
    if (!json_is_array(json_object_get(json, "tasks")))
        faults_add(faults, FAULT_POINTER, "#/tasks", "must be an array of tasks");
}

/* Phase III counts the ids that it gave, also to tasks that were deleted since. */
static void read_next_id(struct faults *faults, const json_t *next, int64_t *ret_last)
{
    int64_t id;
    if (next == NULL || json_is_null(next))
        return;
    if (http_json_integer(next, &id) && id >= 1 && id <= IMPORT_ID_MAX)
        *ret_last = id - 1;
    else
        faults_add(faults, FAULT_POINTER, "#/next_task_id", "must be an id, or null");
}

/* --- Tasks ------------------------------------------------------------------------------------ */

static bool read_tasks(struct faults *faults, const json_t *tasks, int64_t now,
                       struct import_set *set)
{
    set->count = json_array_size(tasks);
    set->records = arena_calloc(faults->arena, set->count, sizeof(*set->records));
    if (set->records == NULL)
        return false;
    for (size_t i = 0; i < set->count; i++) {
        struct import_reading reading = {
            .faults = faults, .now = now, .task = &set->records[i].task};
        snprintf(reading.pointer, sizeof(reading.pointer), "#/tasks/%zu", i);
        set->records[i].refused = !import_read_task(&reading, json_array_get(tasks, i));
    }
    return true;
}

/* --- Templates -------------------------------------------------------------------------------- */

/* Templates are an array, or an object by name as Phase III held them. */
struct template_source {
    struct faults *faults;
    int64_t now;
    struct import_document *document;
};

static void read_template(struct template_source *source, const char *pointer, struct text name,
                          const json_t *value)
{
    struct faults *faults = source->faults;
    struct import_template *row = &source->document->templates[source->document->template_count++];
    struct import_reading reading = {.faults = faults,
                                     .now = source->now,
                                     .is_named = name.data != NULL,
                                     .template_ = &row->values};
    size_t before = faults->count;
    template_init(&row->values);
    row->values.name = (struct text){NULL, 0};
    row->pointer = pointer;
    if (name.data != NULL)
        validate_template_name(faults, pointer, name.data, name.size, &row->values.name);
    snprintf(reading.pointer, sizeof(reading.pointer), "%s", pointer);
    import_read_template(&reading, value);
    row->refused = faults->count > before;
}

static void read_template_array(struct template_source *source, const json_t *templates)
{
    for (size_t i = 0; i < json_array_size(templates); i++) {
        const char *pointer = arena_printf(source->faults->arena, "#/templates/%zu", i);
        if (pointer == NULL)
            source->faults->failed = true;
        else
            read_template(source, pointer, (struct text){NULL, 0}, json_array_get(templates, i));
    }
}

static void read_template_object(struct template_source *source, const json_t *templates)
{
    const char *name;
    size_t size;
    json_t *value;
    json_object_keylen_foreach((json_t *)templates, name, size, value)
    {
        const char *pointer = json_pointer_append(source->faults->arena, "#/templates", name, size);
        if (pointer == NULL)
            source->faults->failed = true;
        else
            read_template(source, pointer, (struct text){name, size}, value);
    }
}

static bool same_name(struct faults *faults, const struct import_template *a,
                      const struct import_template *b)
{
    struct buf left CLEANUP_BUF = {0};
    struct buf right CLEANUP_BUF = {0};
    utf8_fold(&left, a->values.name.data, a->values.name.size);
    utf8_fold(&right, b->values.name.data, b->values.name.size);
    faults->failed |= left.failed || right.failed;
    return left.size == right.size && memcmp(left.data, right.data, left.size) == 0;
}

static void check_template_names(struct faults *faults, struct import_document *document)
{
    for (size_t i = 1; i < document->template_count; i++) {
        struct import_template *row = &document->templates[i];
        for (size_t j = 0; j < i && !row->refused; j++) {
            if (document->templates[j].refused || !same_name(faults, row, &document->templates[j]))
                continue;
            faults_add(faults, FAULT_POINTER, row->pointer, "has the name of %s, too",
                       document->templates[j].pointer);
            row->refused = true;
        }
    }
}

static bool read_templates(struct faults *faults, const json_t *templates, int64_t now,
                           struct import_document *document)
{
    struct template_source source = {faults, now, document};
    size_t count =
        json_is_object(templates) ? json_object_size(templates) : json_array_size(templates);
    if (templates == NULL || json_is_null(templates))
        return true;
    if ((!json_is_object(templates) && !json_is_array(templates)) || count > IMPORT_TEMPLATES) {
        faults_add(faults, FAULT_POINTER, "#/templates",
                   "must be an array of at most %d templates, or an object of them by name",
                   IMPORT_TEMPLATES);
        return true;
    }
    document->templates = arena_calloc(faults->arena, count, sizeof(*document->templates));
    if (document->templates == NULL)
        return false;
    if (json_is_array(templates))
        read_template_array(&source, templates);
    else
        read_template_object(&source, templates);
    check_template_names(faults, document);
    return true;
}

/* --- The whole -------------------------------------------------------------------------------- */

static int digest_part(const char *part, size_t size, void *sha)
{
    sha256_update(sha, part, size);
    return 0;
}

/* Of tasks and templates alone: a document that was exported again is the same if these are. */
static bool digest_content(const json_t *json, uint8_t ret_digest[static SHA256_SIZE])
{
    static const char *const parts[] = {"tasks", "templates"};
    struct sha256 sha;
    sha256_init(&sha);
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        const json_t *part = json_object_get(json, parts[i]);
        if (part != NULL &&
            json_dump_callback(part, digest_part, &sha, JSON_COMPACT | JSON_SORT_KEYS) != 0)
            return false;
        sha256_update(&sha, "\n", 1);
    }
    sha256_final(&sha, ret_digest);
    return true;
}

enum error_code import_read(struct faults *faults, const json_t *json, int64_t now,
                            struct import_document *ret_document)
{
    struct import_document document = {0};
    if (!json_is_object(json)) {
        faults_add(faults, FAULT_POINTER, "#", "must be an object with tasks and templates");
        *ret_document = document;
        return ERROR_NONE;
    }
    read_head(faults, json);
    read_next_id(faults, json_object_get(json, "next_task_id"), &document.last_id);
    if (!read_tasks(faults, json_object_get(json, "tasks"), now, &document.tasks) ||
        !read_templates(faults, json_object_get(json, "templates"), now, &document))
        return ERROR_MEMORY;
    enum error_code code = import_check(faults, &document.tasks);
    if (code == ERROR_NONE && faults->count == 0 && !digest_content(json, document.digest))
        code = ERROR_MEMORY;
    if (code == ERROR_NONE && faults->failed)
        code = ERROR_MEMORY;
    if (code == ERROR_NONE)
        *ret_document = document;
    return code;
}
