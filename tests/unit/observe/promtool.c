/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Shows the exposition to `promtool check metrics`. Skipped (exit status 77) where promtool is not
 * installed, unless CI=true.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "observe/metrics.h"

#define SKIPPED 77

/* The name is given, and a gauge is what it is: promtool's only complaint. */
static const char expected[] =
    "todo_tasks_total non-counter metrics should not have \"_total\" suffix\n";

static const int statuses[] = {200, 404, 500, 0};
static const struct metrics_route routes[] = {
    {"GET", "/api/v1/tasks/{id}", statuses},
    {"GET", "quote \" backslash \\ line\nfeed", statuses},
};

static FILE *write_exposition(char *path)
{
    struct buf out CLEANUP_BUF = {0};
    if (!metrics_routes_init(routes, ARRAY_SIZE(routes)))
        return NULL;
    metrics_build("4.0.0", "3.40.1");
    metrics_request(0, 418, 123456);
    metric_observe(METRIC_BATCH_SIZE, 7);
    metrics_process();
    metrics_render(&out, METRICS_PROMETHEUS);
    int fd = mkstemp(path);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (file == NULL || fwrite(out.data, 1, out.size, file) != out.size || fflush(file) != 0)
        return NULL;
    return file;
}

int main(void)
{
    if (system("command -v promtool >/dev/null 2>&1") != 0) {
        const char *ci = getenv("CI");
        printf("SKIP: promtool is not installed (Debian: prometheus)\n");
        return ci != NULL && strcmp(ci, "true") == 0 ? EXIT_FAILURE : SKIPPED;
    }
    char path[] = "/tmp/todo-test-metrics-XXXXXX";
    FILE *file = write_exposition(path);
    if (file == NULL) {
        perror(path);
        return EXIT_FAILURE;
    }
    char command[128];
    snprintf(command, sizeof(command), "promtool check metrics <%s 2>&1", path);
    FILE *promtool = popen(command, "r");
    char said[4096] = "";
    if (promtool != NULL) {
        said[fread(said, 1, sizeof(said) - 1, promtool)] = '\0';
        pclose(promtool);
    }
    fclose(file);
    unlink(path);
    if (strcmp(said, expected) == 0)
        return EXIT_SUCCESS;
    printf("promtool says:\n%s\nexpected is:\n%s", said, expected);
    return EXIT_FAILURE;
}
