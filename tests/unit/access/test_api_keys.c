/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The table of keys: what its file may say, and who is found in it.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "../fail_malloc.h"
#include "access/api_keys.h"

#define HASH    "0000000000000000000000000000000000000000000000000000000000000001"
#define OTHER   "0000000000000000000000000000000000000000000000000000000000000002"
#define CREATED "2026-01-02T10:11:12.123Z"
#define LINE    "0123abcd laptop read,write " CREATED " " HASH "\n"
#define KEY     "todo_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

Suite *suite_api_keys(void);

static enum error_code parse(const char *text, struct api_keys *keys, struct error *error)
{
    *keys = (struct api_keys){.count = 0};
    return api_keys_parse("keys", text, strlen(text), keys, error);
}

static void refused(const char *text, const char *message)
{
    struct api_keys keys;
    struct error error;
    ck_assert_int_eq(parse(text, &keys, &error), ERROR_INVALID);
    ck_assert_str_eq(error.message, message);
    ck_assert_ptr_null(keys.keys);
}

START_TEST(a_line_is_read)
{
    struct api_keys keys;
    ck_assert_int_eq(parse("# comment\n\n \t\r\n" LINE, &keys, NULL), ERROR_NONE);
    ck_assert_uint_eq(keys.count, 1);
    ck_assert_str_eq(keys.keys[0].id, "0123abcd");
    ck_assert_str_eq(keys.keys[0].name, "laptop");
    ck_assert_uint_eq(keys.keys[0].scopes, API_SCOPE_READ | API_SCOPE_WRITE);
    ck_assert_int_eq(keys.keys[0].created, 1767348672123);
    ck_assert_uint_eq(keys.keys[0].hash[SHA256_SIZE - 1], 1);
    api_keys_close(&keys);
}
END_TEST

START_TEST(an_empty_file_has_no_keys)
{
    struct api_keys keys;
    ck_assert_int_eq(parse("", &keys, NULL), ERROR_NONE);
    ck_assert_uint_eq(keys.count, 0);
    ck_assert_ptr_null(api_keys_find(&keys, KEY, API_KEY_SIZE));
    api_keys_close(&keys);
}
END_TEST

START_TEST(faults_are_named_with_their_line)
{
    refused("x\n", "keys:1: a line has id, name, scopes, time and hash");
    refused("\n" LINE "0123abcd a read " CREATED " " OTHER, "keys:3: the id is there already");
    refused(LINE "0123abce a read " CREATED " " HASH, "keys:2: the hash is there already");
    refused("0123abc a read " CREATED " " HASH, "keys:1: the id must be 8 hexadecimal digits");
    refused("0123ABCD a read " CREATED " " HASH, "keys:1: the id must be 8 hexadecimal digits");
    refused("0123abcd a/b read " CREATED " " HASH,
            "keys:1: the name must be 1 to 64 letters, digits and . _ - @");
    for (size_t i = 0; i < 4; i++) {
        static const char *const scopes[] = {"root", "read,", "read,read", ",read"};
        char line[200];
        snprintf(line, sizeof(line), "0123abcd a %s %s %s", scopes[i], CREATED, HASH);
        refused(line, "keys:1: the scopes must be of read, write and admin, separated by commas");
    }
    refused("0123abcd a read yesterday " HASH,
            "keys:1: the time must be such as 2026-01-02T10:11:12.123Z");
    refused("0123abcd a read " CREATED " 00", "keys:1: the hash must be 64 hexadecimal digits");
    refused("0123abcd a read " CREATED " " HASH " more",
            "keys:1: a line has id, name, scopes, time and hash");
}
END_TEST

START_TEST(names_have_a_length_and_an_alphabet)
{
    char name[API_KEY_NAME_MAX + 2];
    memset(name, 'a', sizeof(name));
    ck_assert(api_key_name_valid(name, API_KEY_NAME_MAX));
    ck_assert(!api_key_name_valid(name, API_KEY_NAME_MAX + 1));
    ck_assert(!api_key_name_valid("", 0));
    ck_assert(!api_key_name_valid("a b", 3));
    ck_assert(!api_key_name_valid("a", 2));
    ck_assert(api_key_name_valid("A.b_c-9@x", 9));
}
END_TEST

/* Many keys, so that places in the table collide. */
START_TEST(each_of_many_keys_is_found_by_its_text_alone)
{
    enum { COUNT = 1000 };
    struct api_keys keys;
    struct buf text CLEANUP_BUF = {0};
    char key[API_KEY_SIZE + 1];
    for (unsigned i = 0; i < COUNT; i++) {
        uint8_t hash[SHA256_SIZE];
        char hex[2 * SHA256_SIZE + 1];
        snprintf(key, sizeof(key), "todo_%043u", i);
        api_key_hash(key, API_KEY_SIZE, hash);
        hex_encode(hash, sizeof(hash), hex);
        buf_printf(&text, "%08x key-%u read " CREATED " %s\n", i, i, hex);
    }
    ck_assert_int_eq(api_keys_parse("keys", text.data, text.size, &keys, NULL), ERROR_NONE);
    for (unsigned i = 0; i < 2 * COUNT; i++) {
        snprintf(key, sizeof(key), "todo_%043u", i);
        const struct api_key *found = api_keys_find(&keys, key, API_KEY_SIZE);
        char name[20];
        snprintf(name, sizeof(name), "key-%u", i);
        if (i < COUNT)
            ck_assert_str_eq(found->name, name);
        else
            ck_assert_ptr_null(found);
    }
    snprintf(key, sizeof(key), "todo_%043u", 1U);
    ck_assert_ptr_null(api_keys_find(&keys, key, API_KEY_SIZE - 1));
    key[0] = 'T';
    ck_assert_ptr_null(api_keys_find(&keys, key, API_KEY_SIZE));
    api_keys_close(&keys);
}
END_TEST

START_TEST(there_is_a_limit_of_keys)
{
    struct api_keys keys;
    struct error error;
    struct buf text CLEANUP_BUF = {0};
    for (unsigned i = 0; i < API_KEYS_MAX + 1; i++)
        buf_printf(&text, "%08x a read " CREATED " %064x\n", i, i);
    ck_assert_int_eq(api_keys_parse("keys", text.data, text.size, &keys, &error), ERROR_INVALID);
    ck_assert_str_eq(error.message, "keys:4097: there are more than 4096 keys");
}
END_TEST

START_TEST(scopes_are_written_as_they_are_read)
{
    for (unsigned scopes = 1; scopes < 8; scopes++) {
        struct buf text CLEANUP_BUF = {0};
        unsigned read = 0;
        api_scopes_append(&text, scopes);
        ck_assert(api_scopes_parse(text.data, text.size, &read));
        ck_assert_uint_eq(read, scopes);
    }
    ck_assert_str_eq(api_scope_name(API_SCOPE_READ), "read");
    ck_assert_str_eq(api_scope_name(API_SCOPE_WRITE), "write");
    ck_assert_str_eq(api_scope_name(API_SCOPE_ADMIN), "admin");
}
END_TEST

START_TEST(without_memory_it_says_so)
{
    for (long n = 0;; n++) {
        struct api_keys keys = {.count = 0};
        fail_malloc_after(n);
        enum error_code code = parse(LINE, &keys, NULL);
        if (!fail_malloc_off()) {
            ck_assert_int_eq(code, ERROR_NONE);
            api_keys_close(&keys);
            ck_assert_int_eq(n, 2);
            break;
        }
        ck_assert_int_eq(code, ERROR_MEMORY);
        ck_assert_ptr_null(keys.keys);
    }
}
END_TEST

Suite *suite_api_keys(void)
{
    Suite *suite = suite_create("api_keys");
    TCase *tests = tcase_create("api_keys");
    tcase_set_timeout(tests, 60); /* a slow machine, under sanitizers */
    tcase_add_test(tests, a_line_is_read);
    tcase_add_test(tests, an_empty_file_has_no_keys);
    tcase_add_test(tests, faults_are_named_with_their_line);
    tcase_add_test(tests, names_have_a_length_and_an_alphabet);
    tcase_add_test(tests, each_of_many_keys_is_found_by_its_text_alone);
    tcase_add_test(tests, there_is_a_limit_of_keys);
    tcase_add_test(tests, scopes_are_written_as_they_are_read);
    tcase_add_test(tests, without_memory_it_says_so);
    suite_add_tcase(suite, tests);
    return suite;
}
