# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# From Phase III, II and I: the exporter against a stand-in of their storage module, its documents
# imported, and the local times that they hold.

import json
import pathlib
import tempfile
import unittest

from importing import ImportTest, record
from support import phase3


class ExporterTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="todo-")
        self.addCleanup(folder.cleanup)
        self.root = phase3.write_program(folder.name)
        self.output = self.root / "tasks.json"

    def exported(self, *arguments, root=None):
        result = phase3.export("--root", root or self.root, "-o", self.output, *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(self.output.read_text(encoding="utf-8"))

    def failed(self, *arguments):
        result = phase3.export("--root", self.root, "-o", self.output, *arguments)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        self.assertFalse(self.output.exists())
        return result.stderr

    def test_module(self):
        made = self.exported()
        self.assertEqual(made["format"], "todo-app-phase3")
        self.assertEqual([task["id"] for task in made["tasks"]], [1, 2, 4, 5])
        self.assertEqual(made["next_task_id"], 8)
        self.assertEqual(list(made["templates"]), ["weekly report"])

    def test_standard_output(self):
        result = phase3.export("--root", self.root)
        self.assertEqual(len(json.loads(result.stdout)["tasks"]), 4)
        self.assertIn("4 tasks", result.stderr)

    def test_after_the_program_has_run(self):
        made = self.exported("--run", "src.main", "--", "hand", "today")
        self.assertEqual(made["tasks"][-1]["description"], "Added by hand today")
        self.assertEqual(made["next_task_id"], 9)

    def test_a_program_that_breaks_does_not_lose_the_tasks(self):
        (self.root / "src/main.py").write_text("import src.storage\nraise RuntimeError('x')\n",
                                               encoding="utf-8")
        result = phase3.export("--root", self.root, "-o", self.output, "--run", "src.main")
        self.assertNotEqual(result.returncode, 0)
        self.assertEqual(len(json.loads(self.output.read_text(encoding="utf-8"))["tasks"]), 4)

    def test_saved_state_in_python_is_not_executed(self):
        state = self.root / "state.py"
        state.write_text(phase3.STORAGE + "\nimport os\nos._exit(3)\n", encoding="utf-8")
        self.assertEqual(len(self.exported("--state", state)["tasks"]), 4)

    def test_saved_state_in_json(self):
        state = self.root / "state.json"
        for names in (("_tasks", "_next_task_id", "_task_templates"),
                      ("tasks", "next_task_id", "templates")):
            values = ([{"id": 1, "description": "x"}], 2, {"t": {"description": "y"}})
            state.write_text(json.dumps(dict(zip(names, values))), encoding="utf-8")
            made = self.exported("--state", state)
            self.assertEqual((made["tasks"], made["next_task_id"], made["templates"]), values)

    def test_values_that_json_does_not_know(self):
        (self.root / "src/storage.py").write_text(
            "import datetime, enum\n"
            "class P(enum.Enum):\n    HIGH = 'high'\n"
            "_tasks = [{'id': 1, 'description': 'x', 'priority': P.HIGH, 'depends_on': {3, 2},\n"
            "  'due_date': datetime.date(2026, 1, 2),\n"
            "  'created_at': datetime.datetime(2026, 1, 2, 3, 4, 5)}]\n", encoding="utf-8")
        self.assertEqual(self.exported()["tasks"], [{
            "id": 1, "description": "x", "priority": "high", "depends_on": [2, 3],
            "due_date": "2026-01-02", "created_at": "2026-01-02 03:04:05"}])

    def test_failures_are_explained(self):
        for storage, word in (
                ("x = 1\n", "_tasks"), ("_tasks = {}\n", "list"),
                ("_tasks = []\n_task_templates = []\n_task_templates.append(1)\n", "dictionary"),
                ("_tasks = [{'id': object()}]\n", "_tasks[0].id"),
                ("_tasks = [{'description': '\\ud800'}]\n", "_tasks[0].description"),
                ("_tasks = [{'id': float('nan')}]\n", "Out of range")):
            with self.subTest(storage):
                (self.root / "src/storage.py").write_text(storage, encoding="utf-8")
                self.assertIn(word, self.failed())
        self.assertIn("nosuch", self.failed("--module", "src.nosuch"))
        self.assertIn("none.json", self.failed("--state", self.root / "none.json"))
        (self.root / "state.txt").write_text("no: [python", encoding="utf-8")
        self.assertIn("neither", self.failed("--state", self.root / "state.txt"))
        (self.root / "state.txt").write_text("[1, 2]", encoding="utf-8")
        self.assertIn("_tasks", self.failed("--state", self.root / "state.txt"))


class Phase3Test(ImportTest):
    options = {"time_zone": "Europe/Berlin"}

    def setUp(self):
        self.clear()

    def phase3_document(self):
        with tempfile.TemporaryDirectory(prefix="todo-") as folder:
            root = phase3.write_program(folder)
            phase3.export("--root", root, "-o", pathlib.Path(folder, "out.json"))
            return json.loads(pathlib.Path(folder, "out.json").read_text(encoding="utf-8"))

    def test_everything_arrives(self):
        report = self.imported(self.phase3_document())
        self.assertEqual((report["imported"], report["renumbered"]), (4, 0))
        self.assert_task(self.read(1), description="Plan the move", notes="Boxes\nVan",
                         priority="high", category="personal", due_date="2025-12-31",
                         subtasks={"total": 1, "completed": 1},
                         created_at="2025-07-01T06:00:00.000Z",
                         updated_at="2025-07-01T06:00:00.000Z")
        self.assert_task(self.read(2), parent_id=1, completed=True,
                         completed_at="2025-07-02T07:30:00.000Z",
                         updated_at="2025-07-02T07:30:00.000Z")
        self.assert_task(self.read(4), depends_on=[1, 2], blocked=True,
                         recurring={"type": "monthly", "interval": 1})
        self.assert_task(self.read(5), archived=True)
        self.assertIn("weekly report", [row["name"] for row in self.export()["templates"]])
        self.assertGreaterEqual(self.create("Next")["id"], 8)

    def test_a_month_end_keeps_its_day(self):
        self.imported(self.phase3_document())
        for number in (1, 4):
            done = self.call("POST", f"/tasks/{number}/complete").json
        self.assertEqual(done["next_task"]["due_date"], "2025-09-30")
        done = self.call("POST", f"/tasks/{done['next_task']['id']}/complete").json
        self.assertEqual(done["next_task"]["due_date"], "2025-10-31")

    def test_again_stores_nothing(self):
        self.imported(self.phase3_document())
        self.assertEqual(self.imported(self.phase3_document())["imported"], 0)
        self.assertEqual(self.total(), 4)

    def test_phase_ii(self):
        self.imported({"tasks": [{
            "id": 3, "description": "Two", "completed": True, "created_at": "2025-01-01 10:00:00",
            "priority": "low", "category": "work"}]})
        self.assert_task(self.read(3), completed=True, priority="low", category="work",
                         completed_at="2025-01-01T09:00:00.000Z", due_date=None)

    def test_phase_i(self):
        self.imported({"tasks": [{"id": 2, "description": "One", "completed": False}]})
        self.assert_task(self.read(2), completed=False, priority="medium", category="other")

    def test_without_a_format(self):
        made = self.phase3_document()
        del made["format"], made["version"]
        self.assertEqual(self.imported(made)["imported"], 4)

    def test_local_times(self):
        """In summer, in winter, in the hour that was skipped, in the one that came twice."""
        for local, utc in (("2025-07-01 12:00:00", "2025-07-01T10:00:00.000Z"),
                           ("2025-01-01 12:00:00", "2025-01-01T11:00:00.000Z"),
                           ("2025-03-30 01:59:59", "2025-03-30T00:59:59.000Z"),
                           ("2025-03-30 02:30:00", "2025-03-30T01:30:00.000Z"),
                           ("2025-03-30 03:00:00", "2025-03-30T01:00:00.000Z"),
                           ("2025-10-26 02:30:00", "2025-10-26T00:30:00.000Z"),
                           ("2025-10-26 03:00:00", "2025-10-26T02:00:00.000Z")):
            with self.subTest(local):
                self.clear()
                self.imported({"tasks": [record(1, created_at=local)]})
                self.assertEqual(self.read(1)["created_at"], utc)

    def test_instants_with_an_offset(self):
        self.imported({"tasks": [record(1, created_at="2025-01-01T12:00:00.5+05:30")]})
        self.assertEqual(self.read(1)["created_at"], "2025-01-01T06:30:00.500Z")


if __name__ == "__main__":
    unittest.main()
