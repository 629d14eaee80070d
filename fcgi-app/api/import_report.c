/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The report of an import as JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/import.h"

/* Ids that follow each other and became ids that do: "ids" tells such runs. */
struct run {
    int64_t first, last, becomes;
};

static void write_run(struct json_writer *w, const struct run *run)
{
    json_write_object_begin(w);
    json_write_member_int(w, "first", run->first);
    json_write_member_int(w, "last", run->last);
    json_write_member_int(w, "becomes", run->becomes);
    json_write_object_end(w);
}

static void write_runs(struct json_writer *w, const struct import_set *tasks)
{
    struct run run = {0};
    for (size_t i = 0; i < tasks->ordered; i++) {
        const struct import_record *record = &tasks->records[tasks->order[i]];
        bool follows = i > 0 && record->source_id == run.last + 1 &&
                       record->task.id == run.becomes + (record->source_id - run.first);
        if (!follows && i > 0)
            write_run(w, &run);
        if (!follows)
            run = (struct run){record->source_id, record->source_id, record->task.id};
        run.last = record->source_id;
    }
    if (tasks->ordered > 0)
        write_run(w, &run);
}

static void write_counts(struct json_writer *w, const struct import_report *report)
{
    json_write_member_int(w, "imported", report->imported);
    json_write_member_int(w, "templates", report->templates);
    json_write_member_int(w, "skipped", report->skipped);
    json_write_member_int(w, "renumbered", report->renumbered);
}

void import_report_json(struct json_writer *w, const struct import_document *document,
                        const struct import_report *report)
{
    json_write_object_begin(w);
    write_counts(w, report);
    json_write_key(w, "ids");
    json_write_array_begin(w);
    if (report->renumbered > 0)
        write_runs(w, &document->tasks);
    json_write_array_end(w);
    json_write_member_int(w, "refused_total", 0);
    json_write_key(w, "refused");
    json_write_array_begin(w);
    json_write_array_end(w);
    json_write_object_end(w);
}

/* --- Refused records -------------------------------------------------------------------------- */

static int64_t count_refused(const struct import_document *document)
{
    int64_t refused = 0;
    for (size_t i = 0; i < document->tasks.count; i++)
        refused += document->tasks.records[i].refused;
    for (size_t i = 0; i < document->template_count; i++)
        refused += document->templates[i].refused;
    return refused;
}

/* The length of the record's part of a pointer: "#/tasks/17" of "#/tasks/17/due_date". */
static size_t record_size(const char *pointer)
{
    const char *end = strchr(pointer, '/');
    for (int i = 0; i < 2 && end != NULL; i++)
        end = strchr(end + 1, '/');
    return end == NULL ? strlen(pointer) : (size_t)(end - pointer);
}

static bool same_record(const char *a, const char *b)
{
    size_t size = record_size(a);
    return size == record_size(b) && memcmp(a, b, size) == 0;
}

static void write_id(struct json_writer *w, const struct import_document *document,
                     const char *pointer)
{
    static const char tasks[] = "#/tasks/";
    size_t place = strncmp(pointer, tasks, sizeof(tasks) - 1) == 0
                       ? strtoul(pointer + sizeof(tasks) - 1, NULL, 10)
                       : SIZE_MAX;
    if (place < document->tasks.count && document->tasks.records[place].source_id != 0)
        json_write_member_int(w, "id", document->tasks.records[place].source_id);
    else
        json_write_member_null(w, "id");
}

/* "due_date: must be ...; recurring: ..." of all faults of one record. */
static void write_reason(struct json_writer *w, const struct fault *first)
{
    struct buf reason CLEANUP_BUF = {0};
    for (const struct fault *fault = first; fault != NULL; fault = fault->next) {
        if (!same_record(fault->where, first->where))
            continue;
        const char *field = fault->where + record_size(fault->where);
        if (reason.size > 0)
            buf_append_string(&reason, "; ");
        if (*field != '\0')
            buf_printf(&reason, "%s: ", field + 1);
        buf_append_string(&reason, fault->detail);
    }
    json_write_member_string(w, "reason", reason.data, reason.size);
    w->buf->failed |= reason.failed;
}

static bool told_before(const struct faults *faults, const struct fault *fault)
{
    const struct fault *earlier = faults->first;
    while (earlier != fault && !same_record(earlier->where, fault->where))
        earlier = earlier->next;
    return earlier != fault;
}

void import_refused_json(struct json_writer *w, const struct import_document *document,
                         const struct faults *faults)
{
    json_write_object_begin(w);
    write_counts(w, &(struct import_report){0});
    json_write_key(w, "ids");
    json_write_array_begin(w);
    json_write_array_end(w);
    json_write_member_int(w, "refused_total", count_refused(document));
    json_write_key(w, "refused");
    json_write_array_begin(w);
    for (const struct fault *fault = faults->first; fault != NULL; fault = fault->next) {
        if (told_before(faults, fault))
            continue;
        json_write_object_begin(w);
        json_write_member_string(w, "pointer", fault->where, record_size(fault->where));
        write_id(w, document, fault->where);
        write_reason(w, fault);
        json_write_object_end(w);
    }
    json_write_array_end(w);
    json_write_object_end(w);
}
