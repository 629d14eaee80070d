# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# DELETE /tasks/{id}: the task, its links, and the decision about its subtasks.

import unittest

from apitest import ApiTest


class DeleteTest(ApiTest):
    def delete(self, task, query=""):
        return self.call("DELETE", f"/tasks/{task['id']}{query}")

    def gone(self, task):
        self.assert_problem(self.call("GET", f"/tasks/{task['id']}"), "not-found")

    def family(self):
        parent = self.create("parent")
        return parent, [self.create(f"child {n}", parent_id=parent["id"]) for n in range(3)]

    def test_deleted_task_is_gone(self):
        task = self.create("to be deleted")
        answer = self.delete(task)
        self.assert_status(answer, 204)
        self.gone(task)
        self.assertNotIn(task["id"], self.listed("q=to+be+deleted"))

    def test_second_time(self):
        task = self.create()
        self.delete(task)
        self.assert_problem(self.delete(task), "not-found")

    def test_unknown_id(self):
        self.assert_problem(self.delete({"id": 999999}), "not-found")

    def test_parent_without_a_choice_is_refused_and_names_the_subtasks(self):
        parent, children = self.family()
        self.assert_problem(self.delete(parent), "has-subtasks",
                            subtasks=[child["id"] for child in children])
        self.assertEqual(self.read(parent)["subtasks"], {"total": 3, "completed": 0})

    def test_subtasks_deleted_too(self):
        parent, children = self.family()
        self.assert_status(self.delete(parent, "?subtasks=delete"), 204)
        for task in (parent, *children):
            self.gone(task)

    def test_subtasks_kept_become_root_tasks(self):
        parent, children = self.family()
        self.assert_status(self.delete(parent, "?subtasks=keep"), 204)
        self.gone(parent)
        for child in children:
            self.assert_task(self.read(child), parent_id=None, version=child["version"] + 1)

    def test_choice_without_subtasks_changes_nothing(self):
        for choice in ("delete", "keep"):
            with self.subTest(choice):
                task = self.create()
                self.assert_status(self.delete(task, f"?subtasks={choice}"), 204)
                self.gone(task)

    def test_bad_choice(self):
        parent, _ = self.family()
        for query in ("?subtasks=", "?subtasks=maybe", "?subtasks=DELETE",
                      "?subtasks=keep&subtasks=keep"):
            with self.subTest(query):
                self.assert_faults(self.delete(parent, query), "parameter subtasks")
        self.read(parent)

    def test_unknown_parameter(self):
        task = self.create()
        self.assert_faults(self.delete(task, "?force=true"), "parameter force")
        self.read(task)

    def test_today_is_no_parameter_here(self):
        task = self.create()
        self.assert_faults(self.delete(task, "?today=2026-01-05"), "parameter today")

    def test_dependents_lose_the_link_and_are_unblocked(self):
        needed, other = self.create("needed"), self.create("other")
        task = self.create(depends_on=[needed["id"], other["id"]])
        self.delete(needed)
        after = self.read(task)
        self.assert_task(after, depends_on=[other["id"]], blocked=True,
                         dependencies={"total": 1, "completed": 0})
        self.assertGreater(after["version"], task["version"])
        self.delete(other)
        self.assert_task(self.read(task), depends_on=[], blocked=False,
                         dependencies={"total": 0, "completed": 0})

    def test_dependents_of_a_subtask_deleted_with_its_parent(self):
        parent, children = self.family()
        task = self.create(depends_on=[children[0]["id"]])
        self.delete(parent, "?subtasks=delete")
        self.assert_task(self.read(task), depends_on=[], blocked=False)

    def test_subtask_updates_its_parent(self):
        parent, children = self.family()
        before = self.read(parent)
        self.assert_status(self.delete(children[0]), 204)
        after = self.read(parent)
        self.assert_task(after, subtasks={"total": 2, "completed": 0})
        self.assertGreater(after["version"], before["version"])

    def test_a_body_is_ignored(self):
        task = self.create()
        answer = self.call("DELETE", f"/tasks/{task['id']}", raw=b"{nonsense",
                           content_type="text/plain")
        self.assert_status(answer, 204)


if __name__ == "__main__":
    unittest.main()
