/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Runs the tests of the configuration.
 */
#include "../suite.h"
#include "support.h"

SUITE_MAIN(suite_config, suite_values, suite_yaml, suite_options, suite_environment, suite_print,
           suite_keys)
