# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the tests of the import share.

from apitest import ApiTest


def record(number, description=None, **fields):
    return {"id": number, "description": description or f"Task {number}", **fields}


def document(*tasks, templates=None):
    made = {"format": "todo-app-export", "version": 1, "tasks": list(tasks)}
    return made if templates is None else made | {"templates": templates}


class ImportTest(ApiTest):
    fresh = True

    def clear(self):
        """Deletes every task: an import then keeps its ids."""
        while tasks := self.list("limit=200&archived=any")["tasks"]:
            for task in tasks:
                self.call("DELETE", f"/tasks/{task['id']}?subtasks=keep")

    def imported(self, made, query=""):
        answer = self.call("POST", "/import" + query, made)
        self.assert_status(answer, 200)
        self.assertEqual(answer.json["refused"], [])
        self.assertEqual(answer.json["refused_total"], 0)
        return answer.json

    def export(self):
        answer = self.call("GET", "/export")
        self.assert_status(answer, 200)
        return answer.json

    def total(self):
        return len(self.export()["tasks"])

    def assert_refused(self, made, *places):
        """Refused with exactly these faults, in full and as a dry run; nothing has changed."""
        before = self.export()
        problem = self.assert_faults(self.call("POST", "/import", made), *places)
        report = self.call("POST", "/import?dry_run=true", made)
        self.assert_status(report, 200)
        self.assertEqual(report.json["imported"], 0)
        self.assertGreater(report.json["refused_total"], 0)
        told = {refused["pointer"] for refused in report.json["refused"]}
        self.assertEqual(told, {"/".join(place.split("/")[:3]) for place in places})
        for refused in report.json["refused"]:
            self.assertEqual(set(refused), {"pointer", "id", "reason"})
            self.assertTrue(refused["reason"])
        self.assertEqual(self.export(), before)
        return problem, report.json
