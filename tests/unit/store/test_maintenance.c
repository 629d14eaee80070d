/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Backup, restore and verify under faults: each call to the file system and each allocation fails
 * in turn. The former backup, or the former database, is whole in any case, and nothing is left
 * behind. What they do without faults is tested through the program's commands.
 */
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../fail_malloc.h"
#include "base/cleanup.h"
#include "fail_sqlite.h"
#include "fault_scenario.h"
#include "fault_vfs.h"
#include "store/maintenance.h"
#include "store_suites.h"

static struct fixture fixture;
static char backup[512];
static char kept[STORE_PATH_SIZE];
static struct error error;

static void insert(int64_t value)
{
    ck_assert_int_eq(store_write(fixture.store, probe_insert, &value), ERROR_NONE);
}

/* A database with two rows, and a backup with the first of them. */
static void setup(void)
{
    fail_sqlite_setup();
    fault_vfs_register();
    fixture_init(&fixture);
    fixture_open(&fixture);
    snprintf(backup, sizeof(backup), "%s", fixture_path(&fixture, "backup.db"));
    insert(1);
    ck_assert_int_eq(store_backup(&fixture.options, backup, 5000, &error), ERROR_NONE);
    insert(2);
    fixture_close(&fixture);
    fixture.options.busy_timeout_ms = 100;
}

static void teardown(void)
{
    fault_vfs_disarm();
    fixture_remove(&fixture);
}

static int64_t rows(const char *path)
{
    return file_number(path, "SELECT count(*) FROM probe");
}

/* Files in the folder that are not known by name. */
static unsigned leftovers(void)
{
    unsigned count = 0;
    DIR *folder = opendir(fixture.folder);
    ck_assert_ptr_nonnull(folder);
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL)
        count += strstr(entry->d_name, ".tmp-") != NULL;
    closedir(folder);
    return count;
}

/* --- The operations --------------------------------------------------------------------------- */

static void ignore(void *context, const char *text)
{
    (void)context;
    (void)text;
}

static enum error_code run_backup(void)
{
    return store_backup(&fixture.options, backup, 6000, &error);
}

static enum error_code run_restore(void)
{
    return store_restore(&fixture.options, backup, 6000, kept, &error);
}

static enum error_code run_verify(void)
{
    return store_verify(&fixture.options, ignore, NULL, &error);
}

static const struct {
    const char *name;
    enum error_code (*run)(void);
} operations[] = {{"backup", run_backup}, {"restore", run_restore}, {"verify", run_verify}};

/* The file that must have two rows when the operation failed, and the one that must have one. */
static void check_after(enum error_code code, int operation)
{
    ck_assert_uint_eq(leftovers(), 0);
    if (operation == 1 && code == ERROR_NONE) {
        ck_assert_int_eq(rows(fixture.path), 1);
        ck_assert_int_eq(rows(kept), 2);
        ck_assert_int_eq(unlink(fixture.path), 0); /* back to the beginning */
        ck_assert_int_eq(rename(kept, fixture.path), 0);
    }
    ck_assert_int_eq(rows(fixture.path), 2);
    int64_t saved = rows(backup);
    ck_assert(saved == 1 || (operation == 0 && saved == 2));
    file_check(fixture.path);
    file_check(backup);
}

/* A failed check may call the file damaged: what cannot be read looks like that. */
static void check_code(enum error_code code)
{
    ck_assert_msg(code == ERROR_NONE || code == ERROR_INVALID || is_storage_failure(code),
                  "code %d: %s", code, error.message);
}

static const struct {
    enum fault_call call;
    int rc;
} faults[] = {
    {FAULT_OPEN, SQLITE_CANTOPEN},
    {FAULT_READ, SQLITE_IOERR_READ},
    {FAULT_WRITE, SQLITE_FULL},
    {FAULT_SYNC, SQLITE_IOERR_FSYNC},
    {FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE},
    {FAULT_SIZE, SQLITE_IOERR_FSTAT},
    {FAULT_LOCK, SQLITE_IOERR_LOCK},
    {FAULT_SHARED_MAP, SQLITE_IOERR_SHMMAP},
};

START_TEST(test_one_call_fails)
{
    int operation = _i / (int)ARRAY_SIZE(faults), fault = _i % (int)ARRAY_SIZE(faults);
    fixture.options.vfs = FAULT_VFS_NAME;
    for (int n = 0;; n++) {
        fault_vfs_arm(faults[fault].call, n, faults[fault].rc, false);
        enum error_code code = operations[operation].run();
        bool has_failed = fault_vfs_disarm();
        check_code(code);
        check_after(code, operation);
        if (!has_failed)
            return;
    }
}
END_TEST

START_TEST(test_one_allocation_fails)
{
    int operation = _i / 2;
    bool of_sqlite = _i % 2 == 1;
    for (int n = 0;; n = fail_sqlite_next(n)) {
        if (of_sqlite)
            fail_sqlite_after(n);
        else
            fail_malloc_after(n);
        enum error_code code = operations[operation].run();
        bool has_failed = of_sqlite ? fail_sqlite_off() : fail_malloc_off();
        check_code(code);
        check_after(code, operation);
        if (!has_failed) {
            ck_assert_int_eq(code, ERROR_NONE);
            return;
        }
    }
}
END_TEST

/* --- Without faults --------------------------------------------------------------------------- */

START_TEST(test_time_is_recorded_after_the_backup)
{
    ck_assert_int_eq(file_number(fixture.path, "SELECT at FROM backup"), 5000);
    ck_assert_int_eq(file_number(backup, "SELECT count(*) FROM backup"), 0);
    ck_assert_int_eq(run_backup(), ERROR_NONE);
    ck_assert_int_eq(file_number(fixture.path, "SELECT at FROM backup"), 6000);
    struct store_reader *reader;
    enum error_code code;
    int64_t at = 0;
    fixture_open(&fixture);
    ck_assert_int_eq(store_reader_open(fixture.store, &reader, &error), ERROR_NONE);
    ck_assert_int_eq(store_last_backup(store_read_begin(reader, &code), &at), ERROR_NONE);
    ck_assert_int_eq(at, 6000);
    store_read_end(reader);
    store_reader_close(reader);
}
END_TEST

START_TEST(test_store_that_is_open_cannot_be_replaced)
{
    fixture_open(&fixture);
    ck_assert_int_eq(run_restore(), ERROR_BUSY);
    ck_assert_ptr_nonnull(strstr(error.message, "in use"));
    fixture_close(&fixture);
    ck_assert_int_eq(run_restore(), ERROR_NONE);
}
END_TEST

START_TEST(test_overlong_names_are_refused)
{
    static char name[STORE_PATH_SIZE + 10];
    memset(name, 'x', sizeof(name) - 1);
    ck_assert_int_eq(store_backup(&fixture.options, name, 1, &error), ERROR_INVALID);
}
END_TEST

Suite *suite_maintenance(void)
{
    const TTest *const tests[] = {
        test_time_is_recorded_after_the_backup,
        test_store_that_is_open_cannot_be_replaced,
        test_overlong_names_are_refused,
    };
    Suite *suite = store_suite("maintenance", setup, teardown, tests, ARRAY_SIZE(tests));
    TCase *tcase = tcase_create("faults");
    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_one_call_fails, 0,
                        (int)(ARRAY_SIZE(operations) * ARRAY_SIZE(faults)));
    tcase_add_loop_test(tcase, test_one_allocation_fails, 0, 2 * (int)ARRAY_SIZE(operations));
    suite_add_tcase(suite, tcase);
    return suite;
}
