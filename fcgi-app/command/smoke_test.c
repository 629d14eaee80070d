/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The steps of the smoke test. The pages are a table; the life of a task is a sequence.
 */
#include "command/smoke_test.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "access/api_keys.h"
#include "base/clock.h"
#include "command/web_client.h"

#define REQUEST_MILLISECONDS 10000
#define WAIT_SECONDS_MAX     3600
#define RETRY_MILLISECONDS   200
#define LOCATION_SIZE        64
#define DESCRIPTION          "Smoke test"

enum exit_status { EXIT_PASSED, EXIT_FAILED, EXIT_USAGE };

struct smoke {
    struct web_service service;
    char key[API_KEY_SIZE + 1];   /* of the service; empty: none */
    long wait_s;                  /* for /ready */
    char location[LOCATION_SIZE]; /* path of the task; empty: none */
    bool failed;
};

/* A page, and a text that is somewhere in it. */
static const struct {
    const char *path, *mark;
} pages[] = {
    {"/health", "\"status\""},     {"/ready", "\"status\""},         {"/docs/", "<html"},
    {"/openapi.yaml", "openapi:"}, {"/metrics", "todo_tasks_total"},
};

static bool report(struct smoke *smoke, bool good, const char *what, const char *detail)
{
    printf(good ? "ok: %s\n" : "FAILED: %s: %s\n", what, detail);
    fflush(stdout);
    smoke->failed |= !good;
    return good;
}

/* One request, and the check of its status. The caller closes *ret_answer. */
static bool ask(struct smoke *smoke, const char *method, const char *target, const char *json,
                int expected, struct web_answer *ret_answer)
{
    struct error error;
    char what[128];
    char detail[64];
    snprintf(what, sizeof(what), "%s %s", method, target);
    if (web_request(&smoke->service, method, target, json, REQUEST_MILLISECONDS, ret_answer,
                    &error) != ERROR_NONE)
        return report(smoke, false, what, error.message);
    snprintf(detail, sizeof(detail), "status %d instead of %d", ret_answer->status, expected);
    return report(smoke, ret_answer->status == expected, what, detail);
}

static bool ready(const struct web_service *service, struct error *ret_error)
{
    struct web_answer answer CLEANUP(web_answer_close) = {0};
    if (web_request(service, "GET", "/ready", NULL, REQUEST_MILLISECONDS, &answer, ret_error) !=
        ERROR_NONE)
        return false;
    error_set(ret_error, ERROR_BUSY, NULL, "status %d", answer.status);
    return answer.status == 200;
}

/* A Service takes a moment to reach a pod that has just become ready. */
static bool wait_ready(struct smoke *smoke)
{
    const struct timespec pause = {.tv_nsec = RETRY_MILLISECONDS * 1000000L};
    uint64_t deadline = clock_monotonic() + (uint64_t)smoke->wait_s * UINT64_C(1000000000);
    struct error error;
    while (!ready(&smoke->service, &error)) {
        if (clock_monotonic() >= deadline)
            return report(smoke, false, "GET /ready", error.message);
        nanosleep(&pause, NULL);
    }
    return true;
}

static bool create_task(struct smoke *smoke)
{
    struct web_answer answer CLEANUP(web_answer_close) = {0};
    if (!ask(smoke, "POST", "/api/v1/tasks", "{\"description\": \"" DESCRIPTION "\"}", 201,
             &answer))
        return false;
    web_answer_header(&answer, "Location", smoke->location, sizeof(smoke->location));
    return smoke->location[0] == '/' ||
           report(smoke, false, "the Location of the new task", "it is missing");
}

static bool read_task(struct smoke *smoke)
{
    struct web_answer answer CLEANUP(web_answer_close) = {0};
    if (!ask(smoke, "GET", smoke->location, NULL, 200, &answer))
        return false;
    json_t *task = json_loadb(answer.body, answer.body_size, 0, NULL);
    const char *description = json_string_value(json_object_get(task, "description"));
    bool good = description != NULL && strcmp(description, DESCRIPTION) == 0;
    json_decref(task);
    return report(smoke, good, "the task is as it was created", "it is another");
}

/* Leaves no task behind, even if it could not be read. */
static void delete_task(struct smoke *smoke)
{
    struct web_answer deleted CLEANUP(web_answer_close) = {0};
    struct web_answer gone CLEANUP(web_answer_close) = {0};
    if (ask(smoke, "DELETE", smoke->location, NULL, 204, &deleted))
        ask(smoke, "GET", smoke->location, NULL, 404, &gone);
}

static void read_page(struct smoke *smoke, const char *path, const char *mark)
{
    struct web_answer answer CLEANUP(web_answer_close) = {0};
    char detail[64];
    if (!ask(smoke, "GET", path, NULL, 200, &answer) || strstr(answer.body, mark) != NULL)
        return;
    snprintf(detail, sizeof(detail), "no \"%s\" in it", mark);
    report(smoke, false, path, detail);
}

/* The first line of the file. */
static enum error_code read_key(struct smoke *smoke, const char *path, struct error *ret_error)
{
    FILE *file = fopen(path, "re");
    size_t size = file != NULL ? fread(smoke->key, 1, API_KEY_SIZE, file) : 0;
    int next = file != NULL ? getc(file) : EOF;
    if (file != NULL)
        fclose(file);
    if (size == API_KEY_SIZE && (next == EOF || next == '\n') &&
        strcspn(smoke->key, "\r\n") == API_KEY_SIZE)
        return ERROR_NONE;
    return error_set(ret_error, ERROR_INVALID, NULL, "--key-file: \"%.200s\": holds no API key",
                     path);
}

static enum error_code parse_wait(struct smoke *smoke, const char *text, struct error *ret_error)
{
    char *end;
    smoke->wait_s = strtol(text, &end, 10);
    if (end != text && *end == '\0' && smoke->wait_s >= 0 && smoke->wait_s <= WAIT_SECONDS_MAX)
        return ERROR_NONE;
    return error_set(ret_error, ERROR_INVALID, NULL, "--wait: \"%.20s\": expected 0 to %d seconds",
                     text, WAIT_SECONDS_MAX);
}

static enum error_code parse_arguments(struct smoke *smoke, int argc, char *const argv[],
                                       struct error *ret_error)
{
    const char *url = NULL;
    enum error_code code = ERROR_NONE;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--wait") == 0 && i + 1 < argc) {
            code = parse_wait(smoke, argv[++i], ret_error);
        } else if (strcmp(argv[i], "--key-file") == 0 && i + 1 < argc) {
            code = read_key(smoke, argv[++i], ret_error);
        } else if (url == NULL && argv[i][0] != '-') {
            url = argv[i];
        } else {
            code = error_set(ret_error, ERROR_INVALID, NULL, "unexpected argument \"%.200s\"",
                             argv[i]);
        }
        if (code != ERROR_NONE)
            return code;
    }
    if (url == NULL)
        return error_set(ret_error, ERROR_INVALID, NULL, "expected a URL, as http://todo-app:8080");
    code = web_service_parse(url, &smoke->service, ret_error);
    if (smoke->key[0] != '\0')
        smoke->service.api_key = smoke->key;
    return code;
}

int command_smoke_test(int argc, char *const argv[])
{
    struct smoke smoke = {0};
    struct error error;
    if (parse_arguments(&smoke, argc, argv, &error) != ERROR_NONE) {
        fprintf(stderr, "todo-app smoke-test: %s\n", error.message);
        return EXIT_USAGE;
    }
    if (!wait_ready(&smoke))
        return EXIT_FAILED;
    if (create_task(&smoke)) {
        read_task(&smoke);
        delete_task(&smoke);
    }
    for (size_t i = 0; i < ARRAY_SIZE(pages); i++)
        read_page(&smoke, pages[i].path, pages[i].mark);
    return smoke.failed ? EXIT_FAILED : EXIT_PASSED;
}
