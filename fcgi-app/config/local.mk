# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/config/config.c \
	fcgi-app/config/config.h \
	fcgi-app/config/environment.c \
	fcgi-app/config/help.c \
	fcgi-app/config/keys.c \
	fcgi-app/config/keys.h \
	fcgi-app/config/nearest.c \
	fcgi-app/config/options.c \
	fcgi-app/config/origin.c \
	fcgi-app/config/print.c \
	fcgi-app/config/scalar.c \
	fcgi-app/config/sources.h \
	fcgi-app/config/text_show.c \
	fcgi-app/config/values.c \
	fcgi-app/config/values.h \
	fcgi-app/config/yaml.c
