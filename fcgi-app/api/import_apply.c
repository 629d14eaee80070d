/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Storing an imported document: one change, all or nothing.
 */
#include <stdio.h>
#include <string.h>

#include "api/import.h"
#include "api/operation_rules.h"
#include "store/import.h"

struct import {
    struct operation *operation;
    struct import_document *document;
    struct store_import_target target;
    int64_t first_id, last_id; /* of the range that its tasks have */
    struct import_report report;
};

/* --- Templates -------------------------------------------------------------------------------- */

static bool same_text(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static bool same_template(const struct task_template *a, const struct task_template *b)
{
    return same_text(a->name, b->name) && same_text(a->description, b->description) &&
           same_text(a->notes, b->notes) && a->priority == b->priority &&
           a->category == b->category && a->recurring.type == b->recurring.type &&
           a->recurring.interval == b->recurring.interval;
}

/* A template that is there is never overwritten, and none gets a name that nobody gave it. */
static enum error_code check_template(struct import *import, struct import_template *row,
                                      struct faults *faults)
{
    struct task_template present;
    struct operation *operation = import->operation;
    enum error_code code = store_template_get(store_tx_view(operation->tx), row->values.name,
                                              operation->arena, &present);
    if (code == ERROR_NOT_FOUND) {
        import->report.templates++;
        return ERROR_NONE;
    }
    if (code != ERROR_NONE)
        return code;
    row->present = same_template(&present, &row->values);
    row->refused = !row->present;
    import->report.skipped += row->present;
    if (row->refused)
        faults_add(faults, FAULT_POINTER, row->pointer,
                   "a template of this name, with other content, exists already");
    return ERROR_NONE;
}

static enum error_code check_templates(struct import *import)
{
    struct refusal *refusal = &import->operation->refusal;
    enum error_code code = ERROR_NONE;
    faults_init(&refusal->faults, import->operation->arena);
    for (size_t i = 0; i < import->document->template_count && code == ERROR_NONE; i++)
        code = check_template(import, &import->document->templates[i], &refusal->faults);
    if (code == ERROR_NONE && refusal->faults.count > 0)
        refusal->kind = REFUSAL_INVALID;
    return code;
}

/* --- Numbers ---------------------------------------------------------------------------------- */

static void number_tasks(struct import *import)
{
    struct import_set *tasks = &import->document->tasks;
    if (import->target.empty) {
        import->first_id = tasks->count > 0 ? 1 : 0;
        import->last_id = import_highest_id(tasks);
        if (import->document->last_id > import->last_id)
            import->last_id = import->document->last_id;
    } else {
        import->first_id = import->target.last_id + 1;
        import->last_id = import_renumber(tasks, import->first_id);
    }
    import->report.imported = (int64_t)tasks->count;
    for (size_t i = 0; i < tasks->count; i++)
        import->report.renumbered += tasks->records[i].task.id != tasks->records[i].source_id;
}

/* Whether the ids would leave too few for later tasks. */
static bool ids_exhausted(const struct import *import)
{
    return import->last_id > IMPORT_ID_MAX;
}

/* --- Storing ---------------------------------------------------------------------------------- */

static enum error_code store_tasks(struct import *import)
{
    const struct import_set *tasks = &import->document->tasks;
    struct store_tx *tx = import->operation->tx;
    enum error_code code = import->target.empty ? store_import_forget(tx) : ERROR_NONE;
    /* By id, so that the table grows at its end. */
    for (size_t i = 0; i < tasks->ordered && code == ERROR_NONE; i++)
        code = store_import_task(tx, &tasks->records[tasks->order[i]].task);
    if (code == ERROR_NONE && tasks->count > 0)
        code = store_import_reserve(tx, import->last_id);
    if (code == ERROR_NONE && tasks->count > 0)
        code = store_import_remember(tx, import->document->digest, import->operation->now,
                                     import->first_id, import->last_id);
    return code;
}

static enum error_code store_templates(struct import *import)
{
    enum error_code code = ERROR_NONE;
    for (size_t i = 0; i < import->document->template_count && code == ERROR_NONE; i++) {
        struct import_template *row = &import->document->templates[i];
        if (!row->present)
            code = store_template_insert(import->operation->tx, &row->values);
    }
    return code;
}

static enum error_code store_all(struct import *import)
{
    struct operation *operation = import->operation;
    char summary[96];
    snprintf(summary, sizeof(summary), "Import %lld tasks, %lld templates",
             (long long)import->report.imported, (long long)import->report.templates);
    struct change change = {.at = operation->now,
                            .action = CHANGE_IMPORT,
                            .summary = summary,
                            .request_id = operation->request_id,
                            .actor = operation->actor};
    enum error_code code = store_change_begin(operation->tx, &change);
    if (code == ERROR_NONE)
        code = store_tasks(import);
    if (code == ERROR_NONE)
        code = store_templates(import);
    return code == ERROR_NONE ? store_change_end(operation->tx) : code;
}

static enum error_code import_new(struct import *import, bool dry_run)
{
    struct operation *operation = import->operation;
    enum error_code code = store_import_target(store_tx_view(operation->tx), &import->target);
    if (code == ERROR_NONE)
        code = check_templates(import);
    if (code != ERROR_NONE || operation_refused(operation))
        return code;
    number_tasks(import);
    if (ids_exhausted(import)) {
        operation->refusal.kind = REFUSAL_INVALID;
        faults_add(&operation->refusal.faults, FAULT_POINTER, "#/tasks",
                   "there are not enough ids left for these tasks");
        return ERROR_NONE;
    }
    return dry_run ? ERROR_NONE : store_all(import);
}

enum error_code operation_import(struct operation *operation, struct import_document *document,
                                 bool dry_run, struct import_report *ret_report)
{
    struct import import = {.operation = operation, .document = document};
    enum error_code code =
        store_import_known(store_tx_view(operation->tx), document->digest, &import.report.repeated);
    if (code != ERROR_NONE)
        return code;
    if (import.report.repeated)
        import.report.skipped = (int64_t)(document->tasks.count + document->template_count);
    else
        code = import_new(&import, dry_run);
    if (code == ERROR_NONE && !operation_refused(operation))
        *ret_report = import.report;
    return code;
}
