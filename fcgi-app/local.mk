# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

bin_PROGRAMS += todo-app
todo_app_SOURCES = fcgi-app/main.c
todo_app_LDADD = $(APP_LIBS)
