/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Which paths a confined process can still use, and how.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

#include "support.h"

static int outside_fd = -1;

/* 0, or the error number. */
static int try_open(const char *folder, const char *name, int flags)
{
    int fd = open(support_path(folder, name), flags | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static int try_unlink(const char *folder, const char *name)
{
    return unlink(support_path(folder, name)) == 0 ? 0 : errno;
}

static int read_outside(void)
{
    return try_open(support_outside, "file", O_RDONLY);
}
static int write_outside(void)
{
    return try_open(support_outside, "file", O_WRONLY);
}
static int make_outside(void)
{
    return try_open(support_outside, "new", O_WRONLY | O_CREAT);
}
static int list_outside(void)
{
    return try_open(support_outside, "", O_RDONLY | O_DIRECTORY);
}
static int remove_outside(void)
{
    return try_unlink(support_outside, "file");
}
static int follow_link(void)
{
    return try_open(support_write, "link", O_RDONLY);
}
static int read_passwords(void)
{
    return try_open("/etc", "passwd", O_RDONLY);
}
static int read_other_process(void)
{
    return try_open("/proc/1", "status", O_RDONLY);
}

START_TEST(a_path_outside_fails)
{
    ck_assert_int_eq(support_attempt(read_outside, false), EACCES);
    ck_assert_int_eq(support_attempt(write_outside, false), EACCES);
    ck_assert_int_eq(support_attempt(make_outside, false), EACCES);
    ck_assert_int_eq(support_attempt(list_outside, false), EACCES);
    ck_assert_int_eq(support_attempt(remove_outside, false), EACCES);
    ck_assert_int_eq(support_attempt(read_passwords, false), EACCES);
    ck_assert_int_eq(support_attempt(read_other_process, false), EACCES);
}
END_TEST

START_TEST(a_symbolic_link_leads_nowhere)
{
    ck_assert_int_eq(
        symlink(support_path(support_outside, "file"), support_path(support_write, "link")), 0);
    ck_assert_int_eq(support_attempt(follow_link, false), EACCES);
}
END_TEST

static int use_write_folder(void)
{
    int result = try_open(support_write, "new", O_RDWR | O_CREAT | O_EXCL);
    if (result == 0)
        result = try_open(support_write, "file", O_RDWR | O_TRUNC);
    if (result == 0)
        result = try_open(support_write, "", O_RDONLY | O_DIRECTORY);
    if (result == 0)
        result = try_unlink(support_write, "new");
    return result == 0 ? try_unlink(support_write, "file") : result;
}

START_TEST(the_data_can_be_made_written_cut_and_removed)
{
    ck_assert_int_eq(support_attempt(use_write_folder, false), 0);
}
END_TEST

static int use_read_folder(void)
{
    int result = try_open(support_read, "file", O_RDONLY);
    return result == 0 ? try_open(support_read, "", O_RDONLY | O_DIRECTORY) : result;
}
static int write_read_folder(void)
{
    return try_open(support_read, "file", O_WRONLY);
}
static int make_in_read_folder(void)
{
    return try_open(support_read, "new", O_WRONLY | O_CREAT);
}
static int unlink_in_read_folder(void)
{
    return try_unlink(support_read, "file");
}

START_TEST(what_is_to_be_read_cannot_be_changed)
{
    ck_assert_int_eq(support_attempt(use_read_folder, false), 0);
    ck_assert_int_eq(support_attempt(write_read_folder, false), EACCES);
    ck_assert_int_eq(support_attempt(make_in_read_folder, false), EACCES);
    ck_assert_int_eq(support_attempt(unlink_in_read_folder, false), EACCES);
}
END_TEST

static int read_remove_folder(void)
{
    return try_open(support_remove, "file", O_RDONLY);
}
static int unlink_in_remove_folder(void)
{
    return try_unlink(support_remove, "file");
}

START_TEST(a_socket_folder_allows_removal_alone)
{
    ck_assert_int_eq(support_attempt(read_remove_folder, false), EACCES);
    ck_assert_int_eq(support_attempt(unlink_in_remove_folder, false), 0);
}
END_TEST

static int read_own_figures(void)
{
    int result = try_open("/proc/self", "stat", O_RDONLY);
    return result == 0 ? try_open("/proc/self", "fd", O_RDONLY | O_DIRECTORY) : result;
}

START_TEST(the_own_figures_can_be_read)
{
    ck_assert_int_eq(support_attempt(read_own_figures, false), 0);
}
END_TEST

static int use_open_file(void)
{
    char text[4];
    return pread(outside_fd, text, sizeof(text), 0) == (ssize_t)sizeof(text) ? 0 : errno;
}

START_TEST(what_is_open_stays_usable)
{
    outside_fd = open(support_path(support_outside, "file"), O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(outside_fd, 0);
    ck_assert_int_eq(support_attempt(use_open_file, false), 0);
    close(outside_fd);
}
END_TEST

static void *read_in_thread(void *result)
{
    *(int *)result = read_outside();
    return NULL;
}

static int thread_reads_outside(void)
{
    pthread_t thread;
    int result = 0;
    if (pthread_create(&thread, NULL, read_in_thread, &result) != 0)
        return 1;
    pthread_join(thread, NULL);
    return result;
}

START_TEST(a_later_thread_is_confined_too)
{
    ck_assert_int_eq(support_attempt(thread_reads_outside, false), EACCES);
}
END_TEST

Suite *suite_landlock(void);

Suite *suite_landlock(void)
{
    Suite *suite = suite_create("landlock");
    TCase *test = tcase_create("landlock");
    tcase_add_checked_fixture(test, support_open, support_close);
    tcase_add_test(test, a_path_outside_fails);
    tcase_add_test(test, a_symbolic_link_leads_nowhere);
    tcase_add_test(test, the_data_can_be_made_written_cut_and_removed);
    tcase_add_test(test, what_is_to_be_read_cannot_be_changed);
    tcase_add_test(test, a_socket_folder_allows_removal_alone);
    tcase_add_test(test, the_own_figures_can_be_read);
    tcase_add_test(test, what_is_open_stays_usable);
    tcase_add_test(test, a_later_thread_is_confined_too);
    suite_add_tcase(suite, test);
    return suite;
}
