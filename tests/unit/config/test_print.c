/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * --print-config gives a file that loads back equal; --help lists every key.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "config/values.h"
#include "support.h"

/* Prints, loads what was printed, and compares every value. */
static void expect_round_trip(const char *const *options)
{
    CLEANUP_BUF struct buf text = {0};
    support_file("");
    support_accept(options, NULL);
    config_print(&config, &text);
    ck_assert(!text.failed);
    for (size_t i = 0; i < text.size; i++)
        ck_assert(text.data[i] == '\n' || isprint((unsigned char)text.data[i]));
    CLEANUP(config_close) struct config printed = config;
    memset(&config, 0, sizeof(config));
    support_file_bytes(text.data, text.size);
    support_accept(NULL, NULL);
    for (size_t i = 0; i < CONFIG_KEY_COUNT; i++)
        ck_assert_msg(value_equal(&printed, &config, &config_keys[i]), "%s",
                      config_keys[i].info.name);
}

START_TEST(defaults_load_back)
{
    expect_round_trip(NULL);
}
END_TEST

START_TEST(unusual_values_load_back)
{
    expect_round_trip(
        LIST("--database",
             "/srv/\"quoted\" \\back\\ # no comment: \xC3\xA9\xF0\x9F\x98\x80 \xE2\x80\xA8",
             "--socket", "~", "--time-zone", " null ", "--socket-mode", "007", "--workers", "256",
             "--wal-limit-bytes", "1048577", "--body-limit-bytes", "3KiB", "--log-level",
             "CRITICAL", "--cors-origins", "https://a:1,http://[::1]"));
    expect_round_trip(LIST("--cors-origins", "*", "--wal-limit-bytes", "1GiB"));
}
END_TEST

START_TEST(sizes_are_printed_in_their_unit)
{
    CLEANUP_BUF struct buf text = {0};
    support_accept(LIST("--wal-limit-bytes", "1073741824", "--body-limit-bytes", "1536"), NULL);
    config_print(&config, &text);
    ck_assert_ptr_nonnull(strstr(buf_string(&text), "\nwal_limit_bytes: 1GiB\n"));
    ck_assert_ptr_nonnull(strstr(buf_string(&text), "\nbody_limit_bytes: 1536\n"));
}
END_TEST

START_TEST(help_lists_every_key)
{
    CLEANUP_BUF struct buf text = {0};
    config_help(&text);
    const char *help = buf_string(&text);
    for (unsigned i = 0; config_key(i) != NULL; i++) {
        const struct config_key_info *info = config_key(i);
        char line[200] = "\n  --", variable[100] = "    TODO_";
        for (const char *c = info->name; *c != '\0'; c++) {
            size_t at = strlen(line);
            line[at] = *c == '_' ? '-' : *c;
            line[at + 1] = '\0';
            at = strlen(variable);
            variable[at] = (char)toupper((unsigned char)*c);
            variable[at + 1] = '\0';
        }
        strcat(strcat(line, variable), info->reloadable ? "    *\n" : "\n");
        ck_assert_msg(strstr(help, line) != NULL, "%s", line);
        ck_assert_ptr_nonnull(strstr(help, info->help));
        ck_assert_ptr_nonnull(strstr(help, info->allowed));
    }
}
END_TEST

START_TEST(help_lists_every_command_and_fits_a_terminal)
{
    static const char *const options[] = {"--help",         "--version",     "--check-config",
                                          "--print-config", "--healthcheck", "--config"};
    CLEANUP_BUF struct buf text = {0};
    config_help(&text);
    const char *help = buf_string(&text);
    for (size_t i = 0; i < ARRAY_SIZE(options); i++)
        ck_assert_ptr_nonnull(strstr(help, options[i]));
    for (const char *line = help; *line != '\0'; line += strcspn(line, "\n") + 1)
        ck_assert_uint_le(strcspn(line, "\n"), 100);
}
END_TEST

Suite *suite_print(void)
{
    Suite *suite = suite_create("print");
    TCase *tcase = support_case(suite, "print");
    tcase_add_test(tcase, defaults_load_back);
    tcase_add_test(tcase, unusual_values_load_back);
    tcase_add_test(tcase, sizes_are_printed_in_their_unit);
    tcase_add_test(tcase, help_lists_every_key);
    tcase_add_test(tcase, help_lists_every_command_and_fits_a_terminal);
    return suite;
}
