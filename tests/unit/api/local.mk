# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-api
unit_api_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/api/main.c \
	tests/unit/api/test_import.c \
	tests/unit/api/test_json_pointer.c \
	tests/unit/api/test_routes.c \
	tests/unit/api/test_task_input.c \
	tests/unit/api/test_task_json.c \
	tests/unit/api/test_template_input.c
unit_api_CFLAGS = $(TEST_CFLAGS)
unit_api_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK)
unit_api_LDADD = $(TEST_LIBS)
