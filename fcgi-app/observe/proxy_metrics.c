/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What lighttpd counts, from the status page that it offers on a Unix socket of its own
 * (proxy/status.conf). Knows the page's form; where the socket is and when to ask is the caller's.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "observe/metrics.h"

/* More than this is not read: the figures stand before the map of connections, which is long. */
#define ANSWER_MAX    4096
#define WAIT_NS       UINT64_C(500000000) /* for the whole of it; lighttpd answers from memory */
#define NS_PER_MS     1000000
#define NS_PER_SECOND INT64_C(1000000000)
#define FIGURE_MAX    (INT64_C(1) << 50) /* times the factor it still fits */

static const char request[] = "GET /server-status?auto HTTP/1.0\r\nHost: localhost\r\n\r\n";

struct figure {
    const char *label;
    enum metric metric;
    int64_t factor; /* from the page's unit to the metric's */
};

static const struct figure figures[] = {
    {"Total Accesses: ", METRIC_PROXY_REQUESTS, 1},
    {"Total kBytes: ", METRIC_PROXY_SENT_BYTES, 1024},
    {"Uptime: ", METRIC_PROXY_UPTIME, NS_PER_SECOND},
    {"BusyServers: ", METRIC_PROXY_BUSY, 1},
    {"IdleServers: ", METRIC_PROXY_IDLE, 1},
};

/* A connected descriptor that never blocks, or -1. */
static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t size = strlen(path);
    if (size >= sizeof(address.sun_path))
        return -1;
    memcpy(address.sun_path, path, size + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    cleanup_close(&fd);
    return -1;
}

static bool wait_readable(int fd, uint64_t deadline)
{
    uint64_t now = clock_monotonic();
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    return now < deadline && poll(&readable, 1, (int)((deadline - now) / NS_PER_MS) + 1) > 0;
}

/* Reads to the end, the limit or the deadline; the text is terminated. */
static void receive(int fd, char *answer, size_t size)
{
    uint64_t deadline = clock_monotonic() + WAIT_NS;
    size_t used = 0;
    while (used < size - 1 && wait_readable(fd, deadline)) {
        ssize_t got = recv(fd, answer + used, size - 1 - used, 0);
        if (got <= 0)
            break;
        used += (size_t)got;
    }
    answer[used] = '\0';
}

static bool read_figure(const char *body, const struct figure *figure, int64_t *ret_value)
{
    const char *at = strstr(body, figure->label);
    if (at == NULL || at[-1] != '\n')
        return false;
    char *end;
    errno = 0;
    long long number = strtoll(at + strlen(figure->label), &end, 10);
    if (errno != 0 || *end != '\n' || number < 0 || number > FIGURE_MAX / figure->factor)
        return false;
    *ret_value = number * figure->factor;
    return true;
}

/* All figures or none: a page without one of them is not the page that is meant. */
static bool set_figures(const char *answer)
{
    int64_t values[ARRAY_SIZE(figures)];
    const char *body = strstr(answer, "\r\n\r\n");
    if (strncmp(answer, "HTTP/1.", 7) != 0 || strncmp(answer + 8, " 200 ", 5) != 0 || body == NULL)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(figures); i++)
        if (!read_figure(body + 1, &figures[i], &values[i]))
            return false;
    for (size_t i = 0; i < ARRAY_SIZE(figures); i++)
        metric_set(figures[i].metric, values[i]);
    return true;
}

static bool ask(const char *socket_path)
{
    char answer[ANSWER_MAX];
    int fd CLEANUP_CLOSE = connect_to(socket_path);
    if (fd < 0 ||
        send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) != (ssize_t)sizeof(request) - 1)
        return false;
    receive(fd, answer, sizeof(answer));
    return set_figures(answer);
}

void metrics_proxy(const char *socket_path)
{
    metric_set(METRIC_PROXY_UP, socket_path[0] != '\0' && ask(socket_path));
}
