# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/base/address.c \
	fcgi-app/base/address.h \
	fcgi-app/base/arena.c \
	fcgi-app/base/arena.h \
	fcgi-app/base/buf.c \
	fcgi-app/base/buf.h \
	fcgi-app/base/cleanup.h \
	fcgi-app/base/clock.c \
	fcgi-app/base/clock.h \
	fcgi-app/base/csv.c \
	fcgi-app/base/csv.h \
	fcgi-app/base/date.c \
	fcgi-app/base/date.h \
	fcgi-app/base/digest.c \
	fcgi-app/base/digest.h \
	fcgi-app/base/digits.h \
	fcgi-app/base/encoding.c \
	fcgi-app/base/error.c \
	fcgi-app/base/error.h \
	fcgi-app/base/faults.c \
	fcgi-app/base/faults.h \
	fcgi-app/base/icalendar.c \
	fcgi-app/base/icalendar.h \
	fcgi-app/base/instant.c \
	fcgi-app/base/json_memory.c \
	fcgi-app/base/json_memory.h \
	fcgi-app/base/json_writer.c \
	fcgi-app/base/json_writer.h \
	fcgi-app/base/random.c \
	fcgi-app/base/random.h \
	fcgi-app/base/text.h \
	fcgi-app/base/utf8.c \
	fcgi-app/base/utf8.h \
	fcgi-app/base/utf8_fold.c
