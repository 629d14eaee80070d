# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /export: everything in one document that time alone does not change.

import re
import unittest

from apitest import ApiTest, TASK_FIELDS

EXPORTED = (TASK_FIELDS | {"next_id"}) - {
    "version", "overdue", "days_overdue", "blocked", "subtasks", "dependencies"}


class ExportTest(ApiTest):
    fresh = True

    def export(self):
        answer = self.call("GET", "/export")
        self.assert_status(answer, 200)
        return answer

    def test_01_empty(self):
        self.assertEqual(self.export().json, {
            "format": "todo-app-export", "version": 1, "tasks": [], "templates": []})

    def test_02_headers(self):
        answer = self.export()
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertRegex(answer.headers["Content-Disposition"],
                         r'^attachment; filename="todo-app-export-\d{8}T\d{6}Z\.json"$')

    def test_03_head(self):
        answer = self.call("HEAD", "/export")
        self.assert_status(answer, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/json")

    def test_04_other_method(self):
        answer = self.call("POST", "/export", {})
        self.assert_problem(answer, "method-not-allowed")
        self.assertEqual(answer.headers["Allow"], "GET, HEAD, OPTIONS")

    def test_05_unknown_parameter(self):
        self.assert_faults(self.call("GET", "/export?limit=3"), "parameter limit")

    def test_every_stored_field_in_order_of_ids(self):
        first = self.create("First “one” \u202etest", notes="a\nb\t", priority="high", category="work",
                            due_date="2026-01-31", recurring={"type": "monthly", "interval": 1})
        second = self.create("Second", parent_id=first["id"], depends_on=[first["id"]])
        done = self.call("POST", f"/tasks/{first['id']}/complete").json
        tasks = self.export().json["tasks"]
        self.assertEqual([task["id"] for task in tasks], sorted(task["id"] for task in tasks))
        for task in tasks:
            self.assertEqual(set(task), EXPORTED)
        by_id = {task["id"]: task for task in tasks}
        one, two = by_id[first["id"]], by_id[second["id"]]
        self.assertEqual(one["description"], first["description"])
        self.assertEqual(one["notes"], "a\nb\t")
        self.assertEqual(one["next_id"], done["next_task"]["id"])
        self.assertEqual(one["recurring"],
                         {"type": "monthly", "interval": 1, "anchor": "2026-01-31", "index": 0})
        self.assertEqual(one["completed_at"], done["task"]["completed_at"])
        follower = by_id[done["next_task"]["id"]]
        self.assertEqual(follower["due_date"], "2026-02-28")
        self.assertEqual(follower["recurring"],
                         {"type": "monthly", "interval": 1, "anchor": "2026-01-31", "index": 1})
        self.assertEqual(two["parent_id"], first["id"])
        self.assertEqual(two["depends_on"], [first["id"]])
        self.assertIsNone(two["next_id"])

    def test_equal_content_has_equal_bytes(self):
        task = self.create("There and back")
        before = self.export().body
        self.call("PATCH", f"/tasks/{task['id']}", {"description": "Elsewhere"})
        self.assertNotEqual(self.export().body, before)
        self.assert_status(self.call("POST", "/undo"), 200)
        self.assertEqual(self.export().body, before)

    def test_one_record_a_line(self):
        self.create("One\nline".replace("\n", " "), notes="two\nlines")
        body = self.export().body.decode()
        records = [line for line in body.splitlines() if line.startswith('{"id"')]
        self.assertEqual(len(records), len(self.export().json["tasks"]))

    def test_many_pages(self):
        document = {"tasks": [{"id": n, "description": f"Task {n}"} for n in range(1, 1202)]}
        before = len(self.export().json["tasks"])
        self.assert_status(self.call("POST", "/import", document), 200)
        exported = self.export().json["tasks"]
        self.assertEqual(len(exported), before + 1201)
        ids = [task["id"] for task in exported]
        self.assertEqual(ids, sorted(set(ids)))
        self.assertTrue(re.match(r"Task \d+$", exported[-1]["description"]))


if __name__ == "__main__":
    unittest.main()
