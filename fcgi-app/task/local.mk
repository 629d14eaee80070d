# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/task/cursor.h \
	fcgi-app/task/dependencies.h \
	fcgi-app/task/query.h \
	fcgi-app/task/recurrence.h \
	fcgi-app/task/refusal.h \
	fcgi-app/task/task.h \
	fcgi-app/task/validate.h
