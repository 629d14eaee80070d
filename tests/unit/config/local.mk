# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-config
unit_config_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/suite.h \
	tests/unit/config/main.c \
	tests/unit/config/support.c \
	tests/unit/config/support.h \
	tests/unit/config/test_config.c \
	tests/unit/config/test_environment.c \
	tests/unit/config/test_keys.c \
	tests/unit/config/test_options.c \
	tests/unit/config/test_print.c \
	tests/unit/config/test_values.c \
	tests/unit/config/test_yaml.c
unit_config_CFLAGS = $(TEST_CFLAGS)
unit_config_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK)
unit_config_LDADD = $(TEST_LIBS)
