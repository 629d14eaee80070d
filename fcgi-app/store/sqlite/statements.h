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

#define STATEMENTS_TEXT_INDEX(X)                                                                   \
    X(TEXT_PENDING, WRITE, "SELECT 1 FROM text_pending LIMIT 1")                                   \
    X(TEXT_REMOVE, WRITE,                                                                          \
      "INSERT INTO task_text (task_text, rowid, description, notes)"                               \
      " SELECT 'delete', id, description_fold, todo_fold(notes) FROM text_pending"                 \
      " WHERE description_fold IS NOT NULL ORDER BY id")                                           \
    X(TEXT_ADD, WRITE,                                                                             \
      "INSERT INTO task_text (rowid, description, notes)"                                          \
      " SELECT t.id, t.description_fold, todo_fold(t.notes)"                                       \
      " FROM text_pending AS p CROSS JOIN task AS t ON t.id = p.id ORDER BY p.id")                 \
    X(TEXT_DONE, WRITE, "DELETE FROM text_pending")

#define STATEMENTS(X)                                                                              \
    STATEMENTS_TRANSACTION(X)                                                                      \
    STATEMENTS_TEXT_INDEX(X)

#define STATEMENT_ENUM(name, connection, sql) STATEMENT_##name,
enum statement { STATEMENTS(STATEMENT_ENUM) STATEMENT_COUNT };
#undef STATEMENT_ENUM

#endif
