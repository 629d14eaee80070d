# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /import: what is stored, under which ids, and that a repetition stores nothing twice. What is
# refused is in test_import_refused.py.

import json
import unittest

from apitest import JSON, database_rows, request
from importing import ImportTest, document, record

REPORT = {"imported", "templates", "skipped", "renumbered", "ids", "refused_total", "refused"}


class EmptyTargetTest(ImportTest):
    def setUp(self):
        self.clear()

    def test_ids_are_kept(self):
        report = self.imported(document(record(7), record(3)))
        self.assertEqual(set(report), REPORT)
        self.assertEqual((report["imported"], report["renumbered"], report["ids"]), (2, 0, []))
        self.assertEqual([task["id"] for task in self.export()["tasks"]], [3, 7])

    def test_new_tasks_come_after(self):
        self.imported(document(record(100000), record(5)))
        self.assertGreater(self.create("Next")["id"], 100000)

    def test_the_id_of_a_next_instance_that_is_gone_is_not_given_again(self):
        self.imported(document(record(
            400000, completed=True, completed_at="2026-01-02T00:00:00.000Z", next_id=400009,
            due_date="2026-01-01", recurring={"type": "daily", "interval": 1})))
        self.assertGreater(self.create("Next")["id"], 400009)

    def test_the_counter_of_phase_iii_is_kept(self):
        self.imported({"tasks": [record(1)], "next_task_id": 300001})
        self.assertEqual(self.create("Next")["id"], 300001)

    def test_defaults(self):
        self.imported(document(record(1, "Bare")))
        task = self.read(1)
        self.assert_task(task, description="Bare", completed=False, priority="medium",
                         category="other", due_date=None, notes="", parent_id=None, depends_on=[],
                         recurring=None, archived=False, completed_at=None)

    def test_null_is_the_default(self):
        names = ("completed", "priority", "category", "due_date", "notes", "parent_id",
                 "depends_on", "recurring", "next_id", "archived", "created_at", "updated_at",
                 "completed_at")
        self.imported(document(record(1, "Bare", **dict.fromkeys(names))))
        self.assertEqual(self.read(1)["priority"], "medium")

    def test_fields_and_counters(self):
        self.imported(document(
            record(1, completed=True, completed_at="2026-01-02T03:04:05.006Z",
                   created_at="2026-01-01T00:00:00.000Z", updated_at="2026-01-03T00:00:00.000Z"),
            record(2, parent_id=1, depends_on=[3, 1], notes="x\ny", priority="low",
                   category="shopping", due_date="1970-01-01"),
            record(3, parent_id=1, completed=True, completed_at="2026-01-02T03:04:05.006Z")))
        parent, child = self.read(1), self.read(2)
        self.assert_task(parent, completed=True, completed_at="2026-01-02T03:04:05.006Z",
                         created_at="2026-01-01T00:00:00.000Z",
                         updated_at="2026-01-03T00:00:00.000Z",
                         subtasks={"total": 2, "completed": 1})
        self.assert_task(child, parent_id=1, depends_on=[1, 3], blocked=False, overdue=True,
                         dependencies={"total": 2, "completed": 2})
        self.assertEqual(self.listed("q=x"), [2])

    def test_counters_go_on(self):
        self.imported(document(record(1), record(2, parent_id=1, depends_on=[3]), record(3)))
        self.assertTrue(self.read(2)["blocked"])
        self.assert_status(self.call("POST", "/tasks/3/complete"), 200)
        self.assertFalse(self.read(2)["blocked"])
        self.assert_status(self.call("POST", "/tasks/2/complete"), 200)
        self.assertEqual(self.read(1)["subtasks"], {"total": 1, "completed": 1})

    def test_a_series_goes_on(self):
        self.imported(document(record(
            1, due_date="2026-02-28",
            recurring={"type": "monthly", "interval": 1, "anchor": "2026-01-31", "index": 1})))
        done = self.call("POST", "/tasks/1/complete").json
        self.assertEqual(done["next_task"]["due_date"], "2026-03-31")

    def test_a_next_instance_is_not_made_twice(self):
        self.imported(document(
            record(1, due_date="2026-01-01", recurring={"type": "daily"}, next_id=2),
            record(2, due_date="2026-01-02", recurring={
                "type": "daily", "interval": 1, "anchor": "2026-01-01", "index": 1})))
        self.assertIsNone(self.call("POST", "/tasks/1/complete").json["next_task"])

    def test_versions_of_deleted_tasks_do_not_come_again(self):
        self.imported(document(record(1, "One")))
        tags = {self.call("GET", "/tasks/1").headers["ETag"]}
        self.call("PATCH", "/tasks/1", {"description": "Two"})
        tags.add(self.call("GET", "/tasks/1").headers["ETag"])
        self.clear()
        self.imported(document(record(1, "Three")))
        self.assertNotIn(self.call("GET", "/tasks/1").headers["ETag"], tags)

    def test_an_empty_document(self):
        before = self.call("GET", "/changes?since=0&limit=200").json["next_since"]
        self.assertEqual(self.imported(document())["imported"], 0)
        self.assertEqual(self.call("GET", f"/changes?since={before}").json["changes"], [])

    def test_round_trip(self):
        self.imported(document(
            record(2, completed=True, archived=True, completed_at="2026-01-02T00:00:00.123Z",
                   due_date="2026-01-01", recurring={"type": "weekly", "interval": 2}, next_id=9,
                   created_at="2026-01-01T00:00:00.001Z", updated_at="2026-01-02T00:00:00.123Z"),
            record(9, "Umlaut ä, \U0001f600, \u2028", notes="\t\r\n", depends_on=[2, 4],
                   due_date="2026-01-15", recurring={
                       "type": "weekly", "interval": 2, "anchor": "2026-01-01", "index": 1}),
            record(4, parent_id=9), templates=[
                {"name": "Weekly", "description": "Report", "recurring": {"type": "weekly"}}]))
        before = self.call("GET", "/export").body
        self.clear()
        self.call("DELETE", "/templates/Weekly")
        answer = self.call("POST", "/import", raw=before)
        self.assertEqual(answer.json["imported"], 3)
        self.assertEqual(self.call("GET", "/export").body, before)

    def test_round_trip_of_archived_tasks_that_are_open(self):
        reopened, parent = self.create("Reopened"), self.create("Parent")
        self.create("Kept when its parent goes", parent_id=parent["id"])
        for task in (reopened, parent):
            self.call("POST", f"/tasks/{task['id']}/complete")
            self.call("POST", f"/tasks/{task['id']}/archive")
        self.call("POST", f"/tasks/{reopened['id']}/reopen")
        self.call("DELETE", f"/tasks/{parent['id']}?subtasks=keep")
        before = self.call("GET", "/export")
        self.assertEqual([(task["archived"], task["completed"], task["parent_id"])
                          for task in before.json["tasks"]], [(True, False, None)] * 2)
        self.clear()
        answer = self.call("POST", "/import", raw=before.body)
        self.assert_status(answer, 200)
        self.assertEqual(self.call("GET", "/export").body, before.body)


class OccupiedTargetTest(ImportTest):
    def setUp(self):
        self.first = self.create("Here before")["id"]

    def test_ids_and_links_are_renumbered(self):
        report = self.imported(document(
            record(1, "A"), record(2, "B", parent_id=1, depends_on=[5, 1]),
            record(5, "C", next_id=2, due_date="2026-01-01", recurring={"type": "daily"}),
            record(8, "D", next_id=77)))
        base = report["ids"][0]["becomes"]
        self.assertEqual(report["renumbered"], 4)
        self.assertEqual(report["ids"], [
            {"first": 1, "last": 2, "becomes": base}, {"first": 5, "last": 5, "becomes": base + 2},
            {"first": 8, "last": 8, "becomes": base + 3}])
        self.assertGreater(base, self.first)
        exported = {task["id"]: task for task in self.export()["tasks"]}
        self.assertEqual(exported[base + 1]["parent_id"], base)
        self.assertEqual(exported[base + 1]["depends_on"], [base, base + 2])
        self.assertEqual(exported[base + 2]["next_id"], base + 1)
        self.assertEqual(exported[base + 3]["next_id"], base + 4, "an id that no task has")
        self.assertGreater(self.create("Next")["id"], base + 4)

    def test_tasks_that_are_there_stay_as_they_are(self):
        task = self.read(self.first)
        self.imported(document(record(self.first, "Same id")))
        self.assert_unchanged(task)

    def test_one_change_undone_as_one(self):
        before = self.call("GET", "/export").body
        self.imported(document(record(1), record(2, parent_id=1, depends_on=[3]), record(3),
                               templates=[{"name": "Undone", "description": "x"}]))
        change = self.call("GET", "/undo").json
        self.assertEqual(change["action"], "import")
        self.assertEqual(len(change["task_ids"]), 3)
        self.assert_status(self.call("POST", "/undo"), 200)
        self.assertEqual(self.call("GET", "/export").body, before)

    def test_an_undone_import_can_be_done_again(self):
        made = document(record(1, "Undone"))
        self.imported(made)
        self.assert_status(self.call("POST", "/undo"), 200)
        self.assertEqual(self.imported(made)["imported"], 1)

    def test_a_repetition_stores_nothing(self):
        made = document(record(1, "Once"), record(2, "Twice", parent_id=1))
        self.assertEqual(self.imported(made)["imported"], 2)
        before = self.call("GET", "/export").body
        report = self.imported(made)
        self.assertEqual((report["imported"], report["skipped"], report["renumbered"]), (0, 2, 0))
        self.assertEqual(self.call("GET", "/export").body, before)

    def test_a_repetition_is_known_by_content(self):
        made = document(record(1, "By content"), record(2))
        self.imported(made)
        other = json.dumps(made, indent=3, sort_keys=True).encode()
        answer = self.call("POST", "/import", raw=other)
        self.assertEqual(answer.json["skipped"], 2)

    def test_a_repetition_after_edits_and_some_deletions_stores_nothing(self):
        report = self.imported(document(record(1, "Edited"), record(2, "Deleted")))
        base = report["ids"][0]["becomes"]
        self.call("PATCH", f"/tasks/{base}", {"description": "Edited here"})
        self.call("DELETE", f"/tasks/{base + 1}")
        report = self.imported(document(record(1, "Edited"), record(2, "Deleted")))
        self.assertEqual(report["imported"], 0)
        self.assertEqual(self.read(base)["description"], "Edited here")

    def test_a_document_with_other_content_is_another_document(self):
        self.imported(document(record(1, "Same")))
        self.assertEqual(self.imported(document(record(1, "Not the same")))["imported"], 1)

    def test_dry_run_says_the_same_and_changes_nothing(self):
        made = document(record(1, "Dry"), record(4, "Run"), templates=[
            {"name": "Dry", "description": "Run"}])
        before = database_rows(self.stack.database)
        dry = self.imported(made, "?dry_run=true")
        self.assertEqual(database_rows(self.stack.database), before)
        self.assertEqual(self.imported(made), dry)

    def test_idempotency_key(self):
        made, headers = document(record(1, "Keyed")), {"Idempotency-Key": "import-1"}
        first = self.call("POST", "/import", made, headers=headers)
        again = self.call("POST", "/import", made, headers=headers)
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assertEqual(first.body, again.body)
        self.assert_problem(self.call("POST", "/import", document(record(2)), headers=headers),
                            "idempotency-mismatch")


class TemplatesTest(ImportTest):
    def template(self, name, **fields):
        return {"name": name, "description": "Water plants", **fields}

    def test_templates_as_a_list_and_by_name(self):
        self.assertEqual(self.imported(document(templates=[self.template("List")]))["templates"], 1)
        by_name = {"by name": {"description": "Water plants", "priority": "high",
                               "category": "personal", "notes": "all", "recurring": {
                                   "type": "weekly", "interval": 2}}}
        self.assertEqual(self.imported({"tasks": [], "templates": by_name})["templates"], 1)
        found = {row["name"]: row for row in self.export()["templates"]}
        self.assertEqual(found["by name"]["recurring"], {"type": "weekly", "interval": 2})
        self.assertEqual(found["by name"]["priority"], "high")
        self.assertIn("List", found)

    def test_an_identical_template_is_skipped(self):
        self.imported(document(templates=[self.template("Same")]))
        report = self.imported(document(record(1, "Other"), templates=[self.template("Same")]))
        self.assertEqual((report["templates"], report["skipped"]), (0, 1))

    def test_another_template_of_the_name_refuses_all(self):
        self.imported(document(templates=[self.template("Taken")]))
        self.assert_refused(
            document(record(1), templates=[self.template("New"), self.template("TAKEN", notes="x")]),
            "#/templates/1")


class LimitTest(ImportTest):
    options = {"import_limit_bytes": 3000000}

    def padded(self, size):
        text = json.dumps(document()).encode()
        return text + b" " * (size - len(text))

    def test_longer_than_other_bodies(self):
        self.assert_status(self.call("POST", "/import", raw=self.padded(3000000)), 200)

    def test_413_beyond(self):
        self.assert_problem(self.call("POST", "/import", raw=self.padded(3000001)),
                            "payload-too-large")

    def test_other_paths_keep_their_limit(self):
        self.assert_problem(self.call("POST", "/tasks", raw=self.padded(2000000)),
                            "payload-too-large")

    def test_the_proxy_has_a_limit_of_its_own(self):
        answer = request(self.stack.port, "POST", "/api/v1/import", b" " * (64 * 1024 * 1024 + 1),
                         {"Content-Type": JSON})
        self.assertEqual(answer.status, 413)


if __name__ == "__main__":
    unittest.main()
