/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The service inside a fuzz target: a store in a temporary folder with a few tasks, and one request
 * after the other through the router and the handlers.
 */
#include "config.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "api/routes.h"
#include "api/service.h"
#include "base/clock.h"
#include "fuzz.h"
#include "http/server_internal.h"
#include "observe/log.h"

#define BODY_LIMIT  (64 * 1024)
#define PARTS_MAX   1000 /* of a streamed answer */
#define PARAMS_MAX  64
#define QUERY_PARAM "QUERY_STRING="

static struct {
    char folder[64];
    struct api_service service;
    struct config config;
    struct http_server server;
    struct store_reader *reader;
} world;

static const struct http_router *router(void)
{
    static struct http_router table;
    table = (struct http_router){.routes = api_routes,
                                 .count = api_route_count,
                                 .body_limit = BODY_LIMIT,
                                 .large_body_limit = BODY_LIMIT};
    return &table;
}

static void sync_failed(void *context)
{
    (void)context;
    abort();
}

static void remove_world(void)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", ".lock"};
    store_reader_close(world.reader);
    store_stop(world.service.store);
    store_close(world.service.store);
    for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s/todo.db%s", world.folder, suffixes[i]);
        unlink(path);
    }
    rmdir(world.folder);
    config_close(&world.config);
}

static void open_store(void)
{
    static char path[128];
    struct error error;
    const char *parent = getenv("TMPDIR");
    snprintf(world.folder, sizeof(world.folder), "%.40s/todo-fuzz-XXXXXX",
             parent == NULL ? "/tmp" : parent);
    FUZZ_CHECK(mkdtemp(world.folder) != NULL);
    snprintf(path, sizeof(path), "%s/todo.db", world.folder);
    const struct store_options options = {.path = path,
                                          .queue_limit = 16,
                                          .batch_limit = 16,
                                          .batch_time_ms = 1,
                                          .busy_timeout_ms = 5000,
                                          .wal_limit_bytes = 1024 * 1024,
                                          .idempotency_ttl_ms = 3600 * 1000,
                                          .observer = api_store_observer(&world.service)};
    FUZZ_CHECK(store_open(&options, &world.service.store, &error) == ERROR_NONE);
    FUZZ_CHECK(store_start(world.service.store, &error) == ERROR_NONE);
    FUZZ_CHECK(store_reader_open(world.service.store, &world.reader, &error) == ERROR_NONE);
    atexit(remove_world);
}

/* No file and no environment: a null device is an empty configuration. */
static void load_defaults(void)
{
    char *arguments[] = {(char[]){"todo-app"}, (char[]){"--config"}, (char[]){"/dev/null"}, NULL};
    char *environment[] = {NULL};
    enum config_command command;
    struct error error;
    FUZZ_CHECK(config_load(3, arguments, environment, &world.config, &command, &error) ==
               ERROR_NONE);
}

/* --- One request ------------------------------------------------------------------------------ */

/* A body that is made part by part, to its end. */
static void drain(struct http_exchange *exchange)
{
    const struct http_stream *stream = exchange->response.stream;
    if (stream == NULL)
        return;
    bool more = true;
    for (int part = 0; more && part < PARTS_MAX; part++) {
        CLEANUP_BUF struct buf out = {0};
        FUZZ_CHECK(stream->next(exchange, &out, &more) == ERROR_NONE);
    }
    FUZZ_CHECK(!more);
    if (stream->end != NULL)
        stream->end(exchange);
}

static bool is_json(const struct http_response *response)
{
    return response->content_type != NULL &&
           (strcmp(response->content_type, HTTP_JSON) == 0 ||
            strcmp(response->content_type, HTTP_PROBLEM_JSON) == 0);
}

static void check_answer(const struct http_exchange *exchange)
{
    const struct http_response *response = &exchange->response;
    CLEANUP_BUF struct buf head = {0};
    FUZZ_CHECK(response->status >= 200 && response->status < 600 && response->status != 500);
    FUZZ_CHECK(response->status < 400 || response->stream == NULL);
    http_response_head(response, exchange->request.request_id, &head);
    FUZZ_CHECK(!head.failed && memmem(head.data, head.size, "\r\n\r\n", 4) != NULL);
    if (response->stream != NULL || response->body.size == 0 || !is_json(response))
        return;
    json_t *document = json_loadb(response->body.data, response->body.size,
                                  JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    FUZZ_CHECK(document != NULL);
    json_decref(document);
}

/* Whether the handler may run: what it does leaves no trace. */
static bool harmless(const struct http_exchange *exchange)
{
    return exchange->route->method == HTTP_GET || exchange->dry_run || exchange->faults.count > 0;
}

static void answer(const char *const params[], const uint8_t *body, size_t size, bool keep)
{
    struct http_exchange *exchange = http_exchange_test_new(params, (const char *)body, size);
    FUZZ_CHECK(exchange != NULL);
    exchange->service = &world.service;
    exchange->worker = world.reader;
    if (http_route_request(router(), exchange) && (keep || harmless(exchange))) {
        if (exchange->request.body == NULL && exchange->request.body_size > 0)
            exchange->request.body_size = 0;
        /* Only the metrics look at the server; a write would be resumed by it. */
        if (exchange->route->handler == api_metrics)
            exchange->server = &world.server;
        if (exchange->route->handler(exchange) == HTTP_PENDING)
            http_exchange_test_wait(exchange);
        drain(exchange);
    }
    check_answer(exchange);
    http_exchange_test_free(exchange);
}

/* --- The world of it -------------------------------------------------------------------------- */

static void post(const char *path, const char *body)
{
    char where[128];
    char length[64];
    snprintf(where, sizeof(where), "SCRIPT_NAME=%s", path);
    snprintf(length, sizeof(length), "CONTENT_LENGTH=%zu", strlen(body));
    const char *const params[] = {"REQUEST_METHOD=POST",           where,  "QUERY_STRING=",
                                  "CONTENT_TYPE=application/json", length, NULL};
    answer(params, (const uint8_t *)body, strlen(body), true);
}

static void make_tasks(void)
{
    post("/api/v1/tasks", "{\"description\": \"One\", \"due_date\": \"2026-01-31\","
                          " \"recurring\": {\"type\": \"monthly\", \"interval\": 1}}");
    post("/api/v1/tasks", "{\"description\": \"Two\", \"parent_id\": 1, \"notes\": \"a\nb\"}");
    post("/api/v1/tasks",
         "{\"description\": \"Three\", \"depends_on\": [1], \"priority\": \"low\"}");
    post("/api/v1/tasks", "{\"description\": \"Four\", \"completed\": true}");
    post("/api/v1/templates", "{\"name\": \"Weekly\", \"description\": \"Clean\"}");
}

static void start(void)
{
    static bool started;
    struct error error;
    sigset_t all;
    if (started)
        return;
    started = true;
    sigfillset(&all);
    sigset_t before;
    pthread_sigmask(SIG_SETMASK, &all, &before);
    log_set_level(LOG_CRITICAL);
    FUZZ_CHECK(clock_set_zone("UTC", &error) == ERROR_NONE);
    FUZZ_CHECK(api_routes_metrics());
    json_object_seed(1);
    load_defaults();
    world.service.config = &world.config;
    world.service.server = &world.server;
    world.service.sync_failed = sync_failed;
    atomic_store(&world.service.ready, true);
    open_store();
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    make_tasks();
}

/* --- What a target gives ---------------------------------------------------------------------- */

static bool writes(const char *const params[])
{
    for (size_t i = 0; params[i] != NULL; i++)
        if (strcmp(params[i], "REQUEST_METHOD=GET") == 0 ||
            strcmp(params[i], "REQUEST_METHOD=HEAD") == 0)
            return false;
    return true;
}

/* The parameter, or for the query of a write a copy that asks for a dry run; to be freed. */
static char *adapted(const char *param, bool dry)
{
    char *copy = NULL;
    size_t size = strlen(QUERY_PARAM);
    if (dry && strncmp(param, QUERY_PARAM, size) == 0 && strstr(param, "dry_run") == NULL) {
        const char *mark = param[size] == '\0' ? "" : "&";
        if (asprintf(&copy, "%s%sdry_run=true", param, mark) < 0)
            copy = NULL;
    } else {
        copy = strdup(param);
    }
    FUZZ_CHECK(copy != NULL);
    return copy;
}

void fuzz_answer(const char *const params[], const uint8_t *body, size_t body_size)
{
    char *all[PARAMS_MAX + 2] = {NULL};
    size_t count = 0;
    bool dry = writes(params);
    start();
    for (; params[count] != NULL && count < PARAMS_MAX; count++)
        all[count] = adapted(params[count], dry);
    if (body_size > 0)
        FUZZ_CHECK(asprintf(&all[count++], "CONTENT_LENGTH=%zu", body_size) > 0);
    answer((const char *const *)all, body_size > 0 ? body : NULL, body_size, false);
    for (size_t i = 0; i < count; i++)
        free(all[i]);
}
