# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The commands backup, restore and verify: beside the running service, on damaged files, and what
# they leave behind.

import fcntl
import os
import sqlite3
import stat
import struct
import threading
import unittest

import fastcgi
from program import ProgramTest, run
from support.stack import Stack


def integrity(path):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()


class MaintenanceTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.backup = self.folder / "backup.db"

    def command(self, *words, status=0):
        result = run(*words, "--database", self.database)
        self.assertEqual(result.returncode, status, result.stderr + result.stdout)
        for mark in ("Sanitizer", "runtime error:"):
            self.assertNotIn(mark, result.stderr)
        return result

    def with_tasks(self, *descriptions):
        app = self.start()
        for description in descriptions:
            self.create(app, description)
        return app

    def tasks(self, database=None):
        result = run("export", "--database", database or self.database)
        self.assertEqual(result.returncode, 0, result.stderr)
        return [line for line in result.stdout.splitlines() if '"description"' in line]

    def files(self):
        return {path.name for path in self.folder.iterdir() if not path.name.startswith("todo-app")}

    def damage(self, path):
        with open(path, "r+b") as file:
            file.seek(8192)
            file.write(b"\xff" * 4096)


class BackupTest(MaintenanceTest):
    def test_of_a_running_service(self):
        self.with_tasks("One", "Two")
        self.command("backup", self.backup)
        self.assertEqual(integrity(self.backup), "ok")
        self.assertEqual(len(self.tasks(self.backup)), 2)

    def test_of_a_stopped_service(self):
        self.with_tasks("One").stop()
        self.command("backup", self.backup)
        self.assertEqual(len(self.tasks(self.backup)), 1)

    def test_is_one_file_for_its_owner(self):
        self.with_tasks("One").stop()
        before = self.files()
        self.command("backup", self.backup)
        self.assertEqual(self.files() - before, {"backup.db"})
        self.assertEqual(stat.S_IMODE(self.backup.stat().st_mode), 0o600)
        with open(self.backup, "rb") as file:
            self.assertEqual(file.read(20)[18:20], b"\x01\x01", "no write-ahead log")

    def test_replaces_the_former_backup(self):
        app = self.with_tasks("One")
        self.command("backup", self.backup)
        self.create(app, "Two")
        self.command("backup", self.backup)
        self.assertEqual(len(self.tasks(self.backup)), 2)

    def test_while_tasks_are_written(self):
        app = self.start()
        stop, written = threading.Event(), []

        def write():
            while not stop.is_set():
                written.append(fastcgi.create(app.socket, f"Task {len(written)}"))

        writers = [threading.Thread(target=write) for _ in range(4)]
        for writer in writers:
            writer.start()
        try:
            for index in range(3):
                path = self.folder / f"backup-{index}.db"
                self.command("backup", path)
                self.assertEqual(run("verify", path).returncode, 0)
        finally:
            stop.set()
            for writer in writers:
                writer.join()
        self.assertNotIn(None, written, "no write failed")
        self.assertEqual(len(self.tasks()), len(written))

    def test_without_a_database(self):
        result = self.command("backup", self.backup, status=1)
        self.assertIn("todo.db", result.stderr)
        self.assertFalse(self.backup.exists())

    def test_of_a_damaged_database_leaves_the_former_backup(self):
        app = self.with_tasks("One")
        for index in range(400):
            self.create(app, f"Task {index}", "x" * 5000)
        self.command("backup", self.backup)
        app.stop()
        good = self.backup.read_bytes()
        with open(self.database, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(size // 2)
            file.write(b"\xff" * 65536)
        before = self.files()
        self.assertIn("damaged", self.command("backup", self.backup, status=1).stderr)
        self.assertEqual(self.backup.read_bytes(), good)
        self.assertEqual(self.files() - before, set())

    def test_refused_targets(self):
        self.with_tasks("One").stop()
        link = self.folder / "link.db"
        link.symlink_to(self.database)
        for target, word in ((self.database, "belongs to the database"),
                             (link, "belongs to the database"),
                             (str(self.database) + ".lock", "belongs to the database"),
                             (self.folder, "not a regular file"),
                             (self.folder / "none" / "b.db", "none/b.db")):
            with self.subTest(str(target)):
                self.assertIn(word, self.command("backup", target, status=1).stderr)
        self.assertEqual(len(self.tasks()), 1)

    def test_lock_of_another_process(self):
        self.with_tasks("One").stop()
        with open(str(self.database) + ".lock", "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            result = run("backup", self.backup, "--database", self.database,
                         "--busy-timeout-ms", "10")
        self.assertEqual(result.returncode, 1)
        self.assertIn("another process", result.stderr)

    def test_time_is_a_metric(self):
        with Stack() as stack:
            def seconds():
                text = stack.request("GET", "/metrics").body.decode()
                return next(float(line.split()[1]) for line in text.splitlines()
                            if line.startswith("todo_last_backup_timestamp_seconds"))
            self.assertEqual(seconds(), 0)
            result = run("backup", self.backup, "--database", stack.database)
            self.assertEqual(result.returncode, 0, result.stderr)
            made = self.backup.stat().st_mtime
            self.assertLess(abs(seconds() - made), 60)


class RestoreTest(MaintenanceTest):
    def backed_up(self):
        app = self.with_tasks("Kept")
        self.command("backup", self.backup)
        self.create(app, "Too much")
        app.stop()

    def kept(self):
        return [name for name in self.files() if ".before-restore-" in name]

    def test_restores_and_keeps_the_former_database(self):
        self.backed_up()
        result = self.command("restore", self.backup)
        self.assertEqual(len(self.tasks()), 1)
        kept, = self.kept()
        self.assertIn(kept, result.stdout)
        self.assertEqual(integrity(self.folder / kept), "ok")
        self.assertEqual(len(self.tasks(self.folder / kept)), 2)

    def test_the_service_goes_on_with_it(self):
        self.backed_up()
        self.command("restore", self.backup)
        app = self.start(name="again")
        self.assertEqual(self.descriptions(app), ["Kept"])
        self.create(app, "New")
        app.stop()

    def test_after_a_crash_the_log_is_kept_with_the_former_database(self):
        app = self.with_tasks("Kept")
        self.command("backup", self.backup)
        self.create(app, "In the log")
        app.process.kill()
        self.command("restore", self.backup)
        self.assertEqual(len(self.tasks()), 1)
        self.assertEqual(len(self.tasks(self.folder / self.kept()[0])), 2)

    def test_refuses_a_running_database(self):
        app = self.with_tasks("One")
        self.command("backup", self.backup)
        self.create(app, "Two")
        result = self.command("restore", self.backup, status=1)
        self.assertIn("in use", result.stderr)
        self.assertEqual(self.descriptions(app), ["One", "Two"])
        self.assertEqual(self.kept(), [])

    def test_a_start_during_a_restore_is_refused(self):
        self.with_tasks("One").stop()
        with open(str(self.database) + ".lock", "r+b") as file:
            # As the restore holds it: an open file description lock (37) on the second byte.
            fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 1, 1, 0))
            self.assertIn("restore", self.start_refused())

    def test_where_there_is_no_database(self):
        self.backed_up()
        other = self.folder / "other.db"
        result = run("restore", self.backup, "--database", other)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(self.tasks(other)), 1)

    def test_over_a_damaged_database(self):
        self.backed_up()
        self.database.write_bytes(b"no database" * 1000)
        self.command("restore", self.backup)
        self.assertEqual(len(self.tasks()), 1)
        self.assertEqual((self.folder / self.kept()[0]).read_bytes(), b"no database" * 1000)

    def test_refused_sources_change_nothing(self):
        self.backed_up()
        other = self.folder / "foreign.db"
        connection = sqlite3.connect(other)
        connection.execute("CREATE TABLE t (x)")
        connection.close()
        newer = self.folder / "newer.db"
        newer.write_bytes(self.backup.read_bytes())
        connection = sqlite3.connect(newer)
        connection.execute("PRAGMA user_version = 9999")
        connection.close()
        damaged = self.folder / "damaged.db"
        damaged.write_bytes(self.backup.read_bytes())
        self.damage(damaged)
        empty = self.folder / "empty.db"
        empty.touch()
        for source, word in ((other, "another program"), (newer, "schema 9999"),
                             (damaged, "damaged"), (empty, "no tasks"),
                             (self.folder / "none.db", "none.db"), (self.folder, "cannot"),
                             (self.database, "the database itself")):
            with self.subTest(source.name):
                before = self.files()
                self.assertIn(word, self.command("restore", source, status=1).stderr)
                self.assertEqual(len(self.tasks()), 2)
                self.assertEqual({name for name in self.files() - before
                                  if not name.startswith("todo.db")}, set())

    def test_keeps_the_mode_of_the_former_database(self):
        self.backed_up()
        self.database.chmod(0o640)
        self.command("restore", self.backup)
        self.assertEqual(stat.S_IMODE(self.database.stat().st_mode), 0o640)


class VerifyTest(MaintenanceTest):
    def corrupt(self, sql):
        connection = sqlite3.connect(self.database)
        connection.create_function("todo_fold", 1, lambda text: text and text.lower(),
                                   deterministic=True)
        with connection:
            connection.execute("PRAGMA trusted_schema = ON")
            for statement in sql.split("; "):
                connection.execute(statement)
        connection.close()

    def test_ok_beside_the_service(self):
        self.with_tasks("One")
        self.assertIn("ok", self.command("verify").stdout)

    def test_ok_of_a_backup_leaves_nothing_behind(self):
        self.with_tasks("One").stop()
        self.command("backup", self.backup)
        before = self.files()
        bytes_before = self.backup.read_bytes()
        self.assertEqual(run("verify", self.backup).returncode, 0)
        self.assertEqual(self.files(), before)
        self.assertEqual(self.backup.read_bytes(), bytes_before)

    def test_missing_file(self):
        self.assertIn("there is no database", self.command("verify", status=1).stderr)

    def test_each_kind_of_finding(self):
        for sql, word in (
                ("UPDATE tally SET n = n + 1", "tally"),
                ("UPDATE due_tally SET n = n + 1", "due dates"),
                ("INSERT INTO calendar VALUES (1, 1" + ", 0" * 16 + ")", "days of the calendar"),
                ("UPDATE created_tally SET n = n + 1", "times of creation"),
                ("INSERT INTO completed_tally VALUES (1, 1)", "times of completion"),
                ("INSERT INTO dependent_tally VALUES (1, 1)", "tasks with dependencies"),
                ("UPDATE task SET sub_total = 5 WHERE id = 1", "subtasks are wrong"),
                ("UPDATE task SET dep_done = 1 WHERE id = 2", "dependencies are wrong"),
                ("UPDATE task SET description_fold = 'x' WHERE id = 1", "folded"),
                ("UPDATE task SET parent_id = 2 WHERE id = 3", "subtasks of subtasks"),
                ("INSERT INTO dependency VALUES (1, 1)", "depend on themselves"),
                ("UPDATE task SET recur_type = 1 WHERE id = 1", "without a due date"),
                ("UPDATE task SET completed_at = 5 WHERE id = 1", "its time disagree"),
                ("INSERT INTO touched (id) VALUES (1)", "not taken in"),
                ("INSERT INTO dependency VALUES (1, 77)", "references"),
                ("UPDATE task SET notes = 'unknown to the index' WHERE id = 1; DELETE FROM touched",
                 "does not agree")):
            with self.subTest(word):
                self.database.unlink(missing_ok=True)
                for suffix in ("-wal", "-shm"):
                    (self.folder / f"todo.db{suffix}").unlink(missing_ok=True)
                made = self.folder / "made.json"
                made.write_text('{"tasks": [{"id": 1, "description": "A"}, {"id": 2, '
                                '"description": "B", "parent_id": 1}, {"id": 3, '
                                '"description": "C"}]}', encoding="utf-8")
                self.command("import", made)
                self.assertEqual(self.command("verify").stderr, "")
                self.corrupt(sql)
                result = self.command("verify", status=2)
                self.assertIn(word, result.stdout)
                self.assertIn("not consistent", result.stderr)

    def test_damaged_pages(self):
        self.with_tasks("One").stop()
        self.damage(self.database)
        result = run("verify", "--database", self.database)
        self.assertEqual(result.returncode, 2)
        self.assertIn("damaged", result.stderr)


if __name__ == "__main__":
    unittest.main()
