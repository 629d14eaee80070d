# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Bodies that are well-formed and wrong: every fault is named with its pointer, all at once.

import json
import unittest

from apitest import ApiTest, ID_MAX, READ_ONLY_FIELDS

NO_TEXT = (None, 1, True, [], {}, ["x"])
NO_DATES = ("", "2026-02-30", "2025-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-01",
            "2026-01-00", "2026-1-5", "26-01-05", "20260105", "2026/01/05", "2026-01-05T00:00:00Z",
            " 2026-01-05", "2026-01-05 ", "1969-12-31", "0000-01-01", "10000-01-01", "-001-01-01",
            "2026-01-0\u0665", "today", 20260105, True, [], {})
NO_IDS = (0, -1, 1.5, "1", True, [], {}, ID_MAX + 1, 2**63)

# (the member of the body, the pointer of its one fault)
ONE_FAULT = (
    *(({"description": value}, "#/description") for value in NO_TEXT),
    *(({"description": value}, "#/description") for value in (
        "", "   ", "\t\n", "\u00a0\u2003\u3000", "x" * 1001, "\U0001f600" * 1001, "a\nb", "a\tb",
        "a\rb", "a\u0001b", "a\u007fb", "a\u0085b", "a\u009fb", "a\u001bb")),
    *(({"notes": value}, "#/notes") for value in NO_TEXT),
    *(({"notes": value}, "#/notes") for value in (
        "x" * 20001, "\u20ac" * 20001, "a\u0001b", "a\u000bb", "a\u000cb", "a\u007fb", "a\u0085b")),
    *(({"priority": value}, "#/priority") for value in (
        "urgent", "High", "high ", "", 1, True, [], {"high": 1})),
    *(({"category": value}, "#/category") for value in ("home", "Work", "", 1, False, [], {})),
    *(({"completed": value}, "#/completed") for value in ("true", 1, 0, [], {}, "")),
    *(({"due_date": value}, "#/due_date") for value in NO_DATES),
    *(({"parent_id": value}, "#/parent_id") for value in NO_IDS),
    *(({"depends_on": value}, "#/depends_on") for value in (1, "1", True, {}, {"0": 1})),
    *(({"depends_on": [value]}, "#/depends_on/0") for value in (*NO_IDS, None)),
    ({"depends_on": list(range(1, 102))}, "#/depends_on"),
    *(({"recurring": value, "due_date": "2031-01-01"}, "#/recurring")
      for value in (1, "daily", True, [])),
    *(({"recurring": {"type": value, "interval": 1}, "due_date": "2031-01-01"}, "#/recurring/type")
      for value in ("yearly", "Daily", "", 1, None, [], {})),
    *(({"recurring": {"type": "daily", "interval": value}, "due_date": "2031-01-01"},
       "#/recurring/interval") for value in (0, -1, 1001, 1.5, "1", None, True, [], 2**63)),
    ({"recurring": {"interval": 1}, "due_date": "2031-01-01"}, "#/recurring/type"),
    ({"recurring": {"type": "daily", "interval": 1, "until": "x"}, "due_date": "2031-01-01"},
     "#/recurring/until"),
    ({"recurring": {"type": "daily", "interval": 1}}, "#/recurring"),
    ({"recurring": {"type": "daily", "interval": 1}, "due_date": None}, "#/recurring"),
)


class ValidationTest(ApiTest):
    def create_with(self, fields, query=""):
        return self.call("POST", f"/tasks{query}", {"description": "x", **fields})

    def test_one_fault_on_create(self):
        for fields, pointer in ONE_FAULT:
            with self.subTest(f"{fields!r:.100}"):
                self.assert_faults(self.create_with(fields), pointer)

    def test_one_fault_on_patch(self):
        """The same, but for null, which clears there."""
        task = self.create()
        clears = ("null", '{"type": "daily", "interval": null}')
        for fields, pointer in ONE_FAULT:
            name = pointer.split("/")[1]
            if name != "description" and json.dumps(fields[name]) in clears:
                continue
            with self.subTest(f"{fields!r:.100}"):
                self.assert_faults(self.call("PATCH", f"/tasks/{task['id']}", fields), pointer)
        self.assert_unchanged(task)

    def test_one_fault_on_replacement(self):
        task = self.create()
        for fields, pointer in ONE_FAULT[::3]:
            with self.subTest(f"{fields!r:.100}"):
                body = {"description": "x", **fields}
                self.assert_faults(self.call("PUT", f"/tasks/{task['id']}", body), pointer)
        self.assert_unchanged(task)

    def test_one_fault_on_a_subtask(self):
        task = self.create()
        for fields, pointer in ONE_FAULT[::7]:
            if "parent_id" in fields:
                continue
            with self.subTest(f"{fields!r:.100}"):
                body = {"description": "x", **fields}
                answer = self.call("POST", f"/tasks/{task['id']}/subtasks", body)
                self.assert_faults(answer, pointer)
        self.assert_unchanged(task)

    def test_description_is_required(self):
        self.assert_faults(self.call("POST", "/tasks", {}), "#/description")
        self.assert_faults(self.call("POST", "/tasks", {"notes": "x"}), "#/description")

    def test_read_only_fields(self):
        values = {"id": 5, "archived": False, "version": 1, "overdue": False, "days_overdue": 0,
                  "blocked": False, "subtasks": {"total": 0, "completed": 0},
                  "dependencies": {"total": 0, "completed": 0}}
        for name in READ_ONLY_FIELDS:
            with self.subTest(name):
                value = values.get(name, "2026-01-01T00:00:00.000Z")
                self.assert_faults(self.create_with({name: value}), f"#/{name}")

    def test_unknown_fields(self):
        for name in ("colour", "Description", "description ", "due", "parent", "children", "_id"):
            with self.subTest(name):
                self.assert_status(self.create_with({name: "x"}), 400)
        self.assert_faults(self.create_with({"colour": "x"}), "#/colour")

    def test_pointers_are_escaped(self):
        """RFC 6901: ~ and / in the pointer (section 3), others in the fragment (section 6)."""
        for name, pointer in (("a/b", "#/a~1b"), ("m~n", "#/m~0n"), ("~1", "#/~01"), ("", "#/"),
                              ("a b", "#/a%20b"), ("\u00e9", "#/%C3%A9"), ("%", "#/%25"),
                              ('"', "#/%22"), ("#", "#/%23"), ("\n", "#/%0A")):
            with self.subTest(name):
                self.assert_faults(self.create_with({name: 1}), pointer)

    def test_every_fault_at_once(self):
        answer = self.create_with({
            "description": " ", "completed": "no", "priority": "urgent", "category": "home",
            "due_date": "2026-02-30", "notes": 7, "parent_id": -1, "depends_on": [0, "x"],
            "recurring": {"type": "yearly", "interval": 0, "until": 1}, "archived": True,
            "colour": "red"})
        self.assert_faults(
            answer, "#/description", "#/completed", "#/priority", "#/category", "#/due_date",
            "#/notes", "#/parent_id", "#/depends_on/0", "#/depends_on/1", "#/recurring/type",
            "#/recurring/interval", "#/recurring/until", "#/archived", "#/colour")

    def test_faults_of_body_query_and_header_together(self):
        answer = self.call("POST", "/tasks?colour=red&dry_run=maybe", {"priority": "urgent"},
                           headers={"Idempotency-Key": "k" * 256})
        self.assert_faults(answer, "#/description", "#/priority", "parameter colour",
                           "parameter dry_run", "header Idempotency-Key")

    def test_recurrence_is_not_blamed_for_a_bad_due_date(self):
        answer = self.create_with({"due_date": "2026-02-30", "recurring": {"type": "daily"}})
        self.assert_faults(answer, "#/due_date")

    def test_thousands_of_faults(self):
        answer = self.create_with({f"unknown{number}": number for number in range(5000)})
        problem = self.assert_problem(answer, "validation")
        self.assertTrue(100 <= len(problem["errors"]) <= 101)

    def test_nothing_was_created(self):
        before = self.list("count=true")["count"]
        for fields, _ in ONE_FAULT[::5]:
            self.create_with(fields)
        self.assertEqual(self.list("count=true")["count"], before)


if __name__ == "__main__":
    unittest.main()
