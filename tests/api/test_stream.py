# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# `backup -` and `restore -`, the way in and out of a container without any other program; and which copies a
# backup leaves of a series.

import json
import os
import subprocess
import unittest

from program import END_TIMEOUT, ProgramTest, run
from support.stack import app_program, clean_environment


class StreamTest(ProgramTest):
    def command(self, verb, *operands, database=None, stdin=b""):
        return subprocess.run([str(app_program()), verb, *operands, "--database", str(database or self.database)],
                              capture_output=True, input=stdin, timeout=END_TIMEOUT, check=False,
                              env=clean_environment(None))

    def filled(self):
        """A database with one task, and no program on it."""
        app = self.start()
        self.ready(app)
        self.create(app, "Kept")
        app.stop()

    def tasks(self, database):
        result = self.command("export", database=database)
        self.assertEqual(result.returncode, 0, result.stderr)
        return [task["description"] for task in json.loads(result.stdout)["tasks"]]

    def left(self):
        return [path.name for path in self.folder.iterdir() if ".stream-" in path.name]

    def test_what_goes_out_comes_in_again(self):
        self.filled()
        out = self.command("backup", "-")
        self.assertEqual(out.returncode, 0, out.stderr)
        self.assertTrue(out.stdout.startswith(b"SQLite format 3\0"))
        self.assertIn(f"{len(out.stdout)} bytes", out.stderr.decode())
        other = self.folder / "other.db"
        back = self.command("restore", "-", database=other, stdin=out.stdout)
        self.assertEqual((back.returncode, back.stdout), (0, b""), back.stderr)
        self.assertEqual(self.tasks(other), ["Kept"])
        self.assertEqual(run("verify", other).returncode, 0)
        self.assertEqual(self.left(), [])

    def test_a_running_service_can_be_copied_and_not_replaced(self):
        app = self.start()
        self.ready(app)
        self.create(app, "Kept")
        out = self.command("backup", "-")
        self.assertEqual(out.returncode, 0, out.stderr)
        back = self.command("restore", "-", stdin=out.stdout)
        self.assertEqual(back.returncode, 1)
        self.assertIn(b"is in use; stop the service", back.stderr)
        self.assertEqual(self.left(), [])

    def test_the_former_database_is_kept_and_named(self):
        self.filled()
        out = self.command("backup", "-")
        back = self.command("restore", "-", stdin=out.stdout)
        self.assertEqual(back.returncode, 0, back.stderr)
        self.assertIn(b": the former database", back.stderr)
        self.assertEqual(len(list(self.folder.glob("todo.db.before-restore-*"))), 1)

    def test_half_a_copy_changes_nothing(self):
        self.filled()
        out = self.command("backup", "-")
        for data in (out.stdout[:len(out.stdout) // 2], b"", b"no database"):
            back = self.command("restore", "-", stdin=data)
            self.assertEqual(back.returncode, 1, back.stderr)
            self.assertTrue(back.stderr)
        self.assertEqual(self.tasks(self.database), ["Kept"])
        self.assertEqual(self.left(), [])

    def test_no_database_no_bytes(self):
        out = self.command("backup", "-", database=self.folder / "none.db")
        self.assertEqual((out.returncode, out.stdout), (1, b""))

    def test_a_closed_output_is_told(self):
        self.filled()
        with open("/dev/full", "wb") as full:
            result = subprocess.run([str(app_program()), "backup", "-", "--database", str(self.database)],
                                    stdout=full, stderr=subprocess.PIPE, timeout=END_TIMEOUT, check=False,
                                    env=clean_environment(None))
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"cannot write: No space left on device", result.stderr)
        self.assertEqual(self.left(), [])

    def test_a_folder_that_cannot_be_written_is_told(self):
        back = self.command("restore", "-", database=self.folder / "no/such/folder.db", stdin=b"x")
        self.assertEqual(back.returncode, 1)
        self.assertIn(b"cannot open", back.stderr)


class SeriesTest(ProgramTest):
    def setUp(self):
        super().setUp()
        app = self.start()
        self.ready(app)
        app.stop()
        self.copies = self.folder / "copies"
        self.copies.mkdir()

    def backup(self, name, keep):
        return run("backup", self.copies / name, "--database", self.database, "--backup-keep", keep)

    def old(self, name, age):
        path = self.copies / name
        path.write_bytes(b"old")
        os.utime(path, (1_000_000_000 - age, 1_000_000_000 - age))

    def names(self):
        return sorted(path.name for path in self.copies.iterdir())

    def test_the_oldest_of_the_series_go(self):
        for number in range(1, 6):
            self.old(f"nightly-{number}.db", age=number)
        self.assertEqual(self.backup("nightly-9.db", 3).returncode, 0)
        self.assertEqual(self.names(), ["nightly-1.db", "nightly-2.db", "nightly-9.db"])

    def test_one_copy_is_the_new_one(self):
        self.old("nightly-10.db", age=-1_000_000_000)
        self.assertEqual(self.backup("nightly-9.db", 1).returncode, 0)
        self.assertEqual(self.names(), ["nightly-9.db"])

    def test_other_names_stay(self):
        others = ["nightly-.db", "nightly-1.db.gz", "weekly-1.db", "2nightly-1.db", "nightly.db"]
        for name in others:
            self.old(name, age=1)
        (self.copies / "nightly-2.db").mkdir()
        (self.copies / "nightly-3.db").symlink_to("nightly.db")
        self.assertEqual(self.backup("nightly-9.db", 1).returncode, 0)
        self.assertEqual(self.names(), sorted([*others, "nightly-2.db", "nightly-3.db", "nightly-9.db"]))

    def test_without_the_key_or_a_number_all_stay(self):
        for number in range(1, 40):
            self.old(f"nightly-{number}.db", age=1)
        self.assertEqual(self.backup("nightly-99.db", 0).returncode, 0)
        self.assertEqual(self.backup("last.db", 1).returncode, 0)
        self.assertEqual(len(self.names()), 41)

    def test_a_failed_backup_removes_nothing(self):
        self.old("nightly-1.db", age=1)
        self.old("nightly-2.db", age=2)
        result = run("backup", self.copies / "nightly-9.db", "--database", self.folder / "none.db",
                     "--backup-keep", 1)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self.names(), ["nightly-1.db", "nightly-2.db"])


if __name__ == "__main__":
    unittest.main()
