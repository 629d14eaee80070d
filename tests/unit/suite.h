/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The main function of a unit test program: runs the suites that it lists.
 *
 *     SUITE_MAIN(suite_arena, suite_buf)
 *
 * where each is a `Suite *suite_arena(void)`.
 */
#ifndef TESTS_UNIT_SUITE_H
#define TESTS_UNIT_SUITE_H

#include <check.h>
#include <stdlib.h>

#define SUITE_MAIN(...)                                                                            \
    int main(void)                                                                                 \
    {                                                                                              \
        Suite *(*const suites[])(void) = {__VA_ARGS__};                                            \
        SRunner *runner = srunner_create(NULL);                                                    \
        for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)                            \
            srunner_add_suite(runner, suites[i]());                                                \
        srunner_run_all(runner, CK_ENV);                                                           \
        int failed = srunner_ntests_failed(runner);                                                \
        srunner_free(runner);                                                                      \
        return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;                                          \
    }

#endif
