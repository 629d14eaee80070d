/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The unit tests of fcgi-app/api/. The handlers are tested through the real lighttpd in tests/api.
 */
#include "../suite.h"

Suite *suite_import(void);
Suite *suite_json_pointer(void);
Suite *suite_task_input(void);
Suite *suite_task_json(void);
Suite *suite_template_input(void);
Suite *suite_routes(void);

SUITE_MAIN(suite_import, suite_json_pointer, suite_task_input, suite_task_json,
           suite_template_input, suite_routes)
