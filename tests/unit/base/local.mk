# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-base
unit_base_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/base/main.c \
	tests/unit/base/test_address.c \
	tests/unit/base/test_arena.c \
	tests/unit/base/test_buf.c \
	tests/unit/base/test_cleanup.c \
	tests/unit/base/test_clock.c \
	tests/unit/base/test_csv.c \
	tests/unit/base/test_date.c \
	tests/unit/base/test_digest.c \
	tests/unit/base/test_encoding.c \
	tests/unit/base/test_error.c \
	tests/unit/base/test_faults.c \
	tests/unit/base/test_icalendar.c \
	tests/unit/base/test_instant.c \
	tests/unit/base/test_json_memory.c \
	tests/unit/base/test_json_writer.c \
	tests/unit/base/test_random.c \
	tests/unit/base/test_utf8.c \
	tests/unit/base/test_utf8_fold.c
unit_base_CFLAGS = $(TEST_CFLAGS)
unit_base_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK) -Wl,--wrap=clock_gettime \
	-Wl,--wrap=getrandom -Wl,--wrap=newlocale
unit_base_LDADD = $(TEST_LIBS)
