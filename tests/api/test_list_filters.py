# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks: every filter, alone and together, and the counts, against a reference in Python.

import datetime
import itertools
import unittest

from apitest import ApiTest

TODAY = "2026-01-30"  # near the end of a month: the week runs into the next one
DATES = (None, "2025-12-31", "2026-01-01", "2026-01-29", "2026-01-30", "2026-01-31", "2026-02-06",
         "2026-02-07", "2027-01-30")


class ListFiltersTest(ApiTest):
    fresh = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ids = []
        priorities = ("high", "medium", "low")
        categories = ("work", "personal", "shopping", "other")
        for number, (due, completed) in enumerate(itertools.product(DATES, (False, True))):
            fields = {"due_date": due, "completed": completed, "priority": priorities[number % 3],
                      "category": categories[number % 4], "notes": f"note {number % 5}"}
            if number % 3 == 0 and due is not None:
                fields["recurring"] = {"type": "daily", "interval": 1}
            if number % 4 == 1:
                fields["parent_id"] = ids[0]
            if number % 5 == 2 and not completed:
                fields["depends_on"] = [ids[number - 1], ids[number - 2]]
            ids.append(cls.create(f"number {number}", **fields)["id"])
        cls.ids = ids
        cls.tasks = [cls.read(number) for number in ids]

    def expect(self, query, condition):
        """The list gives, in order, those tasks that meet the condition; and so does the count."""
        expected = [task["id"] for task in self.tasks if condition(task)]
        page = self.list(f"{query}&limit=200&count=true&today={TODAY}".lstrip("&"))
        self.assertEqual([task["id"] for task in page["tasks"]], expected, query)
        completed = sum(task["completed"] for task in self.tasks if condition(task))
        self.assertEqual(page["count"], {"total": len(expected), "completed": completed}, query)
        self.assertEqual(page["today"], TODAY)

    def test_no_filter(self):
        self.expect("", lambda task: True)

    def test_completed(self):
        self.expect("completed=true", lambda task: task["completed"])
        self.expect("completed=false", lambda task: not task["completed"])

    def test_archived(self):
        # nothing is archived yet: the default, false and any are the same
        self.expect("archived=false", lambda task: True)
        self.expect("archived=any", lambda task: True)
        self.expect("archived=true", lambda task: False)

    def test_priority(self):
        for names in ("high", "medium", "low", "high,low", "low,high,medium"):
            with self.subTest(names):
                self.expect(f"priority={names}", lambda task: task["priority"] in names.split(","))

    def test_category(self):
        for names in ("work", "personal", "shopping", "other", "work,other"):
            with self.subTest(names):
                self.expect(f"category={names}", lambda task: task["category"] in names.split(","))

    def test_comma_may_be_percent_encoded(self):
        self.expect("priority=high%2Clow", lambda task: task["priority"] != "medium")

    def test_due_overdue(self):
        self.expect("due=overdue", lambda task: task["due_date"] is not None
                    and task["due_date"] < TODAY and not task["completed"])

    def test_due_today_and_tomorrow(self):
        self.expect("due=today", lambda task: task["due_date"] == TODAY)
        self.expect("due=tomorrow", lambda task: task["due_date"] == "2026-01-31")

    def test_due_week_is_today_and_the_seven_days_after(self):
        self.expect("due=week", lambda task: task["due_date"] is not None
                    and TODAY <= task["due_date"] <= "2026-02-06")

    def test_due_month_is_the_calendar_month(self):
        self.expect("due=month", lambda task: (task["due_date"] or "").startswith("2026-01"))

    def test_due_none(self):
        self.expect("due=none", lambda task: task["due_date"] is None)

    def test_due_before_and_after_exclude_their_day(self):
        self.expect("due_before=2026-01-30",
                    lambda task: task["due_date"] is not None and task["due_date"] < "2026-01-30")
        self.expect("due_after=2026-01-30",
                    lambda task: task["due_date"] is not None and task["due_date"] > "2026-01-30")
        self.expect("due_after=2026-01-01&due_before=2026-02-06", lambda task: task["due_date"]
                    is not None and "2026-01-01" < task["due_date"] < "2026-02-06")
        self.expect("due_after=2026-02-06&due_before=2026-01-01", lambda task: False)

    def test_due_with_a_range_is_the_intersection(self):
        self.expect("due=month&due_before=2026-01-30", lambda task: task["due_date"] in
                    ("2026-01-01", "2026-01-29"))

    def test_range_at_the_ends_of_the_calendar(self):
        self.expect("due_before=1970-01-01", lambda task: False)
        self.expect("due_after=9999-12-31", lambda task: False)

    def test_parent(self):
        self.expect("parent_id=none", lambda task: task["parent_id"] is None)
        self.expect(f"parent_id={self.ids[0]}", lambda task: task["parent_id"] == self.ids[0])
        self.expect("parent_id=999999", lambda task: False)

    def test_recurring(self):
        self.expect("recurring=true", lambda task: task["recurring"] is not None)
        self.expect("recurring=false", lambda task: task["recurring"] is None)

    def test_blocked(self):
        self.expect("blocked=true", lambda task: task["blocked"])
        self.expect("blocked=false", lambda task: not task["blocked"])

    def test_search_in_description_and_notes(self):
        self.expect("q=number+1", lambda task: "number 1" in task["description"])
        self.expect("q=note+3", lambda task: "note 3" in task["notes"])

    def test_every_pair_of_filters(self):
        filters = {
            "completed=false": lambda task: not task["completed"],
            "priority=high,medium": lambda task: task["priority"] != "low",
            "category=work,other": lambda task: task["category"] in ("work", "other"),
            "due=week": lambda task: task["due_date"] is not None
            and TODAY <= task["due_date"] <= "2026-02-06",
            "due_after=2026-01-01": lambda task: task["due_date"] is not None
            and task["due_date"] > "2026-01-01",
            "parent_id=none": lambda task: task["parent_id"] is None,
            "recurring=false": lambda task: task["recurring"] is None,
            "blocked=true": lambda task: task["blocked"],
            "q=note": lambda task: True,
            "q=3": lambda task: "3" in task["description"] + task["notes"],
        }
        for one, two in itertools.combinations(filters, 2):
            if one.startswith("q=") and two.startswith("q="):
                continue
            with self.subTest(f"{one}&{two}"):
                self.expect(f"{one}&{two}",
                            lambda task: filters[one](task) and filters[two](task))

    def test_overdue_follows_today(self):
        day = datetime.date.fromisoformat(TODAY)
        for task in self.list(f"due=overdue&limit=200&today={TODAY}")["tasks"]:
            self.assertTrue(task["overdue"])
            late = day - datetime.date.fromisoformat(task["due_date"])
            self.assertEqual(task["days_overdue"], late.days)
        for task in self.list("limit=200&today=1980-01-01")["tasks"]:
            self.assertFalse(task["overdue"])

    def test_count_is_absent_unless_asked_for(self):
        self.assertNotIn("count", self.list())
        self.assertNotIn("count", self.list("count=false"))

    def test_count_is_of_the_whole_list_not_of_the_page(self):
        page = self.list("limit=1&count=true")
        self.assertEqual(page["count"]["total"], len(self.tasks))

    def test_members_of_a_list(self):
        self.assertEqual(set(self.list()), {"tasks", "next_cursor", "today"})
        self.assertEqual(set(self.list("count=true")), {"tasks", "next_cursor", "today", "count"})
        for task in self.list()["tasks"]:
            self.assert_task(task)


if __name__ == "__main__":
    unittest.main()
