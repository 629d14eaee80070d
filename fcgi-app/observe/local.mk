# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/observe/exposition.c \
	fcgi-app/observe/log.c \
	fcgi-app/observe/log.h \
	fcgi-app/observe/metrics.c \
	fcgi-app/observe/metrics.h \
	fcgi-app/observe/negotiation.c \
	fcgi-app/observe/process_metrics.c \
	fcgi-app/observe/proxy_metrics.c \
	fcgi-app/observe/route_metrics.c \
	fcgi-app/observe/series.h \
	fcgi-app/observe/trace.c \
	fcgi-app/observe/trace.h
