# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-confine
unit_confine_SOURCES = \
	tests/unit/suite.h \
	tests/unit/confine/main.c \
	tests/unit/confine/support.c \
	tests/unit/confine/support.h \
	tests/unit/confine/test_confine.c \
	tests/unit/confine/test_landlock.c \
	tests/unit/confine/test_seccomp.c
unit_confine_CFLAGS = $(TEST_CFLAGS)
unit_confine_LDADD = $(TEST_LIBS)
