# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# A program for each fuzz target. With any compiler it runs its seeds, as a test; configured with
# --enable-fuzzing it is driven by libFuzzer.

if FUZZING
FUZZ_DRIVER =
FUZZ_LINK = $(AM_LDFLAGS) -fsanitize=fuzzer
else
FUZZ_DRIVER = tests/fuzz/driver.c
FUZZ_LINK = $(AM_LDFLAGS)
endif

FUZZ_COMMON = tests/fuzz/fuzz.h $(FUZZ_DRIVER)
FUZZ_SERVICE = $(FUZZ_COMMON) tests/fuzz/service.c

EXTRA_DIST += tests/fuzz/driver.c tests/fuzz/seeds tests/fuzz/test_http.py

FUZZ_TARGETS = \
	fuzz-config \
	fuzz-dates \
	fuzz-import \
	fuzz-json-body \
	fuzz-merge-patch \
	fuzz-query \
	fuzz-quick-add \
	fuzz-request \
	fuzz-trace
check_PROGRAMS += $(FUZZ_TARGETS)

fuzz_config_SOURCES = tests/fuzz/config.c $(FUZZ_COMMON)
fuzz_config_LDFLAGS = $(FUZZ_LINK)
fuzz_config_LDADD = $(APP_LIBS)

fuzz_dates_SOURCES = tests/fuzz/dates.c $(FUZZ_COMMON)
fuzz_dates_LDFLAGS = $(FUZZ_LINK)
fuzz_dates_LDADD = $(APP_LIBS)

fuzz_import_SOURCES = tests/fuzz/import.c $(FUZZ_SERVICE)
fuzz_import_LDFLAGS = $(FUZZ_LINK)
fuzz_import_LDADD = $(APP_LIBS)

fuzz_json_body_SOURCES = tests/fuzz/json_body.c $(FUZZ_SERVICE)
fuzz_json_body_LDFLAGS = $(FUZZ_LINK)
fuzz_json_body_LDADD = $(APP_LIBS)

fuzz_merge_patch_SOURCES = tests/fuzz/merge_patch.c $(FUZZ_SERVICE)
fuzz_merge_patch_LDFLAGS = $(FUZZ_LINK)
fuzz_merge_patch_LDADD = $(APP_LIBS)

fuzz_query_SOURCES = tests/fuzz/query.c $(FUZZ_SERVICE)
fuzz_query_LDFLAGS = $(FUZZ_LINK)
fuzz_query_LDADD = $(APP_LIBS)

fuzz_quick_add_SOURCES = tests/fuzz/quick_add.c $(FUZZ_COMMON)
fuzz_quick_add_LDFLAGS = $(FUZZ_LINK)
fuzz_quick_add_LDADD = $(APP_LIBS)

fuzz_request_SOURCES = tests/fuzz/request.c $(FUZZ_SERVICE)
fuzz_request_LDFLAGS = $(FUZZ_LINK)
fuzz_request_LDADD = $(APP_LIBS)

fuzz_trace_SOURCES = tests/fuzz/trace.c $(FUZZ_COMMON)
fuzz_trace_LDFLAGS = $(FUZZ_LINK)
fuzz_trace_LDADD = $(APP_LIBS)
