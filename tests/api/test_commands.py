# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The commands import and export. backup, restore and verify are in test_backup.py.

import json
import stat
import subprocess
import unittest

from importing import document, record
from program import ProgramTest, run
from support.stack import app_program, clean_environment


class CommandsTest(ProgramTest):
    def file(self, made, name="in.json"):
        path = self.folder / name
        path.write_text(made if isinstance(made, str) else json.dumps(made), encoding="utf-8")
        return path

    def command(self, *words, status=0):
        result = run(*words, "--database", self.database)
        self.assertEqual(result.returncode, status, result.stderr + result.stdout)
        for mark in ("Sanitizer", "runtime error:"):
            self.assertNotIn(mark, result.stderr)
        return result

    def exported(self):
        return json.loads(self.command("export").stdout)["tasks"]


class ImportCommandTest(CommandsTest):
    def test_into_a_new_database(self):
        result = self.command("import", self.file(document(record(3), record(5))))
        self.assertEqual(json.loads(result.stdout)["imported"], 2)
        self.assertEqual([task["id"] for task in self.exported()], [3, 5])

    def test_beside_the_service(self):
        app = self.start()
        number = self.create(app, "Before")
        self.command("import", self.file(document(record(1, "Imported"))))
        self.assertEqual(self.descriptions(app), ["Before", "Imported"])
        self.assertGreater(self.create(app, "After"), number + 1)
        app.stop()

    def test_dry_run(self):
        result = self.command("import", self.file(document(record(1))), "--dry-run")
        self.assertEqual(json.loads(result.stdout)["imported"], 1)
        self.assertEqual(self.exported(), [])

    def test_again_stores_nothing(self):
        path = self.file(document(record(1), record(2)))
        self.command("import", path)
        self.assertEqual(json.loads(self.command("import", path).stdout)["skipped"], 2)
        self.assertEqual(len(self.exported()), 2)

    def test_standard_input(self):
        ran = subprocess.run([str(app_program()), "import", "-", "--database", str(self.database)],
                             input=json.dumps(document(record(1))), capture_output=True, text=True,
                             env=clean_environment(None), check=False, timeout=60)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(len(self.exported()), 1)

    def test_refused_document(self):
        path = self.file(document(record(1), record(2, parent_id=9, due_date="2026-02-30")))
        for words in ((), ("--dry-run",)):
            result = self.command("import", path, *words, status=2)
            self.assertIn("#/tasks/1/parent_id: ", result.stderr)
            self.assertIn("#/tasks/1/due_date: ", result.stderr)
            self.assertIn("2 faults; nothing was imported", result.stderr)
            self.assertEqual(json.loads(result.stdout)["refused"][0]["id"], 2)
        self.assertFalse(self.database.exists())

    def test_refused_template(self):
        template = {"name": "T", "description": "one"}
        self.command("import", self.file(document(record(1), templates=[template])))
        path = self.file(document(record(2), templates=[template | {"description": "two"}]))
        self.assertIn("#/templates/0: ", self.command("import", path, status=2).stderr)
        self.assertEqual(len(self.exported()), 1)

    def test_many_faults(self):
        path = self.file(document(*(record(n, priority=1) for n in range(1, 151))))
        result = self.command("import", path, status=2)
        self.assertIn("and 50 more", result.stderr)
        self.assertIn("150 faults", result.stderr)

    def test_malformed(self):
        for text, place in (('{"tasks": [}', "line 1, column 12"), ("", "line 1"),
                            ('{"tasks": [], "tasks": []}', "duplicate")):
            with self.subTest(text):
                self.assertIn(place, self.command("import", self.file(text), status=1).stderr)

    def test_missing_file(self):
        self.assertIn("none.json", self.command("import", self.folder / "none.json", status=1).stderr)

    def test_report_that_cannot_be_written(self):
        path = self.file(document(record(1)))
        for words, told in ((("--dry-run",), False), ((), True)):
            with open("/dev/full", "wb") as full:
                ran = subprocess.run([str(app_program()), "import", path, *words, "--database",
                                      str(self.database)], stdout=full, stderr=subprocess.PIPE,
                                     text=True, check=False, env=clean_environment(None),
                                     timeout=60)
            self.assertEqual(ran.returncode, 1)
            self.assertIn("standard output", ran.stderr)
            self.assertEqual("the import is done" in ran.stderr, told)
        self.assertEqual(len(self.exported()), 1)

    def test_a_database_that_cannot_be_used(self):
        self.database.write_text("no database" * 100, encoding="utf-8")
        self.command("import", self.file(document(record(1))), status=1)


class ExportCommandTest(CommandsTest):
    def test_to_a_file_for_its_owner(self):
        self.command("import", self.file(document(record(1))))
        path = self.folder / "out.json"
        self.assertEqual(self.command("export", path).stdout, "")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(path.read_text(encoding="utf-8"), self.command("export").stdout)
        self.assertEqual(self.command("export", "-").stdout, self.command("export").stdout)

    def test_round_trip(self):
        made = document(*(record(n, f"Task {n} ä", depends_on=[n - 1] if n > 1 else [],
                                 parent_id=1 if n % 7 == 0 else None) for n in range(1, 1501)),
                        templates=[{"name": "T", "description": "x"}])
        self.command("import", self.file(made))
        first = self.command("export").stdout
        self.database = self.folder / "second.db"
        self.command("import", self.file(first))
        self.assertEqual(self.command("export").stdout, first)
        self.assertEqual(self.command("verify").stderr, "")

    def test_of_a_running_service(self):
        app = self.start()
        self.create(app, "One")
        self.assertEqual(len(self.exported()), 1)
        app.stop()

    def test_without_a_database(self):
        self.assertIn("there is no database", self.command("export", status=1).stderr)
        self.assertFalse(self.database.exists())

    def test_where_nothing_can_be_written(self):
        self.command("import", self.file(document(record(1))))
        with open("/dev/full", "wb") as full:
            ran = subprocess.run([str(app_program()), "export", "--database", str(self.database)],
                                 stdout=full, stderr=subprocess.PIPE, text=True, check=False,
                                 env=clean_environment(None), timeout=60)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("standard output", ran.stderr)
        path = self.folder / "none" / "out.json"
        self.assertIn("out.json", self.command("export", path, status=1).stderr)


class WordsTest(CommandsTest):
    def test_refused_command_lines(self):
        for words, part in ((["import"], "needs the name of a file"),
                            (["backup"], "needs the name of a file"),
                            (["restore"], "needs the name of a file"),
                            (["import", "a", "b"], '"b"'), (["verify", "a", "b"], '"b"'),
                            (["import", "a", "--check-config"], "only one command"),
                            (["export", "--dry-run"], "--dry-run"), (["--dry-run"], "--dry-run"),
                            (["--dry-run=1"], "--dry-run"), (["delete"], '"delete"'),
                            (["-x"], '"-x"')):
            with self.subTest(" ".join(words)):
                self.assertIn(part, self.command(*words, status=1).stderr)

    def test_help_names_every_command(self):
        text = run("--help").stdout
        for word in ("import FILE", "export [FILE]", "backup FILE", "restore FILE", "verify [FILE]",
                     "--dry-run", "Exit status"):
            self.assertIn(word, text)

    def test_unknown_time_zone(self):
        result = run("verify", "--time-zone", "Nowhere/None", "--database", self.database)
        self.assertEqual(result.returncode, 1)
        self.assertIn("Nowhere/None", result.stderr)


if __name__ == "__main__":
    unittest.main()
