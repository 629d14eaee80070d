/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Paths, network file systems, sizes.
 */
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "store/sqlite/location.h"
#include "store_suites.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_remove(&fixture);
}

START_TEST(test_network_file_systems)
{
    static const struct {
        uint64_t type;
        const char *name;
    } cases[] = {{0x6969, "NFS"},        {0xff534d42, "CIFS"}, {0xfe534d42, "SMB"},
                 {0x00c36400, "CephFS"}, {0x01021997, "9P"},   {0x0bd00bd0, "Lustre"}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        ck_assert_str_eq(location_network_name(cases[i].type), cases[i].name);
}
END_TEST

START_TEST(test_local_file_systems)
{
    /* ext4, XFS, Btrfs, tmpfs, overlay, FUSE */
    static const uint64_t types[] = {0xef53,     0x58465342, 0x9123683e,
                                     0x01021994, 0x794c7630, 0x65735546};
    for (size_t i = 0; i < ARRAY_SIZE(types); i++)
        ck_assert_ptr_null(location_network_name(types[i]));
}
END_TEST

START_TEST(test_resolve_relative_path)
{
    ck_assert_int_eq(chdir(fixture.folder), 0);
    char *path CLEANUP_FREE = NULL;
    ck_assert_int_eq(location_resolve("todo.db", &path, NULL), ERROR_NONE);
    ck_assert_str_eq(path, fixture.path);
}
END_TEST

START_TEST(test_resolve_in_the_root_folder)
{
    char *path CLEANUP_FREE = NULL;
    ck_assert_int_eq(location_resolve("/todo-nonexistent.db", &path, NULL), ERROR_NONE);
    ck_assert_str_eq(path, "/todo-nonexistent.db");
}
END_TEST

START_TEST(test_resolve_through_a_file)
{
    struct error error;
    char *path = NULL;
    ck_assert_int_eq(location_resolve("/dev/null/todo.db", &path, &error), ERROR_INVALID);
    ck_assert_ptr_null(path);
}
END_TEST

START_TEST(test_sizes)
{
    ck_assert_uint_eq(location_file_size(fixture.path), 0);
    ck_assert_uint_eq(location_file_size("/dev/null/x"), SIZE_UNKNOWN);
    ck_assert_uint_eq(location_free_bytes(fixture.path), SIZE_UNKNOWN);
    ck_assert_uint_ne(location_free_bytes(fixture.folder), SIZE_UNKNOWN);
    ck_assert_uint_eq(location_disk_bytes(fixture.path), SIZE_UNKNOWN);
    ck_assert_uint_ge(location_disk_bytes(fixture.folder), location_free_bytes(fixture.folder));
}
END_TEST

Suite *suite_location(void)
{
    const TTest *const tests[] = {
        test_network_file_systems,       test_local_file_systems,     test_resolve_relative_path,
        test_resolve_in_the_root_folder, test_resolve_through_a_file, test_sizes,
    };
    return store_suite("location", setup, teardown, tests, ARRAY_SIZE(tests));
}
