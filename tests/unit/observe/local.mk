# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-observe unit-promtool
unit_observe_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/observe/captured_log.c \
	tests/unit/observe/captured_log.h \
	tests/unit/observe/main.c \
	tests/unit/observe/strict_exposition.c \
	tests/unit/observe/strict_exposition.h \
	tests/unit/observe/test_exposition.c \
	tests/unit/observe/test_log.c \
	tests/unit/observe/test_log_faults.c \
	tests/unit/observe/test_metrics.c \
	tests/unit/observe/test_negotiation.c \
	tests/unit/observe/test_otlp.c \
	tests/unit/observe/test_process_metrics.c \
	tests/unit/observe/test_proxy_metrics.c \
	tests/unit/observe/test_route_metrics.c \
	tests/unit/observe/test_span.c \
	tests/unit/observe/test_trace.c \
	tests/unit/observe/test_tracestate.c
unit_observe_CFLAGS = $(TEST_CFLAGS)
unit_observe_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK) -Wl,--wrap=write -Wl,--wrap=poll \
	-Wl,--wrap=pthread_key_create
unit_observe_LDADD = $(TEST_LIBS)

unit_promtool_SOURCES = tests/unit/observe/promtool.c
unit_promtool_CFLAGS = $(TEST_CFLAGS)
unit_promtool_LDADD = $(TEST_LIBS)
