# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/observe/log.h \
	fcgi-app/observe/metrics.h \
	fcgi-app/observe/trace.h
