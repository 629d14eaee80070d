/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The listening socket. What takes over descriptors 0 and 3 runs in a child of its own.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "http/server.h"
#include "peer.h"
#include "suites.h"

static char path[96];
static char lock_path[128];
static struct http_listener listener = {.fd = -1, .lock_fd = -1};
static struct error error;

static void setup(void)
{
    snprintf(path, sizeof path, "%s/s", peer_folder());
    snprintf(lock_path, sizeof lock_path, "%s.lock", path);
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_PID");
}

static void teardown(void)
{
    http_listener_close(&listener);
    peer_folder_remove();
}

static enum error_code listen_here(struct http_listener *ret_listener)
{
    return http_listener_open(ret_listener, path, 0660, 16, &error);
}

static bool can_connect(void)
{
    int fd = peer_connect(path);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* A listening socket that is not ours: without a lock. */
static int foreign_listener(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(fd, 4), 0);
    return fd;
}

START_TEST(a_socket_is_created_with_its_mode)
{
    struct stat status;
    umask(0);
    ck_assert_int_eq(listen_here(&listener), ERROR_NONE);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert(S_ISSOCK(status.st_mode));
    ck_assert_uint_eq(status.st_mode & 0777, 0660);
    ck_assert(can_connect());
}
END_TEST

START_TEST(it_is_non_blocking_and_not_inherited_by_children)
{
    ck_assert_int_eq(listen_here(&listener), ERROR_NONE);
    ck_assert((fcntl(listener.fd, F_GETFL) & O_NONBLOCK) != 0);
    ck_assert((fcntl(listener.fd, F_GETFD) & FD_CLOEXEC) != 0);
    ck_assert((fcntl(listener.lock_fd, F_GETFD) & FD_CLOEXEC) != 0);
}
END_TEST

START_TEST(closing_removes_socket_and_lock)
{
    ck_assert_int_eq(listen_here(&listener), ERROR_NONE);
    http_listener_close(&listener);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_ne(access(lock_path, F_OK), 0);
    http_listener_close(&listener);
}
END_TEST

START_TEST(a_stale_socket_is_replaced)
{
    close(foreign_listener());
    ck_assert(!can_connect());
    ck_assert_int_eq(listen_here(&listener), ERROR_NONE);
    ck_assert(can_connect());
}
END_TEST

START_TEST(a_stale_lock_file_is_no_obstacle)
{
    close(open(lock_path, O_CREAT | O_WRONLY, 0600));
    ck_assert_int_eq(listen_here(&listener), ERROR_NONE);
    ck_assert(can_connect());
}
END_TEST

START_TEST(a_live_instance_is_refused_and_unharmed)
{
    struct http_listener second = {.fd = -1, .lock_fd = -1};
    ck_assert_int_eq(listen_here(&listener), ERROR_NONE);
    ck_assert_int_eq(listen_here(&second), ERROR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, path));
    ck_assert_ptr_nonnull(strstr(error.message, "another instance"));
    ck_assert_int_eq(second.fd, -1);
    ck_assert(can_connect());
    ck_assert_int_eq(access(lock_path, F_OK), 0);
    ck_assert_int_eq(listen_here(&second), ERROR_CONFLICT);
}
END_TEST

START_TEST(another_program_is_refused_and_unharmed)
{
    int foreign = foreign_listener();
    ck_assert_int_eq(listen_here(&listener), ERROR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "another program"));
    ck_assert(can_connect());
    ck_assert_int_ne(access(lock_path, F_OK), 0);
    close(foreign);
}
END_TEST

START_TEST(a_file_that_is_not_a_socket_is_left_alone)
{
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    ck_assert_int_eq(write(fd, "data", 4), 4);
    close(fd);
    ck_assert_int_eq(listen_here(&listener), ERROR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "not a socket"));
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_size, 4);
}
END_TEST

START_TEST(a_path_that_is_too_long_is_refused)
{
    char longer[256];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    ck_assert_int_eq(http_listener_open(&listener, longer, 0660, 16, &error), ERROR_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, "at most 107 bytes"));
}
END_TEST

START_TEST(a_missing_folder_is_told)
{
    ck_assert_int_eq(http_listener_open(&listener, "/nowhere/at/all", 0660, 16, &error),
                     ERROR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(error.message, "the folder of the socket must exist"));
}
END_TEST

/* Runs the function in a child: what it returns. */
static int in_child(int (*function)(void))
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(function());
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void set_listen_environment(const char *count, pid_t pid)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", (long)pid);
    setenv("LISTEN_FDS", count, 1);
    setenv("LISTEN_PID", text, 1);
}

static int take_activated(void)
{
    dup2(foreign_listener(), 3);
    set_listen_environment("1", getpid());
    if (listen_here(&listener) != ERROR_NONE || listener.fd != 3 || listener.path != NULL)
        return 1;
    if ((fcntl(3, F_GETFL) & O_NONBLOCK) == 0 || (fcntl(3, F_GETFD) & FD_CLOEXEC) == 0)
        return 2;
    if (!can_connect())
        return 3;
    http_listener_close(&listener);
    return access(path, F_OK) == 0 ? 0 : 4;
}

START_TEST(an_activated_socket_is_taken_and_its_path_kept)
{
    ck_assert_int_eq(in_child(take_activated), 0);
}
END_TEST

static int ignore_another_pid(void)
{
    set_listen_environment("1", getppid());
    if (listen_here(&listener) != ERROR_NONE || listener.path == NULL)
        return 1;
    http_listener_close(&listener);
    return 0;
}

START_TEST(a_socket_for_another_process_is_ignored)
{
    ck_assert_int_eq(in_child(ignore_another_pid), 0);
}
END_TEST

static int refuse_two(void)
{
    dup2(foreign_listener(), 3);
    set_listen_environment("2", getpid());
    return listen_here(&listener) == ERROR_INVALID && strstr(error.message, "exactly one") ? 0 : 1;
}

START_TEST(two_activated_sockets_are_refused)
{
    ck_assert_int_eq(in_child(refuse_two), 0);
}
END_TEST

static int refuse_file(void)
{
    dup2(open("/dev/null", O_RDONLY), 3);
    set_listen_environment("1", getpid());
    return listen_here(&listener) == ERROR_INVALID ? 0 : 1;
}

START_TEST(an_activated_descriptor_that_does_not_listen_is_refused)
{
    ck_assert_int_eq(in_child(refuse_file), 0);
}
END_TEST

static int take_stdin(void)
{
    dup2(foreign_listener(), STDIN_FILENO);
    if (listen_here(&listener) != ERROR_NONE || listener.fd != STDIN_FILENO ||
        listener.path != NULL)
        return 1;
    return can_connect() ? 0 : 2;
}

START_TEST(a_listening_descriptor_0_is_taken)
{
    ck_assert_int_eq(in_child(take_stdin), 0);
}
END_TEST

Suite *suite_listener(void)
{
    Suite *suite = suite_create("listener");
    TCase *tests = tcase_create("listener");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_socket_is_created_with_its_mode);
    tcase_add_test(tests, it_is_non_blocking_and_not_inherited_by_children);
    tcase_add_test(tests, closing_removes_socket_and_lock);
    tcase_add_test(tests, a_stale_socket_is_replaced);
    tcase_add_test(tests, a_stale_lock_file_is_no_obstacle);
    tcase_add_test(tests, a_live_instance_is_refused_and_unharmed);
    tcase_add_test(tests, another_program_is_refused_and_unharmed);
    tcase_add_test(tests, a_file_that_is_not_a_socket_is_left_alone);
    tcase_add_test(tests, a_path_that_is_too_long_is_refused);
    tcase_add_test(tests, a_missing_folder_is_told);
    tcase_add_test(tests, an_activated_socket_is_taken_and_its_path_kept);
    tcase_add_test(tests, a_socket_for_another_process_is_ignored);
    tcase_add_test(tests, two_activated_sockets_are_refused);
    tcase_add_test(tests, an_activated_descriptor_that_does_not_listen_is_refused);
    tcase_add_test(tests, a_listening_descriptor_0_is_taken);
    suite_add_tcase(suite, tests);
    return suite;
}
