# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks/{id}/occurrences: the dates on which a recurring task will come again.

import unittest

from apitest import ApiTest


class OccurrencesTest(ApiTest):
    def recurring(self, kind, interval, due, **fields):
        return self.create("again", due_date=due, recurring={"type": kind, "interval": interval},
                           **fields)

    def get(self, task, query=""):
        return self.call("GET", f"/tasks/{task['id']}/occurrences{query}")

    def dates(self, task, query=""):
        answer = self.get(task, query)
        self.assert_status(answer, 200)
        self.assertEqual(set(answer.json), {"occurrences"})
        return answer.json["occurrences"]

    def test_the_calendar_rule(self):
        for kind, interval, due, expected in (
                ("daily", 1, "2028-02-27", ["2028-02-28", "2028-02-29", "2028-03-01"]),
                ("daily", 1000, "2031-01-01", ["2033-09-27", "2036-06-23", "2039-03-20"]),
                ("weekly", 2, "2031-12-29", ["2032-01-12", "2032-01-26", "2032-02-09"]),
                ("monthly", 1, "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
                ("monthly", 12, "2028-02-29", ["2029-02-28", "2030-02-28", "2031-02-28"])):
            with self.subTest(f"{kind} {interval}"):
                task = self.recurring(kind, interval, due)
                self.assertEqual(self.dates(task, "?count=3"), expected)

    def test_twelve_by_default(self):
        dates = self.dates(self.recurring("monthly", 1, "2026-01-31"))
        self.assertEqual(len(dates), 12)
        self.assertEqual((dates[0], dates[-1]), ("2026-02-28", "2027-01-31"))

    def test_count(self):
        task = self.recurring("daily", 1, "2026-01-01")
        self.assertEqual(self.dates(task, "?count=1"), ["2026-01-02"])
        dates = self.dates(task, "?count=100")
        self.assertEqual((len(dates), dates[-1]), (100, "2026-04-11"))

    def test_bad_counts(self):
        task = self.recurring("daily", 1, "2026-01-01")
        for value in ("0", "101", "-1", "1.5", "", "x", "01", "+1", "1%20", "99999999999999999999"):
            with self.subTest(value):
                self.assert_faults(self.get(task, f"?count={value}"), "parameter count")
        self.assert_faults(self.get(task, "?count=1&count=2"), "parameter count")
        self.assert_faults(self.get(task, "?limit=3"), "parameter limit")

    def test_those_that_will_be_created(self):
        task = self.recurring("monthly", 1, "2026-01-31")
        promised, made = self.dates(task, "?count=5"), []
        for _ in range(5):
            task = self.call("POST", f"/tasks/{task['id']}/complete").json["next_task"]
            made.append(task["due_date"])
        self.assertEqual(promised, made)
        self.assertEqual(self.dates(task, "?count=2"), ["2026-07-31", "2026-08-31"])

    def test_completed_task_still_tells_them(self):
        task = self.recurring("weekly", 1, "2026-01-01", completed=True)
        self.assertEqual(self.dates(task, "?count=1"), ["2026-01-08"])

    def test_none_of_a_one_time_task(self):
        self.assertEqual(self.dates(self.create(due_date="2026-01-01")), [])

    def test_the_calendar_ends(self):
        task = self.recurring("monthly", 6, "9999-01-15")
        self.assertEqual(self.dates(task), ["9999-07-15"])
        self.assertEqual(self.dates(self.recurring("daily", 1, "9999-12-31")), [])

    def test_nothing_is_created(self):
        task = self.recurring("daily", 1, "2026-01-01")
        since = self.last_change()
        self.dates(task)
        self.assertEqual(self.changes(since), [])
        self.assert_unchanged(task)

    def test_unknown_id(self):
        self.assert_problem(self.get({"id": 999999}), "not-found")

    def test_methods(self):
        task = self.recurring("daily", 1, "2026-01-01")
        path = f"/tasks/{task['id']}/occurrences"
        self.assertEqual(self.call("HEAD", path).status, 200)
        self.assertEqual(self.call("OPTIONS", path).tokens("Allow"), {"GET", "HEAD", "OPTIONS"})
        self.assert_problem(self.call("POST", path, {}), "method-not-allowed")


if __name__ == "__main__":
    unittest.main()
