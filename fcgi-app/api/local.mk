# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/api/answers.c \
	fcgi-app/api/answers.h \
	fcgi-app/api/change_json.c \
	fcgi-app/api/change_json.h \
	fcgi-app/api/changes.c \
	fcgi-app/api/idempotency.c \
	fcgi-app/api/idempotency.h \
	fcgi-app/api/json_pointer.c \
	fcgi-app/api/operation_rules.c \
	fcgi-app/api/operation_rules.h \
	fcgi-app/api/operations.c \
	fcgi-app/api/operations.h \
	fcgi-app/api/operations_archive.c \
	fcgi-app/api/operations_bulk.c \
	fcgi-app/api/operations_complete.c \
	fcgi-app/api/operations_delete.c \
	fcgi-app/api/operations_template.c \
	fcgi-app/api/operations_template.h \
	fcgi-app/api/operations_undo.c \
	fcgi-app/api/probes.c \
	fcgi-app/api/quick_add.c \
	fcgi-app/api/routes.c \
	fcgi-app/api/routes.h \
	fcgi-app/api/run.c \
	fcgi-app/api/run.h \
	fcgi-app/api/service.c \
	fcgi-app/api/service.h \
	fcgi-app/api/stats.c \
	fcgi-app/api/task_actions.c \
	fcgi-app/api/task_apply.c \
	fcgi-app/api/task_bulk.c \
	fcgi-app/api/task_calendar.c \
	fcgi-app/api/task_csv.c \
	fcgi-app/api/task_input.c \
	fcgi-app/api/task_input.h \
	fcgi-app/api/task_json.c \
	fcgi-app/api/task_json.h \
	fcgi-app/api/task_lists.c \
	fcgi-app/api/task_occurrences.c \
	fcgi-app/api/task_stream.c \
	fcgi-app/api/task_stream.h \
	fcgi-app/api/tasks.c \
	fcgi-app/api/template_input.c \
	fcgi-app/api/template_input.h \
	fcgi-app/api/template_json.c \
	fcgi-app/api/template_json.h \
	fcgi-app/api/template_tasks.c \
	fcgi-app/api/templates.c \
	fcgi-app/api/text_input.c \
	fcgi-app/api/text_input.h \
	fcgi-app/api/undo.c \
	fcgi-app/api/write.c \
	fcgi-app/api/write.h
