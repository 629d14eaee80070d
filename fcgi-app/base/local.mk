# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/base/arena.h \
	fcgi-app/base/buf.h \
	fcgi-app/base/cleanup.h \
	fcgi-app/base/clock.h \
	fcgi-app/base/date.h \
	fcgi-app/base/digest.h \
	fcgi-app/base/error.h \
	fcgi-app/base/faults.h \
	fcgi-app/base/json_writer.h \
	fcgi-app/base/random.h \
	fcgi-app/base/text.h \
	fcgi-app/base/utf8.h
