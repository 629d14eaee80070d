/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The modes, and what is told of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support.h"

static bool status_has(const char *wanted)
{
    char text[4096] = "";
    FILE *file = fopen("/proc/self/status", "r");
    if (file == NULL)
        return false;
    size_t size = fread(text, 1, sizeof(text) - 1, file);
    text[size] = '\0';
    fclose(file);
    return strstr(text, wanted) != NULL;
}

static int privileges(void)
{
    return status_has("\nNoNewPrivs:\t1\n") ? 0 : 1;
}

START_TEST(no_new_privileges_can_come)
{
    ck_assert(!status_has("\nNoNewPrivs:\t1\n"));
    ck_assert_int_eq(support_attempt(privileges, false), 0);
}
END_TEST

START_TEST(off_changes_nothing)
{
    const struct confine_options options = {.mode = CONFINE_OFF};
    struct confine_state state = {.seccomp = true, .landlock = 1, .missing = "x"};
    ck_assert_int_eq(confine_process(&options, &state, NULL), ERROR_NONE);
    ck_assert(!state.seccomp);
    ck_assert_uint_eq(state.landlock, 0);
    ck_assert_str_eq(state.missing, "");
    ck_assert(!status_has("\nNoNewPrivs:\t1\n"));
}
END_TEST

/* A confined process cannot confine itself again: nothing can be had there. */

static int again_automatic(void)
{
    const struct confine_options options = {.mode = CONFINE_AUTO};
    struct confine_state state = {.seccomp = true};
    if (confine_process(&options, &state, NULL) != ERROR_NONE)
        return 1;
    return state.missing[0] != '\0' && !state.seccomp && state.landlock == 0 ? 0 : 2;
}

static int again_demanded(void)
{
    const struct confine_options options = {.mode = CONFINE_ON};
    struct confine_state state = {.missing = "as before"};
    struct error error;
    if (confine_process(&options, &state, &error) != ERROR_SYSTEM)
        return 1;
    if (strstr(error.message, "configure sandbox: auto") == NULL)
        return 2;
    return strcmp(state.missing, "as before") == 0 ? 0 : 3;
}

START_TEST(auto_goes_on_and_tells_what_is_missing)
{
    if (support_probe().seccomp)
        ck_assert_int_eq(support_attempt(again_automatic, false), 0);
}
END_TEST

START_TEST(on_fails_if_it_cannot_be_had)
{
    if (support_probe().seccomp)
        ck_assert_int_eq(support_attempt(again_demanded, false), 0);
}
END_TEST

START_TEST(all_is_told_to_be_in_force)
{
    struct confine_state state = support_probe();
    ck_assert_int_eq(state.missing[0] == '\0', state.seccomp && state.landlock != 0);
}
END_TEST

Suite *suite_confine(void);

Suite *suite_confine(void)
{
    Suite *suite = suite_create("confine");
    TCase *test = tcase_create("confine");
    tcase_add_checked_fixture(test, support_open, support_close);
    tcase_add_test(test, no_new_privileges_can_come);
    tcase_add_test(test, off_changes_nothing);
    tcase_add_test(test, auto_goes_on_and_tells_what_is_missing);
    tcase_add_test(test, on_fails_if_it_cannot_be_had);
    tcase_add_test(test, all_is_told_to_be_in_force);
    suite_add_tcase(suite, test);
    return suite;
}
