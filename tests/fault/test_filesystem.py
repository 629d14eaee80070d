# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The file system under the database: full and with room again under load, read-only and writable
# again. On a small tmpfs, which needs root.

import collections
import contextlib
import os
import pathlib
import subprocess
import tempfile
import unittest

from faulttest import FaultTest, needs_root, pick, rows, wait_until
from ledger import STATE_SQL, TEMPLATE, Writer, state

SIZE = pick("6m", "40m")  # the tasks that the writers keep must not fill it alone
WRITERS = 4
TURNS = pick(3, 20)
REFUSALS = 20  # that each turn waits for


@needs_root
class FileSystemTest(FaultTest):
    def setUp(self):
        super().setUp()
        self.mounted = pathlib.Path(tempfile.mkdtemp(prefix="todo-small-"))
        self.addCleanup(os.rmdir, self.mounted)
        if self.mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs") != 0:
            raise unittest.SkipTest("a small file system cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.mounted], check=True)
        self.database = self.mounted / "todo.db"
        self.refused = collections.Counter()

    def mount(self, *options):
        return subprocess.run(["mount", *options, self.mounted], capture_output=True,
                              check=False).returncode

    def run_app(self):
        app = self.start("--wal-limit-bytes", "1MiB")
        app.allow_errors = True
        self.ready(app)
        return app

    def fill(self):
        with open(self.mounted / "ballast", "ab", buffering=0) as ballast:
            for size in (65536, 4096, 1):
                with contextlib.suppress(OSError):
                    while ballast.write(b"x" * size):
                        pass

    def writers(self, app, statuses):
        def call(*arguments, **headers):
            answer = self.call(app, *arguments, **headers)
            if answer is not None and answer.status >= 300:
                self.assert_problem_without_internals(answer, statuses)
                self.refused[answer.status] += 1
            return answer

        return [Writer(f"{number}", call, number, refused=statuses) for number in range(WRITERS)]

    def test_full_and_back_under_load(self):
        app = self.run_app()
        self.ok(app, "POST", "/templates", {"name": TEMPLATE, "description": "From a template"})
        writers = self.writers(app, (507,))
        for writer in writers:
            writer.start()
        for _ in range(TURNS):
            before = self.refused[507]
            self.fill()
            wait_until(lambda: self.refused[507] >= before + REFUSALS, "the disk is full")
            self.assertEqual(self.get(app, "/api/v1/tasks").status, 200, "reads go on")
            self.assertEqual(self.get(app, "/ready").status, 503)
            written = sum(writer.acknowledged for writer in writers)
            (self.mounted / "ballast").unlink()
            wait_until(lambda: sum(writer.acknowledged for writer in writers) > written or
                       any(writer.error for writer in writers), "writes go on")
        for writer in writers:
            writer.stop()
        self.check_ledger(writers)
        self.make_room(app)
        self.check_serves(app)
        self.check_clean_end(app)

    def make_room(self, app):
        """The writers may have filled the file system by what they kept."""
        for task in self.ok(app, "GET", "/tasks?limit=50")["tasks"]:
            self.call(app, "DELETE", f"/tasks/{task['id']}")

    def check_ledger(self, writers):
        found = state(rows(self.database, STATE_SQL))
        for writer in writers:
            self.assertIsNone(writer.error, writer.error)
            self.assertIsNone(writer.settle(found))

    def remount(self, how):
        """False while a file is open for writing."""
        return self.mount("-o", f"remount,{how}") == 0

    def test_read_only_from_the_start(self):
        """Refused with a message; when the file system is writable again, the start works."""
        app = self.run_app()
        self.ok(app, "POST", "/tasks", {"description": "kept"})
        app.stop()
        self.assertTrue(self.remount("ro"))
        text = self.start_refused(name="refused")
        self.assertIn(str(self.mounted), text)
        self.assertIn("ead-only file system", text)
        self.assertTrue(self.remount("rw"))
        app = self.run_app()
        self.assertEqual(self.descriptions(app), ["kept"])
        self.check_serves(app)
        self.check_clean_end(app)


if __name__ == "__main__":
    unittest.main()
