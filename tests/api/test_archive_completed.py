# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /tasks/archive-completed.

import unittest

from apitest import ApiTest, database_rows


class ArchiveCompletedTest(ApiTest):
    PATH = "/tasks/archive-completed"

    def setUp(self):
        self.call("POST", self.PATH)  # what other tests have left

    def archived(self, **rest):
        answer = self.call("POST", self.PATH, **rest)
        self.assert_status(answer, 200)
        self.assertEqual(set(answer.json), {"archived"})
        return answer.json["archived"]

    def test_archives_completed_tasks_only(self):
        done = [self.create(f"done {n}", completed=True) for n in range(3)]
        open_task = self.create("open")
        since = self.last_change()
        self.assertEqual(self.archived(), 3)
        for task in done:
            self.assert_task(self.read(task), archived=True, version=2)
        self.assert_unchanged(open_task)
        (_, action, summary, rows), = self.changes(since)
        self.assertEqual((action, summary), ("archive_completed", "Archive 3 completed tasks"))
        self.assertEqual(sorted(rows), [task["id"] for task in done])

    def test_subtasks_that_go_along_are_counted(self):
        parent = self.create("parent", completed=True)
        child = self.create("open child", parent_id=parent["id"])
        done = self.create("done child", parent_id=parent["id"], completed=True)
        self.assertEqual(self.archived(), 3)
        for task in (parent, child, done):
            self.assert_task(self.read(task), archived=True, completed=task["completed"])

    def test_completed_subtask_of_an_open_parent(self):
        parent = self.create("parent")
        child = self.create("child", parent_id=parent["id"], completed=True)
        self.assertEqual(self.archived(), 1)
        self.assert_task(self.read(child), archived=True)
        self.assert_task(self.read(parent), archived=False)

    def test_nothing_to_archive_leaves_no_change(self):
        before = database_rows(self.stack.database)
        self.assertEqual(self.archived(), 0)
        self.assertEqual(database_rows(self.stack.database), before)

    def test_one_is_singular(self):
        self.create(completed=True)
        self.archived()
        self.assertEqual(self.changes()[-1][2], "Archive 1 completed task")

    def test_more_than_are_looked_up_at_a_time(self):
        ids = [self.create(f"task {n}", due_date="2031-01-01")["id"] for n in range(1203)]
        for start in (0, 1000):
            self.call("POST", "/tasks/bulk/complete", {"ids": ids[start:start + 1000]})
        since = self.last_change()
        self.assertEqual(self.archived(), 1203)
        self.assertEqual(self.list("completed=true&count=true&limit=1")["count"]["total"], 0)
        self.assertEqual(len(self.changes(since)), 1)

    def test_dry_run(self):
        self.create(completed=True)
        before = database_rows(self.stack.database)
        answer = self.call("POST", self.PATH + "?dry_run=true")
        self.assert_status(answer, 200)
        self.assertEqual(answer.json, {"archived": 1})
        self.assertEqual(database_rows(self.stack.database), before)

    def test_idempotency_key(self):
        self.create(completed=True)
        headers = {"Idempotency-Key": "all of them"}
        self.assertEqual(self.archived(headers=headers), 1)
        task = self.create(completed=True)
        self.assertEqual(self.archived(headers=headers), 1)
        self.assert_unchanged(task)

    def test_bodies(self):
        self.assertEqual(self.archived(body={}), 0)
        self.assert_faults(self.call("POST", self.PATH, {"ids": [1]}), "#/ids")
        self.assert_faults(self.call("POST", self.PATH, []), "#")

    def test_other_methods(self):
        answer = self.call("GET", self.PATH)
        self.assert_problem(answer, "method-not-allowed")
        self.assertEqual(answer.tokens("Allow"), {"POST", "OPTIONS"})


if __name__ == "__main__":
    unittest.main()
