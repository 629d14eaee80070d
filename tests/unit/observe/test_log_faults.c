/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Tests of observe/log.c when its descriptor or memory fail. Linked with -Wl,--wrap=write,
 * --wrap=poll and --wrap=pthread_key_create; only calls for the log's descriptor are changed.
 */
#include <check.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "observe/log.h"
#include "tests/unit/fail_malloc.h"
#include "tests/unit/observe/captured_log.h"

/* What the calls do, one after the other; after the last one they do as always. */
struct step {
    enum { WRITE_ERROR, WRITE_AT_MOST, POLL_ERROR, POLL_TIMEOUT, POLL_READY, STEPS_END } what;
    int value; /* an errno, or a number of bytes */
};

static int log_fd = -1;
static const struct step *step;
static int writes;
static bool no_keys;

ssize_t __real_write(int fd, const void *data, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size);
int __real_poll(struct pollfd *fds, nfds_t count, int timeout);
int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout);
int __real_pthread_key_create(pthread_key_t *key, void (*destructor)(void *));
int __wrap_pthread_key_create(pthread_key_t *key, void (*destructor)(void *));

static int fail_with(int error)
{
    errno = error;
    return -1;
}

ssize_t __wrap_write(int fd, const void *data, size_t size)
{
    if (fd != log_fd)
        return __real_write(fd, data, size);
    writes++;
    if (step != NULL && step->what == WRITE_ERROR)
        return fail_with((step++)->value);
    if (step != NULL && step->what == WRITE_AT_MOST)
        size = (size_t)(step++)->value;
    return __real_write(fd, data, size);
}

int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout)
{
    if (count != 1 || fds->fd != log_fd || step == NULL)
        return __real_poll(fds, count, timeout);
    switch (step->what) {
    case POLL_ERROR:
        return fail_with((step++)->value);
    case POLL_TIMEOUT:
        step++;
        return 0;
    case POLL_READY:
        step++;
        return 1;
    default:
        return __real_poll(fds, count, timeout);
    }
}

int __wrap_pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
    return no_keys ? EAGAIN : __real_pthread_key_create(key, destructor);
}

static void setup(void)
{
    log_fd = captured_log_begin();
}

static size_t line_count(void)
{
    const json_t *lines = captured_log_lines();
    return json_array_size(lines);
}

START_TEST(line_is_one_write)
{
    log_write(LOG_INFO, "x", LOG_STR("a", "b"), LOG_INT("c", 1));
    ck_assert_int_eq(writes, 1);
}
END_TEST

START_TEST(interrupted_write_is_repeated)
{
    step = (struct step[]){{WRITE_ERROR, EINTR}, {WRITE_ERROR, EINTR}, {STEPS_END, 0}};
    log_write(LOG_INFO, "x");
    ck_assert_uint_eq(line_count(), 1);
    ck_assert_uint_eq(log_lines(LOG_INFO), 1);
}
END_TEST

START_TEST(partial_write_is_continued)
{
    step = (struct step[]){
        {WRITE_AT_MOST, 1}, {WRITE_AT_MOST, 20}, {WRITE_ERROR, EINTR}, {STEPS_END, 0}};
    log_write(LOG_INFO, "whole");
    ck_assert_uint_eq(line_count(), 1);
    ck_assert_int_eq(writes, 4);
}
END_TEST

START_TEST(full_pipe_is_waited_for)
{
    step = (struct step[]){
        {WRITE_ERROR, EAGAIN}, {POLL_ERROR, EINTR}, {POLL_READY, 0}, {STEPS_END, 0}};
    log_write(LOG_INFO, "x");
    ck_assert_uint_eq(line_count(), 1);
}
END_TEST

static const struct step losses[][3] = {
    {{WRITE_ERROR, EPIPE}, {STEPS_END, 0}},
    {{WRITE_ERROR, EBADF}, {STEPS_END, 0}},
    {{WRITE_ERROR, ENOSPC}, {STEPS_END, 0}},
    {{WRITE_ERROR, EAGAIN}, {POLL_TIMEOUT, 0}, {STEPS_END, 0}},
    {{WRITE_ERROR, EAGAIN}, {POLL_ERROR, EINVAL}, {STEPS_END, 0}},
};

START_TEST(line_that_cannot_be_written_is_lost_and_not_counted)
{
    step = losses[_i];
    errno = 4711;
    log_write(LOG_INFO, "lost");
    int seen = errno;
    ck_assert_int_eq(seen, 4711);
    ck_assert_uint_eq(line_count(), 0);
    ck_assert_uint_eq(log_lines(LOG_INFO), 0);
    log_write(LOG_INFO, "kept");
    ck_assert_uint_eq(line_count(), 1);
    ck_assert_uint_eq(log_lines(LOG_INFO), 1);
}
END_TEST

START_TEST(errno_is_preserved)
{
    errno = ENOENT;
    log_write(LOG_INFO, "x");
    int written = errno;
    log_write(LOG_DEBUG, "dropped");
    int dropped = errno;
    ck_assert_int_eq(written, ENOENT);
    ck_assert_int_eq(dropped, ENOENT);
}
END_TEST

static const char *only_message(void)
{
    const json_t *lines = captured_log_lines();
    ck_assert_uint_eq(json_array_size(lines), 1);
    return json_string_value(json_object_get(json_array_get(lines, 0), "message"));
}

START_TEST(without_memory_the_loss_is_told)
{
    fail_malloc_after(0);
    log_write(LOG_ERROR, "important");
    fail_malloc_off();
    ck_assert_str_eq(only_message(), "a log line was lost: out of memory");
    ck_assert_uint_eq(log_lines(LOG_ERROR), 1);
}
END_TEST

START_TEST(usual_line_costs_no_allocation)
{
    log_write(LOG_INFO, "first", LOG_STR("a", "some text of a usual size, for a line"));
    fail_malloc_after(0);
    log_write(LOG_INFO, "second", LOG_STR("a", "some text of a usual size, for a line"));
    ck_assert(!fail_malloc_off());
}
END_TEST

START_TEST(buffer_of_a_huge_line_is_given_back)
{
    static char controls[5000];
    memset(controls, 1, sizeof(controls) - 1);
    log_write(LOG_INFO, "x", LOG_STR("a", controls), LOG_STR("b", controls),
              LOG_STR("c", controls));
    fail_malloc_after(0);
    log_write(LOG_INFO, "x");
    ck_assert(fail_malloc_off());
    ck_assert_uint_eq(line_count(), 2);
}
END_TEST

static void *write_a_line(void *unused)
{
    (void)unused;
    log_write(LOG_INFO, "x");
    return NULL;
}

/* A leak is found by the address sanitizer. */
START_TEST(ended_threads_leave_nothing)
{
    for (int i = 0; i < 3; i++) {
        pthread_t thread;
        ck_assert_int_eq(pthread_create(&thread, NULL, write_a_line, NULL), 0);
        pthread_join(thread, NULL);
    }
    ck_assert_uint_eq(line_count(), 3);
}
END_TEST

START_TEST(without_a_thread_key_lines_are_written)
{
    no_keys = true;
    log_write(LOG_INFO, "x");
    ck_assert_uint_eq(line_count(), 1);
}
END_TEST

Suite *suite_log_faults(void);
Suite *suite_log_faults(void)
{
    Suite *suite = suite_create("log_faults");
    TCase *tcase = tcase_create("log_faults");
    tcase_add_checked_fixture(tcase, setup, captured_log_end);
    tcase_add_test(tcase, line_is_one_write);
    tcase_add_test(tcase, interrupted_write_is_repeated);
    tcase_add_test(tcase, partial_write_is_continued);
    tcase_add_test(tcase, full_pipe_is_waited_for);
    tcase_add_loop_test(tcase, line_that_cannot_be_written_is_lost_and_not_counted, 0,
                        (int)ARRAY_SIZE(losses));
    tcase_add_test(tcase, errno_is_preserved);
    tcase_add_test(tcase, without_memory_the_loss_is_told);
    tcase_add_test(tcase, usual_line_costs_no_allocation);
    tcase_add_test(tcase, buffer_of_a_huge_line_is_given_back);
    tcase_add_test(tcase, ended_threads_leave_nothing);
    tcase_add_test(tcase, without_a_thread_key_lines_are_written);
    suite_add_tcase(suite, tcase);
    return suite;
}
