# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/confine/confine.c \
	fcgi-app/confine/confine.h \
	fcgi-app/confine/internal.h \
	fcgi-app/confine/landlock.c \
	fcgi-app/confine/seccomp.c
