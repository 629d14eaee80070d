# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /tasks/bulk/delete.

import unittest

from apitest import ApiTest


class BulkDeleteTest(ApiTest):
    def delete(self, *ids, **fields):
        answer = self.call("POST", "/tasks/bulk/delete", {"ids": list(ids), **fields})
        self.assert_status(answer, 200)
        self.assertEqual(answer.json["created"], [])
        return answer.json

    def family(self, count=2):
        parent = self.create("parent")
        return parent["id"], [self.create(parent_id=parent["id"])["id"] for _ in range(count)]

    def assert_gone(self, *ids):
        for number in ids:
            self.assert_problem(self.call("GET", f"/tasks/{number}"), "not-found")

    def test_several(self):
        ids = [self.create()["id"] for _ in range(3)]
        result = self.delete(ids[2], 999999, ids[0])
        self.assertEqual(result["succeeded"], [ids[2], ids[0]])
        self.assertEqual([item["id"] for item in result["failed"]], [999999])
        self.assert_gone(ids[0], ids[2])
        self.read(ids[1])

    def test_again(self):
        number = self.create()["id"]
        self.delete(number)
        result = self.delete(number)
        self.assertEqual(result["failed"][0]["problem"]["type"], "/problems/not-found")

    def test_parent_needs_a_choice(self):
        parent, children = self.family()
        other = self.create()["id"]
        result = self.delete(parent, other)
        self.assertEqual(result["succeeded"], [other])
        self.assertEqual(result["failed"], [{"id": parent, "problem": {
            "type": "/problems/has-subtasks", "title": "Task has subtasks", "status": 409,
            "detail": "Say subtasks=delete or subtasks=keep.", "subtasks": children}}])
        self.read(parent)

    def test_subtasks_are_deleted(self):
        parent, children = self.family()
        since = self.last_change()
        result = self.delete(parent, subtasks="delete")
        self.assertEqual(result["succeeded"], [parent])
        self.assert_gone(parent, *children)
        (_, action, summary, rows), = self.changes(since)
        self.assertEqual((action, summary), ("bulk_delete", "Delete 1 task"))
        self.assertEqual(rows, [*children, parent])

    def test_subtasks_are_kept(self):
        parent, children = self.family()
        result = self.delete(parent, subtasks="keep")
        self.assertEqual(result["succeeded"], [parent])
        for child in children:
            self.assert_task(self.read(child), parent_id=None)

    def test_subtask_after_its_parent(self):
        parent, (first, second) = self.family()
        result = self.delete(parent, second, subtasks="delete")
        self.assertEqual(result["succeeded"], [parent])
        self.assertEqual(result["skipped"],
                         [{"id": second, "reason": "deleted together with its parent"}])
        self.assertEqual(result["failed"], [])
        self.assert_gone(first)

    def test_subtask_after_its_parent_that_kept_it(self):
        parent, (first, second) = self.family()
        result = self.delete(parent, second, subtasks="keep")
        self.assertEqual(result["succeeded"], [parent, second])
        self.assert_task(self.read(first), parent_id=None)

    def test_subtasks_before_their_parent_need_no_choice(self):
        parent, children = self.family()
        result = self.delete(*children, parent, atomic=True)
        self.assertEqual(result["succeeded"], [*children, parent])

    def test_choice_without_subtasks_is_no_fault(self):
        number = self.create()["id"]
        self.assertEqual(self.delete(number, subtasks="keep")["succeeded"], [number])

    def test_links_of_others_are_removed(self):
        first, second = self.create()["id"], self.create()["id"]
        dependent = self.create(depends_on=[first, second])
        self.delete(second, first)
        self.assert_task(self.read(dependent), depends_on=[], blocked=False,
                         dependencies={"total": 0, "completed": 0})

    def test_tasks_that_depend_on_each_other(self):
        first = self.create()["id"]
        second = self.create(depends_on=[first])["id"]
        result = self.delete(first, second)
        self.assertEqual(result["succeeded"], [first, second])

    def test_texts_are_not_found_any_more(self):
        number = self.create("xylophone quartet")["id"]
        self.assertEqual(self.listed("q=xylophone"), [number])
        self.delete(number)
        self.assertEqual(self.listed("q=xylophone"), [])


if __name__ == "__main__":
    unittest.main()
