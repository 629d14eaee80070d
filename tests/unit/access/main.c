/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Runs the tests of access control.
 */
#include "../suite.h"

Suite *suite_api_keys(void);
Suite *suite_api_key_file(void);
Suite *suite_rate_limit(void);

SUITE_MAIN(suite_api_keys, suite_api_key_file, suite_rate_limit)
