# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/access/api_key_file.c \
	fcgi-app/access/api_key_file.h \
	fcgi-app/access/api_keys.c \
	fcgi-app/access/api_keys.h \
	fcgi-app/access/rate_limit.c \
	fcgi-app/access/rate_limit.h
