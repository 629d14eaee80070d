# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# A damaged database. Before the start: the program refuses, changes nothing, and says what to do; a
# copy brings the data back. While it runs: the documented 5xx, no crash. And a log (WAL) whose end
# is damaged or missing: what was committed before it is there.

import os
import shutil
import sqlite3
import subprocess
import unittest

from faulttest import API, FaultTest, fastcgi, rows, to_json
from support.stack import app_program, clean_environment

HEADER_BYTES = 100
JUNK = b"\xa5"


class DamageTest(FaultTest):
    def made(self, count=40):
        """A database with tasks in it and a copy of it; the program is stopped."""
        app = self.start()
        for number in range(count):
            self.create(app, f"task {number}", "n" * 1000)
        self.command("backup", self.folder / "copy.db")
        app.stop()
        connection = sqlite3.connect(self.database)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()
        return self.tasks()

    def command(self, *words, status=0):
        done = subprocess.run(
            [str(app_program()), *map(str, words), "--database", str(self.database)],
            capture_output=True, text=True, timeout=60, check=False, env=clean_environment())
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def overwrite(self, offset, data):
        with open(self.database, "r+b") as file:
            file.seek(offset)
            file.write(data)

    def root_page(self, table):
        return rows(self.database, f"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'")[0][0]

    def page_size(self):
        return rows(self.database, "PRAGMA page_size")[0][0]

    def check_refused_and_restored(self, kept):
        """The message names the file and the way out; and that way works."""
        before = self.database.read_bytes()
        text = self.start_refused()
        self.assertIn(str(self.database), text)
        self.assertIn("restore", text)
        self.assertEqual(self.database.read_bytes(), before, "evidence is not touched")
        self.command("restore", self.folder / "copy.db")
        self.check_sound()
        self.assertEqual(self.tasks(), kept)
        app = self.start()
        self.check_serves(app)
        self.check_clean_end(app)

    def test_header(self):
        kept = self.made()
        self.overwrite(0, bytes(HEADER_BYTES))
        self.check_refused_and_restored(kept)

    def test_page_of_the_tasks(self):
        kept = self.made()
        size = self.page_size()
        self.overwrite(size * (self.root_page("task") - 1), JUNK * size)
        self.check_refused_and_restored(kept)

    def test_page_of_the_schema(self):
        kept = self.made()
        self.overwrite(HEADER_BYTES, JUNK * (self.page_size() - HEADER_BYTES))
        self.check_refused_and_restored(kept)

    def test_cut_off(self):
        kept = self.made()
        os.truncate(self.database, self.database.stat().st_size // 2)
        self.check_refused_and_restored(kept)

    def test_verify_finds_each_damaged_page(self):
        """Every page in turn: verify does not take the file for a good one, unless the page is a
        free one and nothing is missing."""
        kept = self.made(10)
        found = 0
        size = self.page_size()
        good = self.database.read_bytes()
        for page in range(1, len(good) // size):
            self.database.write_bytes(good[:page * size] + JUNK * size + good[(page + 1) * size:])
            done = subprocess.run([str(app_program()), "verify", "--database", str(self.database)],
                                  capture_output=True, timeout=60, check=False,
                                  env=clean_environment())
            self.assertIn(done.returncode, (0, 1, 2), f"page {page + 1}: {done}")
            if done.returncode == 0:
                self.assertEqual(self.tasks(), kept, f"page {page + 1}")
            found += done.returncode != 0
        self.assertGreater(found, 20)

    # --- The log ----------------------------------------------------------------------------------

    def killed(self, count=20):
        """Tasks in the log only; the program was killed. Their number, the log's path."""
        app = self.start()
        for number in range(count):
            self.create(app, f"logged {number}")
        app.process.kill()
        return self.folder / "todo.db-wal"

    def logged(self):
        app = self.start()
        self.check_serves(app)
        found = self.descriptions(app)
        self.check_clean_end(app)
        return found

    def check_prefix(self, found, count=20):
        """The first so many, whole and in order."""
        self.assertEqual(found, [f"logged {number}" for number in range(len(found))])
        self.assertLess(len(found), count)

    def test_log_cut_off(self):
        log = self.killed()
        os.truncate(log, log.stat().st_size * 2 // 3)
        self.check_prefix(self.logged())

    def test_log_with_a_damaged_frame(self):
        log = self.killed()
        with open(log, "r+b") as file:
            file.seek(log.stat().st_size * 2 // 3)
            file.write(JUNK * 512)
        self.check_prefix(self.logged())

    def test_log_with_a_damaged_header(self):
        log = self.killed()
        with open(log, "r+b") as file:
            file.write(JUNK * 32)
        self.check_prefix(self.logged())

    def test_shared_memory_file_is_only_an_index(self):
        self.killed()
        (self.folder / "todo.db-shm").write_bytes(JUNK * 32768)
        self.assertEqual(self.logged(), [f"logged {number}" for number in range(20)])

    # --- While it runs ----------------------------------------------------------------------------

    def test_damage_while_it_runs(self):
        kept = self.made(400)
        size = self.page_size()
        root = self.root_page("task")
        app = self.start()
        app.allow_errors = True
        self.ready(app)
        good = self.folder / "good.db"
        shutil.copyfile(self.database, good)
        self.overwrite(size * (root - 1), JUNK * size)
        for page in range(root, root + 200):
            if (page + 1) * size <= self.database.stat().st_size:
                self.overwrite(size * page, JUNK * size)
        statuses = set()
        for method, path, body in (("GET", "/tasks?limit=200", None), ("GET", "/tasks/1", None),
                                   ("GET", "/stats", None), ("GET", "/export", None),
                                   ("POST", "/tasks", {"description": "x"}),
                                   ("PATCH", "/tasks/7", {"notes": "y"}),
                                   ("DELETE", "/tasks/9", None), ("POST", "/undo", {})):
            data = None if body is None else to_json(body)
            answer = self.request(app, method, path, data)
            app.process.check_alive()
            if answer is not None:
                statuses.add(answer.status)
                if answer.status >= 300:
                    self.assert_problem_without_internals(answer, (500, 503))
        self.assertTrue(statuses & {500, 503}, statuses)
        self.assertEqual(self.get(app, "/health").status, 200)
        self.assertEqual(self.get(app, "/health").json["components"]["database"], "degraded")
        app.process.kill()
        self.command("restore", self.folder / "copy.db")
        self.assertEqual(self.tasks(), kept)
        self.check_sound()

    def request(self, app, method, path, data):
        """Also an answer that was cut short."""
        return fastcgi.request(app.socket, method, API + path, data)


if __name__ == "__main__":
    unittest.main()
