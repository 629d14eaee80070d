/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Documents that hold many tasks: what is exported and what is imported. Shared by the endpoints
 * and the commands of the command line; knows no HTTP.
 *
 * The document: {"format": "todo-app-export", "version": 1, "tasks": [...], "templates": [...]}.
 * That of the Phase III exporter has the same records with fewer fields, and templates by name.
 */
#ifndef API_IMPORT_H
#define API_IMPORT_H

#include <jansson.h>

#include "api/operations.h"
#include "base/digest.h"
#include "base/json_writer.h"
#include "task/import.h"

#define EXPORT_FORMAT    "todo-app-export"
#define EXPORT_VERSION   1
#define PHASE3_FORMAT    "todo-app-phase3"
#define PHASE3_VERSION   1
#define IMPORT_TEMPLATES 1000 /* in one document */

struct import_template {
    struct task_template values;
    const char *pointer; /* of the record */
    bool refused;
    bool present; /* there is one with the same name and content already */
};

/* A document that was read. Everything is in the arena of the faults. */
struct import_document {
    struct import_set tasks;
    struct import_template *templates;
    size_t template_count;
    int64_t last_id; /* the highest id that the program gave, as Phase III knows it; 0: not told */
    uint8_t digest[SHA256_SIZE]; /* of the content, however it is spaced and ordered */
};

/* Reads the JSON and adds every fault of the document, of its records and of the set of them. now:
 * the instant for what a record does not tell. The faults' first ones are kept, all are counted.
 * The document keeps nothing of json. ERROR_MEMORY. */
enum error_code import_read(struct faults *faults, const json_t *json, int64_t now,
                            struct import_document *ret_document);

/* What an import did, or would do. */
struct import_report {
    int64_t imported;   /* tasks */
    int64_t templates;  /* templates */
    int64_t skipped;    /* tasks and templates that are there already */
    int64_t renumbered; /* tasks that got another id */
    bool repeated;      /* the document was imported before, and its tasks are still there */
};

/* Stores the document, all of it or, when the operation refuses (REFUSAL_INVALID: a template of the
 * same name with other content), none. The document must have been read without faults; its tasks
 * have their new ids afterwards. dry_run: finds out everything, stores nothing. */
enum error_code operation_import(struct operation *operation, struct import_document *document,
                                 bool dry_run, struct import_report *ret_report);

/* The answer: {"imported", "templates", "skipped", "renumbered", "ids", "refused"}. */
void import_report_json(struct json_writer *w, const struct import_document *document,
                        const struct import_report *report);

/* The same for a document with faults, which a dry run reports instead of refusing: nothing would
 * be imported, and "refused" tells each record that has a fault, once, with its reasons. */
void import_refused_json(struct json_writer *w, const struct import_document *document,
                         const struct faults *faults);

#endif
