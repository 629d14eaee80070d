# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Subtasks: exactly two levels, GET and POST /tasks/{id}/subtasks, parent_id, and the counters.

import unittest

from apitest import ApiTest


class SubtasksTest(ApiTest):
    def under(self, parent, description="child", **fields):
        return self.call("POST", f"/tasks/{parent['id']}/subtasks",
                         {"description": description, **fields})

    def test_created_under_its_parent(self):
        parent = self.create("parent")
        answer = self.under(parent)
        self.assert_status(answer, 201)
        child = answer.json
        self.assert_task(child, parent_id=parent["id"], description="child")
        self.assertEqual(answer.headers["Location"], f"/api/v1/tasks/{child['id']}")
        self.assertEqual(answer.headers["ETag"], '"1"')
        self.assert_unchanged(child)

    def test_category_is_inherited(self):
        parent = self.create("parent", category="work")
        self.assert_task(self.under(parent).json, category="work")
        self.assert_task(self.create(parent_id=parent["id"]), category="work")

    def test_category_given_wins(self):
        parent = self.create("parent", category="work")
        self.assert_task(self.under(parent, category="personal").json, category="personal")
        self.assert_task(self.create(parent_id=parent["id"], category="other"), category="other")

    def test_priority_is_not_inherited(self):
        parent = self.create("parent", priority="high")
        self.assert_task(self.under(parent).json, priority="medium")

    def test_same_parent_in_path_and_body(self):
        parent = self.create("parent")
        self.assert_status(self.under(parent, parent_id=parent["id"]), 201)

    def test_another_parent_in_the_body(self):
        parent, other = self.create("parent"), self.create("other")
        self.assert_faults(self.under(parent, parent_id=other["id"]), "#/parent_id")
        self.assert_faults(self.under(parent, parent_id=None), "#/parent_id")

    def test_under_an_unknown_task(self):
        self.assert_problem(self.under({"id": 999999}), "not-found")

    def test_unknown_parent(self):
        answer = self.call("POST", "/tasks", {"description": "x", "parent_id": 999999})
        self.assert_faults(answer, "#/parent_id")

    def test_third_level_is_refused(self):
        child = self.under(self.create("parent")).json
        self.assert_problem(self.under(child), "subtask-depth")
        self.assert_problem(
            self.call("POST", "/tasks", {"description": "x", "parent_id": child["id"]}),
            "subtask-depth")

    def test_moving_under_a_subtask_is_refused(self):
        child, task = self.under(self.create("parent")).json, self.create()
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"parent_id": child["id"]})
        self.assert_problem(answer, "subtask-depth")
        self.assert_unchanged(task)

    def test_parent_cannot_become_a_subtask(self):
        parent, other = self.create("parent"), self.create("other")
        self.under(parent)
        before = self.read(parent)
        for method, body in (("PATCH", {"parent_id": other["id"]}),
                             ("PUT", {"description": "x", "parent_id": other["id"]})):
            with self.subTest(method):
                answer = self.call(method, f"/tasks/{parent['id']}", body)
                self.assert_problem(answer, "subtask-depth")
        self.assert_unchanged(before)

    def test_own_parent(self):
        task = self.create()
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"parent_id": task["id"]})
        self.assert_faults(answer, "#/parent_id")

    def test_counters_follow_every_change(self):
        parent, other = self.create("parent"), self.create("other")
        children = [self.under(parent).json for _ in range(3)]
        version = self.read(parent)["version"]
        steps = (
            ("complete", lambda: self.call("POST", f"/tasks/{children[0]['id']}/complete"), 3, 1),
            ("complete by PATCH", lambda: self.call(
                "PATCH", f"/tasks/{children[1]['id']}", {"completed": True}), 3, 2),
            ("reopen", lambda: self.call("POST", f"/tasks/{children[0]['id']}/reopen"), 3, 1),
            ("move away", lambda: self.call(
                "PATCH", f"/tasks/{children[1]['id']}", {"parent_id": other["id"]}), 2, 0),
            ("delete", lambda: self.call("DELETE", f"/tasks/{children[0]['id']}"), 1, 0))
        for name, step, total, completed in steps:
            with self.subTest(name):
                self.assertIn(step().status, (200, 204))
                after = self.read(parent)
                self.assert_task(after, subtasks={"total": total, "completed": completed})
                self.assertGreater(after["version"], version)
                version = after["version"]
        self.assert_task(self.read(other), subtasks={"total": 1, "completed": 1})

    def test_created_completed_counts_as_completed(self):
        parent = self.create("parent")
        self.under(parent, completed=True)
        self.assert_task(self.read(parent), subtasks={"total": 1, "completed": 1})

    def test_parent_completes_with_a_warning(self):
        parent = self.create("parent")
        child = self.under(parent).json
        answer = self.call("POST", f"/tasks/{parent['id']}/complete")
        self.assert_status(answer, 200)
        self.assertEqual(len(answer.json["warnings"]), 1)
        self.assertIsInstance(answer.json["warnings"][0], str)
        self.assert_task(answer.json["task"], completed=True)
        self.assert_task(self.read(child), completed=False)

    def test_parent_of_completed_subtasks_completes_without_warning(self):
        parent = self.create("parent")
        self.under(parent, completed=True)
        answer = self.call("POST", f"/tasks/{parent['id']}/complete")
        self.assertEqual(answer.json["warnings"], [])


class ListSubtasksTest(ApiTest):
    def test_list_of_subtasks(self):
        parent = self.create("parent")
        self.create("no child")
        ids = [self.create(f"child {n}", parent_id=parent["id"])["id"] for n in range(3)]
        answer = self.call("GET", f"/tasks/{parent['id']}/subtasks")
        self.assert_status(answer, 200)
        self.assertEqual([task["id"] for task in answer.json["tasks"]], ids)
        self.assertIsNone(answer.json["next_cursor"])
        self.assertRegex(answer.json["today"], r"^\d{4}-\d\d-\d\d$")
        for task in answer.json["tasks"]:
            self.assert_task(task, parent_id=parent["id"])

    def test_no_subtasks_is_an_empty_list(self):
        answer = self.call("GET", f"/tasks/{self.create()['id']}/subtasks")
        self.assert_status(answer, 200)
        self.assertEqual(answer.json["tasks"], [])

    def test_of_an_unknown_task(self):
        self.assert_problem(self.call("GET", "/tasks/999999/subtasks"), "not-found")

    def test_filters_sort_and_count(self):
        parent = self.create("parent")
        low = self.create("b", parent_id=parent["id"], priority="low")["id"]
        high = self.create("a", parent_id=parent["id"], priority="high", completed=True)["id"]
        path = f"/tasks/{parent['id']}/subtasks"
        answer = self.call("GET", f"{path}?sort=priority&count=true").json
        self.assertEqual([task["id"] for task in answer["tasks"]], [high, low])
        self.assertEqual(answer["count"], {"total": 2, "completed": 1})
        answer = self.call("GET", f"{path}?completed=false").json
        self.assertEqual([task["id"] for task in answer["tasks"]], [low])

    def test_pages(self):
        parent = self.create("parent")
        ids = [self.create(f"child {n}", parent_id=parent["id"])["id"] for n in range(5)]
        path, found = f"/tasks/{parent['id']}/subtasks?limit=2", []
        page = self.call("GET", path).json
        while True:
            found += [task["id"] for task in page["tasks"]]
            if page["next_cursor"] is None:
                break
            page = self.call("GET", f"{path}&cursor={page['next_cursor']}").json
        self.assertEqual(found, ids)

    def test_parent_id_is_no_parameter_here(self):
        parent = self.create("parent")
        answer = self.call("GET", f"/tasks/{parent['id']}/subtasks?parent_id=none")
        self.assert_faults(answer, "parameter parent_id")

    def test_subtasks_are_no_tree(self):
        parent = self.create("parent")
        answer = self.call("GET", f"/tasks/{parent['id']}/subtasks?view=tree")
        self.assert_faults(answer, "parameter view")

    def test_cursor_of_another_parent(self):
        one, two = self.create("one"), self.create("two")
        for parent in (one, one, two, two):
            self.create(parent_id=parent["id"])
        cursor = self.call("GET", f"/tasks/{one['id']}/subtasks?limit=1").json["next_cursor"]
        answer = self.call("GET", f"/tasks/{two['id']}/subtasks?limit=1&cursor={cursor}")
        self.assert_faults(answer, "parameter cursor")


if __name__ == "__main__":
    unittest.main()
