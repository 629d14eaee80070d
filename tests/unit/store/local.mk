# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-store
unit_store_SOURCES = \
	tests/unit/suite.h \
	tests/unit/store/fixture.c \
	tests/unit/store/fixture.h \
	tests/unit/store/main.c \
	tests/unit/store/store_suites.h \
	tests/unit/store/test_checkpoint.c \
	tests/unit/store/test_location.c \
	tests/unit/store/test_lockfile.c \
	tests/unit/store/test_migrate.c \
	tests/unit/store/test_open.c \
	tests/unit/store/test_processes.c \
	tests/unit/store/test_savepoint.c \
	tests/unit/store/test_statement.c \
	tests/unit/store/test_writer.c
unit_store_CFLAGS = $(TEST_CFLAGS) -I$(srcdir)/tests/unit/store
unit_store_LDADD = $(TEST_LIBS)
