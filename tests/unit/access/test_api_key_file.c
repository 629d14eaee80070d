/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The file of keys: added to, taken from, refused.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../fail_malloc.h"
#include "access/api_key_file.h"

#define NOW 1767348672123

Suite *suite_api_key_file(void);

static char folder[] = "/tmp/todo-keys-XXXXXX";
static char path[sizeof(folder) + 8];

static void make_folder(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/keys", folder);
}

static void remove_folder(void)
{
    unlink(path);
    rmdir(path);
    ck_assert_int_eq(rmdir(folder), 0); /* so nothing else was left */
}

static void write_file(const char *text)
{
    FILE *file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
    chmod(path, 0600);
}

static struct api_key add(const char *name, char *text)
{
    struct api_key key = {.id = ""};
    struct error error;
    ck_assert_int_eq(api_key_file_add(path, name, API_SCOPE_READ, NOW, &key, text, &error),
                     ERROR_NONE);
    return key;
}

START_TEST(an_added_key_is_found)
{
    struct api_keys keys;
    char first[API_KEY_SIZE + 1], second[API_KEY_SIZE + 1];
    struct api_key key = add("laptop", first);
    add("phone", second);
    ck_assert_str_ne(first, second);
    ck_assert_int_eq(api_keys_read(path, &keys, NULL), ERROR_NONE);
    ck_assert_uint_eq(keys.count, 2);
    const struct api_key *found = api_keys_find(&keys, first, strlen(first));
    ck_assert_str_eq(found->id, key.id);
    ck_assert_str_eq(found->name, "laptop");
    ck_assert_int_eq(found->created, NOW);
    ck_assert_str_eq(api_keys_find(&keys, second, strlen(second))->name, "phone");
    api_keys_close(&keys);
}
END_TEST

START_TEST(the_file_does_not_have_the_key_itself)
{
    struct buf file CLEANUP_BUF = {0};
    char text[API_KEY_SIZE + 1];
    add("laptop", text);
    ck_assert_int_eq(api_key_file_text(path, &file, NULL), ERROR_NONE);
    ck_assert_ptr_null(strstr(buf_string(&file), text + strlen(API_KEY_PREFIX)));
}
END_TEST

START_TEST(a_new_file_is_for_its_owner_and_group)
{
    struct stat status;
    char text[API_KEY_SIZE + 1];
    add("laptop", text);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0640);
    chmod(path, 0400);
    add("phone", text);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0400);
}
END_TEST

START_TEST(revoking_leaves_the_rest)
{
    struct api_keys keys;
    struct api_key revoked;
    struct buf file CLEANUP_BUF = {0};
    char first[API_KEY_SIZE + 1], second[API_KEY_SIZE + 1];
    write_file("# mine");
    struct api_key key = add("laptop", first);
    add("phone", second);
    ck_assert_int_eq(api_key_file_revoke(path, key.id, &revoked, NULL), ERROR_NONE);
    ck_assert_str_eq(revoked.name, "laptop");
    ck_assert_int_eq(api_keys_read(path, &keys, NULL), ERROR_NONE);
    ck_assert_uint_eq(keys.count, 1);
    ck_assert_ptr_null(api_keys_find(&keys, first, strlen(first)));
    ck_assert_ptr_nonnull(api_keys_find(&keys, second, strlen(second)));
    api_keys_close(&keys);
    ck_assert_int_eq(api_key_file_text(path, &file, NULL), ERROR_NONE);
    ck_assert_int_eq(strncmp(buf_string(&file), "# mine\n", 7), 0);
    ck_assert_int_eq(api_key_file_revoke(path, key.id, &revoked, NULL), ERROR_NOT_FOUND);
}
END_TEST

START_TEST(a_faulty_file_is_not_touched)
{
    struct api_key key;
    struct error error;
    struct buf file CLEANUP_BUF = {0};
    char text[API_KEY_SIZE + 1];
    write_file("nonsense\n");
    ck_assert_int_eq(api_key_file_add(path, "a", API_SCOPE_READ, NOW, &key, text, &error),
                     ERROR_INVALID);
    ck_assert_int_eq(api_key_file_revoke(path, "00000000", &key, &error), ERROR_INVALID);
    ck_assert_int_eq(api_key_file_text(path, &file, NULL), ERROR_NONE);
    ck_assert_str_eq(buf_string(&file), "nonsense\n");
}
END_TEST

static void read_refused(const char *message)
{
    struct api_keys keys;
    struct error error;
    ck_assert_int_eq(api_keys_read(path, &keys, &error), ERROR_INVALID);
    ck_assert_msg(strstr(error.message, message) != NULL, "%s", error.message);
}

START_TEST(what_is_no_such_file_is_refused)
{
    read_refused("there is no such file");
    mkdir(path, 0700);
    read_refused("is not a file");
    rmdir(path);
    write_file("");
    chmod(path, 0620);
    read_refused("may write it");
    chmod(path, 0602);
    read_refused("may write it");
    FILE *file = fopen(path, "w");
    for (size_t i = 0; i <= API_KEYS_FILE_MAX; i++)
        putc('\n', file);
    fclose(file);
    chmod(path, 0600);
    read_refused("longer than");
}
END_TEST

START_TEST(a_bad_name_or_folder_is_refused)
{
    struct api_key key;
    struct error error;
    char text[API_KEY_SIZE + 1];
    ck_assert_int_eq(api_key_file_add(path, "a b", API_SCOPE_READ, NOW, &key, text, &error),
                     ERROR_INVALID);
    ck_assert_int_eq(
        api_key_file_add("/nowhere/keys", "a", API_SCOPE_READ, NOW, &key, text, &error),
        ERROR_INVALID);
}
END_TEST

START_TEST(without_memory_nothing_changes)
{
    char text[API_KEY_SIZE + 1];
    struct api_key key = add("laptop", text);
    bool failed = true;
    for (long n = 0; failed; n++) {
        struct api_keys keys;
        struct api_key fresh;
        fail_malloc_after(n);
        enum error_code code =
            api_key_file_add(path, "phone", API_SCOPE_READ, NOW, &fresh, text, NULL);
        failed = fail_malloc_off();
        ck_assert_int_eq(code, failed ? ERROR_MEMORY : ERROR_NONE);
        ck_assert_int_eq(api_keys_read(path, &keys, NULL), ERROR_NONE);
        ck_assert_uint_eq(keys.count, failed ? 1 : 2);
        ck_assert_str_eq(keys.keys[0].id, key.id);
        api_keys_close(&keys);
    }
}
END_TEST

Suite *suite_api_key_file(void)
{
    Suite *suite = suite_create("api_key_file");
    TCase *tests = tcase_create("api_key_file");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, an_added_key_is_found);
    tcase_add_test(tests, the_file_does_not_have_the_key_itself);
    tcase_add_test(tests, a_new_file_is_for_its_owner_and_group);
    tcase_add_test(tests, revoking_leaves_the_rest);
    tcase_add_test(tests, a_faulty_file_is_not_touched);
    tcase_add_test(tests, what_is_no_such_file_is_refused);
    tcase_add_test(tests, a_bad_name_or_folder_is_refused);
    tcase_add_test(tests, without_memory_nothing_changes);
    suite_add_tcase(suite, tests);
    return suite;
}
