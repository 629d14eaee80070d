# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# dry_run=true on every write: all checks, the answer as it would be, nothing changed.

import unittest

from apitest import ApiTest, database_rows


class DryRunTest(ApiTest):
    def unchanged(self, method, path, body=None, query="dry_run=true", **rest):
        """The answer, after the database was compared row by row."""
        before = database_rows(self.stack.database)
        answer = self.call(method, f"{path}?{query}", body, **rest)
        self.assertEqual(database_rows(self.stack.database), before)
        return answer

    def test_create(self):
        answer = self.unchanged("POST", "/tasks", {"description": "maybe", "priority": "high"})
        self.assert_status(answer, 200)
        self.assert_task(answer.json, description="maybe", priority="high", version=1)
        self.assertEqual(self.listed("q=maybe"), [])

    def test_create_subtask(self):
        parent = self.create("parent", category="work")
        answer = self.unchanged("POST", f"/tasks/{parent['id']}/subtasks", {"description": "x"})
        self.assert_status(answer, 200)
        self.assert_task(answer.json, parent_id=parent["id"], category="work")
        self.assert_unchanged(parent)

    def test_replace(self):
        task = self.create(notes="old")
        answer = self.unchanged("PUT", f"/tasks/{task['id']}", {"description": "new"})
        self.assert_status(answer, 200)
        self.assert_task(answer.json, id=task["id"], description="new", notes="", version=2)

    def test_patch(self):
        task = self.create(notes="old")
        answer = self.unchanged("PATCH", f"/tasks/{task['id']}", {"notes": "new"})
        self.assert_status(answer, 200)
        self.assert_task(answer.json, notes="new", version=2)

    def test_delete(self):
        parent = self.create("parent")
        self.create(parent_id=parent["id"])
        for choice in ("delete", "keep"):
            answer = self.unchanged("DELETE", f"/tasks/{parent['id']}",
                                    query=f"dry_run=true&subtasks={choice}")
            self.assert_status(answer, 200)

    def test_complete_and_reopen(self):
        task = self.create(due_date="2031-01-01", recurring={"type": "daily", "interval": 1})
        answer = self.unchanged("POST", f"/tasks/{task['id']}/complete")
        self.assert_status(answer, 200)
        self.assert_task(answer.json["task"], completed=True)
        self.assert_task(answer.json["next_task"], due_date="2031-01-02")
        self.call("POST", f"/tasks/{task['id']}/complete")
        answer = self.unchanged("POST", f"/tasks/{task['id']}/reopen")
        self.assert_status(answer, 200)
        self.assert_task(answer.json, completed=False)

    def test_refusals_are_those_of_the_real_thing(self):
        needed, parent = self.create(), self.create()
        task = self.create(depends_on=[needed["id"]])
        child = self.create(parent_id=parent["id"])
        for slug, method, path, body in (
                ("validation", "POST", "/tasks", {"description": "", "colour": 1}),
                ("validation", "PATCH", f"/tasks/{task['id']}", {"parent_id": 999999}),
                ("malformed-json", "POST", "/tasks", None),
                ("not-found", "DELETE", "/tasks/999999", None),
                ("not-found", "PATCH", "/tasks/999999", {"notes": "x"}),
                ("blocked", "POST", f"/tasks/{task['id']}/complete", None),
                ("dependency-cycle", "PATCH", f"/tasks/{needed['id']}",
                 {"depends_on": [task["id"]]}),
                ("has-subtasks", "DELETE", f"/tasks/{parent['id']}", None),
                ("subtask-depth", "POST", f"/tasks/{child['id']}/subtasks", {"description": "x"})):
            with self.subTest(f"{slug} {method}"):
                rest = {"raw": b"{"} if slug == "malformed-json" else {}
                self.assert_problem(self.unchanged(method, path, body, **rest), slug)

    def test_key_is_not_stored(self):
        answer = self.unchanged("POST", "/tasks", {"description": "x"},
                                headers={"Idempotency-Key": "dry"})
        self.assert_status(answer, 200)
        answer = self.unchanged("POST", "/tasks", {"description": ""},
                                headers={"Idempotency-Key": "dry"})
        self.assert_problem(answer, "validation")

    def test_ids_are_not_used_up_in_a_way_that_shows(self):
        first = self.create()["id"]
        dry = self.unchanged("POST", "/tasks", {"description": "x"}).json["id"]
        self.assertGreater(dry, first)
        self.assertGreater(self.create()["id"], first)

    def test_false_is_a_real_run(self):
        answer = self.call("POST", "/tasks?dry_run=false", {"description": "really"})
        self.assert_status(answer, 201)
        self.assertEqual(self.listed("q=really"), [answer.json["id"]])

    def test_bad_values(self):
        for value in ("", "1", "yes", "TRUE", "true,true"):
            with self.subTest(value):
                answer = self.unchanged("POST", "/tasks", {"description": "x"},
                                        query=f"dry_run={value}")
                self.assert_faults(answer, "parameter dry_run")

    def test_reads_do_not_take_it(self):
        task = self.create()
        for path in ("/tasks", f"/tasks/{task['id']}", f"/tasks/{task['id']}/subtasks"):
            answer = self.call("GET", path + "?dry_run=true")
            self.assert_faults(answer, "parameter dry_run")


if __name__ == "__main__":
    unittest.main()
