# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT

libtodo_a_SOURCES += \
	fcgi-app/store/import.h \
	fcgi-app/store/maintenance.h \
	fcgi-app/store/record_json.c \
	fcgi-app/store/record_json.h \
	fcgi-app/store/rows.h \
	fcgi-app/store/store.h \
	fcgi-app/store/sqlite/admission.c \
	fcgi-app/store/sqlite/backup.c \
	fcgi-app/store/sqlite/batch.c \
	fcgi-app/store/sqlite/calendar.c \
	fcgi-app/store/sqlite/calendar.h \
	fcgi-app/store/sqlite/checkpoint.c \
	fcgi-app/store/sqlite/connection.c \
	fcgi-app/store/sqlite/copy.c \
	fcgi-app/store/sqlite/copy.h \
	fcgi-app/store/sqlite/count.c \
	fcgi-app/store/sqlite/engine.h \
	fcgi-app/store/sqlite/facets.c \
	fcgi-app/store/sqlite/facets.h \
	fcgi-app/store/sqlite/failure.c \
	fcgi-app/store/sqlite/files.c \
	fcgi-app/store/sqlite/files.h \
	fcgi-app/store/sqlite/functions.c \
	fcgi-app/store/sqlite/functions.h \
	fcgi-app/store/sqlite/idempotency.c \
	fcgi-app/store/sqlite/image_read.c \
	fcgi-app/store/sqlite/image_read.h \
	fcgi-app/store/sqlite/import.c \
	fcgi-app/store/sqlite/internal.h \
	fcgi-app/store/sqlite/journal.c \
	fcgi-app/store/sqlite/journal.h \
	fcgi-app/store/sqlite/journal_read.c \
	fcgi-app/store/sqlite/list.h \
	fcgi-app/store/sqlite/list_arms.c \
	fcgi-app/store/sqlite/list_cost.c \
	fcgi-app/store/sqlite/list_cost.h \
	fcgi-app/store/sqlite/list_picks.c \
	fcgi-app/store/sqlite/list_pieces.c \
	fcgi-app/store/sqlite/list_plan.c \
	fcgi-app/store/sqlite/list_run.c \
	fcgi-app/store/sqlite/list_sql.c \
	fcgi-app/store/sqlite/list_tree.c \
	fcgi-app/store/sqlite/location.c \
	fcgi-app/store/sqlite/location.h \
	fcgi-app/store/sqlite/lockfile.c \
	fcgi-app/store/sqlite/lockfile.h \
	fcgi-app/store/sqlite/migrate.c \
	fcgi-app/store/sqlite/migrate.h \
	fcgi-app/store/sqlite/prune.c \
	fcgi-app/store/sqlite/prune.h \
	fcgi-app/store/sqlite/queue.c \
	fcgi-app/store/sqlite/queue.h \
	fcgi-app/store/sqlite/reader.c \
	fcgi-app/store/sqlite/relations.c \
	fcgi-app/store/sqlite/relations.h \
	fcgi-app/store/sqlite/restore.c \
	fcgi-app/store/sqlite/row.c \
	fcgi-app/store/sqlite/row.h \
	fcgi-app/store/sqlite/savepoint.c \
	fcgi-app/store/sqlite/sql.c \
	fcgi-app/store/sqlite/sql.h \
	fcgi-app/store/sqlite/statement.c \
	fcgi-app/store/sqlite/statements.h \
	fcgi-app/store/sqlite/statistics.c \
	fcgi-app/store/sqlite/store.c \
	fcgi-app/store/sqlite/tally.c \
	fcgi-app/store/sqlite/tally.h \
	fcgi-app/store/sqlite/tally_changes.c \
	fcgi-app/store/sqlite/tally_changes.h \
	fcgi-app/store/sqlite/task_row.h \
	fcgi-app/store/sqlite/task_write.c \
	fcgi-app/store/sqlite/tasks.c \
	fcgi-app/store/sqlite/templates.c \
	fcgi-app/store/sqlite/text_index.c \
	fcgi-app/store/sqlite/text_index.h \
	fcgi-app/store/sqlite/touched.c \
	fcgi-app/store/sqlite/touched.h \
	fcgi-app/store/sqlite/undo.c \
	fcgi-app/store/sqlite/undo.h \
	fcgi-app/store/sqlite/undo_check.c \
	fcgi-app/store/sqlite/undo_restore.c \
	fcgi-app/store/sqlite/undo_rows.c \
	fcgi-app/store/sqlite/undo_templates.c \
	fcgi-app/store/sqlite/verify.c \
	fcgi-app/store/sqlite/writer.c

# One file per step, in order. A released file never changes.
STORE_MIGRATIONS = \
	fcgi-app/store/migrations/0001-first.sql

nodist_libtodo_a_SOURCES = fcgi-app/store/sqlite/migrations.c
EXTRA_DIST += fcgi-app/store/migrations/embed.awk $(STORE_MIGRATIONS)
CLEANFILES += fcgi-app/store/sqlite/migrations.c

fcgi-app/store/sqlite/migrations.c: fcgi-app/store/migrations/embed.awk $(STORE_MIGRATIONS) Makefile
	$(AM_V_GEN)$(MKDIR_P) fcgi-app/store/sqlite && \
	cd $(srcdir) && LC_ALL=C $(AWK) -f fcgi-app/store/migrations/embed.awk $(STORE_MIGRATIONS) \
		</dev/null >$(abs_builddir)/$@.tmp && mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@
