/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The command import: reads a document from a file or standard input and stores it in one
 * transaction, beside a running service if there is one. Prints the report as JSON; tells each
 * fault on a line of standard error.
 */
#include "api/import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json_memory.h"
#include "base/random.h"
#include "command/internal.h"
#include "http/body.h"

#define ARENA_BLOCK ((size_t)1024 * 1024)

/* One run of the command. */
struct import_run {
    const struct config *config;
    bool dry_run;
    struct arena arena;
    struct faults faults;
    struct import_document document;
    struct import_report report;
    char request_id[UUID_TEXT_SIZE];
};

static enum error_code parse_error(const char *name, const json_error_t *parsed,
                                   struct error *ret_error)
{
    return error_set(ret_error, ERROR_INVALID, NULL, "%s: line %d, column %d: %s", name,
                     parsed->line, parsed->column, parsed->text);
}

static enum error_code parse(const char *name, json_t **ret_json, struct error *ret_error)
{
    json_error_t parsed;
    size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
    bool is_standard = strcmp(name, "-") == 0;
    FILE *file = is_standard ? stdin : fopen(name, "re");
    if (file == NULL)
        return error_set(ret_error, ERROR_INVALID, NULL, "cannot read %s: %s", name,
                         strerror(errno));
    bool is_short = false;
    *ret_json = json_memory_load_file(file, flags, &parsed, &is_short);
    if (!is_standard)
        fclose(file);
    if (is_short)
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    return *ret_json != NULL ? ERROR_NONE : parse_error(name, &parsed, ret_error);
}

static enum error_code read_file(struct import_run *run, const char *name, struct error *ret_error)
{
    json_t *json CLEANUP_JSON = NULL;
    enum error_code code = parse(name, &json, ret_error);
    if (code == ERROR_NONE &&
        import_read(&run->faults, json, clock_now(), &run->document) != ERROR_NONE)
        code = error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    return code;
}

static bool import_all(struct store_tx *tx, void *arg)
{
    struct import_run *run = arg;
    struct operation operation = {.tx = tx,
                                  .arena = &run->arena,
                                  .now = clock_now(),
                                  .today = clock_today(),
                                  .request_id = run->request_id};
    if (operation_import(&operation, &run->document, run->dry_run, &run->report) != ERROR_NONE)
        return false;
    if (operation.refusal.kind == REFUSAL_NONE)
        return !run->dry_run;
    run->faults = operation.refusal.faults;
    return false;
}

static void close_store(struct store **store)
{
    store_close(*store);
}

static enum error_code store_document(struct import_run *run, struct error *ret_error)
{
    struct store *store CLEANUP(close_store) = NULL;
    struct store_options options = command_store_options(run->config);
    enum error_code code = store_open(&options, &store, ret_error);
    if (code == ERROR_NONE)
        code = store_start(store, ret_error);
    if (code != ERROR_NONE)
        return code;
    code = store_write(store, import_all, run);
    if (code != ERROR_NONE)
        error_set(ret_error, code, NULL, "nothing was imported: %s", error_name(code));
    store_stop(store);
    return code;
}

static enum command_status tell_refused(const struct import_run *run, const char *name)
{
    const struct faults *faults = &run->faults;
    for (const struct fault *fault = faults->first; fault != NULL; fault = fault->next)
        fprintf(stderr, "%s: %s\n", fault->where, fault->detail);
    if (faults->count > FAULTS_MAX)
        fprintf(stderr, "... and %zu more\n", faults->count - FAULTS_MAX);
    fprintf(stderr, "todo-app: %s has %zu fault%s; nothing was imported\n", name, faults->count,
            faults->count == 1 ? "" : "s");
    return COMMAND_REFUSED;
}

static enum command_status print_report(const struct import_run *run, bool is_refused)
{
    struct buf text CLEANUP_BUF = {0};
    struct json_writer w = json_writer(&text);
    if (is_refused)
        import_refused_json(&w, &run->document, &run->faults);
    else
        import_report_json(&w, &run->document, &run->report);
    buf_append_char(&text, '\n');
    bool is_printed =
        !text.failed && fwrite(text.data, 1, text.size, stdout) == text.size && fflush(stdout) == 0;
    if (is_printed)
        return COMMAND_DONE;
    fprintf(stderr, "todo-app: the report cannot be written to standard output%s\n",
            is_refused || run->dry_run ? "" : "; the import is done");
    return COMMAND_FAILED;
}

static enum command_status run_import(struct import_run *run, const char *name)
{
    struct error error;
    enum error_code code = read_file(run, name, &error);
    if (code == ERROR_NONE && run->faults.count == 0)
        code = store_document(run, &error);
    if (code != ERROR_NONE)
        return command_fail(&error);
    bool is_refused = run->faults.count > 0;
    enum command_status status = print_report(run, is_refused);
    return is_refused ? tell_refused(run, name) : status;
}

enum command_status command_import(const struct config *config,
                                   const struct config_operands *operands)
{
    struct import_run run = {.config = config, .dry_run = operands->dry_run};
    arena_init(&run.arena, ARENA_BLOCK);
    faults_init(&run.faults, &run.arena);
    random_uuid(run.request_id);
    enum command_status status = run_import(&run, operands->file);
    arena_close(&run.arena);
    return status;
}
