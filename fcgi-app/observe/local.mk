# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/observe/exporter.c \
	fcgi-app/observe/exporter.h \
	fcgi-app/observe/exposition.c \
	fcgi-app/observe/log.c \
	fcgi-app/observe/log.h \
	fcgi-app/observe/metrics.c \
	fcgi-app/observe/metrics.h \
	fcgi-app/observe/negotiation.c \
	fcgi-app/observe/otlp.c \
	fcgi-app/observe/otlp.h \
	fcgi-app/observe/otlp_client.h \
	fcgi-app/observe/process_metrics.c \
	fcgi-app/observe/proxy_metrics.c \
	fcgi-app/observe/route_metrics.c \
	fcgi-app/observe/series.h \
	fcgi-app/observe/span.c \
	fcgi-app/observe/span.h \
	fcgi-app/observe/span_queue.c \
	fcgi-app/observe/span_queue.h \
	fcgi-app/observe/trace.c \
	fcgi-app/observe/trace.h \
	fcgi-app/observe/tracestate.c \
	fcgi-app/observe/tracestate.h

if WITH_OTLP
libtodo_a_SOURCES += fcgi-app/observe/otlp_client_curl.c
else
libtodo_a_SOURCES += fcgi-app/observe/otlp_client_none.c
endif
