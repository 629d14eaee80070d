# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# PATCH /tasks/{id}: RFC 7396; absent is untouched, null is cleared.

import json
import unittest

from apitest import ApiTest, JSON, MERGE


class PatchTest(ApiTest):
    def patch(self, task, body=None, **rest):
        return self.call("PATCH", f"/tasks/{task['id']}", body, **rest)

    def patched(self, task, **fields):
        answer = self.patch(task, fields)
        self.assert_status(answer, 200)
        return answer.json

    def test_only_the_field_given_changes(self):
        other, parent = self.create("first"), self.create("parent")
        task = self.create("t", priority="high", category="work", due_date="2031-01-01", notes="n",
                           parent_id=parent["id"], depends_on=[other["id"]],
                           recurring={"type": "daily", "interval": 2})
        changes = {"description": "changed", "priority": "low", "category": "personal",
                   "due_date": "2032-02-29", "notes": "other", "parent_id": None, "depends_on": [],
                   "recurring": {"type": "weekly", "interval": 7}}
        for name, value in changes.items():
            with self.subTest(name):
                before = self.read(task)
                after = self.patched(task, **{name: value})
                differing = {key for key in after if after[key] != before[key]}
                self.assertEqual(after[name], value)
                self.assertEqual(after["version"], before["version"] + 1)
                allowed = {name, "version", "updated_at"}
                if name == "depends_on":
                    allowed |= {"blocked", "dependencies"}
                self.assertLessEqual(differing, allowed)
                self.assert_unchanged(after)

    def test_null_clears(self):
        cases = {"priority": ("high", "medium"), "category": ("work", "other"),
                 "notes": ("text", ""), "due_date": ("2031-01-01", None),
                 "completed": (True, False)}
        for name, (value, default) in cases.items():
            with self.subTest(name):
                task = self.create(**{name: value})
                self.assert_task(self.patched(task, **{name: None}), **{name: default})

    def test_null_clears_links_and_recurrence(self):
        other, parent = self.create("first"), self.create("parent")
        task = self.create(parent_id=parent["id"], depends_on=[other["id"]], due_date="2031-01-01",
                           recurring={"type": "daily", "interval": 1})
        after = self.patched(task, parent_id=None, depends_on=None, recurring=None)
        self.assert_task(after, parent_id=None, depends_on=[], recurring=None,
                         due_date="2031-01-01", dependencies={"total": 0, "completed": 0})

    def test_null_description_is_refused(self):
        task = self.create()
        self.assert_faults(self.patch(task, {"description": None}), "#/description")
        self.assert_unchanged(task)

    def test_removing_the_due_date_of_a_recurring_task_is_refused(self):
        task = self.create(due_date="2031-01-01", recurring={"type": "daily", "interval": 1})
        self.assert_faults(self.patch(task, {"due_date": None}), "#/recurring")
        self.assert_unchanged(task)

    def test_removing_date_and_recurrence_together(self):
        task = self.create(due_date="2031-01-01", recurring={"type": "daily", "interval": 1})
        self.assert_task(self.patched(task, due_date=None, recurring=None), recurring=None,
                         due_date=None)

    def test_both_media_types(self):
        task = self.create()
        for content_type in (JSON, MERGE, MERGE + "; charset=utf-8"):
            with self.subTest(content_type):
                answer = self.patch(task, {"notes": content_type}, content_type=content_type)
                self.assert_status(answer, 200)
                self.assertEqual(answer.json["notes"], content_type)

    def test_other_media_type_names_those_accepted(self):
        answer = self.patch(self.create(), {"notes": "x"},
                            content_type="application/json-patch+json")
        self.assert_problem(answer, "unsupported-media-type")
        self.assertEqual(answer.tokens("Accept-Patch"), {JSON, MERGE})

    def test_what_was_read_can_be_sent_back(self):
        task = self.create(due_date="2020-05-05", notes="n")
        answer = self.patch(task, task)
        self.assert_status(answer, 200)

    def test_read_only_fields_must_equal_the_present_values(self):
        task = self.create()
        self.assert_faults(self.patch(task, {"id": task["id"] + 1, "version": 7, "notes": "new"}),
                           "#/id", "#/version")
        self.assert_unchanged(task)

    def test_not_an_object(self):
        task = self.create()
        for body in ([], "text", 1, None, True):
            with self.subTest(repr(body)):
                answer = self.patch(task, raw=json.dumps(body).encode())
                self.assert_faults(answer, "#")

    def test_unknown_id(self):
        self.assert_problem(self.patch({"id": 999999}, {"notes": "x"}), "not-found")

    def test_faults_are_reported_before_anything_changes(self):
        task = self.create()
        self.assert_faults(self.patch(task, {"notes": "new", "priority": "urgent", "due_date": 5}),
                           "#/priority", "#/due_date")
        self.assert_unchanged(task)

    def test_completing_and_reopening(self):
        task = self.create(due_date="2020-01-01")
        done = self.patched(task, completed=True)
        self.assert_task(done, completed=True, overdue=False)
        again = self.patched(task, completed=False)
        self.assert_task(again, completed=False, completed_at=None, overdue=True)

    def test_completing_twice_keeps_the_first_instant(self):
        task = self.create()
        first = self.patched(task, completed=True)
        second = self.patched(task, completed=True)
        self.assertEqual(second["completed_at"], first["completed_at"])


if __name__ == "__main__":
    unittest.main()
