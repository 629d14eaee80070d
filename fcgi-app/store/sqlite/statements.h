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

#define STATEMENTS(X) STATEMENTS_TRANSACTION(X)

#define STATEMENT_ENUM(name, connection, sql) STATEMENT_##name,
enum statement { STATEMENTS(STATEMENT_ENUM) STATEMENT_COUNT };
#undef STATEMENT_ENUM

#endif
