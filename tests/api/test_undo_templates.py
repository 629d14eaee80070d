# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Undo of what is not a change of single tasks: templates, and imports.

import unittest

from undotest import UndoTest

PLAN = {"name": "Plan", "description": "Plan the week", "priority": "high", "category": "work",
        "notes": "n", "recurring": {"type": "weekly", "interval": 1}}


class TemplateTest(UndoTest):
    def template(self, **fields):
        answer = self.call("POST", "/templates", PLAN | fields)
        self.assert_status(answer, 201)
        return self.latest()

    def names(self):
        return [row["name"] for row in self.call("GET", "/templates").json["templates"]]

    def assert_refused(self, seq):
        before = self.state()
        self.assert_problem(self.call("POST", f"/changes/{seq}/undo"), "undo-conflict", task_ids=[])
        self.assertEqual(self.state(), before)

    def test_step_by_step(self):
        states = [self.state()]
        self.template()
        states.append(self.state())
        self.assert_status(self.call("PUT", "/templates/plan", PLAN | {"notes": "other"}), 200)
        states.append(self.state())
        self.assert_status(self.call("DELETE", "/templates/PLAN"), 204)
        for before, action in zip(states[::-1], ("template_delete", "template_update",
                                                 "template_create")):
            answer = self.assert_undone(before)
            self.assertEqual(answer["undone"]["action"], action)
            self.assertEqual(answer["undone"]["task_ids"], [])
            self.assertEqual(answer["change"]["task_ids"], [])

    def test_the_tag_of_before_is_stale(self):
        self.template()
        tag = self.call("GET", "/templates/plan").headers["ETag"]
        self.call("DELETE", "/templates/plan")
        self.undo()
        self.assertNotEqual(self.call("GET", "/templates/plan").headers["ETag"], tag)
        self.assert_problem(self.call("DELETE", "/templates/plan", headers={"If-Match": tag}),
                            "precondition-failed")
        self.undo()

    def test_the_name_is_taken(self):
        seq = self.template()
        self.call("DELETE", "/templates/plan")
        deleted = self.latest()
        self.template(name="PLAN")
        self.assert_refused(deleted)
        self.assert_refused(seq)
        self.undo()
        self.undo(deleted)
        self.assertEqual(self.names(), ["Plan"])
        self.undo()

    def test_it_was_edited_since(self):
        seq = self.template()
        self.call("PUT", "/templates/plan", PLAN | {"notes": "other"})
        self.assert_refused(seq)
        self.undo()
        self.undo()

    def test_a_task_from_a_template(self):
        self.template()
        before = self.state()
        self.assert_status(self.call("POST", "/templates/plan/tasks", {"due_date": "2031-01-01"}),
                           201)
        self.assert_undone(before)
        self.undo()


class ImportTest(UndoTest):
    def exported(self):
        answer = self.call("GET", "/export")
        self.assert_status(answer, 200)
        return answer.json

    def test_an_import_is_one_change(self):
        parent = self.create("parent", notes="n")
        self.create("child", parent_id=parent["id"])
        self.create("dependent", depends_on=[parent["id"]])
        self.call("POST", "/templates", PLAN)
        document = self.exported()
        while self.call("POST", "/undo").status == 200:
            pass
        empty = self.state()
        answer = self.call("POST", "/import", document)
        self.assert_status(answer, 200)
        full = self.state()
        self.assertEqual((len(full["task"]), len(full["template"])), (3, 1))
        answer = self.assert_undone(empty)
        self.assertEqual(answer["undone"]["action"], "import")
        self.assertEqual(len(answer["undone"]["task_ids"]), 3)
        self.assert_undone(full, answer["change"]["seq"])


if __name__ == "__main__":
    unittest.main()
