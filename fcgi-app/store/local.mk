# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/store/rows.h \
	fcgi-app/store/sqlite/internal.h \
	fcgi-app/store/sqlite/statements.h \
	fcgi-app/store/store.h
