# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The database: one connection to read, one to write, in the schema of the service."""

import datetime
import json
import sqlite3
import threading
import time

from models import NewTask, Progress, Recurrence, Task

NO_DATE = 2932897
EPOCH = datetime.date(1970, 1, 1)
PRIORITIES = (None, "high", "medium", "low")
CATEGORIES = (None, "work", "personal", "shopping", "other")
RECURRENCES = (None, "daily", "weekly", "monthly")

SELECT = """
    SELECT id, version, completed, archived, priority, category, due_date, parent_id, recur_type,
        recur_interval, sub_total, sub_done, dep_total, dep_done, created_at, updated_at,
        completed_at, description, notes,
        (SELECT json_group_array(depends_on_id) FROM dependency WHERE task_id = task.id) AS depends_on
    FROM task """
INSERT_TASK = """
    INSERT INTO task (version, completed, archived, priority, category, due_date, recur_type,
        recur_interval, recur_anchor, recur_index, created_at, updated_at, description,
        description_fold, notes)
    VALUES (1, 0, 0, ?, ?, ?, 0, 0, 2932897, 0, ?, ?, ?, ?, ?)"""


def today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def instant(milliseconds: int | None) -> str | None:
    if milliseconds is None:
        return None
    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03}Z"


def task_of(row: sqlite3.Row) -> Task:
    due = None if row["due_date"] == NO_DATE else EPOCH + datetime.timedelta(row["due_date"])
    days = (today() - due).days if due and not row["completed"] and not row["archived"] else 0
    recurring = None
    if row["recur_type"]:
        recurring = Recurrence(type=RECURRENCES[row["recur_type"]], interval=row["recur_interval"])
    return Task(
        id=row["id"], description=row["description"], completed=row["completed"],
        priority=PRIORITIES[row["priority"]], category=CATEGORIES[row["category"]], due_date=due,
        notes=row["notes"], parent_id=row["parent_id"], depends_on=json.loads(row["depends_on"]),
        recurring=recurring, archived=row["archived"], created_at=instant(row["created_at"]),
        updated_at=instant(row["updated_at"]), completed_at=instant(row["completed_at"]),
        version=row["version"], overdue=days > 0, days_overdue=max(days, 0),
        blocked=not row["completed"] and row["dep_done"] < row["dep_total"],
        subtasks=Progress(total=row["sub_total"], completed=row["sub_done"]),
        dependencies=Progress(total=row["dep_total"], completed=row["dep_done"]))


class Store:
    def __init__(self, path: str):
        self._reader = self._open(path)
        self._writer = self._open(path)
        self._lock = threading.Lock()

    @staticmethod
    def _open(path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=10, isolation_level=None,
                                     check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = FAST")
        return connection

    def get(self, task_id: int) -> Task | None:
        row = self._reader.execute(SELECT + "WHERE id = ?", (task_id,)).fetchone()
        return task_of(row) if row else None

    def page(self, after: int, limit: int) -> tuple[list[Task], bool]:
        rows = self._reader.execute(
            SELECT + "WHERE id > ? AND +archived = 0 ORDER BY id LIMIT ?",
            (after, limit + 1)).fetchall()
        return [task_of(row) for row in rows[:limit]], len(rows) > limit

    def create(self, new: NewTask) -> Task:
        """Stores the task, its search index entry and its journal in one durable transaction."""
        with self._lock:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                task = self._insert(new)
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
        return task

    def _insert(self, new: NewTask) -> Task:
        db, now = self._writer, int(time.time() * 1000)
        due = (new.due_date - EPOCH).days if new.due_date else NO_DATE
        folded = new.description.casefold()
        task_id = db.execute(INSERT_TASK, (
            PRIORITIES.index(new.priority), CATEGORIES.index(new.category), due, now, now,
            new.description, folded, new.notes)).lastrowid
        db.execute("INSERT INTO task_text (rowid, description, notes) VALUES (?, ?, ?)",
                   (task_id, folded, new.notes.casefold()))
        db.execute("DELETE FROM touched WHERE id = ?", (task_id,))
        task = task_of(db.execute(SELECT + "WHERE id = ?", (task_id,)).fetchone())
        seq = db.execute("INSERT INTO change (at, action, summary) VALUES (?, 'create', ?)",
                         (now, f"Created {new.description}")).lastrowid
        db.execute("INSERT INTO change_row (id, kind, row_id, after) "
                   "VALUES (? << 24, 'task', ?, ?)", (seq, task_id, task.model_dump_json()))
        return task
