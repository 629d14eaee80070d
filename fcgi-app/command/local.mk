# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/command/smoke_test.c \
	fcgi-app/command/smoke_test.h \
	fcgi-app/command/web_client.c \
	fcgi-app/command/web_client.h
