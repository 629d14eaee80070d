/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Unit tests of the store.
 */
#include "../suite.h"
#include "store_suites.h"

SUITE_MAIN(suite_alone, suite_checkpoint, suite_fault_files, suite_fault_memory, suite_fault_rows,
           suite_fault_undo, suite_idempotency, suite_image_read, suite_import, suite_invariants,
           suite_journal, suite_journal_read, suite_list, suite_list_moving, suite_list_ways,
           suite_location, suite_lockfile, suite_maintenance, suite_migrate, suite_open,
           suite_processes, suite_prune, suite_relations, suite_savepoint, suite_statement,
           suite_statistics, suite_tasks, suite_templates, suite_text_index, suite_undo,
           suite_undo_random, suite_update, suite_writer)
