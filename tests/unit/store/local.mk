# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-store
unit_store_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/suite.h \
	tests/unit/store/fail_sqlite.c \
	tests/unit/store/fail_sqlite.h \
	tests/unit/store/fault_scenario.c \
	tests/unit/store/fault_scenario.h \
	tests/unit/store/fault_vfs.c \
	tests/unit/store/fault_vfs.h \
	tests/unit/store/fixture.c \
	tests/unit/store/fixture.h \
	tests/unit/store/main.c \
	tests/unit/store/model.c \
	tests/unit/store/sample.c \
	tests/unit/store/sample.h \
	tests/unit/store/sample_write.c \
	tests/unit/store/store_suites.h \
	tests/unit/store/test_alone.c \
	tests/unit/store/test_checkpoint.c \
	tests/unit/store/test_fault_files.c \
	tests/unit/store/test_fault_memory.c \
	tests/unit/store/test_fault_rows.c \
	tests/unit/store/test_fault_undo.c \
	tests/unit/store/test_idempotency.c \
	tests/unit/store/test_image_read.c \
	tests/unit/store/test_import.c \
	tests/unit/store/test_invariants.c \
	tests/unit/store/test_journal.c \
	tests/unit/store/test_journal_read.c \
	tests/unit/store/test_list.c \
	tests/unit/store/test_list_moving.c \
	tests/unit/store/test_list_ways.c \
	tests/unit/store/test_location.c \
	tests/unit/store/test_lockfile.c \
	tests/unit/store/test_maintenance.c \
	tests/unit/store/test_migrate.c \
	tests/unit/store/test_open.c \
	tests/unit/store/test_processes.c \
	tests/unit/store/test_prune.c \
	tests/unit/store/test_relations.c \
	tests/unit/store/test_savepoint.c \
	tests/unit/store/test_statement.c \
	tests/unit/store/test_statistics.c \
	tests/unit/store/test_tasks.c \
	tests/unit/store/test_templates.c \
	tests/unit/store/test_text_index.c \
	tests/unit/store/test_undo.c \
	tests/unit/store/test_undo_random.c \
	tests/unit/store/test_update.c \
	tests/unit/store/test_writer.c \
	tests/unit/store/undo_support.c \
	tests/unit/store/undo_support.h
unit_store_CFLAGS = $(TEST_CFLAGS) -I$(srcdir)/tests/unit/store
unit_store_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK)
unit_store_LDADD = $(TEST_LIBS)
