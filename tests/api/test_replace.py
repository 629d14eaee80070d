# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# PUT /tasks/{id}: the whole task is replaced; what is absent takes its default.

import unittest

from apitest import ApiTest, MERGE, READ_ONLY_FIELDS


class ReplaceTest(ApiTest):
    def put(self, task, body, **rest):
        return self.call("PUT", f"/tasks/{task['id']}", body, **rest)

    def full(self):
        return self.create("old", priority="high", category="work", notes="n",
                           due_date="2031-01-31", recurring={"type": "monthly", "interval": 1},
                           parent_id=self.create("parent")["id"],
                           depends_on=[self.create("needed")["id"]])

    def test_absent_fields_take_their_defaults(self):
        task = self.full()
        answer = self.put(task, {"description": "new"})
        self.assert_status(answer, 200)
        self.assert_task(
            answer.json, id=task["id"], description="new", completed=False, priority="medium",
            category="other", due_date=None, notes="", parent_id=None, depends_on=[],
            recurring=None, created_at=task["created_at"], version=task["version"] + 1)
        self.assertGreaterEqual(answer.json["updated_at"], task["updated_at"])
        self.assert_unchanged(answer.json)

    def test_entity_tag_is_that_of_the_new_version(self):
        answer = self.put(self.create(), {"description": "new"})
        self.assertEqual(answer.headers["ETag"], '"2"')

    def test_description_is_required(self):
        task = self.full()
        self.assert_faults(self.put(task, {"priority": "low"}), "#/description")
        self.assert_unchanged(task)

    def test_what_was_read_can_be_sent_back(self):
        task = self.full()
        answer = self.put(task, task)
        self.assert_status(answer, 200)
        expected = {name: value for name, value in task.items()
                    if name not in ("version", "updated_at")}
        self.assert_task(answer.json, **expected)

    def test_read_only_fields_must_equal_the_present_values(self):
        task = self.create(due_date="2020-05-05")
        wrong = {"id": task["id"] + 1, "archived": True, "created_at": "2020-01-01T00:00:00.000Z",
                 "updated_at": "2020-01-01T00:00:00.000Z",
                 "completed_at": "2020-01-01T00:00:00.000Z", "version": 99, "overdue": False,
                 "days_overdue": 0, "blocked": True, "subtasks": {"total": 1, "completed": 0},
                 "dependencies": {"total": 1, "completed": 1}}
        self.assertEqual(set(wrong), set(READ_ONLY_FIELDS))
        for name, value in wrong.items():
            with self.subTest(name):
                self.assert_faults(self.put(task, {**task, name: value}), f"#/{name}")
        self.assert_faults(self.put(task, {**task, **wrong}), *(f"#/{name}" for name in wrong))
        self.assert_unchanged(task)

    def test_read_only_field_of_another_type(self):
        task = self.create()
        self.assert_faults(self.put(task, {**task, "version": "1", "subtasks": None}),
                           "#/version", "#/subtasks")

    def test_unknown_field(self):
        self.assert_faults(self.put(self.create(), {"description": "x", "colour": 1}), "#/colour")

    def test_completing_and_reopening(self):
        task = self.create()
        done = self.put(task, {"description": "x", "completed": True}).json
        self.assert_task(done, completed=True)
        self.assert_task(self.put(task, {"description": "x"}).json, completed=False)

    def test_unknown_id(self):
        self.assert_problem(self.put({"id": 999999}, {"description": "x"}), "not-found")

    def test_merge_patch_is_no_replacement(self):
        task = self.create()
        self.assert_problem(self.put(task, {"description": "x"}, content_type=MERGE),
                            "unsupported-media-type")


if __name__ == "__main__":
    unittest.main()
