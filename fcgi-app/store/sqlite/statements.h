/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Every fixed SQL statement of the store, in one table. Only the statements of task lists, whose
 * filters and order vary, are composed elsewhere.
 */
#ifndef STORE_SQLITE_STATEMENTS_H
#define STORE_SQLITE_STATEMENTS_H

/* "TDo4": PRAGMA application_id of our files. */
#define STORE_APPLICATION_ID 0x54446f34

#define STATEMENT_TEXT_(text) #text
#define STATEMENT_TEXT(macro) STATEMENT_TEXT_(macro)

/* X(name, connection, sql): connection is READ for a statement that every connection may prepare,
 * WRITE for one that only the writer's may. */

#define STATEMENTS_TRANSACTION(X)                                                                  \
    X(BEGIN_READ, READ, "BEGIN")                                                                   \
    X(END_READ, READ, "COMMIT")                                                                    \
    X(PING, READ, "SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)")                    \
    X(BEGIN_WRITE, WRITE, "BEGIN IMMEDIATE")                                                       \
    X(COMMIT, WRITE, "COMMIT")                                                                     \
    X(ROLLBACK, WRITE, "ROLLBACK")                                                                 \
    X(ITEM_BEGIN, WRITE, "SAVEPOINT item")                                                         \
    X(ITEM_KEEP, WRITE, "RELEASE item")                                                            \
    X(ITEM_UNDO, WRITE, "ROLLBACK TO item")                                                        \
    X(PART_BEGIN, WRITE, "SAVEPOINT part")                                                         \
    X(PART_KEEP, WRITE, "RELEASE part")                                                            \
    X(PART_UNDO, WRITE, "ROLLBACK TO part")                                                        \
    X(MARK, WRITE, "PRAGMA application_id = " STATEMENT_TEXT(STORE_APPLICATION_ID))

/* touched.c reads them in this order: a task as it was, as it is, and whether its texts differ. */
#define STATEMENTS_TOUCHED(X)                                                                      \
    X(TOUCHED_STATES, WRITE,                                                                       \
      "SELECT b.facets, b.due_date, b.created_at, b.completed_at, b.dependent,"                    \
      " t.facets, t.due_date, t.created_at, t.completed_at, t.dep_total > 0,"                      \
      " b.facets IS NULL OR b.description_fold IS NOT NULL"                                        \
      " FROM touched AS b LEFT JOIN task AS t ON t.id = b.id")                                     \
    X(TOUCHED_DONE, WRITE, "DELETE FROM touched")

#define STATEMENTS_TEXT_INDEX(X)                                                                   \
    X(TEXT_REMOVE, WRITE,                                                                          \
      "INSERT INTO task_text (task_text, rowid, description, notes)"                               \
      " SELECT 'delete', id, description_fold, todo_fold(notes) FROM touched"                      \
      " WHERE description_fold IS NOT NULL ORDER BY id")                                           \
    X(TEXT_ADD, WRITE,                                                                             \
      "INSERT INTO task_text (rowid, description, notes)"                                          \
      " SELECT t.id, t.description_fold, todo_fold(t.notes)"                                       \
      " FROM touched AS b CROSS JOIN task AS t ON t.id = b.id"                                     \
      " WHERE b.facets IS NULL OR b.description_fold IS NOT NULL ORDER BY b.id")                   \
    X(TEXT_TAKE_PART, WRITE, "DELETE FROM task_text WHERE false")                                  \
    X(TEXT_MERGE_WIDTH, WRITE, "INSERT INTO task_text (task_text, rank) VALUES ('usermerge', ?1)") \
    X(TEXT_MERGE, WRITE, "INSERT INTO task_text (task_text, rank) VALUES ('merge', ?1)")

/* The columns of a whole task, of the table `task AS t`; row.c reads them in this order. Each
 * column of each row costs: state, priority and category are read from the facets, and what only
 * few tasks have is in one column, NULL for all others. */
#define TASK_COLUMNS                                                                               \
    "t.id, t.version, t.facets, t.due_date, t.parent_id, t.created_at, t.updated_at,"              \
    " t.completed_at, CASE WHEN t.recur_type OR t.next_id OR t.sub_total OR t.dep_total"           \
    " THEN todo_integers(t.recur_type, t.recur_interval, t.recur_anchor, t.recur_index,"           \
    " t.next_id, t.sub_total, t.sub_done, t.dep_total, t.dep_done) END, t.description, t.notes"

#define STATEMENTS_TASK_READ(X)                                                                    \
    X(TASK_GET, READ, "SELECT " TASK_COLUMNS " FROM task AS t WHERE t.id = ?1")                    \
    X(TASK_LISTED, READ, "SELECT " TASK_COLUMNS " FROM task AS t WHERE t.id = ?1")                 \
    X(TASK_COMPLETED, READ, "SELECT completed FROM task WHERE id = ?1")                            \
    X(TASK_LAST_ID, READ, "SELECT max(id) FROM task")                                              \
    X(TASK_WINDOW, READ,                                                                           \
      "SELECT " TASK_COLUMNS " FROM task AS t NOT INDEXED"                                         \
      " WHERE t.id > ?1 AND t.id <= ?2 AND t.facets & ?3 = 0 ORDER BY t.id LIMIT ?4")              \
    X(TASK_WINDOW_DESCENDING, READ,                                                                \
      "SELECT " TASK_COLUMNS " FROM task AS t NOT INDEXED"                                         \
      " WHERE t.id < ?1 AND t.id >= ?2 AND t.facets & ?3 = 0 ORDER BY t.id DESC LIMIT ?4")         \
    X(SUBTASK_IDS, READ,                                                                           \
      "SELECT id FROM task INDEXED BY task_by_parent WHERE parent_id = ?1 ORDER BY id LIMIT ?2")   \
    X(COMPLETED_IDS, READ,                                                                         \
      "SELECT id FROM task INDEXED BY task_by_created_at"                                          \
      " WHERE archived = ?1 AND completed = 1 ORDER BY created_at LIMIT ?2")                       \
    X(DEPENDENCY_IDS, READ,                                                                        \
      "SELECT depends_on_id FROM dependency WHERE task_id = ?1 ORDER BY depends_on_id LIMIT ?2")   \
    X(DEPENDENT_IDS, READ,                                                                         \
      "SELECT task_id FROM dependency INDEXED BY dependency_reversed WHERE depends_on_id = ?1"     \
      " ORDER BY task_id LIMIT ?2")                                                                \
    X(BLOCKER_IDS, READ,                                                                           \
      "SELECT d.depends_on_id FROM dependency AS d CROSS JOIN task AS t ON t.id = d.depends_on_id" \
      " WHERE d.task_id = ?1 AND t.completed = 0 ORDER BY d.depends_on_id LIMIT ?2")

/* How many rows a filter leads to, counted up to ?2. */
#define STATEMENTS_PROBE(X)                                                                        \
    X(PARENT_PROBE, READ,                                                                          \
      "SELECT count(*) FROM (SELECT 1 FROM task INDEXED BY task_by_parent"                         \
      " WHERE parent_id = ?1 LIMIT ?2)")                                                           \
    X(TEXT_PROBE, READ,                                                                            \
      "SELECT count(*) FROM (SELECT 1 FROM task_text WHERE task_text MATCH ?1 LIMIT ?2)")

/* ?2 more of the key ?1. */
#define TALLY_ADD_TO(table, key)                                                                   \
    "INSERT INTO " table " (" key ", n) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET n = n + ?2"

#define STATEMENTS_TALLY(X)                                                                        \
    X(TALLY, READ, "SELECT facets, n FROM tally WHERE n > 0")                                      \
    X(TALLY_STATES, READ,                                                                          \
      "SELECT coalesce(sum(n) FILTER (WHERE facets & 5 = 5), 0),"                                  \
      " coalesce(sum(n) FILTER (WHERE facets & 6 = 6), 0),"                                        \
      " coalesce(sum(n) FILTER (WHERE facets & 8 = 8), 0) FROM tally")                             \
    X(TALLY_DUE, READ, "SELECT id & 3, n FROM due_tally WHERE id BETWEEN ?1 * 4 AND ?2 * 4 + 3")   \
    X(TALLY_ADD, WRITE, TALLY_ADD_TO("tally", "facets"))                                           \
    X(TALLY_ADD_DEPENDENT, WRITE, TALLY_ADD_TO("dependent_tally", "facets"))                       \
    X(TALLY_ADD_DUE, WRITE, TALLY_ADD_TO("due_tally", "id"))                                       \
    X(TALLY_ADD_CREATED, WRITE, TALLY_ADD_TO("created_tally", "slot"))                             \
    X(TALLY_ADD_COMPLETED, WRITE, TALLY_ADD_TO("completed_tally", "slot"))                         \
    X(CALENDAR_ADD, WRITE,                                                                         \
      "INSERT INTO calendar VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"  \
      " ?15, ?16, ?17, ?18) ON CONFLICT DO UPDATE SET n = n + ?2, d0 = d0 + ?3, d1 = d1 + ?4,"     \
      " d2 = d2 + ?5, d3 = d3 + ?6, d4 = d4 + ?7, d5 = d5 + ?8, d6 = d6 + ?9, d7 = d7 + ?10,"      \
      " d8 = d8 + ?11, d9 = d9 + ?12, d10 = d10 + ?13, d11 = d11 + ?14, d12 = d12 + ?15,"          \
      " d13 = d13 + ?16, d14 = d14 + ?17, d15 = d15 + ?18")

/* Slots are those of the schema. */
#define STATEMENTS_STATISTICS(X)                                                                   \
    X(STATISTICS_DEPENDENT, READ,                                                                  \
      "SELECT coalesce(sum(n), 0) FROM dependent_tally WHERE facets & ?1 = 0")                     \
    X(STATISTICS_OLDEST_DUE, READ,                                                                 \
      "SELECT due_date FROM task INDEXED BY task_by_due_date WHERE archived = 0 AND completed = 0" \
      " AND due_date BETWEEN ?1 AND ?2 AND facets & ?3 = 0 ORDER BY due_date LIMIT 1")             \
    X(STATISTICS_CREATED, READ,                                                                    \
      "SELECT coalesce(sum(n), 0) FROM created_tally WHERE slot >= ?1 AND slot < ?2")              \
    X(STATISTICS_COMPLETED, READ,                                                                  \
      "SELECT coalesce(sum(n), 0) FROM completed_tally WHERE slot >= ?1 AND slot < ?2")            \
    X(STATISTICS_CREATED_ROWS, READ,                                                               \
      "SELECT count(*) FROM task INDEXED BY task_by_created_at WHERE archived = ?6"                \
      " AND completed = ?7 AND created_at >= ?1 AND created_at < ?2 AND facets & ?3 = 0"           \
      " AND due_date BETWEEN ?4 AND ?5")                                                           \
    X(STATISTICS_COMPLETED_ROWS, READ,                                                             \
      "SELECT count(*) FROM task INDEXED BY task_by_completed_at"                                  \
      " WHERE completed_at >= ?1 AND completed_at < ?2 AND facets & ?3 = 0"                        \
      " AND due_date BETWEEN ?4 AND ?5")                                                           \
    X(CALENDAR_BLOCKS, READ,                                                                       \
      "SELECT id, n FROM calendar WHERE id >= ?1 AND id < ?2 AND id & ?3 = 0")                     \
    X(CALENDAR_DAYS, READ,                                                                         \
      "SELECT id, n, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, d15"         \
      " FROM calendar WHERE id >= ?1 AND id < ?2 AND id & ?3 = 0")

/* The parameters of INSERT and UPDATE are numbered alike: see task_write.c. OR FAIL: see the
 * schema. */
#define STATEMENTS_TASK_WRITE(X)                                                                   \
    X(TASK_INSERT, WRITE,                                                                          \
      "INSERT OR FAIL INTO task (id, version, completed, archived, priority, category, due_date,"  \
      " parent_id, recur_type, recur_interval, recur_anchor, recur_index, next_id, dep_total,"     \
      " dep_done, updated_at, completed_at, description, description_fold, notes, created_at,"     \
      " sub_total, sub_done)"                                                                      \
      " VALUES (?1, ?21, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"  \
      " ?18, ?19, ?20, ?22, ?23)")                                                                 \
    X(TASK_UPDATE, WRITE,                                                                          \
      "UPDATE OR FAIL task SET version = version + 1, completed = ?2, archived = ?3, priority = "  \
      "?4,"                                                                                        \
      " category = ?5, due_date = ?6, parent_id = ?7, recur_type = ?8, recur_interval = ?9,"       \
      " recur_anchor = ?10, recur_index = ?11, next_id = ?12, dep_total = ?13, dep_done = ?14,"    \
      " updated_at = ?15, completed_at = ?16, description = ?17, description_fold = ?18,"          \
      " notes = ?19 WHERE id = ?1 AND version = ?20")                                              \
    X(TASK_UPDATE_TEXTS, WRITE,                                                                    \
      "UPDATE OR FAIL task SET version = version + 1, updated_at = ?15, description = ?17,"        \
      " description_fold = ?18, notes = ?19 WHERE id = ?1 AND version = ?20")                      \
    X(TASK_UPDATE_STATE, WRITE,                                                                    \
      "UPDATE OR FAIL task SET version = version + 1, completed = ?2, archived = ?3,"              \
      " next_id = ?12, updated_at = ?15, completed_at = ?16 WHERE id = ?1 AND version = ?20")      \
    X(TASK_DELETE, WRITE, "DELETE FROM task WHERE id = ?1")                                        \
    X(TASK_COUNT_SUBTASK, WRITE,                                                                   \
      "UPDATE OR FAIL task SET sub_total = sub_total + ?2, sub_done = sub_done + ?3,"              \
      " version = version + 1 WHERE id = ?1")                                                      \
    X(TASK_COUNT_DONE, WRITE,                                                                      \
      "UPDATE OR FAIL task SET sub_done = sub_done + ?2, version = version + 1 WHERE id = ?1")     \
    X(TASK_COUNT_DEPENDENT, WRITE,                                                                 \
      "UPDATE OR FAIL task SET dep_done = dep_done + ?2, version = version + 1 WHERE id = ?1")     \
    X(TASK_SET_DEPENDENCIES, WRITE,                                                                \
      "UPDATE OR FAIL task SET dep_total = ?2, dep_done = ?3 WHERE id = ?1")                       \
    X(DEPENDENCY_INSERT, WRITE, "INSERT INTO dependency (task_id, depends_on_id) VALUES (?1, ?2)") \
    X(DEPENDENCY_DELETE, WRITE, "DELETE FROM dependency WHERE task_id = ?1")

#define STATEMENTS_JOURNAL(X)                                                                      \
    X(CHANGE_INSERT, WRITE,                                                                        \
      "INSERT INTO change (at, action, summary, request_id, actor, undoes, origin)"                \
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                                      \
    X(CHANGE_SUMMARY, WRITE, "UPDATE change SET summary = ?2 WHERE seq = ?1")                      \
    X(CHANGE_ROW_INSERT, WRITE,                                                                    \
      "INSERT INTO change_row (id, kind, row_id, before, after)"                                   \
      " VALUES (?1 << 24 | ?2, ?3, ?4, ?5, ?6)")

/* Of the change ?1. */
#define ROW_OF_CHANGE "id BETWEEN ?1 << 24 AND ?1 << 24 | 16777215"

/* journal_read.c reads them in this order. */
#define CHANGE_COLUMNS                                                                             \
    "c.seq, c.at, c.action, c.summary, c.request_id, c.actor, c.undoes, c.undone_by, c.origin"

#define STATEMENTS_JOURNAL_READ(X)                                                                 \
    X(CHANGE_GET, READ, "SELECT " CHANGE_COLUMNS " FROM change AS c WHERE c.seq = ?1")             \
    X(CHANGE_UNDOABLE, READ,                                                                       \
      "SELECT " CHANGE_COLUMNS " FROM change AS c INDEXED BY change_undoable"                      \
      " WHERE c.undone_by IS NULL AND c.action <> 'undo' ORDER BY c.seq DESC LIMIT 1")             \
    X(CHANGE_FEED, READ,                                                                           \
      "SELECT " CHANGE_COLUMNS " FROM change AS c WHERE c.seq > ?1 ORDER BY c.seq LIMIT ?2")       \
    X(CHANGE_HISTORY, READ,                                                                        \
      "SELECT " CHANGE_COLUMNS " FROM change_row AS r INDEXED BY change_row_by_row"                \
      " CROSS JOIN change AS c ON c.seq = r.seq"                                                   \
      " WHERE r.row_id = ?1 AND r.kind = 'task' AND r.seq < ?2"                                    \
      " GROUP BY r.seq ORDER BY r.seq DESC LIMIT ?3")                                              \
    X(CHANGE_TASK_IDS, READ,                                                                       \
      "SELECT row_id FROM change_row WHERE " ROW_OF_CHANGE " AND kind = 'task' ORDER BY id"        \
      " LIMIT ?2")                                                                                 \
    X(CHANGE_FORGOTTEN, READ,                                                                      \
      "SELECT coalesce((SELECT min(seq) - 1 FROM change),"                                         \
      " (SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0)")                              \
    X(TASK_KNOWN, READ,                                                                            \
      "SELECT EXISTS (SELECT 1 FROM task WHERE id = ?1) OR EXISTS"                                 \
      " (SELECT 1 FROM change_row AS r INDEXED BY change_row_by_row"                               \
      " CROSS JOIN change AS c ON c.seq = r.seq WHERE r.row_id = ?1 AND r.kind = 'task')")

#define STATEMENTS_UNDO(X)                                                                         \
    X(CHANGE_ROWS, WRITE,                                                                          \
      "SELECT kind = 'template', row_id, ordinal FROM change_row WHERE " ROW_OF_CHANGE             \
      " ORDER BY id")                                                                              \
    X(CHANGE_IMAGES, WRITE, "SELECT before, after FROM change_row WHERE id = ?1 << 24 | ?2")       \
    X(ROW_LATEST, WRITE,                                                                           \
      "SELECT seq, coalesce(after, before) FROM change_row INDEXED BY change_row_by_row"           \
      " WHERE row_id = ?1 AND kind = ?2 ORDER BY seq DESC, rowid DESC LIMIT 1")                    \
    X(CHANGE_UNDONE, WRITE, "UPDATE change SET undone_by = ?2 WHERE seq = ?1")                     \
    X(CHANGE_TOGGLED, WRITE,                                                                       \
      "UPDATE change SET undone_by = CASE WHEN undone_by IS NULL THEN ?2 END WHERE seq = ?1")

#define STATEMENTS_PRUNE(X)                                                                        \
    X(CHANGE_LAST, WRITE, "SELECT max(seq) FROM change")                                           \
    X(CHANGE_OLDEST, WRITE, "SELECT seq, at FROM change ORDER BY seq LIMIT ?1")                    \
    X(CHANGE_PRUNE, WRITE, "DELETE FROM change WHERE seq <= ?1")                                   \
    X(CHANGE_ROW_FIRST, WRITE, "SELECT seq FROM change_row ORDER BY id LIMIT 1")                   \
    X(CHANGE_ROW_PRUNE, WRITE,                                                                     \
      "DELETE FROM change_row WHERE id IN (SELECT id FROM change_row"                              \
      " WHERE id < (?1 + 1) << 24 ORDER BY id LIMIT ?2)")

#define STATEMENTS_IDEMPOTENCY(X)                                                                  \
    X(IDEMPOTENCY_GET, READ,                                                                       \
      "SELECT fingerprint, created_at, status, headers, body FROM idempotency"                     \
      " WHERE key = ?1 AND created_at > ?2")                                                       \
    X(IDEMPOTENCY_PUT, WRITE,                                                                      \
      "INSERT OR REPLACE INTO idempotency (key, fingerprint, created_at, status, headers, body)"   \
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                                          \
    X(IDEMPOTENCY_EXPIRE, WRITE,                                                                   \
      "DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency"                      \
      " INDEXED BY idempotency_by_age WHERE created_at <= ?1 ORDER BY created_at LIMIT 4)")

#define STATEMENTS_IMPORT(X)                                                                       \
    X(IMPORT_TARGET, READ,                                                                         \
      "SELECT NOT EXISTS (SELECT 1 FROM task),"                                                    \
      " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'task'), 0)")                       \
    X(IMPORT_VERSION, READ,                                                                        \
      "SELECT coalesce(max(json_extract(before, '$.version')), 0) FROM change_row"                 \
      " INDEXED BY change_row_by_row WHERE row_id = ?1 AND kind = 'task' AND before IS NOT NULL")  \
    X(IMPORT_RESERVE, WRITE, "UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'task'")  \
    X(IMPORT_KNOWN, READ,                                                                          \
      "SELECT EXISTS (SELECT 1 FROM task WHERE id BETWEEN first_id AND last_id)"                   \
      " FROM import WHERE digest = ?1")                                                            \
    X(IMPORT_REMEMBER, WRITE,                                                                      \
      "INSERT OR REPLACE INTO import (digest, at, first_id, last_id) VALUES (?1, ?2, ?3, ?4)")     \
    X(IMPORT_FORGET, WRITE, "DELETE FROM import")

#define STATEMENTS_BACKUP(X)                                                                       \
    X(BACKUP_LAST, READ, "SELECT coalesce(max(at), 0) FROM backup")                                \
    X(BACKUP_DONE, WRITE, "INSERT OR REPLACE INTO backup (id, at) VALUES (1, ?1)")

/* The columns of a template; templates.c reads them in this order. */
#define TEMPLATE_COLUMNS                                                                           \
    "id, version, priority, category, recur_type, recur_interval, created_at, updated_at, name,"   \
    " description, notes"

/* The parameters of INSERT and UPDATE are numbered alike. */
#define STATEMENTS_TEMPLATE(X)                                                                     \
    X(TEMPLATE_GET, READ, "SELECT " TEMPLATE_COLUMNS " FROM template WHERE name_fold = ?1")        \
    X(TEMPLATE_GET_BY_ID, READ, "SELECT " TEMPLATE_COLUMNS " FROM template WHERE id = ?1")         \
    X(TEMPLATE_LIST, READ, "SELECT " TEMPLATE_COLUMNS " FROM template ORDER BY name_fold")         \
    X(TEMPLATE_COUNT, READ, "SELECT count(*) FROM template")                                       \
    X(TEMPLATE_INSERT, WRITE,                                                                      \
      "INSERT INTO template (id, version, priority, category, recur_type, recur_interval,"         \
      " created_at, updated_at, name, name_fold, description, notes)"                              \
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")                               \
    X(TEMPLATE_UPDATE, WRITE,                                                                      \
      "UPDATE template SET version = ?2, priority = ?3, category = ?4, recur_type = ?5,"           \
      " recur_interval = ?6, created_at = ?7, updated_at = ?8, name = ?9, name_fold = ?10,"        \
      " description = ?11, notes = ?12 WHERE id = ?1")                                             \
    X(TEMPLATE_DELETE, WRITE, "DELETE FROM template WHERE id = ?1")

#define STATEMENTS(X)                                                                              \
    STATEMENTS_TRANSACTION(X)                                                                      \
    STATEMENTS_TOUCHED(X)                                                                          \
    STATEMENTS_TEXT_INDEX(X)                                                                       \
    STATEMENTS_TASK_READ(X)                                                                        \
    STATEMENTS_PROBE(X)                                                                            \
    STATEMENTS_TALLY(X)                                                                            \
    STATEMENTS_STATISTICS(X)                                                                       \
    STATEMENTS_TASK_WRITE(X)                                                                       \
    STATEMENTS_JOURNAL(X)                                                                          \
    STATEMENTS_JOURNAL_READ(X)                                                                     \
    STATEMENTS_UNDO(X)                                                                             \
    STATEMENTS_PRUNE(X)                                                                            \
    STATEMENTS_IDEMPOTENCY(X)                                                                      \
    STATEMENTS_IMPORT(X)                                                                           \
    STATEMENTS_BACKUP(X)                                                                           \
    STATEMENTS_TEMPLATE(X)

#define STATEMENT_ENUM(name, connection, sql) STATEMENT_##name,
enum statement { STATEMENTS(STATEMENT_ENUM) STATEMENT_COUNT };
#undef STATEMENT_ENUM

#endif
