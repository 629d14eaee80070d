# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Archived tasks: hidden unless asked for, never overdue, and no place for new subtasks.

import unittest

from apitest import ApiTest


class ArchivedTest(ApiTest):
    fresh = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls.create("open", due_date="2020-01-01")
        cls.done = cls.create("done", completed=True, due_date="2020-01-01")
        cls.parent = cls.create("old parent", completed=True, due_date="2020-01-01")
        cls.child = cls.create("old child", parent_id=cls.parent["id"], completed=True)
        for task in (cls.parent, cls.child):
            cls.archive(task)

    def ids(self, *tasks):
        return [task["id"] for task in tasks]

    def test_shown_by_its_id(self):
        self.assert_task(self.read(self.parent), archived=True, completed=True, overdue=False,
                         days_overdue=0)

    def test_hidden_from_lists_unless_asked_for(self):
        for query, expected in (
                ("", (self.open, self.done)), ("archived=false", (self.open, self.done)),
                ("archived=true", (self.parent, self.child)),
                ("archived=any", (self.open, self.done, self.parent, self.child)),
                ("completed=true", (self.done,)),
                ("archived=any&completed=true", (self.done, self.parent, self.child)),
                ("q=old", ()), ("q=old&archived=true", (self.parent, self.child)),
                ("due=overdue&archived=any", (self.open,)), ("due=overdue&archived=true", ())):
            for sort in ("id", "due_date,id", "description,id", "-created_at,-id"):
                with self.subTest(f"{query} {sort}"):
                    found = self.listed(f"{query}&sort={sort}&limit=200".lstrip("&"))
                    self.assertEqual(sorted(found), self.ids(*expected))

    def test_counts(self):
        for query, total, completed in (
                ("", 2, 1), ("archived=true", 2, 2), ("archived=any", 4, 3)):
            with self.subTest(query):
                page = self.list(f"{query}&count=true".lstrip("&"))
                self.assertEqual(page["count"], {"total": total, "completed": completed})

    def test_tree(self):
        def tree(query):
            return [(task["id"], self.ids(*task["children"]))
                    for task in self.list(f"view=tree{query}")["tasks"]]
        self.assertEqual(tree(""), [(self.open["id"], []), (self.done["id"], [])])
        self.assertEqual(tree("&archived=true"), [(self.parent["id"], [self.child["id"]])])

    def test_list_of_subtasks_hides_them_too(self):
        path = f"/tasks/{self.parent['id']}/subtasks"
        self.assertEqual(self.call("GET", path).json["tasks"], [])
        answer = self.call("GET", path + "?archived=true")
        self.assertEqual(self.ids(*answer.json["tasks"]), [self.child["id"]])

    def test_no_subtask_under_an_archived_parent(self):
        task, number = self.create(), self.parent["id"]
        self.addCleanup(self.call, "DELETE", f"/tasks/{task['id']}")
        before = self.read(self.parent)
        for name, answer in (
                ("POST subtasks", self.call("POST", f"/tasks/{number}/subtasks",
                                            {"description": "x"})),
                ("POST", self.call("POST", "/tasks", {"description": "x", "parent_id": number})),
                ("PATCH", self.call("PATCH", f"/tasks/{task['id']}", {"parent_id": number})),
                ("PUT", self.call("PUT", f"/tasks/{task['id']}",
                                  {"description": "x", "parent_id": number}))):
            with self.subTest(name):
                self.assert_problem(answer, "parent-archived")
        self.assert_unchanged(task)
        self.assert_unchanged(before)

    def test_subtask_that_is_there_can_still_be_edited(self):
        answer = self.call("PATCH", f"/tasks/{self.child['id']}", {"notes": "edited"})
        self.assert_status(answer, 200)
        self.assert_task(answer.json, archived=True, parent_id=self.parent["id"])

    def test_metrics_count_them_apart(self):
        body = self.send("GET", "/metrics").body.decode()
        for status, number in (("active", 1), ("completed", 1), ("archived", 2)):
            self.assertIn(f'todo_tasks_total{{status="{status}"}} {number}\n', body)


if __name__ == "__main__":
    unittest.main()
