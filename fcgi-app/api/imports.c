/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The endpoints for everything at once: import and export.
 */
#include <string.h>

#include "api/answers.h"
#include "api/export.h"
#include "api/import.h"
#include "api/routes.h"
#include "api/write.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/problem.h"
#include "http/stream.h"

/* --- Import ----------------------------------------------------------------------------------- */

static void answer_report(struct http_exchange *exchange, const struct import_document *document,
                          const struct import_report *report)
{
    struct json_writer w = json_writer(&exchange->response.body);
    exchange->response.content_type = HTTP_JSON;
    import_report_json(&w, document, report);
}

static void answer_refused(struct http_exchange *exchange, const struct import_document *document,
                           const struct faults *faults)
{
    struct json_writer w = json_writer(&exchange->response.body);
    exchange->response.content_type = HTTP_JSON;
    import_refused_json(&w, document, faults);
}

static enum error_code run_import(struct api_write *write, struct operation *operation)
{
    struct http_exchange *exchange = write->exchange;
    struct import_document *document = write->input;
    struct import_report report;
    enum error_code code = operation_import(operation, document, exchange->dry_run, &report);
    if (code != ERROR_NONE)
        return code;
    if (operation->refusal.kind == REFUSAL_NONE) {
        answer_report(exchange, document, &report);
    } else if (exchange->dry_run) {
        answer_refused(exchange, document, &operation->refusal.faults);
        operation->refusal.kind = REFUSAL_NONE;
    }
    return ERROR_NONE;
}

/* Whether all faults are those of records: of these a dry run reports. What is wrong with the
 * request or with the head of the document was found first, and so is among those kept. */
static bool faults_of_records(const struct faults *faults)
{
    for (const struct fault *fault = faults->first; fault != NULL; fault = fault->next) {
        if (fault->kind != FAULT_POINTER || (strncmp(fault->where, "#/tasks/", 8) != 0 &&
                                             strncmp(fault->where, "#/templates/", 12) != 0))
            return false;
    }
    return true;
}

static enum http_result refuse_document(struct http_exchange *exchange,
                                        const struct import_document *document)
{
    struct faults *faults = &exchange->faults;
    if (exchange->dry_run && !faults->failed && faults_of_records(faults)) {
        answer_refused(exchange, document, faults);
        return HTTP_DONE;
    }
    problem_answer_faults(exchange, faults);
    return api_write_refused(exchange, NULL);
}

/* Parses and reads the document, and gives the memory of the JSON back. True: answered. */
static bool read_document(struct http_exchange *exchange, struct import_document *document)
{
    bool answered;
    json_t *body = http_body_parse(exchange, &answered);
    if (answered)
        return true;
    enum error_code code = ERROR_NONE;
    if (body != NULL)
        code = import_read(&exchange->faults, body, clock_now(), document);
    json_decref(body);
    if (code != ERROR_NONE)
        problem_answer_error(exchange, code);
    return code != ERROR_NONE;
}

enum http_result api_import(struct http_exchange *exchange)
{
    struct import_document *document = arena_calloc(&exchange->arena, 1, sizeof(*document));
    if (document == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return HTTP_DONE;
    }
    if (read_document(exchange, document))
        return api_write_refused(exchange, NULL);
    if (exchange->faults.count > 0 || exchange->faults.failed)
        return refuse_document(exchange, document);
    struct api_write *write = api_write_new(exchange, run_import, NULL, clock_today());
    if (write == NULL)
        return HTTP_DONE;
    write->input = document;
    return api_write_submit(write);
}

/* --- Export ----------------------------------------------------------------------------------- */

static enum error_code next_part(struct http_exchange *exchange, struct buf *out, bool *ret_more)
{
    return export_part(exchange->state, out, ret_more);
}

static void end_export(struct http_exchange *exchange)
{
    api_read_end(exchange);
}

static const struct http_stream export_stream = {.next = next_part, .end = end_export};

enum http_result api_export(struct http_exchange *exchange)
{
    char name[EXPORT_NAME_SIZE];
    struct export *export = arena_calloc(&exchange->arena, 1, sizeof(*export));
    if (http_answered_faults(exchange))
        return HTTP_DONE;
    if (export == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return HTTP_DONE;
    }
    export->view = api_read_begin(exchange);
    if (export->view == NULL)
        return HTTP_DONE;
    export_file_name(clock_now(), name);
    exchange->state = export;
    exchange->response.content_type = HTTP_JSON;
    http_response_headerf(&exchange->response, "Content-Disposition", "attachment; filename=\"%s\"",
                          name);
    exchange->response.stream = &export_stream;
    return HTTP_DONE;
}
