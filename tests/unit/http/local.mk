# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

check_PROGRAMS += unit-http
unit_http_SOURCES = \
	$(FAIL_MALLOC_FILES) \
	tests/unit/suite.h \
	tests/unit/http/main.c \
	tests/unit/http/peer.c \
	tests/unit/http/peer.h \
	tests/unit/http/routes.c \
	tests/unit/http/routes.h \
	tests/unit/http/server_fixture.c \
	tests/unit/http/server_fixture.h \
	tests/unit/http/streams.c \
	tests/unit/http/streams.h \
	tests/unit/http/suites.h \
	tests/unit/http/support.c \
	tests/unit/http/support.h \
	tests/unit/http/test_client.c \
	tests/unit/http/test_conditional.c \
	tests/unit/http/test_cors.c \
	tests/unit/http/test_exchange.c \
	tests/unit/http/test_gate.c \
	tests/unit/http/test_json_body.c \
	tests/unit/http/test_listener.c \
	tests/unit/http/test_media_type.c \
	tests/unit/http/test_memory.c \
	tests/unit/http/test_path_encode.c \
	tests/unit/http/test_problem.c \
	tests/unit/http/test_query_string.c \
	tests/unit/http/test_record.c \
	tests/unit/http/test_request.c \
	tests/unit/http/test_response.c \
	tests/unit/http/test_route_match.c \
	tests/unit/http/test_route_statuses.c \
	tests/unit/http/test_router.c \
	tests/unit/http/test_server.c \
	tests/unit/http/test_server_held_up.c \
	tests/unit/http/test_server_stop.c \
	tests/unit/http/test_stream.c
unit_http_CFLAGS = $(TEST_CFLAGS)
unit_http_LDFLAGS = $(AM_LDFLAGS) $(FAIL_MALLOC_LINK)
unit_http_LDADD = $(TEST_LIBS)
