# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/http/body.h \
	fcgi-app/http/client.c \
	fcgi-app/http/conditional.c \
	fcgi-app/http/connection.c \
	fcgi-app/http/cors.c \
	fcgi-app/http/cors.h \
	fcgi-app/http/exchange.c \
	fcgi-app/http/exchange.h \
	fcgi-app/http/exchange_test.c \
	fcgi-app/http/forwarded.c \
	fcgi-app/http/gate.c \
	fcgi-app/http/gate.h \
	fcgi-app/http/json_body.c \
	fcgi-app/http/listener.c \
	fcgi-app/http/media_type.c \
	fcgi-app/http/media_type.h \
	fcgi-app/http/path_encode.c \
	fcgi-app/http/problem.c \
	fcgi-app/http/problem.h \
	fcgi-app/http/query_string.c \
	fcgi-app/http/record.c \
	fcgi-app/http/record.h \
	fcgi-app/http/request.c \
	fcgi-app/http/request.h \
	fcgi-app/http/response.c \
	fcgi-app/http/response.h \
	fcgi-app/http/route_match.c \
	fcgi-app/http/route_match.h \
	fcgi-app/http/route_statuses.c \
	fcgi-app/http/router.c \
	fcgi-app/http/router.h \
	fcgi-app/http/server.c \
	fcgi-app/http/server.h \
	fcgi-app/http/server_internal.h \
	fcgi-app/http/stream.c \
	fcgi-app/http/stream.h \
	fcgi-app/http/worker.c
