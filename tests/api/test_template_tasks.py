# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# A task from a template, with any field overridden, and a task saved as a template.

import unittest

from apitest import database_rows
from templatetest import TemplateTest, template_path

WEEKLY = {"type": "weekly", "interval": 2}


class UseTest(TemplateTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "Full" not in cls.names():
            cls.template("Full", "Buy food", priority="high", category="shopping",
                         notes="milk\nbread")
            cls.template("Recurs", "Water the plants", recurring=WEEKLY)

    def use(self, name, body=None, query="", **rest):
        return self.call("POST", template_path(name) + "/tasks" + query, body, **rest)

    def test_all_that_it_holds(self):
        answer = self.use("full")
        self.assert_status(answer, 201)
        task = answer.json
        self.assertEqual(answer.headers["Location"], f"/api/v1/tasks/{task['id']}")
        self.assertEqual(answer.headers["ETag"], '"1"')
        self.assertIsNotNone(answer.headers["X-Today"])
        self.assert_task(task, description="Buy food", priority="high", category="shopping",
                         notes="milk\nbread", completed=False, due_date=None, parent_id=None,
                         depends_on=[], recurring=None, archived=False, version=1)
        self.assert_unchanged(task)
        self.assertEqual(self.last_change(), ("create", "Create “Buy food”", ["task"]))

    def test_empty_body(self):
        self.assert_task(self.use("Full", {}).json, description="Buy food")

    def test_every_field_can_be_overridden(self):
        needed, parent = self.create(), self.create("parent")
        fields = {"description": "Buy drinks", "priority": "low", "category": "work", "notes": "",
                  "due_date": "2031-01-31", "parent_id": parent["id"],
                  "depends_on": [needed["id"]], "recurring": {"type": "monthly", "interval": 1}}
        task = self.use("Full", fields).json
        self.assert_task(task, **fields)
        answer = self.use("Full", {"completed": True})
        self.assert_task(answer.json, completed=True, description="Buy food")

    def test_template_stays_as_it_is(self):
        before = self.read_template("Full")
        self.use("Full", {"notes": "other"})
        self.assertEqual(self.read_template("Full"), before)

    def test_recurring_needs_a_due_date(self):
        for body in (None, {}, {"notes": "n"}, {"due_date": None}):
            with self.subTest(body):
                self.assert_faults(self.use("Recurs", body), "#/recurring")

    def test_recurring_with_a_due_date(self):
        task = self.use("Recurs", {"due_date": "2031-01-31"}).json
        self.assert_task(task, recurring=WEEKLY, due_date="2031-01-31")
        answer = self.call("POST", f"/tasks/{task['id']}/complete").json
        self.assertEqual(answer["next_task"]["due_date"], "2031-02-14")

    def test_null_makes_it_one_time(self):
        self.assert_task(self.use("Recurs", {"recurring": None}).json, recurring=None,
                         due_date=None)

    def test_another_recurrence_replaces_the_whole(self):
        body = {"recurring": {"type": "daily"}, "due_date": "2031-01-31"}
        self.assert_task(self.use("Recurs", body).json,
                         recurring={"type": "daily", "interval": 1})
        body["recurring"] = {"interval": 3}
        self.assert_faults(self.use("Recurs", body), "#/recurring/type")

    def test_the_templates_category_is_given(self):
        """A subtask inherits the parent's category only when nothing gives one."""
        parent = self.create("parent", category="work")
        task = self.use("Full", {"parent_id": parent["id"]}).json
        self.assert_task(task, category="shopping", parent_id=parent["id"])

    def test_rules_of_tasks_hold(self):
        parent = self.create("parent")
        child = self.create("child", parent_id=parent["id"])
        self.assert_problem(self.use("Full", {"parent_id": child["id"]}), "subtask-depth")
        answer = self.use("Full", {"depends_on": [parent["id"]], "completed": True})
        self.assert_problem(answer, "blocked", blockers=[parent["id"]])
        self.assert_faults(self.use("Full", {"depends_on": [999999], "parent_id": 999998}),
                           "#/depends_on/0", "#/parent_id")

    def test_every_fault_is_told(self):
        answer = self.use("Recurs", {
            "description": "", "priority": None, "colour": 1, "id": 5, "version": 1,
            "archived": False, "name": "n", "depends_on": [999999]}, query="?x=1")
        self.assert_faults(answer, "#/description", "#/priority", "#/colour", "#/id", "#/version",
                           "#/archived", "#/name", "#/depends_on/0", "#/recurring", "parameter x")

    def test_a_wrong_due_date_is_one_fault(self):
        self.assert_faults(self.use("Recurs", {"due_date": "2026-02-30"}), "#/due_date")

    def test_body_that_is_no_object(self):
        for body in ([], "x", 5):
            with self.subTest(body):
                self.assert_faults(self.use("Full", body), "#")

    def test_malformed_body(self):
        answer = self.use("Full", raw=b'{"notes":')
        self.assert_problem(answer, "malformed-json")

    def test_today(self):
        answer = self.use("Full", {"due_date": "2026-01-05"}, query="?today=2026-01-07")
        self.assertEqual(answer.headers["X-Today"], "2026-01-07")
        self.assert_task(answer.json, overdue=True, days_overdue=2)
        self.assert_faults(self.use("Full", query="?today=never"), "parameter today")

    def test_dry_run(self):
        before = database_rows(self.stack.database)
        answer = self.use("Full", {"notes": "n"}, query="?dry_run=true")
        self.assert_status(answer, 200)
        self.assert_task(answer.json, description="Buy food", notes="n")
        self.assertEqual(database_rows(self.stack.database), before)

    def test_idempotency_key(self):
        headers = {"Idempotency-Key": "a task from a template"}
        first, second = (self.use("Full", headers=headers) for _ in range(2))
        self.assert_status(first, 201)
        self.assertEqual((second.status, second.body), (201, first.body))
        self.assertEqual(second.headers["Idempotency-Replayed"], "true")
        answer = self.use("Full", {"notes": "n"}, headers=headers)
        self.assert_problem(answer, "idempotency-mismatch")

    def test_get_is_not_allowed(self):
        answer = self.call("GET", "/templates/Full/tasks")
        self.assert_problem(answer, "method-not-allowed")
        self.assertEqual(answer.tokens("Allow"), {"POST", "OPTIONS"})


class SaveTest(TemplateTest):
    def save(self, task, body, query="", **rest):
        return self.call("POST", f"/tasks/{task['id']}/template{query}", body, **rest)

    def test_what_a_template_keeps(self):
        needed, parent = self.create(), self.create()
        task = self.create("Pay the rent", priority="high", category="personal", notes="to whom",
                           due_date="2031-01-31", recurring={"type": "monthly", "interval": 1},
                           parent_id=parent["id"], depends_on=[needed["id"]])
        answer = self.save(task, {"name": " Rent due "})
        self.assert_status(answer, 201)
        self.assertEqual(answer.headers["Location"], "/api/v1/templates/Rent%20due")
        self.assertEqual(answer.headers["ETag"], '"1"')
        self.assert_template(answer.json, name="Rent due", description="Pay the rent",
                             priority="high", category="personal", notes="to whom",
                             recurring={"type": "monthly", "interval": 1}, version=1)
        self.assertEqual(self.read_template("Rent due"), answer.json)
        self.assertEqual(self.last_change(),
                         ("template_create", "Create template “Rent due”", ["template"]))
        self.assert_unchanged(task)

    def test_state_is_not_kept(self):
        task = self.create("done", completed=True)
        self.archive(task)
        self.assert_status(self.save(task, {"name": "from done"}), 201)
        made = self.call("POST", "/templates/from%20done/tasks").json
        self.assert_task(made, completed=False, archived=False, description="done")

    def test_name_is_taken(self):
        self.template("Existing")
        self.assert_problem(self.save(self.create(), {"name": "EXISTING"}), "name-taken")

    def test_faults(self):
        task = self.create()
        for body, places in (({}, ("#/name",)), ({"name": None}, ("#/name",)),
                             ({"name": "a/b"}, ("#/name",)), ({"name": 5}, ("#/name",)),
                             ({"name": "a" * 101, "x": 1, "description": "d"},
                              ("#/name", "#/x", "#/description")),
                             ([], ("#",)), ("name", ("#",))):
            with self.subTest(body):
                self.assert_faults(self.save(task, body), *places)
        self.assert_faults(self.save(task, {"name": "n"}, "?today=2026-01-05"), "parameter today")
        self.assert_problem(self.call("POST", f"/tasks/{task['id']}/template", raw=b""),
                            "malformed-json")

    def test_missing_task(self):
        for body in ({"name": "n"}, {"name": ""}):
            with self.subTest(body):
                self.assert_problem(self.save({"id": 999999}, body), "not-found")

    def test_if_match_is_the_tasks(self):
        task = self.create()
        self.call("PATCH", f"/tasks/{task['id']}", {"notes": "n"})
        answer = self.save(task, {"name": "stale"}, headers={"If-Match": '"1"'})
        self.assert_problem(answer, "precondition-failed")
        self.assertNotIn("stale", self.names())
        answer = self.save(task, {"name": "fresh"}, headers={"If-Match": '"2"'})
        self.assert_status(answer, 201)

    def test_dry_run(self):
        task = self.create()
        before = database_rows(self.stack.database)
        answer = self.save(task, {"name": "maybe"}, "?dry_run=true")
        self.assert_status(answer, 200)
        self.assert_template(answer.json, name="maybe")
        self.assertEqual(database_rows(self.stack.database), before)

    def test_idempotency_key(self):
        task = self.create()
        headers = {"Idempotency-Key": "a template from a task"}
        first, second = (self.save(task, {"name": "saved"}, headers=headers) for _ in range(2))
        self.assert_status(first, 201)
        self.assertEqual((second.status, second.body), (201, first.body))
        self.assertEqual(second.headers["Idempotency-Replayed"], "true")


if __name__ == "__main__":
    unittest.main()
