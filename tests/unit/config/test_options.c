/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The command line.
 */
#include <string.h>

#include "support.h"

START_TEST(value_follows_or_is_joined)
{
    support_accept(LIST("--queue-limit", "5", "--batch-limit=6"), NULL);
    ck_assert_uint_eq(config.queue_limit, 5);
    ck_assert_uint_eq(config.batch_limit, 6);
}
END_TEST

START_TEST(dash_and_underscore_are_the_same)
{
    support_accept(LIST("--queue_limit", "5", "--batch-time_ms=6"), NULL);
    ck_assert_uint_eq(config.queue_limit, 5);
    ck_assert_uint_eq(config.batch_time_ms, 6);
}
END_TEST

START_TEST(value_may_hold_an_equals_sign)
{
    support_accept(LIST("--database=/a=b", "--socket", "x=y"), NULL);
    ck_assert_str_eq(config.database, "/a=b");
    ck_assert_str_eq(config.socket, "x=y");
}
END_TEST

START_TEST(every_key_is_an_option)
{
    for (unsigned i = 0; config_key(i) != NULL; i++) {
        char option[64] = "--";
        strcat(option, config_key(i)->name);
        support_accept(LIST(option, config_key(i)->fallback), NULL);
    }
}
END_TEST

START_TEST(commands)
{
    static const struct {
        const char *option;
        enum config_command command;
    } rows[] = {
        {"--check-config", CONFIG_CHECK},
        {"--check_config", CONFIG_CHECK},
        {"--print-config", CONFIG_PRINT},
        {"--healthcheck", CONFIG_HEALTHCHECK},
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        support_accept(LIST("--workers", "3", rows[i].option, "--queue-limit", "4"), NULL);
        ck_assert_int_eq(command, rows[i].command);
        ck_assert_uint_eq(config.workers, 3);
        ck_assert_uint_eq(config.queue_limit, 4);
    }
}
END_TEST

static void expect_operands(enum config_verb verb, const char *file, bool dry_run, int count,
                            const char *const words[])
{
    struct config_operands operands;
    char *arguments[8] = {NULL};
    for (int i = 0; i < count; i++)
        arguments[i + 1] = (char *)words[i];
    config_operands(count + 1, arguments, &operands);
    ck_assert_int_eq(operands.verb, verb);
    ck_assert_pstr_eq(operands.file, file);
    ck_assert_int_eq(operands.dry_run, dry_run);
}

START_TEST(commands_that_are_words)
{
    support_accept(LIST("--workers", "3", "import", "--dry-run", "-", "--queue-limit", "4"), NULL);
    ck_assert_int_eq(command, CONFIG_VERB);
    ck_assert_uint_eq(config.workers, 3);
    ck_assert_uint_eq(config.queue_limit, 4);
    expect_operands(CONFIG_VERB_IMPORT, "a.json", false, 2, LIST("import", "a.json"));
    expect_operands(CONFIG_VERB_IMPORT, "-", true, 5,
                    LIST("--workers", "3", "import", "--dry_run", "-"));
    expect_operands(CONFIG_VERB_EXPORT, NULL, false, 1, LIST("export"));
    expect_operands(CONFIG_VERB_BACKUP, "backup", false, 2, LIST("backup", "backup"));
    expect_operands(CONFIG_VERB_RESTORE, "b", false, 4, LIST("restore", "--workers", "9", "b"));
    expect_operands(CONFIG_VERB_VERIFY, NULL, false, 1, LIST("verify"));
    expect_operands(CONFIG_VERB_KEY, "list", false, 2, LIST("key", "list"));
}
END_TEST

static void expect_key(enum config_key_action action, const char *name, const char *scopes,
                       int count, const char *const words[])
{
    static char program[] = "todo-app";
    char *arguments[8] = {program};
    struct config_operands operands;
    for (int i = 0; i < count; i++)
        arguments[i + 1] = (char *)words[i];
    config_operands(count + 1, arguments, &operands);
    ck_assert_int_eq(config_key_action(&operands), action);
    ck_assert_pstr_eq(operands.name, name);
    ck_assert_pstr_eq(operands.scopes, scopes);
}

START_TEST(keys_have_actions)
{
    expect_key(CONFIG_KEY_NEW, "laptop", NULL, 3, (const char *[]){"key", "new", "laptop"});
    expect_key(CONFIG_KEY_NEW, "laptop", "read", 4,
               (const char *[]){"key", "new", "laptop", "--scopes=read"});
    expect_key(CONFIG_KEY_NEW, "new", "admin", 5,
               (const char *[]){"key", "--scopes", "admin", "new", "new"});
    expect_key(CONFIG_KEY_LIST, NULL, NULL, 2, (const char *[]){"key", "list"});
    expect_key(CONFIG_KEY_REVOKE, "0123abcd", NULL, 3,
               (const char *[]){"key", "revoke", "0123abcd"});
}
END_TEST

START_TEST(actions_of_keys_that_do_not_fit_are_refused)
{
    support_refuse(LIST("key"), NULL, LIST("key needs what to do"));
    support_refuse(LIST("key", "make", "x"), NULL, LIST("key needs what to do"));
    support_refuse(LIST("key", "new"), NULL, LIST("key new takes one operand"));
    support_refuse(LIST("key", "revoke"), NULL, LIST("key revoke takes one operand"));
    support_refuse(LIST("key", "list", "x"), NULL, LIST("key list takes no operand"));
    support_refuse(LIST("key", "new", "a", "b"), NULL, LIST("unexpected argument \"b\""));
    support_refuse(LIST("key", "list", "--scopes", "read"), NULL, LIST("--scopes is for key new"));
    support_refuse(LIST("--scopes", "read"), NULL, LIST("--scopes is for key new"));
    support_refuse(LIST("verify", "--scopes=read"), NULL, LIST("--scopes is for key new"));
    support_refuse(LIST("key", "new", "a", "--scopes"), NULL, LIST("--scopes needs a value"));
}
END_TEST

START_TEST(operands_that_do_not_fit_are_refused)
{
    support_refuse(LIST("import"), NULL, LIST("import needs the name of a file"));
    support_refuse(LIST("backup", "a", "b"), NULL, LIST("unexpected argument \"b\""));
    support_refuse(LIST("verify", "--check-config"), NULL, LIST("only one command"));
    support_refuse(LIST("--check-config", "verify"), NULL, LIST("unexpected argument"));
    support_refuse(LIST("--dry-run"), NULL, LIST("--dry-run is for import"));
    support_refuse(LIST("export", "--dry-run"), NULL, LIST("--dry-run is for import"));
    support_refuse(LIST("import", "a", "--dry-run=yes"), NULL, LIST("--dry-run"));
}
END_TEST

START_TEST(help_and_version_win_over_everything)
{
    static const struct config empty;
    unlink(file_path);
    support_accept(LIST("--nonsense", "--workers", "many", "--help"), LIST("TODO_NONSENSE=1"));
    ck_assert_int_eq(command, CONFIG_HELP);
    ck_assert_mem_eq(&config, &empty, sizeof(empty));
    support_accept(LIST("--print-config", "--version", "extra"), NULL);
    ck_assert_int_eq(command, CONFIG_VERSION);
}
END_TEST

START_TEST(two_commands_are_refused)
{
    support_refuse(LIST("--check-config", "--print-config"), NULL,
                   LIST("--print-config: only one command"));
}
END_TEST

START_TEST(command_with_a_value_is_refused)
{
    support_refuse(LIST("--check-config=yes"), NULL, LIST("--check-config takes no value"));
    support_refuse(LIST("--help=me"), NULL, LIST("--help takes no value"));
}
END_TEST

START_TEST(unknown_option_is_refused)
{
    support_refuse(LIST("--que-limit", "5"), NULL,
                   LIST("--que-limit: there is no key", "did you mean queue_limit?"));
    support_refuse(LIST("--colour=red"), NULL,
                   LIST("--colour: there is no key \"colour\"; --help"));
    support_refuse(LIST("--="), NULL, LIST("there is no key"));
    support_refuse(LIST("--a-name-that-is-much-longer-than-any-key-of-the-table-could-be-at-all=x"),
                   NULL, LIST("there is no key"));
}
END_TEST

START_TEST(argument_that_is_no_option_is_refused)
{
    static const char *const arguments[] = {"serve", "-h", "-", "--", ""};
    for (size_t i = 0; i < ARRAY_SIZE(arguments); i++)
        support_refuse(LIST(arguments[i]), NULL, LIST("unexpected argument", "--help"));
}
END_TEST

START_TEST(missing_value_is_refused)
{
    support_refuse(LIST("--workers"), NULL, LIST("--workers needs a value"));
    support_refuse(LIST("--config"), NULL, LIST("--config needs a value"));
    support_refuse(LIST("--workers="), NULL, LIST("--workers: workers cannot be \"\""));
}
END_TEST

START_TEST(no_arguments_at_all)
{
    char *const nothing[] = {NULL};
    char variable[100] = "TODO_CONFIG=";
    char *const variables[] = {strcat(variable, file_path), NULL};
    ck_assert_int_eq(config_load(0, nothing, variables, &config, &command, &error), ERROR_NONE);
    ck_assert_uint_eq(config.queue_limit, 1024);
}
END_TEST

Suite *suite_options(void)
{
    Suite *suite = suite_create("options");
    TCase *tcase = support_case(suite, "options");
    tcase_add_test(tcase, value_follows_or_is_joined);
    tcase_add_test(tcase, dash_and_underscore_are_the_same);
    tcase_add_test(tcase, value_may_hold_an_equals_sign);
    tcase_add_test(tcase, every_key_is_an_option);
    tcase_add_test(tcase, commands);
    tcase_add_test(tcase, commands_that_are_words);
    tcase_add_test(tcase, keys_have_actions);
    tcase_add_test(tcase, actions_of_keys_that_do_not_fit_are_refused);
    tcase_add_test(tcase, operands_that_do_not_fit_are_refused);
    tcase_add_test(tcase, help_and_version_win_over_everything);
    tcase_add_test(tcase, two_commands_are_refused);
    tcase_add_test(tcase, command_with_a_value_is_refused);
    tcase_add_test(tcase, unknown_option_is_refused);
    tcase_add_test(tcase, argument_that_is_no_option_is_refused);
    tcase_add_test(tcase, missing_value_is_refused);
    tcase_add_test(tcase, no_arguments_at_all);
    return suite;
}
