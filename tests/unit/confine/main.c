/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Unit tests of fcgi-app/confine/. What the kernel or the build does not have is not tested.
 */
#include <stdio.h>

#include "support.h"

Suite *suite_confine(void);
Suite *suite_landlock(void);
Suite *suite_seccomp(void);

#define EXIT_SKIPPED 77

int main(void)
{
    struct confine_state state = support_probe();
    if (!state.seccomp && state.landlock == 0) {
        printf("skipped: %s\n", state.missing);
        return EXIT_SKIPPED;
    }
    SRunner *runner = srunner_create(suite_confine());
    if (state.landlock != 0)
        srunner_add_suite(runner, suite_landlock());
    if (state.seccomp)
        srunner_add_suite(runner, suite_seccomp());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
