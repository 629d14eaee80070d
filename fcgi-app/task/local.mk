# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/task/archive.c \
	fcgi-app/task/archive.h \
	fcgi-app/task/cursor.c \
	fcgi-app/task/cursor.h \
	fcgi-app/task/dependencies.c \
	fcgi-app/task/dependencies.h \
	fcgi-app/task/import.c \
	fcgi-app/task/import.h \
	fcgi-app/task/import_cycles.c \
	fcgi-app/task/import_cycles.h \
	fcgi-app/task/query.c \
	fcgi-app/task/query.h \
	fcgi-app/task/query_due.c \
	fcgi-app/task/query_lists.c \
	fcgi-app/task/query_match.c \
	fcgi-app/task/query_values.c \
	fcgi-app/task/query_values.h \
	fcgi-app/task/quick_add.c \
	fcgi-app/task/quick_add.h \
	fcgi-app/task/recurrence.c \
	fcgi-app/task/recurrence.h \
	fcgi-app/task/refusal.h \
	fcgi-app/task/statistics.c \
	fcgi-app/task/statistics.h \
	fcgi-app/task/task.c \
	fcgi-app/task/task.h \
	fcgi-app/task/template.c \
	fcgi-app/task/template.h \
	fcgi-app/task/validate.c \
	fcgi-app/task/validate.h
