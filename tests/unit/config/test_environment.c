/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The environment.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "support.h"

START_TEST(every_key_is_a_variable)
{
    for (unsigned i = 0; config_key(i) != NULL; i++) {
        char variable[200];
        snprintf(variable, sizeof(variable), "TODO_%s=%s", config_key(i)->name,
                 config_key(i)->fallback);
        for (char *c = variable; *c != '='; c++)
            *c = (char)toupper((unsigned char)*c);
        support_accept(NULL, LIST(variable));
    }
}
END_TEST

START_TEST(other_variables_are_none_of_our_business)
{
    support_accept(NULL, LIST("PATH=/bin", "TODO=1", "TODOS_WORKERS=1", "todo_workers=1",
                              "XTODO_WORKERS=1", "TODO_QUEUE_LIMIT=9"));
    ck_assert_uint_eq(config.queue_limit, 9);
}
END_TEST

START_TEST(list_is_separated_by_commas)
{
    support_accept(NULL, LIST("TODO_CORS_ORIGINS=http://a,http://b"));
    ck_assert_uint_eq(config.cors_origins.count, 2);
    support_accept(NULL, LIST("TODO_CORS_ORIGINS="));
    ck_assert_uint_eq(config.cors_origins.count, 0);
}
END_TEST

START_TEST(value_may_hold_an_equals_sign)
{
    support_accept(NULL, LIST("TODO_DATABASE=/a=b"));
    ck_assert_str_eq(config.database, "/a=b");
}
END_TEST

START_TEST(unknown_variable_is_refused_by_name)
{
    support_refuse(NULL, LIST("TODO_WORKER=3"), LIST("TODO_WORKER: there is no", "mean workers?"));
    support_refuse(NULL, LIST("TODO_=3"), LIST("TODO_: there is no"));
    support_refuse(NULL, LIST("TODO_Workers=3"), LIST("TODO_Workers: there is no"));
    support_refuse(NULL, LIST("TODO_CONFIGURE=3"), LIST("TODO_CONFIGURE: there is no"));
    support_refuse(NULL, LIST("TODO_\x1B\xFF=3"), LIST("TODO_??: there is no"));
    support_refuse(
        NULL, LIST("TODO_A_NAME_THAT_IS_MUCH_LONGER_THAN_ANY_KEY_OF_THE_TABLE_COULD_BE_AT_ALL=1"),
        LIST("TODO_A_NAME_THAT_IS_MUCH", "there is no"));
}
END_TEST

START_TEST(bad_value_is_refused_by_name)
{
    support_refuse(NULL, LIST("TODO_WORKERS=many"),
                   LIST("TODO_WORKERS: workers cannot be \"many\"", "0-256"));
    support_refuse(NULL, LIST("TODO_WORKERS="), LIST("TODO_WORKERS: workers cannot be \"\""));
    support_refuse(NULL, LIST("TODO_WORKERS"), LIST("TODO_WORKERS: workers cannot be \"\""));
}
END_TEST

Suite *suite_environment(void)
{
    Suite *suite = suite_create("environment");
    TCase *tcase = support_case(suite, "environment");
    tcase_add_test(tcase, every_key_is_a_variable);
    tcase_add_test(tcase, other_variables_are_none_of_our_business);
    tcase_add_test(tcase, list_is_separated_by_commas);
    tcase_add_test(tcase, value_may_hold_an_equals_sign);
    tcase_add_test(tcase, unknown_variable_is_refused_by_name);
    tcase_add_test(tcase, bad_value_is_refused_by_name);
    return suite;
}
