# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Unit tests mirror fcgi-app/: one program per folder, one file per module.

TESTS += $(check_PROGRAMS)
EXTRA_DIST += tests/unit/suite.h

# For a test program that makes allocations fail.
FAIL_MALLOC_FILES = tests/unit/fail_malloc.c tests/unit/fail_malloc.h
FAIL_MALLOC_LINK = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
