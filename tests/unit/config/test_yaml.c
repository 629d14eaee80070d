/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The file: what it may hold, and the line of everything that it may not.
 */
#include <stdio.h>
#include <string.h>

#include "support.h"

static const struct {
    const char *text, *line, *why;
} refused[] = {
    {"worker: 3\n", "1", "no key \"worker\"; did you mean workers?"},
    {"colour: red\n", "1", "no key \"colour\"; --help lists them"},
    {"Workers: 3\n", "1", "did you mean workers?"},
    {"queue-limit: 3\n", "1", "did you mean queue_limit?"},
    {"config: other.yaml\n", "1", "no key \"config\""},
    {"\n# comment\n\nworkers: 0x3\n", "4", "workers cannot be \"0x3\""},
    {"log_level: DEBUG\nworkers: 3\nlog_level: INFO\n", "3", "given twice, first in line 1"},
    {"workers:\n", "1", "the value is missing"},
    {"workers: ~\n", "1", "the value is missing"},
    {"workers: null\n", "1", "the value is missing"},
    {"workers: \"\"\n", "1", "cannot be \"\""},
    {"workers: [3]\n", "1", "workers takes one value, not a list"},
    {"workers: []\n", "1", "workers takes one value, not a list"},
    {"workers: {a: 3}\n", "1", "a value is one text or number"},
    {"workers:\n  a: 3\n", "2", "a value is one text or number"},
    {"cors_origins:\n  - http://a\n  - [http://b]\n", "3", "single values only"},
    {"cors_origins:\n  - a: b\n", "2", "single values only"},
    {"cors_origins:\n  - http://a\n  - B\n", "2", "cannot be \"B\""},
    {"? [a]\n: 3\n", "1", "a key is a plain word"},
    {"? {a: b}\n: 3\n", "1", "a key is a plain word"},
    {"workers: &x 3\n", "1", "anchors, aliases and tags"},
    {"workers: *x\n", "1", ""},
    {"workers: &x 3\nqueue_limit: *x\n", "1", "anchors, aliases and tags"},
    {"workers: !!int 3\n", "1", "anchors, aliases and tags"},
    {"!x workers: 3\n", "1", "anchors, aliases and tags"},
    {"&x {workers: 3}\n", "1", "anchors, aliases and tags"},
    {"!!map {workers: 3}\n", "1", "anchors, aliases and tags"},
    {"cors_origins: &x [http://a]\n", "1", "anchors, aliases and tags"},
    {"cors_origins: !!seq [http://a]\n", "1", "anchors, aliases and tags"},
    {"cors_origins: [http://a, *x]\n", "1", ""},
    {"database: \"a\\0b\"\n", "1", "NUL"},
    {"- workers\n", "1", "a mapping of keys to values, not a list"},
    {"workers\n", "1", "a mapping of keys to values"},
    {"\"\"\n", "1", "a mapping of keys to values"},
    {"workers: 3\n---\nqueue_limit: 3\n", "2", "one document"},
    {"---\n---\n", "2", "one document"},
    {"workers: 3\n  queue_limit: 3\n", "1", "cannot be \"3 queue_limit\""},
    {"workers: [3\n", "2", ""},
    {"workers: 3\n\tqueue_limit: 3\n", "2", "tab character"},
    {"database: \"unfinished\n", "2", ""},
    {"%YAML 9.9\n---\nworkers: 3\n", "1", "incompatible"},
    {"workers: 3\ndatabase: \x01\n", "1", "control characters"},
    {"database: \"\xFF\"\n", "1", "UTF-8"},
};

START_TEST(bad_file_is_refused)
{
    char place[100];
    snprintf(place, sizeof(place), "%s:%s: ", file_path, refused[_i].line);
    support_file(refused[_i].text);
    support_refuse(NULL, NULL, LIST(place, refused[_i].why));
}
END_TEST

static const char *const empty_files[] = {
    "",       "\n\n", "# only a comment\n", "---\n",        "---\n...\n", "~\n",
    "null\n", "{}\n", "--- # nothing\n",    "\xEF\xBB\xBF",
};

START_TEST(empty_file_has_no_keys)
{
    support_file(empty_files[_i]);
    support_accept(NULL, NULL);
    ck_assert_uint_eq(config.queue_limit, 1024);
}
END_TEST

START_TEST(scalars_of_every_style)
{
    support_file("---\nworkers: 3\n\"queue_limit\": '4'\nsocket_mode: 0600\n"
                 "database: \"/a \\\"b\\\" \\u00e9\"\nsocket: >-\n  /run/x\n"
                 "wal_limit_bytes: 2MiB # a comment\n...\n");
    support_accept(NULL, NULL);
    ck_assert_uint_eq(config.workers, 3);
    ck_assert_uint_eq(config.queue_limit, 4);
    ck_assert_uint_eq(config.socket_mode, 0600);
    ck_assert_str_eq(config.database, "/a \"b\" \xC3\xA9");
    ck_assert_str_eq(config.socket, "/run/x");
    ck_assert_uint_eq(config.wal_limit_bytes, 2 << 20);
}
END_TEST

START_TEST(flow_mapping_and_json_are_yaml)
{
    support_file("{\"workers\": 3, \"cors_origins\": [\"http://a\", \"http://b\"]}");
    support_accept(NULL, NULL);
    ck_assert_uint_eq(config.workers, 3);
    ck_assert_uint_eq(config.cors_origins.count, 2);
}
END_TEST

START_TEST(lists_of_every_style)
{
    support_file("cors_origins:\n  - http://a\n  - \"http://b\"\n");
    support_accept(NULL, NULL);
    ck_assert_uint_eq(config.cors_origins.count, 2);
    ck_assert_str_eq(config.cors_origins.items[1], "http://b");
    support_file("cors_origins: []\n");
    support_accept(NULL, LIST("TODO_LOG_LEVEL=INFO"));
    ck_assert_uint_eq(config.cors_origins.count, 0);
    support_file("cors_origins: http://a,http://b\n");
    support_accept(NULL, NULL);
    ck_assert_uint_eq(config.cors_origins.count, 2);
    support_file("cors_origins: \"*\"\n");
    support_accept(NULL, NULL);
    ck_assert_uint_eq(config.cors_origins.count, 1);
}
END_TEST

START_TEST(comma_does_not_split_an_item_of_a_sequence)
{
    support_file("cors_origins: [\"http://a,http://b\"]\n");
    support_refuse(NULL, NULL, LIST("cannot be \"http://a,http://b\""));
}
END_TEST

START_TEST(quoted_null_is_a_text)
{
    support_file("database: \"null\"\nsocket: '~'\n");
    support_accept(NULL, NULL);
    ck_assert_str_eq(config.database, "null");
    ck_assert_str_eq(config.socket, "~");
}
END_TEST

START_TEST(nul_byte_is_refused)
{
    support_file_bytes("workers: 3\n\0", 12);
    support_refuse(NULL, NULL, LIST(file_path));
}
END_TEST

START_TEST(endless_list_is_refused)
{
    char text[20 + 65 * 16] = "cors_origins:\n";
    for (int i = 0; i < 65; i++)
        sprintf(text + strlen(text), "- http://h%d\n", i);
    support_file(text);
    support_refuse(NULL, NULL, LIST(":66: the list is too long"));
}
END_TEST

START_TEST(file_longer_than_the_limit_is_refused)
{
    size_t size = 1024 * 1024 + 1;
    CLEANUP_FREE char *text = malloc(size);
    memset(text, '\n', size);
    support_file_bytes(text, size - 1);
    support_accept(NULL, NULL);
    support_file_bytes(text, size);
    support_refuse(NULL, NULL, LIST(file_path, "longer than"));
}
END_TEST

START_TEST(deep_nesting_is_refused_at_once)
{
    char text[5000];
    memset(text, '[', sizeof(text));
    memcpy(text, "workers: ", 9);
    support_file_bytes(text, sizeof(text));
    support_refuse(NULL, NULL, LIST("single values only"));
}
END_TEST

Suite *suite_yaml(void)
{
    Suite *suite = suite_create("yaml");
    TCase *accepted = support_case(suite, "accepted");
    tcase_add_loop_test(accepted, empty_file_has_no_keys, 0, ARRAY_SIZE(empty_files));
    tcase_add_test(accepted, scalars_of_every_style);
    tcase_add_test(accepted, flow_mapping_and_json_are_yaml);
    tcase_add_test(accepted, lists_of_every_style);
    tcase_add_test(accepted, quoted_null_is_a_text);
    TCase *bad = support_case(suite, "refused");
    tcase_add_loop_test(bad, bad_file_is_refused, 0, ARRAY_SIZE(refused));
    tcase_add_test(bad, comma_does_not_split_an_item_of_a_sequence);
    tcase_add_test(bad, nul_byte_is_refused);
    tcase_add_test(bad, endless_list_is_refused);
    tcase_add_test(bad, file_longer_than_the_limit_is_refused);
    tcase_add_test(bad, deep_nesting_is_refused_at_once);
    return suite;
}
