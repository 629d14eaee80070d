# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-access
unit_access_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/access/main.c \
	tests/unit/access/test_api_key_file.c \
	tests/unit/access/test_api_keys.c \
	tests/unit/access/test_rate_limit.c \
	tests/unit/suite.h
unit_access_CFLAGS = $(TEST_CFLAGS)
unit_access_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK)
unit_access_LDADD = $(TEST_LIBS)
