/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Defaults, precedence, what a load gives on errors, reload.
 */
#include <string.h>

#include "../fail_malloc.h"
#include "observe/log.h"
#include "support.h"

static void expect_defaults(void)
{
    ck_assert_str_eq(config.socket, "/run/todo-app/todo-app.sock");
    ck_assert_uint_eq(config.socket_mode, 0660);
    ck_assert_uint_eq(config.socket_backlog, 4096);
    ck_assert_str_eq(config.database, "/var/lib/todo-app/todo.db");
    ck_assert_uint_eq(config.queue_limit, 1024);
    ck_assert_uint_eq(config.batch_limit, 256);
    ck_assert_uint_eq(config.batch_time_ms, 20);
    ck_assert_uint_eq(config.busy_timeout_ms, 5000);
    ck_assert_uint_eq(config.wal_limit_bytes, 8 * 1024 * 1024);
    ck_assert_uint_eq(config.drain_timeout_s, 25);
    ck_assert_uint_eq(config.body_limit_bytes, 1024 * 1024);
    ck_assert_str_eq(config.time_zone, "UTC");
    ck_assert_uint_eq(config.cors_origins.count, 0);
    ck_assert_int_eq(config.log_level, LOG_INFO);
    ck_assert_str_eq(config.api_keys_file, "");
    ck_assert_int_eq(config.allow_anonymous, 0);
    ck_assert_int_eq(config.metrics_access, CONFIG_METRICS_OPEN);
    ck_assert_uint_eq(config.rate_limit_per_s, 0);
    ck_assert_uint_eq(config.rate_limit_burst, 100);
    ck_assert_uint_eq(config.trusted_proxies.count, 0);
    ck_assert_uint_eq(config.idempotency_ttl_h, 24);
    ck_assert_uint_eq(config.journal_max_age_d, 90);
    ck_assert_uint_eq(config.journal_max_changes, 1000000);
}

START_TEST(defaults)
{
    support_accept(NULL, NULL);
    expect_defaults();
    ck_assert_int_eq(command, CONFIG_RUN);
}
END_TEST

START_TEST(automatic_workers_are_within_bounds)
{
    support_accept(NULL, NULL);
    ck_assert_uint_ge(config.workers, 4);
    ck_assert_uint_le(config.workers, 64);
    support_accept(LIST("--workers=1"), NULL);
    ck_assert_uint_eq(config.workers, 1);
}
END_TEST

START_TEST(later_sources_win)
{
    support_file("workers: 2\n");
    support_accept(NULL, NULL);
    ck_assert_uint_eq(config.workers, 2);
    support_accept(NULL, LIST("TODO_WORKERS=3"));
    ck_assert_uint_eq(config.workers, 3);
    support_accept(LIST("--workers", "4"), LIST("TODO_WORKERS=3"));
    ck_assert_uint_eq(config.workers, 4);
    support_accept(LIST("--workers", "4", "--workers", "5"), NULL);
    ck_assert_uint_eq(config.workers, 5);
}
END_TEST

START_TEST(sources_mix_and_strings_are_replaced)
{
    support_file("socket: from-file\ntime_zone: Europe/Berlin\ndatabase: from-file\n"
                 "cors_origins: [http://a, http://b]\n");
    support_accept(LIST("--database", "from-option"),
                   LIST("TODO_SOCKET=from-environment", "TODO_DATABASE=from-environment",
                        "TODO_CORS_ORIGINS=http://c"));
    ck_assert_str_eq(config.socket, "from-environment");
    ck_assert_str_eq(config.database, "from-option");
    ck_assert_str_eq(config.time_zone, "Europe/Berlin");
    ck_assert_uint_eq(config.cors_origins.count, 1);
    ck_assert_str_eq(config.cors_origins.items[0], "http://c");
    ck_assert_ptr_null(config.cors_origins.items[1]);
}
END_TEST

START_TEST(an_overridden_bad_value_is_still_an_error)
{
    support_file("workers: many\n");
    support_refuse(LIST("--workers", "4"), NULL, LIST("workers", "many"));
}
END_TEST

START_TEST(named_file_must_exist)
{
    support_refuse(LIST("--config", "/nonexistent/todo-app.yaml"), NULL,
                   LIST("/nonexistent/todo-app.yaml", "no such file"));
    ck_assert_int_eq(support_load_bare(LIST("TODO_CONFIG=/nonexistent/other.yaml")), ERROR_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, "other.yaml"));
}
END_TEST

START_TEST(file_named_by_the_environment_is_read)
{
    char variable[100] = "TODO_CONFIG=";
    strcat(variable, file_path);
    support_file("workers: 9\n");
    ck_assert_int_eq(support_load_bare(LIST(variable)), ERROR_NONE);
    ck_assert_uint_eq(config.workers, 9);
}
END_TEST

START_TEST(option_names_the_file_over_the_environment)
{
    support_file("workers: 9\n");
    support_accept(NULL, LIST("TODO_CONFIG=/nonexistent/other.yaml"));
    ck_assert_uint_eq(config.workers, 9);
}
END_TEST

START_TEST(default_file_may_be_missing)
{
    if (access(CONFIG_DEFAULT_FILE, F_OK) == 0)
        return; /* an installed service; its file is its own business */
    ck_assert_int_eq(support_load_bare(NULL), ERROR_NONE);
    expect_defaults();
}
END_TEST

START_TEST(unreadable_file_is_an_error)
{
    support_refuse(LIST("--config", "/"), NULL, LIST("/: cannot be read"));
    support_refuse(LIST("--config", "/dev/null/x"), NULL, LIST("cannot be read"));
}
END_TEST

START_TEST(end_of_a_long_path_is_shown)
{
    char path[300];
    memset(path, 'x', sizeof(path));
    strcpy(path + 280, "/the-end.yaml");
    support_refuse(LIST("--config", path), NULL, LIST("xxx"));
    path[0] = '/';
    for (size_t i = 1; i < 280; i += 2)
        path[i] = '.', path[i + 1] = '/';
    strcpy(path + 279, "dev/zero");
    support_refuse(LIST("--config", path), NULL, LIST("dev/zero", "longer than 1048576 bytes"));
}
END_TEST

START_TEST(error_may_be_ignored)
{
    const char *const arguments[] = {"todo-app", "--nonsense", NULL};
    char *const variables[] = {NULL};
    ck_assert_int_eq(config_load(2, (char *const *)arguments, variables, &config, &command, NULL),
                     ERROR_INVALID);
}
END_TEST

START_TEST(reload_takes_what_may_change)
{
    support_accept(LIST("--log-level", "DEBUG", "--cors-origins", "http://new", "--workers", "7"),
                   NULL);
    struct config fresh = config;
    memset(&config, 0, sizeof(config));
    support_accept(LIST("--workers", "5"), NULL);
    ck_assert_uint_eq(config_reload(&config, &fresh), 2);
    ck_assert_int_eq(config.log_level, LOG_DEBUG);
    ck_assert_uint_eq(config.cors_origins.count, 1);
    ck_assert_str_eq(config.cors_origins.items[0], "http://new");
    ck_assert_uint_eq(config.workers, 5);
    ck_assert_uint_eq(fresh.cors_origins.count, 0);
    config_close(&fresh);
}
END_TEST

START_TEST(reload_of_the_same_changes_nothing)
{
    const char *const *options = LIST("--cors-origins", "http://a,http://b");
    support_accept(options, NULL);
    struct config fresh = config;
    memset(&config, 0, sizeof(config));
    support_accept(options, NULL);
    ck_assert_uint_eq(config_reload(&config, &fresh), 0);
    config_close(&fresh);
    support_accept(LIST("--cors-origins", "http://a,http://c"), NULL);
    fresh = config;
    memset(&config, 0, sizeof(config));
    support_accept(options, NULL);
    ck_assert_uint_eq(config_reload(&config, &fresh), 1);
    ck_assert_str_eq(config.cors_origins.items[1], "http://c");
    config_close(&fresh);
}
END_TEST

START_TEST(closing_twice_is_harmless)
{
    static const struct config empty;
    support_accept(LIST("--cors-origins", "*"), NULL);
    config_close(&config);
    ck_assert_mem_eq(&config, &empty, sizeof(empty));
    config_close(&config);
}
END_TEST

START_TEST(every_failed_allocation_is_reported)
{
    static const struct config empty;
    support_file("socket: x\ncors_origins: [http://a, http://b]\n");
    for (long n = 0;; n++) {
        fail_malloc_after(n);
        enum error_code code =
            support_load(LIST("--cors-origins", "http://c,http://d"), LIST("TODO_DATABASE=d"));
        if (!fail_malloc_off()) {
            ck_assert_int_eq(code, ERROR_NONE);
            ck_assert_int_ge(n, 12);
            return;
        }
        ck_assert_int_eq(code, ERROR_MEMORY);
        ck_assert_str_eq(error.message, "out of memory");
        ck_assert_mem_eq(&config, &empty, sizeof(empty));
    }
}
END_TEST

Suite *suite_config(void)
{
    Suite *suite = suite_create("config");
    TCase *load = support_case(suite, "load");
    tcase_add_test(load, defaults);
    tcase_add_test(load, automatic_workers_are_within_bounds);
    tcase_add_test(load, later_sources_win);
    tcase_add_test(load, sources_mix_and_strings_are_replaced);
    tcase_add_test(load, an_overridden_bad_value_is_still_an_error);
    tcase_add_test(load, error_may_be_ignored);
    tcase_add_test(load, closing_twice_is_harmless);
    tcase_add_test(load, every_failed_allocation_is_reported);
    TCase *file = support_case(suite, "which file");
    tcase_add_test(file, named_file_must_exist);
    tcase_add_test(file, file_named_by_the_environment_is_read);
    tcase_add_test(file, option_names_the_file_over_the_environment);
    tcase_add_test(file, default_file_may_be_missing);
    tcase_add_test(file, unreadable_file_is_an_error);
    tcase_add_test(file, end_of_a_long_path_is_shown);
    TCase *reload = support_case(suite, "reload");
    tcase_add_test(reload, reload_takes_what_may_change);
    tcase_add_test(reload, reload_of_the_same_changes_nothing);
    return suite;
}
