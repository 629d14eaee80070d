# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks: the order, by each key in both directions and by several keys.

import itertools
import unittest
import urllib.parse

from apitest import ApiTest

PRIORITIES = ("high", "medium", "low")
DATES = (None, "2026-01-05", "2025-06-01", "2026-01-05", "1970-01-01", None, "9999-12-31")
NAMES = ("banana", "Apple", "apple", "Zebra", "\u00c4pfel", "\u00e4pfel", "zebra", "10", "9",
         "\U0001f600", "\u65e5\u672c", "banana")


class ListSortTest(ApiTest):
    fresh = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(24):
            cls.create(NAMES[number % len(NAMES)], priority=PRIORITIES[number * 2 % 3],
                       due_date=DATES[number % len(DATES)])
        for number in (20, 3, 11):  # so that updated_at is not the order of creation
            cls.touch_later(number)
        cls.tasks = cls.list("limit=200")["tasks"]

    @classmethod
    def touch_later(cls, number):
        """Until it is the latest: times are milliseconds, and equal ones are in the order of ids."""
        latest = max(task["updated_at"] for task in cls.list("limit=200")["tasks"])
        for notes in itertools.count():
            task = cls.call("PATCH", f"/tasks/{number}", {"notes": str(notes)}).json
            if task["updated_at"] > latest:
                return

    def key(self, name):
        """The sort key of the contract for one name without sign."""
        if name == "priority":
            return lambda task: PRIORITIES.index(task["priority"])
        if name == "description":
            return lambda task: task["description"].lower()
        return lambda task: task[name]

    def expect(self, sort):
        """Sorted as asked; equal ones by id. Tasks without a due date are checked apart."""
        tasks = list(self.tasks)
        tasks.sort(key=lambda task: task["id"])
        for part in reversed(sort.split(",")):
            tasks.sort(key=self.key(part.lstrip("-")), reverse=part.startswith("-"))
        self.assertEqual(self.listed(f"limit=200&sort={sort}"), [task["id"] for task in tasks])

    def test_default_is_by_id(self):
        self.assertEqual(self.listed("limit=200"), sorted(task["id"] for task in self.tasks))

    def test_id(self):
        self.expect("id")
        self.expect("-id")

    def test_priority_high_first(self):
        order = [task["priority"] for task in self.list("limit=200&sort=priority")["tasks"]]
        self.assertEqual(order, sorted(order, key=PRIORITIES.index))
        self.expect("priority")

    def test_created_and_updated(self):
        self.expect("created_at")
        self.expect("updated_at")
        self.assertEqual(self.listed("sort=-updated_at")[:3], [11, 3, 20])

    def test_description_without_regard_to_case(self):
        self.expect("description")

    def test_descending_is_the_exact_reverse_of_distinct_keys(self):
        for name in ("priority", "description", "created_at", "updated_at", "due_date"):
            with self.subTest(name):
                up = self.listed(f"limit=200&sort={name},id")
                self.assertEqual(self.listed(f"limit=200&sort=-{name},-id"), up[::-1])

    def test_due_dates_ascend_and_descend(self):
        for sort, reverse in (("due_date", False), ("-due_date", True)):
            with self.subTest(sort):
                dates = [task["due_date"] for task in self.list(f"limit=200&sort={sort}")["tasks"]]
                known = [date for date in dates if date]
                self.assertEqual(known, sorted(known, reverse=reverse))
                groups = [bool(date) for date, _ in itertools.groupby(dates, key=bool)]
                self.assertEqual(len(groups), 2, "tasks without a date stay together")

    def test_several_keys(self):
        for sort in ("priority,description", "priority,-id", "-priority,created_at",
                     "priority,-description,-id"):
            with self.subTest(sort):
                tasks = self.list(f"limit=200&sort={sort}")["tasks"]
                self.assertEqual(len(tasks), len(self.tasks))
                ranks = [PRIORITIES.index(task["priority"]) for task in tasks]
                self.assertEqual(ranks, sorted(ranks, reverse=sort.startswith("-")))
                for _, group in itertools.groupby(tasks, key=lambda task: task["priority"]):
                    key = self.key(sort.split(",")[1].lstrip("-"))
                    values = [key(task) for task in group]
                    self.assertEqual(values, sorted(values, reverse=",-" in sort))

    def test_pages_of_every_order_give_the_same_list(self):
        for sort in ("id", "-id", "priority", "-priority", "due_date", "-due_date", "created_at",
                     "-updated_at", "description", "-description", "priority,due_date,-description",
                     "-due_date,priority,-id"):
            for limit in (1, 7):
                with self.subTest(f"{sort} {limit}"):
                    whole = self.listed(f"limit=200&sort={sort}")
                    paged = [task["id"] for task in self.pages(f"sort={sort}", limit)]
                    self.assertEqual(paged, whole)

    def test_bad_orders(self):
        for sort in ("", "colour", "id,", ",id", "--id", "id,id", "id,-id", "+id", "ID",
                     "priority,,id", " id"):
            with self.subTest(sort):
                answer = self.call("GET", "/tasks?sort=" + urllib.parse.quote(sort))
                self.assert_faults(answer, "parameter sort")


if __name__ == "__main__":
    unittest.main()
