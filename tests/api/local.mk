# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The API suite: every test_*.py is found by the runner.

EXTRA_DIST += \
	tests/api/apitest.py tests/api/fastcgi.py tests/api/keytest.py tests/api/model.py tests/api/program.py \
	tests/api/templatetest.py \
	tests/api/test_api_keys.py \
	tests/api/test_archive.py \
	tests/api/test_archive_completed.py \
	tests/api/test_archived.py \
	tests/api/test_bulk.py \
	tests/api/test_bulk_archive.py \
	tests/api/test_bulk_complete.py \
	tests/api/test_bulk_delete.py \
	tests/api/test_calendar.py \
	tests/api/test_changes.py \
	tests/api/test_changes_processes.py \
	tests/api/test_command_line.py \
	tests/api/test_complete.py \
	tests/api/test_occurrences.py \
	tests/api/undotest.py \
	tests/api/test_conditional.py tests/api/test_cors.py tests/api/test_crash.py \
	tests/api/test_create.py tests/api/test_csv.py tests/api/test_delete.py tests/api/test_dependencies.py \
	tests/api/test_differential.py tests/api/test_disk_full.py tests/api/test_dry_run.py \
	tests/api/test_fastcgi.py tests/api/test_idempotency.py tests/api/test_key_command.py \
	tests/api/test_list_cursor.py \
	tests/api/test_list_filters.py tests/api/test_list_parameters.py \
	tests/api/test_list_search.py tests/api/test_list_sort.py tests/api/test_list_tree.py \
	tests/api/test_malformed_json.py tests/api/test_media_types.py tests/api/test_methods.py \
	tests/api/test_model.py tests/api/test_overload.py tests/api/test_patch.py \
	tests/api/test_processes.py \
	tests/api/test_prune.py \
	tests/api/test_quick_add.py \
	tests/api/test_rate_limit.py \
	tests/api/test_read.py \
	tests/api/test_recurring.py \
	tests/api/test_reload.py \
	tests/api/test_replace.py \
	tests/api/test_service.py \
	tests/api/test_smoke_test.py \
	tests/api/test_start.py \
	tests/api/test_stream.py \
	tests/api/test_stats.py \
	tests/api/test_subtasks.py \
	tests/api/test_template_names.py \
	tests/api/test_template_tasks.py \
	tests/api/test_templates.py \
	tests/api/test_tracing.py tests/api/test_tracing_export.py \
	tests/api/test_tracing_failures.py \
	tests/api/test_undo.py \
	tests/api/test_undo_conflict.py \
	tests/api/test_undo_random.py \
	tests/api/test_undo_templates.py \
	tests/api/test_unicode.py \
	tests/api/test_validation.py

EXTRA_DIST += \
	tests/api/importing.py tests/api/listing.py tests/api/test_backup.py \
	tests/api/test_commands.py tests/api/test_export.py tests/api/test_import.py \
	tests/api/test_import_phase3.py tests/api/test_import_refused.py
