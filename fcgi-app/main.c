/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The program: parse, wire, run, tear down. The life of the running service is in api/run.c.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/run.h"
#include "base/clock.h"
#include "base/json_memory.h"
#include "command/command.h"
#include "command/smoke_test.h"
#include "config/config.h"
#include "http/server.h"

#define HEALTHCHECK_MILLISECONDS 2000

extern char **environ;

static int fail(const struct error *error)
{
    fprintf(stderr, "todo-app: %s\n", error->message);
    return EXIT_FAILURE;
}

static int print(struct buf *text)
{
    const char *string = buf_string(text);
    return string != NULL && fputs(string, stdout) >= 0 && fflush(stdout) == 0 ? EXIT_SUCCESS
                                                                               : EXIT_FAILURE;
}

static int healthcheck(const struct config *config)
{
    struct buf body CLEANUP_BUF = {0};
    struct error error;
    int status = 0;
    if (http_client_get(config->socket, "/health", HEALTHCHECK_MILLISECONDS, &status, &body,
                        &error) != ERROR_NONE)
        return fail(&error);
    if (status != 200) {
        fprintf(stderr, "todo-app: /health answered %d\n", status);
        return EXIT_FAILURE;
    }
    buf_append_char(&body, '\n');
    return print(&body);
}

static int run_command(enum config_command command, struct config *config, int argc,
                       char *const argv[])
{
    struct buf text CLEANUP_BUF = {0};
    struct config_operands operands;
    struct error error;
    switch (command) {
    case CONFIG_HELP:
        config_help(&text);
        return print(&text);
    case CONFIG_VERSION:
        buf_append_string(&text, PACKAGE_STRING "\n");
        return print(&text);
    case CONFIG_PRINT:
        config_print(config, &text);
        return print(&text);
    case CONFIG_HEALTHCHECK:
        return healthcheck(config);
    case CONFIG_CHECK:
        return clock_set_zone(config->time_zone, &error) == ERROR_NONE ? EXIT_SUCCESS
                                                                       : fail(&error);
    case CONFIG_VERB:
        config_operands(argc, argv, &operands);
        return (int)command_run(config, &operands);
    case CONFIG_RUN:
        return api_run(config, argc, argv) ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    return EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
    struct config config = {0};
    enum config_command command = CONFIG_RUN;
    struct error error;
    json_memory_init();
    if (argc > 1 && strcmp(argv[1], "smoke-test") == 0)
        return command_smoke_test(argc - 1, argv + 1);
    if (config_load(argc, argv, environ, &config, &command, &error) != ERROR_NONE)
        return fail(&error);
    int status = run_command(command, &config, argc, argv);
    config_close(&config);
    return status;
}
