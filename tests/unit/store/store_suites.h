/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The suites of the store's test program.
 */
#ifndef TESTS_UNIT_STORE_STORE_SUITES_H
#define TESTS_UNIT_STORE_STORE_SUITES_H

#include <check.h>
#include <stddef.h>

Suite *suite_alone(void);
Suite *suite_checkpoint(void);
Suite *suite_fault_memory(void);
Suite *suite_fault_files(void);
Suite *suite_fault_rows(void);
Suite *suite_fault_undo(void);
Suite *suite_idempotency(void);
Suite *suite_image_read(void);
Suite *suite_import(void);
Suite *suite_invariants(void);
Suite *suite_journal(void);
Suite *suite_journal_read(void);
Suite *suite_list(void);
Suite *suite_list_moving(void);
Suite *suite_list_ways(void);
Suite *suite_location(void);
Suite *suite_lockfile(void);
Suite *suite_maintenance(void);
Suite *suite_migrate(void);
Suite *suite_open(void);
Suite *suite_processes(void);
Suite *suite_prune(void);
Suite *suite_relations(void);
Suite *suite_savepoint(void);
Suite *suite_statement(void);
Suite *suite_statistics(void);
Suite *suite_tasks(void);
Suite *suite_templates(void);
Suite *suite_text_index(void);
Suite *suite_update(void);
Suite *suite_undo(void);
Suite *suite_undo_random(void);
Suite *suite_writer(void);

/* A suite of one case with a fixture around each test. */
static inline Suite *store_suite(const char *name, void (*setup)(void), void (*teardown)(void),
                                 const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}

#endif
