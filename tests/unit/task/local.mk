# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-task
unit_task_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/suite.h \
	tests/unit/task/import_sample.c \
	tests/unit/task/import_sample.h \
	tests/unit/task/main.c \
	tests/unit/task/support.c \
	tests/unit/task/support.h \
	tests/unit/task/test_archive.c \
	tests/unit/task/test_cursor.c \
	tests/unit/task/test_cursor_forged.c \
	tests/unit/task/test_dependencies.c \
	tests/unit/task/test_import.c \
	tests/unit/task/test_import_cycles.c \
	tests/unit/task/test_query.c \
	tests/unit/task/test_query_due.c \
	tests/unit/task/test_query_match.c \
	tests/unit/task/test_quick_add.c \
	tests/unit/task/test_quick_add_spans.c \
	tests/unit/task/test_recurrence.c \
	tests/unit/task/test_statistics.c \
	tests/unit/task/test_task.c \
	tests/unit/task/test_template.c \
	tests/unit/task/test_validate.c
unit_task_CFLAGS = $(TEST_CFLAGS)
unit_task_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK)
unit_task_LDADD = $(TEST_LIBS)
