/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Runs the tests of the task.
 */
#include "../suite.h"
#include "support.h"

SUITE_MAIN(suite_archive, suite_task, suite_validate, suite_recurrence, suite_dependencies,
           suite_import, suite_import_cycles, suite_query, suite_query_due, suite_query_match,
           suite_cursor, suite_cursor_forged, suite_quick_add, suite_quick_add_spans,
           suite_statistics, suite_template)
