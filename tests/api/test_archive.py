# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /tasks/{id}/archive and /unarchive. What being archived means for lists is in
# test_archived.py.

import unittest

from apitest import ApiTest


class ArchiveTest(ApiTest):
    def act(self, action, task, **rest):
        return self.call("POST", f"/tasks/{task['id']}/{action}", **rest)

    def done(self, answer):
        self.assert_status(answer, 200)
        return answer.json

    def family(self):
        """A completed parent with an open and a completed subtask."""
        parent = self.create("parent", completed=True)
        return parent, self.create("open", parent_id=parent["id"]), self.create(
            "done", parent_id=parent["id"], completed=True)

    def test_archive(self):
        task = self.create("old", completed=True)
        answer = self.act("archive", task)
        self.assert_status(answer, 200)
        self.assert_task(answer.json, archived=True, completed=True, version=2,
                         completed_at=task["completed_at"])
        self.assertGreaterEqual(answer.json["updated_at"], task["updated_at"])
        self.assertEqual(answer.headers["ETag"], '"2"')
        self.assertRegex(answer.headers["X-Today"], r"^\d{4}-\d\d-\d\d$")
        self.assert_unchanged(answer.json)
        self.assertNotIn(task["id"], self.listed("limit=200"))
        self.assertIn(task["id"], self.listed("archived=true&limit=200&sort=-id"))

    def test_unarchive(self):
        task = self.archive(self.create(completed=True))
        answer = self.act("unarchive", task)
        self.assert_status(answer, 200)
        self.assert_task(answer.json, archived=False, completed=True, version=3)
        self.assertEqual(answer.headers["ETag"], '"3"')
        self.assert_unchanged(answer.json)

    def test_again_is_no_change(self):
        task = self.archive(self.create(completed=True))
        since = self.last_change()
        self.assertEqual(self.done(self.act("archive", task)), task)
        task = self.done(self.act("unarchive", task))
        self.assertEqual(self.done(self.act("unarchive", task)), task)
        self.assertEqual([change[1] for change in self.changes(since)], ["unarchive"])

    def test_open_task_is_refused(self):
        task = self.create()
        for action in ("archive", "unarchive"):
            self.assert_problem(self.act(action, task), "not-completed")
        self.assert_unchanged(task)

    def test_reopened_task_can_be_brought_back(self):
        task = self.archive(self.create(completed=True))
        task = self.done(self.act("reopen", task))
        self.assert_task(task, archived=True, completed=False)
        self.assertEqual(self.done(self.act("archive", task)), task)
        self.assert_task(self.done(self.act("unarchive", task)), archived=False, completed=False)

    def test_parent_takes_its_subtasks_along(self):
        parent, *children = self.family()
        before = self.read(parent)
        since = self.last_change()
        self.assert_task(self.done(self.act("archive", parent)), archived=True,
                         subtasks=before["subtasks"], version=before["version"] + 1)
        for child in children:
            self.assert_task(self.read(child), archived=True, completed=child["completed"],
                             version=child["version"] + 1)
        (_, action, summary, rows), = self.changes(since)
        self.assertEqual((action, summary), ("archive", "Archive \u201cparent\u201d"))
        self.assertEqual(rows, [task["id"] for task in (parent, *children)])

    def test_parent_brings_its_subtasks_back(self):
        parent, *children = self.family()
        self.archive(parent)
        since = self.last_change()
        self.assert_task(self.done(self.act("unarchive", parent)), archived=False)
        for child in children:
            self.assert_task(self.read(child), archived=False, completed=child["completed"])
        (_, action, summary, rows), = self.changes(since)
        self.assertEqual((action, summary), ("unarchive", "Unarchive \u201cparent\u201d"))
        self.assertEqual(rows, [task["id"] for task in (parent, *children)])

    def test_subtask_that_is_archived_already_is_left_alone(self):
        parent, _, child = self.family()
        child = self.archive(child)
        self.assert_task(self.read(parent), archived=False)
        self.archive(parent)
        self.assert_unchanged(child)

    def test_subtask_of_an_archived_parent_cannot_be_brought_back_alone(self):
        parent, *children = self.family()
        self.archive(parent)
        for child in children:
            child = self.read(child)
            self.assert_problem(self.act("unarchive", child), "parent-archived")
            self.assert_unchanged(child)

    def test_subtask_alone_under_a_parent_that_is_not_archived(self):
        parent = self.create("parent")
        child = self.archive(self.create("child", parent_id=parent["id"], completed=True))
        self.assert_task(child, archived=True)
        self.assert_task(self.done(self.act("unarchive", child)), archived=False)

    def test_next_instance_of_an_archived_subtask_goes_with_the_parent(self):
        parent = self.create("parent", completed=True)
        child = self.create("again", parent_id=parent["id"], due_date="2031-01-01",
                            recurring={"type": "daily", "interval": 1})
        self.archive(parent)
        following = self.done(self.act("complete", child))["next_task"]
        self.assert_task(following, archived=True, completed=False, parent_id=parent["id"])
        self.act("unarchive", parent)
        self.assert_task(self.read(following), archived=False)

    def test_next_instance_of_an_archived_root_task_is_not_archived(self):
        task = self.create("again", due_date="2031-01-01", completed=True,
                           recurring={"type": "daily", "interval": 1})
        self.archive(task)
        self.act("reopen", task)
        following = self.done(self.act("complete", task))["next_task"]
        self.assert_task(following, archived=False, completed=False)

    def test_unknown_id(self):
        for action in ("archive", "unarchive"):
            self.assert_problem(self.act(action, {"id": 999999}), "not-found")
            self.assert_problem(self.call("POST", f"/tasks/x/{action}"), "not-found")

    def test_if_match(self):
        task = self.create(completed=True)
        for action, version in (("archive", 1), ("unarchive", 2)):
            answer = self.act(action, task, headers={"If-Match": '"9"'})
            self.assert_problem(answer, "precondition-failed")
            answer = self.act(action, task, headers={"If-Match": f'"{version}"'})
            self.assert_status(answer, 200)

    def test_dry_run(self):
        parent, child, _ = self.family()
        before, since = self.read(parent), self.last_change()
        answer = self.call("POST", f"/tasks/{parent['id']}/archive?dry_run=true")
        self.assert_status(answer, 200)
        self.assert_task(answer.json, archived=True)
        self.assert_unchanged(before)
        self.assert_unchanged(child)
        self.assertEqual(self.changes(since), [])
        answer = self.call("POST", f"/tasks/{child['id']}/archive?dry_run=true")
        self.assert_problem(answer, "not-completed")

    def test_idempotency_key(self):
        task = self.create(completed=True)
        headers = {"Idempotency-Key": "archive it"}
        first = self.act("archive", task, headers=headers)
        self.act("unarchive", task)
        again = self.act("archive", task, headers=headers)
        self.assertEqual((again.status, again.body), (200, first.body))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assert_task(self.read(task), archived=False)

    def test_bodies_that_are_refused(self):
        task = self.create(completed=True)
        for action in ("archive", "unarchive"):
            self.assert_faults(self.act(action, task, body={"archived": True}), "#/archived")
            self.assert_faults(self.act(action, task, body=[]), "#")
            self.assert_problem(self.act(action, task, raw=b"{"), "malformed-json")
        self.assert_unchanged(task)

    def test_unknown_parameter(self):
        answer = self.call("POST", f"/tasks/{self.create()['id']}/archive?force=true")
        self.assert_faults(answer, "parameter force")


if __name__ == "__main__":
    unittest.main()
