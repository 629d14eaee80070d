/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Which system calls a confined process can still make. ENOSYS: the filter refused.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "support.h"

static int run_program(void)
{
    char name[] = "true";
    char *const arguments[] = {name, NULL};
    execve("/bin/true", arguments, arguments + 1);
    return errno;
}

static int have_child(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 ? 0 : errno;
}

static int trace(void)
{
    return syscall(SYS_ptrace, 0, 0, 0, 0) == 0 ? 0 : errno;
}
static int new_namespace(void)
{
    return syscall(SYS_unshare, 0) == 0 ? 0 : errno;
}

START_TEST(what_only_an_intruder_does_ends_the_process)
{
    ck_assert_int_eq(support_attempt(run_program, false), -SIGSYS);
    ck_assert_int_eq(support_attempt(have_child, false), -SIGSYS);
    ck_assert_int_eq(support_attempt(trace, false), -SIGSYS);
    ck_assert_int_eq(support_attempt(new_namespace, false), -SIGSYS);
    ck_assert_int_eq(support_attempt(run_program, true), -SIGSYS);
}
END_TEST

static int make_folder(void)
{
    return mkdir(support_path(support_write, "new"), 0700) == 0 ? 0 : errno;
}
static int signal_another(void)
{
    return kill(getppid(), 0) == 0 ? 0 : errno;
}
static int unknown_call(void)
{
    return syscall(1000000L) == 0 ? 0 : errno;
}

START_TEST(other_calls_fail_as_if_the_kernel_had_none)
{
    ck_assert_int_eq(support_attempt(make_folder, false), ENOSYS);
    ck_assert_int_eq(support_attempt(signal_another, false), ENOSYS);
    ck_assert_int_eq(support_attempt(unknown_call, false), ENOSYS);
}
END_TEST

static int open_socket(int family)
{
    int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}
static int open_inet(void)
{
    return open_socket(AF_INET);
}
static int open_unix(void)
{
    return open_socket(AF_UNIX);
}
static int open_packet(void)
{
    return open_socket(AF_PACKET);
}

START_TEST(the_network_is_closed_unless_it_is_needed)
{
    ck_assert_int_eq(support_attempt(open_inet, false), ENOSYS);
    ck_assert_int_eq(support_attempt(open_unix, false), ENOSYS);
    ck_assert_int_eq(support_attempt(open_inet, true), 0);
    ck_assert_int_eq(support_attempt(open_unix, true), 0);
    ck_assert_int_eq(support_attempt(open_packet, true), ENOSYS);
}
END_TEST

/* A socket that is not there: the call itself is what matters. */
static int connect_unix(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/nowhere"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0)
        return errno;
    return connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 ? 0 : errno;
}

START_TEST(unix_sockets_may_be_all_that_is_open)
{
    ck_assert_int_eq(support_attempt(connect_unix, false), ENOSYS);
    ck_assert_int_ne(support_attempt_local(connect_unix), ENOSYS);
    ck_assert_int_eq(support_attempt_local(open_unix), 0);
    ck_assert_int_eq(support_attempt_local(open_inet), ENOSYS);
    ck_assert_int_eq(support_attempt_local(open_packet), ENOSYS);
}
END_TEST

static int map(int protection)
{
    void *page = mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED ? 0 : errno;
}
static int map_code(void)
{
    return map(PROT_READ | PROT_WRITE | PROT_EXEC);
}
static int make_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return 1;
    return mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0 ? 0 : errno;
}
static int map_data(void)
{
    int result = map(PROT_READ | PROT_WRITE);
    void *memory = malloc(4 * 1024 * 1024);
    if (memory == NULL)
        return ENOMEM;
    free(memory);
    return result;
}

START_TEST(no_code_can_be_made)
{
    ck_assert_int_eq(support_attempt(map_code, false), ENOSYS);
    ck_assert_int_eq(support_attempt(make_code, false), ENOSYS);
    ck_assert_int_eq(support_attempt(map_data, false), 0);
}
END_TEST

static void *set_true(void *flag)
{
    *(bool *)flag = true;
    return NULL;
}

static int start_thread(void)
{
    pthread_t thread;
    bool ran = false;
    int result = pthread_create(&thread, NULL, set_true, &ran);
    if (result != 0)
        return result;
    pthread_join(thread, NULL);
    return ran ? 0 : 1;
}

START_TEST(threads_can_start)
{
    ck_assert_int_eq(support_attempt(start_thread, false), 0);
}
END_TEST

static int end_badly(void)
{
    abort();
}

START_TEST(abort_is_seen_as_such)
{
    ck_assert_int_eq(support_attempt(end_badly, false), -SIGABRT);
}
END_TEST

static int read_limit(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? 0 : errno;
}
static int set_limit(void)
{
    const struct rlimit limit = {64, 64};
    return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? 0 : errno;
}
static int name_thread(void)
{
    return prctl(PR_SET_NAME, "name", 0, 0, 0) == 0 ? 0 : errno;
}
static int change_dump(void)
{
    return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0 ? 0 : errno;
}

START_TEST(arguments_are_looked_at)
{
    ck_assert_int_eq(support_attempt(read_limit, false), 0);
    ck_assert_int_eq(support_attempt(set_limit, false), ENOSYS);
    ck_assert_int_eq(support_attempt(name_thread, false), 0);
    ck_assert_int_eq(support_attempt(change_dump, false), ENOSYS);
}
END_TEST

Suite *suite_seccomp(void);

Suite *suite_seccomp(void)
{
    Suite *suite = suite_create("seccomp");
    TCase *test = tcase_create("seccomp");
    tcase_add_checked_fixture(test, support_open, support_close);
    tcase_add_test(test, what_only_an_intruder_does_ends_the_process);
    tcase_add_test(test, other_calls_fail_as_if_the_kernel_had_none);
    tcase_add_test(test, the_network_is_closed_unless_it_is_needed);
    tcase_add_test(test, unix_sockets_may_be_all_that_is_open);
    tcase_add_test(test, no_code_can_be_made);
    tcase_add_test(test, threads_can_start);
    tcase_add_test(test, abort_is_seen_as_such);
    tcase_add_test(test, arguments_are_looked_at);
    suite_add_tcase(suite, test);
    return suite;
}
