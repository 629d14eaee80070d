# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/command/command.c \
	fcgi-app/command/command.h \
	fcgi-app/command/export.c \
	fcgi-app/command/import.c \
	fcgi-app/command/internal.h \
	fcgi-app/command/key.c \
	fcgi-app/command/maintain.c \
	fcgi-app/command/prune.c \
	fcgi-app/command/prune.h \
	fcgi-app/command/smoke_test.c \
	fcgi-app/command/smoke_test.h \
	fcgi-app/command/stream.c \
	fcgi-app/command/stream.h \
	fcgi-app/command/web_client.c \
	fcgi-app/command/web_client.h
