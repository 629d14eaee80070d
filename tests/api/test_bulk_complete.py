# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /tasks/bulk/complete.

import unittest

from apitest import ApiTest


class BulkCompleteTest(ApiTest):
    def complete(self, *ids, **fields):
        answer = self.call("POST", "/tasks/bulk/complete", {"ids": list(ids), **fields})
        self.assert_status(answer, 200)
        self.assertEqual(set(answer.json), {"succeeded", "skipped", "failed", "created"})
        return answer.json

    def test_every_outcome(self):
        task, done, needed = self.create(), self.create(completed=True), self.create()
        blocked = self.create(depends_on=[needed["id"]])
        result = self.complete(blocked["id"], task["id"], 999999, done["id"])
        self.assertEqual(result, {
            "succeeded": [task["id"]],
            "skipped": [{"id": done["id"], "reason": "already completed"}],
            "failed": [
                {"id": blocked["id"], "problem": {
                    "type": "/problems/blocked", "title": "Task is blocked", "status": 409,
                    "detail": "Task is blocked.", "blockers": [needed["id"]]}},
                {"id": 999999, "problem": {
                    "type": "/problems/not-found", "title": "Not found", "status": 404,
                    "detail": "Not found."}}],
            "created": []})
        self.assert_task(self.read(task), completed=True, version=2)
        for other in (done, needed, blocked):
            self.assert_unchanged(other)

    def test_the_order_decides(self):
        first = self.create()
        second = self.create(depends_on=[first["id"]])
        third = self.create(depends_on=[first["id"], second["id"]])
        ids = [first["id"], second["id"], third["id"]]
        result = self.complete(*reversed(ids))
        self.assertEqual(result["succeeded"], [first["id"]])
        self.assertEqual([(item["id"], item["problem"]["blockers"]) for item in result["failed"]],
                         [(third["id"], ids[:2]), (second["id"], ids[:1])])
        result = self.complete(*ids)
        self.assertEqual(result["succeeded"], ids[1:])
        self.assertEqual([item["id"] for item in result["skipped"]], ids[:1])
        for number in ids:
            self.assert_task(self.read(number), completed=True, blocked=False)

    def test_atomic_in_an_order_that_works(self):
        first = self.create()
        second = self.create(depends_on=[first["id"]])
        result = self.complete(first["id"], second["id"], atomic=True)
        self.assertEqual(result["succeeded"], [first["id"], second["id"]])

    def test_atomic_in_an_order_that_does_not(self):
        first = self.create()
        second = self.create(depends_on=[first["id"]])
        answer = self.call("POST", "/tasks/bulk/complete",
                           {"ids": [second["id"], first["id"]], "atomic": True})
        problem = self.assert_problem(answer, "bulk-failed")
        (failure,) = problem["failed"]
        self.assertEqual((failure["id"], failure["problem"]["blockers"]),
                         (second["id"], [first["id"]]))
        self.assert_task(self.read(first), completed=False, version=first["version"])

    def test_next_instances_are_named(self):
        recurring = {"type": "daily", "interval": 1}
        tasks = [self.create(f"again {n}", due_date="2031-01-01", recurring=recurring)
                 for n in range(2)]
        once = self.create()
        ids = [tasks[0]["id"], once["id"], tasks[1]["id"]]
        result = self.complete(*ids)
        self.assertEqual(result["succeeded"], ids)
        self.assertEqual(len(result["created"]), 2)
        for task, number in zip(tasks, result["created"]):
            self.assert_task(self.read(number), description=task["description"],
                             due_date="2031-01-02", completed=False)
        self.assertEqual(self.complete(*ids)["created"], [])

    def test_no_instance_after_the_end_of_the_calendar(self):
        task = self.create(due_date="9999-12-31", recurring={"type": "daily", "interval": 1})
        result = self.complete(task["id"])
        self.assertEqual((result["succeeded"], result["created"]), ([task["id"]], []))

    def test_parent_with_open_subtasks(self):
        parent = self.create()
        child = self.create(parent_id=parent["id"])
        self.assertEqual(self.complete(parent["id"])["succeeded"], [parent["id"]])
        self.assert_task(self.read(child), completed=False)
        self.assertEqual(self.complete(child["id"])["succeeded"], [child["id"]])
        self.assert_task(self.read(parent), subtasks={"total": 1, "completed": 1})

    def test_same_time_for_all(self):
        tasks = [self.create() for _ in range(5)]
        self.complete(*[task["id"] for task in tasks])
        self.assertEqual(len({self.read(task)["completed_at"] for task in tasks}), 1)


if __name__ == "__main__":
    unittest.main()
