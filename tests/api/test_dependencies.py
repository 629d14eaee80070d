# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# depends_on: links, counters, blocked tasks and their blockers, cycles.

import unittest

from apitest import ApiTest


class DependenciesTest(ApiTest):
    def link(self, task, *needed):
        return self.call("PATCH", f"/tasks/{task['id']}",
                         {"depends_on": [one["id"] for one in needed]})

    def complete(self, task):
        return self.call("POST", f"/tasks/{task['id']}/complete")

    def chain(self, length):
        """Tasks of which each depends on the one before."""
        tasks = [self.create("chain 0")]
        for number in range(1, length):
            tasks.append(self.create(f"chain {number}", depends_on=[tasks[-1]["id"]]))
        return tasks

    def test_counts_and_blocked(self):
        done, todo = self.create(completed=True), self.create()
        task = self.create(depends_on=[done["id"], todo["id"]])
        self.assert_task(task, blocked=True, dependencies={"total": 2, "completed": 1})

    def test_completed_dependencies_do_not_block(self):
        done = self.create(completed=True)
        self.assert_task(self.create(depends_on=[done["id"]]), blocked=False,
                         dependencies={"total": 1, "completed": 1})

    def test_completing_a_dependency_unblocks_and_bumps_the_version(self):
        needed = self.create()
        task = self.create(depends_on=[needed["id"]])
        self.complete(needed)
        after = self.read(task)
        self.assert_task(after, blocked=False, dependencies={"total": 1, "completed": 1})
        self.assertGreater(after["version"], task["version"])

    def test_reopening_a_dependency_blocks_again(self):
        needed = self.create(completed=True)
        task = self.create(depends_on=[needed["id"]])
        self.call("POST", f"/tasks/{needed['id']}/reopen")
        self.assert_task(self.read(task), blocked=True, dependencies={"total": 1, "completed": 0})

    def test_completed_task_is_not_blocked(self):
        needed = self.create(completed=True)
        task = self.create(depends_on=[needed["id"]], completed=True)
        self.call("POST", f"/tasks/{needed['id']}/reopen")
        self.assert_task(self.read(task), completed=True, blocked=False)

    def test_blocked_task_cannot_be_completed_and_names_its_blockers(self):
        first, second, done = self.create(), self.create(), self.create(completed=True)
        task = self.create(depends_on=[second["id"], done["id"], first["id"]])
        blockers = [first["id"], second["id"]]
        attempts = (
            ("complete", lambda: self.complete(task)),
            ("PATCH", lambda: self.call("PATCH", f"/tasks/{task['id']}", {"completed": True})),
            ("PUT", lambda: self.call("PUT", f"/tasks/{task['id']}", {
                "description": "x", "completed": True, "depends_on": task["depends_on"]})))
        for name, attempt in attempts:
            with self.subTest(name):
                self.assert_problem(attempt(), "blocked", blockers=blockers)
                self.assert_unchanged(task)

    def test_created_completed_but_blocked(self):
        needed = self.create()
        answer = self.call("POST", "/tasks", {
            "description": "x", "completed": True, "depends_on": [needed["id"]]})
        self.assert_problem(answer, "blocked", blockers=[needed["id"]])

    def test_completing_while_dropping_the_dependency(self):
        needed = self.create()
        task = self.create(depends_on=[needed["id"]])
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"completed": True, "depends_on": []})
        self.assert_status(answer, 200)
        self.assert_task(answer.json, completed=True, depends_on=[])

    def test_unknown_ids_each_with_its_pointer(self):
        known = self.create()
        answer = self.call("POST", "/tasks", {
            "description": "x", "depends_on": [999998, known["id"], 999999]})
        self.assert_faults(answer, "#/depends_on/0", "#/depends_on/2")

    def test_pointers_count_the_elements_of_the_body(self):
        known = self.create()["id"]
        answer = self.call("POST", "/tasks", {
            "description": "x", "depends_on": [0, known, known, "x", 999999]})
        self.assert_faults(answer, "#/depends_on/0", "#/depends_on/2", "#/depends_on/3",
                           "#/depends_on/4")

    def test_unknown_ids_in_patch(self):
        task = self.create()
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"depends_on": [999999]})
        self.assert_faults(answer, "#/depends_on/0")
        self.assert_unchanged(task)

    def test_unknown_parent_and_dependency_at_once(self):
        answer = self.call("POST", "/tasks", {
            "description": "x", "depends_on": [999998], "parent_id": 999999})
        self.assert_faults(answer, "#/depends_on/0", "#/parent_id")

    def test_same_id_twice(self):
        needed = self.create()["id"]
        answer = self.call("POST", "/tasks", {"description": "x", "depends_on": [needed, needed]})
        self.assert_faults(answer, "#/depends_on/1")

    def test_hundred_are_allowed(self):
        ids = [self.create(f"needed {n}", completed=True)["id"] for n in range(100)]
        self.assert_task(self.create(depends_on=ids), depends_on=ids,
                         dependencies={"total": 100, "completed": 100})

    def test_self_dependency(self):
        task = self.create()
        self.assert_problem(self.link(task, task), "dependency-cycle",
                            cycle=[task["id"], task["id"]])
        self.assert_unchanged(task)

    def test_cycle_of_two(self):
        a, b = self.chain(2)
        self.assert_problem(self.link(a, b), "dependency-cycle",
                            cycle=[a["id"], b["id"], a["id"]])
        self.assert_unchanged(a)

    def test_cycle_of_three_by_replacement(self):
        a, b, c = self.chain(3)
        answer = self.call("PUT", f"/tasks/{a['id']}",
                           {"description": "x", "depends_on": [c["id"]]})
        self.assert_problem(answer, "dependency-cycle", cycle=[a["id"], c["id"], b["id"], a["id"]])
        self.assert_unchanged(a)

    def test_long_cycle(self):
        tasks = self.chain(150)
        problem = self.assert_problem(self.link(tasks[0], tasks[-1]), "dependency-cycle")
        ids = [task["id"] for task in tasks]
        self.assertEqual(problem["cycle"], [ids[0], *reversed(ids)])

    def test_diamond_is_no_cycle(self):
        top = self.create()
        left, right = (self.create(depends_on=[top["id"]]) for _ in range(2))
        self.create(depends_on=[left["id"], right["id"]])

    def test_replacing_the_link_that_would_close_the_cycle(self):
        a, b, c = self.chain(3)
        self.assert_status(self.link(a, c), 409)
        self.assert_status(self.link(b), 200)
        self.assert_status(self.link(a, c), 200)

    def test_cycle_over_completed_tasks_is_a_cycle(self):
        a, b = self.chain(2)
        self.complete(a)
        self.complete(b)
        self.assert_problem(self.link(a, b), "dependency-cycle")

    def test_parent_and_subtask_may_depend_on_each_other(self):
        parent = self.create("parent")
        child = self.create(parent_id=parent["id"])
        self.assert_status(self.link(parent, child), 200)
        self.assert_problem(self.complete(parent), "blocked", blockers=[child["id"]])

    def test_filter_blocked(self):
        needed = self.create("filter needed")
        task = self.create("filter waits", depends_on=[needed["id"]])
        self.assertEqual(self.listed("q=filter&blocked=true"), [task["id"]])
        self.assertEqual(self.listed("q=filter&blocked=false"), [needed["id"]])


if __name__ == "__main__":
    unittest.main()
