/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The table itself.
 */
#include <stdio.h>
#include <string.h>

#include "config/keys.h"
#include "observe/log.h"
#include "support.h"

START_TEST(every_row_is_complete)
{
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++) {
        const struct config_key_info *info = config_key((unsigned)i);
        ck_assert_ptr_nonnull(info->type);
        ck_assert_ptr_nonnull(info->fallback);
        ck_assert_ptr_nonnull(info->unit);
        ck_assert_uint_gt(strlen(info->name), 0);
        ck_assert_uint_gt(strlen(info->allowed), 0);
        ck_assert_uint_gt(strlen(info->help), 0);
        ck_assert_uint_eq(strspn(info->name, "abcdefghijklmnopqrstuvwxyz_"), strlen(info->name));
        ck_assert_ptr_eq(key_find(info->name), &config_keys[i]);
    }
    ck_assert_ptr_null(config_key(CONFIG_KEY_COUNT));
    ck_assert_ptr_null(config_key(~0U));
}
END_TEST

START_TEST(no_two_rows_share_a_name_or_a_member)
{
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++)
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(config_keys[i].info.name, config_keys[j].info.name);
            ck_assert_uint_ne(config_keys[i].offset, config_keys[j].offset);
        }
}
END_TEST

START_TEST(reloadable_keys)
{
    static const char *const names[] = {
        "allow_anonymous", "api_keys_file",    "cors_origins",     "log_level",
        "metrics_access",  "rate_limit_burst", "rate_limit_per_s", "trusted_proxies",
    };
    for (unsigned i = 0; config_key(i) != NULL; i++) {
        bool expected = false;
        for (size_t j = 0; j < ARRAY_SIZE(names); j++)
            expected |= strcmp(config_key(i)->name, names[j]) == 0;
        ck_assert_int_eq(config_key(i)->reloadable, expected);
    }
}
END_TEST

START_TEST(allowed_integers_are_the_range)
{
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++) {
        char range[50];
        if (config_keys[i].type != VALUE_INTEGER)
            continue;
        snprintf(range, sizeof(range), "%u-%u", (unsigned)config_keys[i].min,
                 (unsigned)config_keys[i].max);
        ck_assert_str_eq(config_keys[i].info.allowed, range);
    }
}
END_TEST

START_TEST(log_levels_are_those_of_the_log)
{
    const char *const *names = key_find("log_level")->choices;
    char allowed[100] = "";
    for (int i = 0; i < LOG_LEVEL_COUNT; i++) {
        ck_assert_str_eq(names[i], log_level_name((enum log_level)i));
        strcat(strcat(allowed, i == 0 ? "" : "|"), names[i]);
    }
    ck_assert_ptr_null(names[LOG_LEVEL_COUNT]);
    ck_assert_str_eq(key_find("log_level")->info.allowed, allowed);
}
END_TEST

START_TEST(nearest_key_is_found)
{
    static const struct {
        const char *name, *nearest;
    } rows[] = {
        {"worker", "workers"},         {"wrokers", "workers"},
        {"databse", "database"},       {"queuelimit", "queue_limit"},
        {"timezone", "time_zone"},     {"sockets", "socket"},
        {"loglevel", "log_level"},     {"cors_origin", "cors_origins"},
        {"socket_mod", "socket_mode"}, {"idempotency_ttl", "idempotency_ttl_h"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
        ck_assert_str_eq(key_nearest(rows[i].name), rows[i].nearest);
}
END_TEST

START_TEST(another_word_has_no_nearest_key)
{
    ck_assert_ptr_null(key_nearest("colour"));
    ck_assert_ptr_null(key_nearest(""));
    ck_assert_ptr_null(key_nearest("x"));
    ck_assert_ptr_null(key_nearest("workersworkersworkersworkersworkers"));
}
END_TEST

Suite *suite_keys(void)
{
    Suite *suite = suite_create("keys");
    TCase *tcase = support_case(suite, "keys");
    tcase_add_test(tcase, every_row_is_complete);
    tcase_add_test(tcase, no_two_rows_share_a_name_or_a_member);
    tcase_add_test(tcase, reloadable_keys);
    tcase_add_test(tcase, allowed_integers_are_the_range);
    tcase_add_test(tcase, log_levels_are_those_of_the_log);
    tcase_add_test(tcase, nearest_key_is_found);
    tcase_add_test(tcase, another_word_has_no_nearest_key);
    return suite;
}
