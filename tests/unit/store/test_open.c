/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * What may be opened and what is refused, and with which words.
 */
#include "config.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "fixture.h"
#include "store_suites.h"

#define SOME_USER 65534

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

/* Opening is refused with this code, and the message says these words. */
static void expect_refusal(enum error_code code, const char *words)
{
    struct error error = {0};
    struct store *store = (struct store *)&fixture;
    ck_assert_int_eq(store_open(&fixture.options, &store, &error), code);
    ck_assert_ptr_eq(store, &fixture);
    ck_assert_int_eq(error.code, code);
    ck_assert_msg(strstr(error.message, words) != NULL, "\"%s\" does not say \"%s\"", error.message,
                  words);
}

static void write_file(const char *path, off_t offset, const void *data, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pwrite(fd, data, size, offset), (ssize_t)size);
    close(fd);
}

/* A database of ours with some rows, all of it in the file itself. */
static void make_database(int count)
{
    fixture_open(&fixture);
    for (int64_t i = 0; i < count; i++)
        ck_assert_int_eq(store_write(fixture.store, probe_insert, &i), ERROR_NONE);
    fixture_close(&fixture);
}

START_TEST(test_new_file)
{
    fixture_open(&fixture);
    struct store_state state;
    store_state(fixture.store, &state);
    ck_assert_int_gt(state.schema, 0);
    ck_assert_uint_gt(state.database_bytes, 0);
    ck_assert_uint_lt(state.database_bytes, 1 << 30);
    ck_assert_uint_gt(state.wal_bytes, 0);
    ck_assert_uint_gt(state.disk_free_bytes, 0);
    ck_assert(!state.sync_failed);
    fixture_close(&fixture);
    ck_assert_int_eq(file_number(fixture.path, "PRAGMA application_id"), 0x54446f34);
    ck_assert_int_eq(file_number(fixture.path, "PRAGMA user_version"), state.schema);
    ck_assert_int_eq(file_number(fixture.path, "SELECT 1 FROM pragma_journal_mode WHERE "
                                               "journal_mode = 'wal'"),
                     1);
    file_check(fixture.path);
}
END_TEST

START_TEST(test_file_without_content)
{
    write_file(fixture.path, 0, "", 0);
    fixture_open(&fixture);
}
END_TEST

START_TEST(test_data_is_there_again)
{
    make_database(3);
    fixture_open(&fixture);
    struct store_reader *reader = NULL;
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, NULL), ERROR_NONE);
    ck_assert_int_eq(store_ping(reader), ERROR_NONE);
    ck_assert_int_eq(probe_count(reader), 3);
    store_reader_close(reader);
}
END_TEST

START_TEST(test_no_folder)
{
    fixture.options.path = "/nonexistent/folder/todo.db";
    expect_refusal(ERROR_INVALID, "create it");
}
END_TEST

START_TEST(test_path_is_a_folder)
{
    fixture.options.path = fixture.folder;
    expect_refusal(ERROR_INVALID, "not a regular file");
}
END_TEST

START_TEST(test_path_names_no_file)
{
    fixture.options.path = "/tmp/";
    expect_refusal(ERROR_INVALID, "does not name");
    fixture.options.path = "";
    expect_refusal(ERROR_INVALID, "does not name");
}
END_TEST

START_TEST(test_symbolic_link_shares_the_lock)
{
    make_database(1);
    char path[512];
    strcpy(path, fixture_path(&fixture, "link.db"));
    ck_assert_int_eq(symlink(fixture.path, path), 0);
    fixture.options.path = path;
    fixture_open(&fixture);
    ck_assert_int_ne(access(fixture_path(&fixture, "link.db.lock"), F_OK), 0);
}
END_TEST

START_TEST(test_symbolic_link_to_nothing)
{
    ck_assert_int_eq(symlink("nothing.db", fixture.path), 0);
    expect_refusal(ERROR_INVALID, "symbolic link");
}
END_TEST

/* Root may write anywhere; so a process of someone else does it. */
static void expect_refusal_for_others(enum error_code code, const char *words)
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        if (geteuid() == 0)
            ck_assert_int_eq(setresuid(SOME_USER, SOME_USER, SOME_USER), 0);
        expect_refusal(code, words);
        _exit(0);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}

START_TEST(test_folder_not_writable)
{
    ck_assert_int_eq(chmod(fixture.folder, 0555), 0);
    expect_refusal_for_others(ERROR_INVALID, "cannot be written");
    ck_assert_int_eq(chmod(fixture.folder, 0700), 0);
}
END_TEST

START_TEST(test_file_not_writable)
{
    make_database(0);
    ck_assert_int_eq(chmod(fixture.folder, 0777), 0);
    ck_assert_int_eq(chmod(fixture.path, 0444), 0);
    expect_refusal_for_others(ERROR_INVALID, "cannot be read and written");
}
END_TEST

START_TEST(test_lock_file_not_usable)
{
    ck_assert_int_eq(mkdir(fixture_path(&fixture, "todo.db.lock"), 0700), 0);
    expect_refusal(ERROR_INVALID, "lock file");
    rmdir(fixture_path(&fixture, "todo.db.lock"));
}
END_TEST

START_TEST(test_lock_held_by_another)
{
    int fd = open(fixture_path(&fixture, "todo.db.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_eq(flock(fd, LOCK_EX), 0);
    fixture.options.busy_timeout_ms = 1;
    expect_refusal(ERROR_BUSY, "another process");
    close(fd);
}
END_TEST

START_TEST(test_foreign_application)
{
    file_exec(fixture.path, "PRAGMA application_id = 7; CREATE TABLE t(x)");
    expect_refusal(ERROR_INVALID, "another program");
    ck_assert_int_eq(file_number(fixture.path, "PRAGMA application_id"), 7);
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM sqlite_schema"), 1);
    ck_assert_int_eq(access(fixture_path(&fixture, "todo.db-wal"), F_OK), -1);
}
END_TEST

START_TEST(test_foreign_tables)
{
    file_exec(fixture.path, "CREATE TABLE t(x)");
    expect_refusal(ERROR_INVALID, "another program");
}
END_TEST

START_TEST(test_newer_schema)
{
    make_database(0);
    file_exec(fixture.path, "PRAGMA user_version = 9999");
    expect_refusal(ERROR_INVALID, "has schema 9999");
}
END_TEST

START_TEST(test_impossible_schema)
{
    make_database(0);
    file_exec(fixture.path, "PRAGMA user_version = -1");
    expect_refusal(ERROR_CORRUPT, "impossible");
}
END_TEST

START_TEST(test_no_database)
{
    static const char text[] = "Dear diary, this is certainly no database. ";
    for (int i = 0; i < 100; i++)
        write_file(fixture.path, i * (off_t)sizeof(text), text, sizeof(text));
    expect_refusal(ERROR_CORRUPT, "no SQLite database");
}
END_TEST

START_TEST(test_truncated_file)
{
    make_database(50);
    ck_assert_int_eq(truncate(fixture.path, 8192), 0);
    expect_refusal(ERROR_CORRUPT, "restore a backup");
}
END_TEST

START_TEST(test_damaged_page)
{
    make_database(50);
    struct stat status;
    ck_assert_int_eq(stat(fixture.path, &status), 0);
    char garbage[4096];
    memset(garbage, 0xa5, sizeof(garbage));
    write_file(fixture.path, status.st_size - 8192, garbage, sizeof(garbage));
    expect_refusal(ERROR_CORRUPT, "restore a backup");
}
END_TEST

static void open_in_process(int start)
{
    char byte;
    ck_assert_int_eq(read(start, &byte, 1), 0); /* until the parent closes the pipe */
    fixture_open(&fixture);
    int64_t value = 1;
    ck_assert_int_eq(store_write(fixture.store, probe_insert, &value), ERROR_NONE);
    fixture_close(&fixture);
    _exit(0);
}

START_TEST(test_two_processes_create_it)
{
    int start[2];
    ck_assert_int_eq(pipe(start), 0);
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        ck_assert_int_ge(children[i], 0);
        if (children[i] == 0) {
            close(start[1]);
            open_in_process(start[0]);
        }
    }
    close(start[0]);
    close(start[1]);
    for (int i = 0; i < 2; i++) {
        int status = -1;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_int_eq(status, 0);
    }
    ck_assert_int_eq(file_number(fixture.path, "SELECT count(*) FROM probe"), 2);
    file_check(fixture.path);
}
END_TEST

Suite *suite_open(void)
{
    const TTest *const tests[] = {
        test_new_file,
        test_file_without_content,
        test_data_is_there_again,
        test_no_folder,
        test_path_is_a_folder,
        test_path_names_no_file,
        test_symbolic_link_shares_the_lock,
        test_symbolic_link_to_nothing,
        test_folder_not_writable,
        test_file_not_writable,
        test_lock_file_not_usable,
        test_lock_held_by_another,
        test_foreign_application,
        test_foreign_tables,
        test_newer_schema,
        test_impossible_schema,
        test_no_database,
        test_truncated_file,
        test_damaged_page,
        test_two_processes_create_it,
    };
    return store_suite("open", setup, teardown, tests, ARRAY_SIZE(tests));
}
