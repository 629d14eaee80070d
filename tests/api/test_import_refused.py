# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /import: every rule broken on purpose. One bad record refuses all; each is named with its
# place and its reason, and the dry run reports the same.

import unittest

from importing import ImportTest, document, record

DONE = {"completed": True, "completed_at": "2026-01-02T00:00:00.000Z"}


class DocumentTest(ImportTest):
    def refused(self, made, *places):
        """Of the document itself: a dry run refuses it, too."""
        for query in ("", "?dry_run=true"):
            self.assert_faults(self.call("POST", f"/import{query}", made), *places)

    def test_not_an_object(self):
        for made in ([], "x", 3, None):
            self.refused(made if made is not None else False, "#")

    def test_no_tasks(self):
        self.refused({}, "#/tasks")
        self.refused({"tasks": {}}, "#/tasks")

    def test_another_format(self):
        self.refused({"format": "csv", "version": 1, "tasks": []}, "#/format")
        self.refused({"format": 3, "version": 1, "tasks": []}, "#/format")

    def test_another_version(self):
        for version in (2, "1", None):
            self.refused({"format": "todo-app-export", "version": version, "tasks": []}, "#/version")
        self.refused({"format": "todo-app-export", "tasks": []}, "#/version")
        self.refused({"format": "todo-app-phase3", "version": 4, "tasks": []}, "#/version")

    def test_unknown_member(self):
        self.refused(document() | {"colour/~": 1}, "#/colour~1~0")

    def test_next_task_id(self):
        for value in ("5", 0, -1, 1.5, 2**53):
            self.refused({"tasks": [], "next_task_id": value}, "#/next_task_id")

    def test_templates_of_another_type(self):
        self.refused({"tasks": [], "templates": 5}, "#/templates")

    def test_too_many_templates(self):
        rows = [{"name": f"T{n}", "description": "x"} for n in range(1001)]
        self.refused({"tasks": [], "templates": rows}, "#/templates")

    def test_all_faults_at_once(self):
        self.refused({"format": "x", "tasks": 1, "templates": 1, "more": 1},
                     "#/format", "#/tasks", "#/templates", "#/more")

    def test_unknown_parameter(self):
        self.assert_faults(self.call("POST", "/import?force=true", document(record(0))),
                           "parameter force", "#/tasks/0/id")

    def test_malformed(self):
        for raw in (b"", b"{", b'{"tasks": [], "tasks": []}', b'{"tasks": []} x', b"\xff"):
            self.assert_problem(self.call("POST", "/import", raw=raw), "malformed-json")

    def test_media_type(self):
        answer = self.call("POST", "/import", document(), content_type="text/plain")
        self.assert_problem(answer, "unsupported-media-type")


class RecordTest(ImportTest):
    """Types and values of single fields."""

    def test_not_an_object(self):
        self.assert_refused(document(7, None, [record(1)]), "#/tasks/0", "#/tasks/1", "#/tasks/2")

    def test_required(self):
        self.assert_refused(document({}), "#/tasks/0/id", "#/tasks/0/description")
        self.assert_refused(document({"id": None, "description": None}),
                            "#/tasks/0/id", "#/tasks/0/description")

    def test_unknown_field(self):
        self.assert_refused(document(record(1, colour="red", version=3)),
                            "#/tasks/0/colour", "#/tasks/0/version")

    def test_id(self):
        for value in (0, -1, "1", 1.5, True, 2**53, 2**53 - 1, 10**30):
            with self.subTest(value):
                self.assert_refused(document({"id": value, "description": "x"}), "#/tasks/0/id")

    def test_bad_values(self):
        for name, values in {
                "description": ("", "  ", 5, "x" * 1001, "a\nb", "a\u0000b"),
                "completed": (1, "true", []),
                "priority": ("urgent", "High", 1),
                "category": ("home", 2),
                "due_date": ("2026-02-30", "2026-1-1", 20260101, "1969-12-31", ""),
                "notes": (5, "x" * 20001, "\u0007"),
                "parent_id": ("1", 0, 1.5),
                "depends_on": (3, {}, [*range(2, 103)]),
                "recurring": ("weekly", 1, [], {}, {"interval": 2}),
                "next_id": ("1", 0),
                "archived": ("no", 0),
                "created_at": ("yesterday", 5, "2026-13-01 00:00:00", "2026-01-01 24:00:00",
                               "2026-01-01 00:60:00", "2026-01-01 00:00:60", "2026-01-01 00:00",
                               "2026-01-01T00:00:00", "2026-02-29 00:00:00"),
                "updated_at": ("now",), "completed_at": (1,)}.items():
            for value in values:
                with self.subTest(name, value=str(value)[:40]):
                    fields = {"completed": True} if name == "completed_at" else {}
                    self.assert_refused(
                        document({"id": 1, "description": "x", **fields, name: value}),
                        f"#/tasks/0/{name}")

    def test_recurring_members(self):
        for member, value in (("type", "yearly"), ("type", 1), ("interval", 0), ("interval", 1001),
                              ("interval", "1"), ("anchor", "2026-02-30"), ("anchor", 1),
                              ("index", -1), ("index", "0"), ("until", "2027-01-01")):
            with self.subTest(f"{member} {value}"):
                recurring = {"type": "daily", "interval": 1, "anchor": "2026-01-01", "index": 0}
                made = document(record(1, due_date="2026-01-01",
                                       recurring=recurring | {member: value}))
                self.assert_refused(made, f"#/tasks/0/recurring/{member}")

    def test_anchor_without_index(self):
        for half in ({"anchor": "2026-01-01"}, {"index": 0}):
            self.assert_refused(
                document(record(1, due_date="2026-01-01", recurring={"type": "daily", **half})),
                "#/tasks/0/recurring")

    def test_ids_of_depends_on(self):
        self.assert_refused(document(record(1, depends_on=["2", 0]), record(2)),
                            "#/tasks/0/depends_on/0", "#/tasks/0/depends_on/1")


class SetTest(ImportTest):
    """Rules that take more than one field or record."""

    def test_id_given_twice(self):
        self.assert_refused(document(record(1), record(2), record(1), record(1)),
                            "#/tasks/2/id", "#/tasks/3/id")

    def test_parent_missing(self):
        self.assert_refused(document(record(1, parent_id=9)), "#/tasks/0/parent_id")

    def test_parent_of_the_target_does_not_count(self):
        there = self.create("Here")["id"]
        self.assert_refused(document(record(there + 1, parent_id=there)), "#/tasks/0/parent_id")

    def test_own_parent(self):
        self.assert_refused(document(record(1, parent_id=1)), "#/tasks/0/parent_id")

    def test_three_levels(self):
        self.assert_refused(document(record(3, parent_id=2), record(2, parent_id=1), record(1)),
                            "#/tasks/0/parent_id")

    def test_dependency_missing(self):
        self.assert_refused(document(record(1, depends_on=[2, 9, 8]), record(2)),
                            "#/tasks/0/depends_on/1", "#/tasks/0/depends_on/2")

    def test_dependency_given_twice(self):
        self.assert_refused(document(record(1, depends_on=[2, 3, 2]), record(2), record(3)),
                            "#/tasks/0/depends_on/2")

    def test_self_dependency(self):
        self.assert_refused(document(record(1, depends_on=[1])), "#/tasks/0/depends_on/0")

    def test_cycle_is_named_once(self):
        problem, _ = self.assert_refused(
            document(record(4, depends_on=[5]), record(5, depends_on=[7]),
                     record(7, depends_on=[5, 9]), record(9)), "#/tasks/1/depends_on")
        self.assertIn("5, 7, 5", problem["errors"][0]["detail"])

    def test_two_cycles(self):
        self.assert_refused(
            document(record(1, depends_on=[2]), record(2, depends_on=[1]),
                     record(3, depends_on=[4]), record(4, depends_on=[3, 1])),
            "#/tasks/0/depends_on", "#/tasks/2/depends_on")

    def test_long_cycle_is_named_in_part(self):
        count = 1000
        tasks = [record(n, depends_on=[n % count + 1]) for n in range(1, count + 1)]
        problem, _ = self.assert_refused(document(*tasks), "#/tasks/0/depends_on")
        self.assertTrue(problem["errors"][0]["detail"].endswith("10, ..."), problem["errors"])

    def test_recurring_without_due_date(self):
        self.assert_refused(document(record(1, recurring={"type": "daily"})), "#/tasks/0/recurring")

    def test_due_date_that_is_no_occurrence(self):
        self.assert_refused(document(record(1, due_date="2026-03-01", recurring={
            "type": "monthly", "interval": 1, "anchor": "2026-01-31", "index": 1})),
                            "#/tasks/0/recurring")

    def test_open_task_with_completed_at(self):
        self.assert_refused(document(record(1, completed_at="2026-01-02T00:00:00.000Z")),
                            "#/tasks/0/completed_at")

    def test_archived_parent_takes_its_subtasks_along(self):
        self.assert_refused(
            document(record(1, archived=True, **DONE), record(2, parent_id=1)), "#/tasks/1/archived")
        self.clear()
        self.assertEqual(self.imported(document(
            record(1, archived=True, **DONE), record(2, parent_id=1, archived=True)))["imported"], 2)

    def test_own_next_instance(self):
        self.assert_refused(document(record(1, next_id=1)), "#/tasks/0/next_id")

    def test_every_fault_of_every_record(self):
        _, report = self.assert_refused(
            document(record(1), record(2, priority="x", due_date="x"), record(3, parent_id=4),
                     {"description": 5}),
            "#/tasks/1/priority", "#/tasks/1/due_date", "#/tasks/2/parent_id",
            "#/tasks/3/description", "#/tasks/3/id")
        self.assertEqual(report["refused_total"], 3)
        self.assertEqual([refused["id"] for refused in report["refused"]], [2, None, 3])

    def test_more_faults_than_are_told_are_counted(self):
        made = document(*(record(n, parent_id=9999) for n in range(1, 251)))
        answer = self.call("POST", "/import", made)
        problem = self.assert_problem(answer, "validation")
        self.assertEqual(len(problem["errors"]), 100)
        self.assertIn("250", problem["detail"])
        report = self.call("POST", "/import?dry_run=true", made).json
        self.assertEqual((report["refused_total"], len(report["refused"])), (250, 100))


class TemplateTest(ImportTest):
    def test_bad_templates(self):
        for row, place in (
                (5, ""), ({"description": "x"}, "/name"), ({"name": "x"}, "/description"),
                ({"name": "", "description": "x"}, "/name"),
                ({"name": "a/b", "description": "x"}, "/name"),
                ({"name": "x", "description": "x", "due_date": "2026-01-01"}, "/due_date"),
                ({"name": "x", "description": "x", "recurring": {
                    "type": "daily", "anchor": "2026-01-01", "index": 0}}, "/recurring"),
                ({"name": "x", "description": "x", "priority": "no"}, "/priority")):
            with self.subTest(str(row)):
                self.assert_refused(document(record(1), templates=[row]), f"#/templates/0{place}")

    def test_bad_templates_by_name(self):
        self.assert_refused({"tasks": [], "templates": {"a/b": {"description": "x"}}},
                            "#/templates/a~1b")
        self.assert_refused({"tasks": [], "templates": {"x": {}}}, "#/templates/x/description")

    def test_name_given_twice(self):
        rows = [{"name": name, "description": "x"} for name in ("One", "two", "ONE")]
        self.assert_refused(document(templates=rows), "#/templates/2")


if __name__ == "__main__":
    unittest.main()
