# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/command/command.c \
	fcgi-app/command/command.h \
	fcgi-app/command/export.c \
	fcgi-app/command/import.c \
	fcgi-app/command/internal.h \
	fcgi-app/command/maintain.c
