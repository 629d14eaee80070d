# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /tasks/bulk/archive.

import unittest

from apitest import ApiTest


class BulkArchiveTest(ApiTest):
    def bulk(self, *ids, **fields):
        answer = self.call("POST", "/tasks/bulk/archive", {"ids": list(ids), **fields})
        self.assert_status(answer, 200)
        self.assertEqual(answer.json["created"], [])
        return answer.json

    def test_every_outcome(self):
        done, task = self.create(completed=True)["id"], self.create()
        archived = self.archive(self.create(completed=True))
        result = self.bulk(task["id"], done, 999999, archived["id"])
        self.assertEqual(result["succeeded"], [done])
        self.assertEqual(result["skipped"],
                         [{"id": archived["id"], "reason": "already archived"}])
        self.assertEqual(result["failed"][0], {"id": task["id"], "problem": {
            "type": "/problems/not-completed", "title": "Task is not completed", "status": 409,
            "detail": "Task is not completed."}})
        self.assertEqual(result["failed"][1]["problem"]["type"], "/problems/not-found")
        self.assert_task(self.read(done), archived=True)
        self.assert_unchanged(task)
        self.assert_unchanged(archived)

    def test_subtasks_go_along(self):
        parent = self.create(completed=True)["id"]
        children = [self.create(parent_id=parent)["id"] for _ in range(2)]
        since = self.last_change()
        result = self.bulk(parent, children[1])
        self.assertEqual(result["succeeded"], [parent])
        self.assertEqual(result["skipped"],
                         [{"id": children[1], "reason": "archived together with its parent"}])
        for number in (parent, *children):
            self.assert_task(self.read(number), archived=True)
        (_, action, summary, rows), = self.changes(since)
        self.assertEqual((action, summary, rows),
                         ("bulk_archive", "Archive 1 task", [parent, *children]))

    def test_open_subtask_before_its_parent_is_refused(self):
        parent = self.create(completed=True)["id"]
        child = self.create(parent_id=parent)["id"]
        result = self.bulk(child, parent)
        self.assertEqual(result["succeeded"], [parent])
        self.assertEqual(result["failed"][0]["problem"]["type"], "/problems/not-completed")
        self.assert_task(self.read(child), archived=True)

    def test_completed_subtask_before_its_parent(self):
        parent = self.create(completed=True)["id"]
        child = self.create(parent_id=parent, completed=True)["id"]
        self.assertEqual(self.bulk(child, parent, atomic=True)["succeeded"], [child, parent])

    def test_subtask_that_was_archived_before(self):
        parent = self.create(completed=True)["id"]
        child = self.archive(self.create(parent_id=parent, completed=True))
        result = self.bulk(child["id"], parent)
        self.assertEqual(result["skipped"], [{"id": child["id"], "reason": "already archived"}])
        self.assertEqual(result["succeeded"], [parent])
        self.assert_unchanged(child)


if __name__ == "__main__":
    unittest.main()
