# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# POST /tasks: what it stores, its defaults, and the answer. Faulty input is in test_validation.py.

import unittest

from apitest import ApiTest, ID_MAX, in_threads


class CreateTest(ApiTest):
    def test_minimal_body_gets_every_default(self):
        answer = self.call("POST", "/tasks", {"description": "Buy milk"})
        self.assert_status(answer, 201)
        task = answer.json
        self.assert_task(
            task, description="Buy milk", completed=False, priority="medium", category="other",
            due_date=None, notes="", parent_id=None, depends_on=[], recurring=None, archived=False,
            completed_at=None, version=1, overdue=False, days_overdue=0, blocked=False,
            subtasks={"total": 0, "completed": 0}, dependencies={"total": 0, "completed": 0})
        self.assertEqual(task["created_at"], task["updated_at"])

    def test_answer_has_location_entity_tag_and_today(self):
        answer = self.call("POST", "/tasks", {"description": "Buy milk"})
        self.assertEqual(answer.headers["Location"], f"/api/v1/tasks/{answer.json['id']}")
        self.assertEqual(answer.headers["ETag"], '"1"')
        self.assertRegex(answer.headers["X-Today"], r"^\d{4}-\d\d-\d\d$")
        self.assertEqual(answer.headers["Content-Type"], "application/json")

    def test_location_gives_the_same_task(self):
        answer = self.call("POST", "/tasks", {"description": "Buy milk", "notes": "2 litres"})
        again = self.send("GET", answer.headers["Location"])
        self.assert_status(again, 200)
        self.assertEqual(again.json, answer.json)
        self.assertEqual(again.headers["ETag"], answer.headers["ETag"])

    def test_every_writable_field(self):
        other, parent = self.create("first"), self.create("parent")
        fields = {
            "description": "All of it", "completed": False, "priority": "high",
            "category": "shopping", "due_date": "2031-02-28", "notes": "line one\nline two\tend",
            "parent_id": parent["id"], "depends_on": [other["id"]],
            "recurring": {"type": "monthly", "interval": 3}}
        self.assert_task(self.create(**fields), **fields)

    def test_nulls_where_null_is_a_value(self):
        task = self.create(due_date=None, parent_id=None, recurring=None)
        self.assert_task(task, due_date=None, parent_id=None, recurring=None)

    def test_charset_parameter_of_the_content_type(self):
        for content_type in ("application/json; charset=utf-8", "application/json;charset=UTF-8",
                             'application/json; charset="utf-8"', "Application/JSON"):
            with self.subTest(content_type):
                answer = self.call("POST", "/tasks", {"description": "x"},
                                   content_type=content_type)
                self.assert_status(answer, 201)

    def test_description_is_trimmed_of_every_white_space(self):
        for text in ("  Buy milk  ", "\tBuy milk\n", "\u00a0Buy milk\u3000",
                     "\u2003Buy milk\u2028"):
            with self.subTest(ascii(text)):
                self.assertEqual(self.create(text)["description"], "Buy milk")

    def test_description_inner_white_space_is_kept(self):
        self.assertEqual(self.create("Buy  \u00a0 milk")["description"], "Buy  \u00a0 milk")

    def test_notes_are_not_trimmed(self):
        self.assertEqual(self.create(notes="  a \n\n b\t\r\n ")["notes"], "  a \n\n b\t\r\n ")

    def test_texts_of_greatest_length(self):
        for unit in ("x", "\u00e4", "\u20ac", "\U0001f600"):
            with self.subTest(ascii(unit)):
                task = self.create(unit * 1000, notes=unit * 20000)
                self.assertEqual(task["description"], unit * 1000)
                self.assertEqual(task["notes"], unit * 20000)
                self.assert_unchanged(task)

    def test_description_is_measured_after_trimming(self):
        self.assertEqual(self.create(" " * 500 + "x" * 1000 + " " * 500)["description"], "x" * 1000)

    def test_first_and_last_dates_of_the_calendar(self):
        for date in ("1970-01-01", "2000-02-29", "2028-02-29", "9999-12-31"):
            with self.subTest(date):
                self.assertEqual(self.create(due_date=date)["due_date"], date)

    def test_past_due_date_is_accepted_and_overdue(self):
        answer = self.call("POST", "/tasks", {"description": "late", "due_date": "2020-01-01"})
        task = answer.json
        self.assert_task(task, overdue=True)
        self.assertGreater(task["days_overdue"], 2000)
        self.assertEqual(answer.headers["ETag"], f'"1-d{task["days_overdue"]}"')

    def test_created_completed(self):
        task = self.create(completed=True, due_date="2020-01-01")
        self.assert_task(task, completed=True, overdue=False, days_overdue=0,
                         completed_at=task["created_at"])

    def test_dependencies_come_back_ascending(self):
        a, b, c = (self.create()["id"] for _ in range(3))
        self.assertEqual(self.create(depends_on=[c, a, b])["depends_on"], [a, b, c])

    def test_integral_real_is_an_integer(self):
        parent = self.create()["id"]
        answer = self.call("POST", "/tasks",
                           raw=b'{"description": "x", "parent_id": %d.0}' % parent)
        self.assert_status(answer, 201)
        self.assertEqual(answer.json["parent_id"], parent)

    def test_ids_grow_and_are_never_reused(self):
        first = self.create()["id"]
        self.assertTrue(1 <= first <= ID_MAX)
        self.assert_status(self.call("DELETE", f"/tasks/{first}"), 204)
        self.assertGreater(self.create()["id"], first)

    def test_many_at_once_get_different_ids(self):
        ids = in_threads(24, lambda index: self.create(f"task {index}")["id"])
        self.assertEqual(len(set(ids)), 24)
        for index, number in enumerate(ids):
            self.assertEqual(self.read(number)["description"], f"task {index}")


if __name__ == "__main__":
    unittest.main()
