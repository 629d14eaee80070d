/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/proxy_metrics.c, against a socket that answers once with a given text.
 */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "observe/metrics.h"

#define HEAD    "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n"
#define FIGURES "Total Accesses: 12\nTotal kBytes: 3\nUptime: 7\nBusyServers: 2\nIdleServers: 98\n"
#define NS      INT64_C(1000000000)

static struct {
    char folder[32];
    char path[64];
    int listener;
    const char *answer; /* NULL: none, the connection stays open until the end */
    char asked[256];
    pthread_t thread;
} page;

static void *answer_once(void *unused)
{
    int fd CLEANUP_CLOSE = accept(page.listener, NULL, NULL);
    ssize_t got = recv(fd, page.asked, sizeof(page.asked) - 1, 0);
    page.asked[got > 0 ? got : 0] = '\0';
    char rest;
    if (page.answer != NULL)
        send(fd, page.answer, strlen(page.answer), MSG_NOSIGNAL);
    else
        (void)!recv(fd, &rest, 1, 0); /* until the other side gives up */
    return unused;
}

static void begin(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(page.folder, "/tmp/todo-page-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(page.folder));
    snprintf(page.path, sizeof(page.path), "%s/status.sock", page.folder);
    strcpy(address.sun_path, page.path);
    page.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(page.listener, (struct sockaddr *)&address, sizeof(address)), 0);
    ck_assert_int_eq(listen(page.listener, 1), 0);
}

static void end(void)
{
    close(page.listener);
    unlink(page.path);
    rmdir(page.folder);
}

static bool told(const char *answer)
{
    page.answer = answer;
    ck_assert_int_eq(pthread_create(&page.thread, NULL, answer_once, NULL), 0);
    metrics_proxy(page.path);
    ck_assert_int_eq(pthread_join(page.thread, NULL), 0);
    return metric_get(METRIC_PROXY_UP) == 1;
}

START_TEST(figures_are_taken_over)
{
    ck_assert(told(HEAD FIGURES "Scoreboard: hr__\n"));
    ck_assert_int_eq(metric_get(METRIC_PROXY_REQUESTS), 12);
    ck_assert_int_eq(metric_get(METRIC_PROXY_SENT_BYTES), 3 * 1024);
    ck_assert_int_eq(metric_get(METRIC_PROXY_UPTIME), 7 * NS);
    ck_assert_int_eq(metric_get(METRIC_PROXY_BUSY), 2);
    ck_assert_int_eq(metric_get(METRIC_PROXY_IDLE), 98);
    ck_assert_ptr_eq(strstr(page.asked, "GET /server-status?auto HTTP/1.0\r\n"), page.asked);
}
END_TEST

/* The map of connections may be longer than what is read. */
START_TEST(long_page_is_cut)
{
    static char answer[65536];
    strcpy(answer, HEAD FIGURES "Scoreboard: ");
    memset(answer + strlen(answer), '_', sizeof(answer) - 1 - strlen(answer));
    ck_assert(told(answer));
    ck_assert_int_eq(metric_get(METRIC_PROXY_REQUESTS), 12);
}
END_TEST

START_TEST(other_pages_change_nothing)
{
    static const char *const answers[] = {
        "",
        "HTTP/1.0 403 Forbidden\r\n\r\n" FIGURES,
        "HTTP/2.0 200 OK\r\n\r\n" FIGURES,
        "HTTP/1.",
        "HTTP/1.0 200 OK\r\n" FIGURES,
        FIGURES,
        HEAD,
        HEAD "Total Accesses: 12\nTotal kBytes: 3\nUptime: 7\nBusyServers: 2\n",
        HEAD "Total Accesses: 12\nTotal kBytes: 3\nUptime: 7\nBusyServers: 2\nIdleServers: 9",
        HEAD "Total Accesses: x\nTotal kBytes: 3\nUptime: 7\nBusyServers: 2\nIdleServers: 9\n",
        HEAD "Total Accesses: -1\nTotal kBytes: 3\nUptime: 7\nBusyServers: 2\nIdleServers: 9\n",
        HEAD "Not Total Accesses: 1\nTotal kBytes: 3\nUptime: 7\nBusyServers: 2\nIdleServers: 9\n",
        HEAD "Total Accesses: 99999999999999999999\nTotal kBytes: 3\nUptime: 7\nBusyServers: 2\n"
             "IdleServers: 9\n",
        HEAD "Total Accesses: 1\nTotal kBytes: 9999999999999999\nUptime: 7\nBusyServers: 2\n"
             "IdleServers: 9\n",
    };
    ck_assert(told(HEAD FIGURES));
    for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
        ck_assert_msg(!told(answers[i]), "%s", answers[i]);
        ck_assert_int_eq(metric_get(METRIC_PROXY_REQUESTS), 12);
        ck_assert_int_eq(metric_get(METRIC_PROXY_SENT_BYTES), 3 * 1024);
        ck_assert_int_eq(metric_get(METRIC_PROXY_IDLE), 98);
    }
}
END_TEST

START_TEST(silence_ends)
{
    ck_assert(!told(NULL));
}
END_TEST

START_TEST(no_socket)
{
    static const char *const paths[] = {
        "",
        "/nonexistent/status.sock",
        "/dev/null",
        "/tmp/a-path-that-is-longer-than-what-fits-in-the-address-of-a-unix-socket-whose-limit-is-"
        "108-bytes-with-its-end",
    };
    ck_assert(told(HEAD FIGURES));
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        metric_set(METRIC_PROXY_UP, 1);
        metrics_proxy(paths[i]);
        ck_assert_int_eq(metric_get(METRIC_PROXY_UP), 0);
    }
    ck_assert_int_eq(metric_get(METRIC_PROXY_REQUESTS), 12);
}
END_TEST

Suite *suite_proxy_metrics(void);
Suite *suite_proxy_metrics(void)
{
    Suite *suite = suite_create("proxy_metrics");
    TCase *tcase = tcase_create("proxy_metrics");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, figures_are_taken_over);
    tcase_add_test(tcase, long_page_is_cut);
    tcase_add_test(tcase, other_pages_change_nothing);
    tcase_add_test(tcase, silence_ends);
    tcase_add_test(tcase, no_socket);
    suite_add_tcase(suite, tcase);
    return suite;
}
