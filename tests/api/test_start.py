# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Starting: sockets that are in use, stale or no sockets; databases that are newer, foreign or
# damaged. Each refusal says what is wrong and leaves everything as it was. How threads run.

import os
import socket
import sqlite3
import stat
import unittest

from program import ProgramTest


class ThreadsTest(ProgramTest):
    def test_threads_take_no_processor_from_who_wakes_them(self):
        """The policy, not what it gains: that is measured in the benchmark."""
        app = self.start()
        self.ready(app)
        self.create(app, "written")
        threads = [int(name) for name in os.listdir(f"/proc/{app.process.pid}/task")]
        self.assertGreater(len(threads), 2)
        self.assertEqual({os.sched_getscheduler(thread) for thread in threads}, {os.SCHED_BATCH})
        app.stop()


class SocketTest(ProgramTest):
    def test_second_program_is_refused_and_the_first_unharmed(self):
        first = self.start()
        self.ready(first)
        self.create(first, "before")
        for attempt in range(2):
            text = self.start_refused(name="todo-app")
            self.assertIn(str(first.socket), text)
            first.process.check_alive()
            self.create(first, f"after {attempt}")
        self.assertEqual(self.descriptions(first), ["before", "after 0", "after 1"])
        first.process.stop(15)

    def test_second_program_on_another_database_is_refused_too(self):
        first = self.start()
        self.start_refused(name="todo-app", database=self.folder / "other.db")
        self.ready(first)
        first.process.stop(15)

    def test_stale_socket_is_replaced(self):
        path = self.folder / "todo-app.sock"
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(str(path))
        self.assertTrue(path.is_socket())
        app = self.start()
        self.ready(app)
        app.stop()

    def test_socket_left_by_a_killed_program_is_replaced(self):
        first = self.start()
        first.process.kill()
        self.assertTrue(first.socket.is_socket())
        second = self.start()
        self.ready(second)
        second.stop()

    def test_socket_is_removed_at_the_end(self):
        app = self.start()
        app.stop()
        self.assertFalse(app.socket.exists())

    def test_other_things_at_the_path_are_left_alone(self):
        path = self.folder / "refused.sock"
        path.write_text("precious", encoding="ascii")
        self.assertIn("refused.sock", self.start_refused())
        self.assertEqual(path.read_text(encoding="ascii"), "precious")
        path.unlink()
        path.mkdir()
        self.assertIn("refused.sock", self.start_refused())
        self.assertTrue(path.is_dir())

    def test_socket_for_the_group_only(self):
        app = self.start()
        self.assertEqual(stat.S_IMODE(os.stat(app.socket).st_mode), 0o660)
        app.stop()

    def test_database_for_nobody_else(self):
        self.start()
        for name in ("todo.db", "todo.db-wal", "todo.db-shm"):
            self.assertEqual((self.folder / name).stat().st_mode & 0o027, 0, name)

    def test_path_that_is_too_long(self):
        self.start_refused("--socket", self.folder / ("x" * 200))

    def test_missing_folder(self):
        self.assertIn("nowhere", self.start_refused("--socket", self.folder / "nowhere/x.sock"))


class DatabaseTest(ProgramTest):
    def made(self):
        """A database with a task in it, its program stopped."""
        app = self.start()
        self.create(app, "kept")
        app.stop()

    def execute(self, statement):
        connection = sqlite3.connect(self.database)
        try:
            value = connection.execute(statement).fetchone()
            connection.commit()
        finally:
            connection.close()
        return value

    def refused_unchanged(self, *words):
        before = self.database.read_bytes()
        text = self.start_refused()
        self.assertIn(str(self.database), text)
        for word in words:
            self.assertIn(str(word), text)
        self.assertEqual(self.database.read_bytes(), before)

    def test_restart_keeps_everything(self):
        self.made()
        app = self.start()
        self.assertEqual(self.descriptions(app), ["kept"])
        self.create(app, "and more")
        app.stop()
        app = self.start()
        self.assertEqual(self.descriptions(app), ["kept", "and more"])
        app.stop()

    def test_newer_schema(self):
        self.made()
        version, = self.execute("PRAGMA user_version")
        self.execute(f"PRAGMA user_version = {version + 1}")
        self.refused_unchanged(version + 1, version)
        self.execute(f"PRAGMA user_version = {version}")
        self.assertEqual(self.descriptions(self.start()), ["kept"])

    def test_database_of_another_application(self):
        self.execute("CREATE TABLE precious (x)")
        self.execute("PRAGMA application_id = 1234567")
        self.refused_unchanged()

    def test_database_of_no_application_with_tables_in_it(self):
        self.execute("CREATE TABLE precious (x)")
        self.refused_unchanged()

    def test_not_a_database(self):
        self.database.write_bytes(b"This is a letter, not a database.\n" * 200)
        self.refused_unchanged()

    def test_damaged_page(self):
        self.made()
        size, = self.execute("PRAGMA page_size")
        root, = self.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'task'")
        with open(self.database, "r+b") as file:
            file.seek(size * (root - 1))
            file.write(b"\xa5" * size)
        self.refused_unchanged()

    def test_cut_off_file(self):
        self.made()
        os.truncate(self.database, self.database.stat().st_size // 2)
        self.refused_unchanged()

    def test_damaged_head(self):
        self.made()
        with open(self.database, "r+b") as file:
            file.write(b"\0" * 100)
        self.refused_unchanged()

    def test_empty_file_becomes_a_database(self):
        self.database.touch()
        app = self.start()
        self.create(app, "first")
        app.stop()

    def test_missing_folder(self):
        path = self.folder / "nowhere/todo.db"
        self.assertIn("nowhere", self.start_refused(database=path))

    def test_folder_in_place_of_the_file(self):
        self.database.mkdir()
        self.assertIn("todo.db", self.start_refused())


if __name__ == "__main__":
    unittest.main()
