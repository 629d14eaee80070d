# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks: parameters that are unknown, repeated or bad are refused by name, all at once.

import unittest

from apitest import ApiTest

GOOD = {
    "completed": ("true", "false"), "archived": ("true", "false", "any"),
    "priority": ("high", "high,low", "low,medium,high"), "category": ("work", "other,shopping"),
    "due": ("overdue", "today", "tomorrow", "week", "month", "none"),
    "due_before": ("2026-01-05", "9999-12-31"), "due_after": ("1970-01-01",),
    "parent_id": ("none", "1", "9007199254740991"), "recurring": ("true", "false"),
    "blocked": ("true", "false"), "q": ("x", "%20", "%F0%9F%98%80"), "sort": ("id", "-due_date,id"),
    "view": ("flat", "tree"), "limit": ("1", "200"), "count": ("true", "false"),
    "today": ("2026-01-05",),
}
NO_DATES = ("", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-5",
            "20260105", "05.01.2026", "2026-01-05T00:00:00Z", "1969-12-31", "10000-01-01",
            "2026-01-05%20", "today", "2026-01-0x", "+026-01-05", "2026%2D01%2D32")
NO_FLAGS = ("", "1", "0", "yes", "True", "TRUE", "null", "true,false", "%20true")
BAD = {
    "completed": NO_FLAGS, "recurring": NO_FLAGS, "blocked": NO_FLAGS, "count": NO_FLAGS,
    "archived": (*NO_FLAGS, "all", "ANY"),
    "priority": ("", "urgent", "High", "high,", ",high", "high,,low", "high;low", "1",
                 "high,urgent",
                 "high%20", "high,high"),
    "category": ("", "home", "Work", "work,", "work,home",
                 "work,work"),
    "due": ("", "yesterday", "Today", "today,tomorrow", "2026-01-05"),
    "due_before": NO_DATES, "due_after": NO_DATES, "today": NO_DATES,
    "parent_id": ("", "0", "-1", "abc", "None", "null", "1.0", "01", "1,2", "9007199254740992",
                  "99999999999999999999999", "%D9%A1"),
    "view": ("", "list", "Tree"),
    "limit": ("", "0", "-1", "201", "1.5", "abc", "050", "1e2", "99999999999999999999", "%2050"),
}


class ListParametersTest(ApiTest):
    def test_good_values(self):
        for name, values in GOOD.items():
            for value in values:
                with self.subTest(f"{name}={value}"):
                    self.list(f"{name}={value}")

    def test_bad_values(self):
        for name, values in BAD.items():
            for value in values:
                with self.subTest(f"{name}={value}"):
                    self.assert_faults(self.call("GET", f"/tasks?{name}={value}"),
                                       f"parameter {name}")

    def test_parameter_without_value(self):
        for name in (*GOOD, "cursor"):
            with self.subTest(name):
                self.assert_faults(self.call("GET", f"/tasks?{name}"), f"parameter {name}")

    def test_unknown_names(self):
        for name in ("colour", "Completed", "completed%20", "dry_run", "subtasks", "id",
                     "children"):
            with self.subTest(name):
                answer = self.call("GET", f"/tasks?{name}=true")
                self.assert_faults(answer, "parameter " + name.replace("%20", " "))

    def test_empty_name(self):
        self.assert_status(self.call("GET", "/tasks?=true"), 400)

    def test_repeated_names(self):
        for name, values in GOOD.items():
            with self.subTest(name):
                query = f"{name}={values[0]}&{name}={values[-1]}"
                self.assert_faults(self.call("GET", f"/tasks?{query}"), f"parameter {name}")

    def test_name_with_escapes_is_the_same_name(self):
        self.list("%6cimit=1")
        self.assert_faults(self.call("GET", "/tasks?limit=1&%6cimit=2"), "parameter limit")

    def test_every_fault_at_once(self):
        answer = self.call("GET", "/tasks?completed=maybe&limit=0&colour=red&sort=size&due=never"
                                  "&priority=urgent&today=2026-02-30&view=list&size=3")
        self.assert_faults(answer, "parameter completed", "parameter limit", "parameter colour",
                           "parameter sort", "parameter due", "parameter priority",
                           "parameter today", "parameter view", "parameter size")

    def test_no_task_without_a_date_lies_in_a_range(self):
        self.create("dated", due_date="2026-01-05")
        self.create("undated")
        for bound in ("due_before=9999-12-31", "due_after=1970-01-01"):
            for more in ("", "&sort=due_date", "&sort=-due_date", "&view=tree"):
                with self.subTest(bound + more):
                    answer = self.list(f"due=none&{bound}&count=true{more}")
                    self.assertEqual(answer["tasks"], [])
                    self.assertEqual(answer["count"], {"total": 0, "completed": 0})

    def test_empty_query(self):
        self.assertEqual(self.list(), self.send("GET", "/api/v1/tasks?").json)

    def test_hundreds_of_parameters(self):
        query = "&".join(f"x{number}=1" for number in range(300))
        self.assert_problem(self.call("GET", f"/tasks?{query}"), "validation")

    def test_plus_is_a_space(self):
        task = self.create("plus space")
        self.assertIn(task["id"], self.listed("q=plus+space"))


if __name__ == "__main__":
    unittest.main()
