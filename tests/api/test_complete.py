# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /tasks/{id}/complete and /reopen. Blocked tasks are in test_dependencies.py, the next
# instance in test_recurring.py.

import unittest

from apitest import ApiTest


class CompleteTest(ApiTest):
    def complete(self, task, **rest):
        return self.call("POST", f"/tasks/{task['id']}/complete", **rest)

    def reopen(self, task, **rest):
        return self.call("POST", f"/tasks/{task['id']}/reopen", **rest)

    def test_complete(self):
        task = self.create(due_date="2020-01-01")
        answer = self.complete(task)
        self.assert_status(answer, 200)
        self.assertEqual(set(answer.json), {"task", "next_task", "warnings"})
        self.assert_task(answer.json["task"], completed=True, version=2, overdue=False)
        self.assertGreaterEqual(answer.json["task"]["completed_at"], task["created_at"])
        self.assertIsNone(answer.json["next_task"])
        self.assertEqual(answer.json["warnings"], [])
        self.assertEqual(answer.headers["ETag"], '"2"')
        self.assert_unchanged(answer.json["task"])

    def test_again_is_no_change(self):
        task = self.create()
        first = self.complete(task).json["task"]
        answer = self.complete(task)
        self.assert_status(answer, 200)
        self.assertEqual(answer.json, {"task": first, "next_task": None, "warnings": []})
        self.assertEqual(answer.headers["ETag"], '"2"')

    def test_reopen(self):
        task = self.create()
        self.complete(task)
        answer = self.reopen(task)
        self.assert_status(answer, 200)
        self.assert_task(answer.json, completed=False, completed_at=None, version=3)
        self.assertEqual(answer.headers["ETag"], '"3"')
        self.assert_unchanged(answer.json)

    def test_reopening_an_open_task_is_no_change(self):
        task = self.create()
        answer = self.reopen(task)
        self.assert_status(answer, 200)
        self.assertEqual(answer.json, task)

    def test_unknown_id(self):
        for action in (self.complete, self.reopen):
            self.assert_problem(action({"id": 999999}), "not-found")

    def test_no_body_or_an_empty_object(self):
        for raw, content_type in ((None, None), (b"", None), (b"{}", "application/json")):
            with self.subTest(raw):
                task = self.create()
                self.assert_status(self.complete(task, raw=raw, content_type=content_type), 200)
                self.assert_status(self.reopen(task, raw=raw, content_type=content_type), 200)

    def test_bodies_that_are_refused(self):
        task = self.create()
        for action in (self.complete, self.reopen):
            self.assert_faults(action(task, body={"completed": True, "x": 1}), "#/completed", "#/x")
            self.assert_faults(action(task, body=[]), "#")
            self.assert_problem(action(task, raw=b"{"), "malformed-json")
            self.assert_problem(action(task, raw=b"{}", content_type="text/plain"),
                                "unsupported-media-type")
        self.assert_unchanged(task)

    def test_unknown_parameter(self):
        task = self.create()
        answer = self.call("POST", f"/tasks/{task['id']}/complete?force=true")
        self.assert_faults(answer, "parameter force")
        self.assert_unchanged(task)


if __name__ == "__main__":
    unittest.main()
