# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/http/body.h \
	fcgi-app/http/exchange.h \
	fcgi-app/http/problem.h \
	fcgi-app/http/request.h \
	fcgi-app/http/response.h \
	fcgi-app/http/router.h \
	fcgi-app/http/server.h
