# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /stats: each figure, the filters, and all of it against a recount after random operations.

import datetime
import decimal
import json
import random
import unittest

from apitest import ApiTest

GROUP = {"total", "active", "completed", "pending", "archived", "completion_rate"}
PRIORITIES = ("high", "medium", "low")
CATEGORIES = ("work", "personal", "shopping", "other")
VIEWS = {"overdue": "overdue", "today": "today", "tomorrow": "tomorrow", "this_week": "week",
         "this_month": "month", "none": "none"}
OPERATIONS = 250
SEED = 20260130


def rate(completed, active):
    """A percentage with one decimal, rounded half up."""
    if active == 0:
        return 0.0
    exact = decimal.Decimal(100 * completed) / active
    return float(exact.quantize(decimal.Decimal("0.1"), decimal.ROUND_HALF_UP))


def group_of(tasks):
    active = [task for task in tasks if not task["archived"]]
    completed = sum(task["completed"] for task in active)
    return {"total": len(tasks), "active": len(active), "completed": completed,
            "pending": len(active) - completed, "archived": len(tasks) - len(active),
            "completion_rate": rate(completed, len(active))}


def recount(tasks, today):
    """The statistics of these tasks, as simply as can be said. The zone is UTC."""
    day = datetime.date.fromisoformat(today)
    active = [task for task in tasks if not task["archived"]]
    dates = [datetime.date.fromisoformat(task["due_date"]) for task in active if task["due_date"]]
    overdue = [datetime.date.fromisoformat(task["due_date"]) for task in active
               if task["due_date"] and task["due_date"] < today and not task["completed"]]
    week = day + datetime.timedelta(days=7)
    return {
        "overview": group_of(tasks) | {"overdue": len(overdue)},
        "by_priority": {name: group_of([task for task in tasks if task["priority"] == name])
                        for name in PRIORITIES},
        "by_category": {name: group_of([task for task in tasks if task["category"] == name])
                        for name in CATEGORIES},
        "by_due_date": {
            "overdue": len(overdue),
            "oldest_overdue_days": (day - min(overdue)).days if overdue else 0,
            "today": dates.count(day), "tomorrow": dates.count(day + datetime.timedelta(days=1)),
            "this_week": sum(day <= date <= week for date in dates),
            "this_month": sum((date.year, date.month) == (day.year, day.month) for date in dates),
            "none": len(active) - len(dates)},
        "relationships": {
            "root_tasks": sum(task["parent_id"] is None for task in active),
            "subtasks": sum(task["parent_id"] is not None for task in active),
            "with_dependencies": sum(bool(task["depends_on"]) for task in active),
            "blocked": sum(task["blocked"] for task in active),
            "recurring": sum(task["recurring"] is not None for task in active)},
        "recent_activity": {
            "created_today": sum(task["created_at"].startswith(today) for task in tasks),
            "completed_today": sum((task["completed_at"] or "").startswith(today)
                                   for task in tasks)},
        "today": today,
    }


class StatsTest(ApiTest):
    @classmethod
    def stats(cls, query=""):
        answer = cls.call("GET", "/stats" + (f"?{query}" if query else ""))
        assert answer.status == 200, answer
        return answer.json

    def assert_recount(self, query="", today=None):
        """The figures are those of the list with the same filters, archived tasks included unless
        the query says otherwise."""
        today = today or self.list("limit=1")["today"]
        query = f"{query}&today={today}".lstrip("&")
        listed = query if "archived=" in query else f"{query}&archived=any"
        self.assertEqual(self.stats(query), recount(self.pages(listed, 200), today), query)


class EmptyTest(StatsTest):
    fresh = True

    def test_everything_is_zero(self):
        stats = self.stats("today=2026-01-30")
        self.assertEqual(stats, recount([], "2026-01-30"))
        self.assertEqual(set(stats), {"overview", "by_priority", "by_category", "by_due_date",
                                      "relationships", "recent_activity", "today"})
        self.assertEqual(set(stats["overview"]), GROUP | {"overdue"})
        for name in PRIORITIES:
            self.assertEqual(set(stats["by_priority"][name]), GROUP)
        for name in CATEGORIES:
            self.assertEqual(set(stats["by_category"][name]), GROUP)

    def test_answer(self):
        answer = self.call("GET", "/stats?today=2026-01-30")
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertEqual(answer.headers["X-Today"], "2026-01-30")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        head = self.call("HEAD", "/stats")
        self.assertEqual((head.status, head.headers["Content-Length"]),
                         (200, str(len(self.call("GET", "/stats").body))))


class FiguresTest(StatsTest):
    """One task of each kind, so that each figure is known."""

    fresh = True
    TODAY = "2026-01-30"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = cls.create("overdue by 29 days", due_date="2026-01-01", priority="high")
        cls.create("overdue by a day", due_date="2026-01-29", priority="high", category="work",
                   depends_on=[first["id"]])
        cls.create("late but done", due_date="2026-01-02", completed=True, priority="high")
        cls.create("today", due_date="2026-01-30", category="work")
        cls.create("tomorrow, done", due_date="2026-01-31", category="work", completed=True)
        cls.create("in a week", due_date="2026-02-06", parent_id=first["id"])
        cls.create("in eight days", due_date="2026-02-07", priority="low",
                   recurring={"type": "daily", "interval": 2})
        cls.create("some day", notes="a note")
        archived = cls.create("archived", completed=True, due_date="2026-01-30", priority="low")
        cls.archive(archived)

    def figures(self, query=""):
        return self.stats(f"{query}&today={self.TODAY}".lstrip("&"))

    def test_overview(self):
        self.assertEqual(self.figures()["overview"], {
            "total": 9, "active": 8, "completed": 2, "pending": 6, "overdue": 2, "archived": 1,
            "completion_rate": 25.0})

    def test_by_priority(self):
        groups = self.figures()["by_priority"]
        self.assertEqual(groups["high"], {"total": 3, "active": 3, "completed": 1, "pending": 2,
                                          "archived": 0, "completion_rate": 33.3})
        self.assertEqual(groups["medium"], {"total": 4, "active": 4, "completed": 1, "pending": 3,
                                            "archived": 0, "completion_rate": 25.0})
        self.assertEqual(groups["low"], {"total": 2, "active": 1, "completed": 0, "pending": 1,
                                         "archived": 1, "completion_rate": 0.0})

    def test_by_category(self):
        groups = self.figures()["by_category"]
        self.assertEqual(groups["work"], {"total": 3, "active": 3, "completed": 1, "pending": 2,
                                          "archived": 0, "completion_rate": 33.3})
        self.assertEqual(groups["personal"]["total"], 0)
        self.assertEqual(groups["other"]["total"], 6)

    def test_by_due_date(self):
        self.assertEqual(self.figures()["by_due_date"], {
            "overdue": 2, "oldest_overdue_days": 29, "today": 1, "tomorrow": 1, "this_week": 3,
            "this_month": 5, "none": 1})

    def test_relationships(self):
        self.assertEqual(self.figures()["relationships"], {
            "root_tasks": 7, "subtasks": 1, "with_dependencies": 1, "blocked": 1, "recurring": 1})

    def test_activity_counts_archived_tasks_too(self):
        today = self.list("limit=1")["today"]
        self.assertEqual(self.stats(f"today={today}")["recent_activity"],
                         {"created_today": 9, "completed_today": 3})
        self.assertEqual(self.stats("today=2026-01-30")["recent_activity"],
                         {"created_today": 0, "completed_today": 0})

    def test_due_figures_are_the_counts_of_the_due_views(self):
        for query in ("", "priority=high", "category=work,other", "parent_id=none", "q=a"):
            due = self.figures(query)["by_due_date"]
            for name, view in VIEWS.items():
                page = self.list(f"{query}&due={view}&count=true&today={self.TODAY}".lstrip("&"))
                self.assertEqual(due[name], page["count"]["total"], (query, name))

    def test_archived(self):
        """Archived tasks are told apart; the filter leaves them out, or leaves only them."""
        overview = {"completed": 2, "pending": 6, "active": 8}
        self.assertEqual(self.figures("archived=any"), self.figures())
        without = self.figures("archived=false")["overview"]
        self.assertEqual((without["total"], without["archived"]), (8, 0))
        self.assertLessEqual(overview.items(), without.items())
        only = self.figures("archived=true")
        self.assertEqual(only["overview"], {
            "total": 1, "active": 0, "completed": 0, "pending": 0, "overdue": 0, "archived": 1,
            "completion_rate": 0.0})
        self.assertEqual(set(only["by_due_date"].values()), {0})
        self.assertEqual(only["by_priority"]["low"]["archived"], 1)

    def test_each_filter(self):
        for query in ("completed=true", "completed=false", "archived=true", "archived=false",
                      "priority=high", "priority=high,low", "category=work", "due=overdue",
                      "due=today", "due=tomorrow", "due=week", "due=month", "due=none",
                      "due_before=2026-01-30", "due_after=2026-01-30", "parent_id=none",
                      "parent_id=1", "parent_id=999", "recurring=true", "recurring=false",
                      "blocked=true", "blocked=false", "q=day", "q=ay", "q=nothing+has+this",
                      "due_after=2026-02-06&due_before=2026-01-01"):
            with self.subTest(query):
                self.assert_recount(query, self.TODAY)

    def test_pairs_of_filters(self):
        filters = ("completed=false", "archived=true", "priority=high,medium", "category=work",
                   "due=month", "due_after=2026-01-01", "parent_id=none", "recurring=false",
                   "blocked=true", "q=day")
        for number, one in enumerate(filters):
            for two in filters[number + 1:]:
                with self.subTest(f"{one}&{two}"):
                    self.assert_recount(f"{one}&{two}", self.TODAY)

    def test_today_moves_the_due_figures(self):
        for today in ("1970-01-01", "2025-12-31", "2026-01-02", "2026-01-31", "2026-02-06",
                      "9999-12-24"):
            with self.subTest(today):
                self.assert_recount("", today)
        last = self.stats("today=9999-12-31")["by_due_date"]
        self.assertEqual((last["overdue"], last["tomorrow"], last["this_week"]), (5, 0, 0))


class RefusedTest(StatsTest):
    def test_what_a_list_pages_by_is_refused(self):
        answer = self.call("GET", "/stats?limit=5&cursor=x&sort=id&view=flat&count=true")
        self.assert_faults(answer, "parameter limit", "parameter cursor", "parameter sort",
                           "parameter view", "parameter count")

    def test_all_faults_at_once(self):
        answer = self.call("GET", "/stats?completed=maybe&today=2026-02-30&colour=red&q=")
        self.assert_faults(answer, "parameter completed", "parameter today", "parameter colour",
                           "parameter q")

    def test_repeated_parameter(self):
        self.assert_faults(self.call("GET", "/stats?q=a&q=b"), "parameter q")

    def test_other_methods(self):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = self.call(method, "/stats")
            self.assert_problem(answer, "method-not-allowed")
            self.assertEqual(answer.tokens("Allow"), {"GET", "HEAD", "OPTIONS"})


class RatesTest(StatsTest):
    fresh = True

    def test_rounded_half_up_to_one_decimal(self):
        ids = [self.create(f"task {number}")["id"] for number in range(16)]
        for completed in range(len(ids) + 1):
            answer = self.call("GET", "/stats")
            self.assertEqual(answer.json["overview"]["completion_rate"],
                             rate(completed, len(ids)), completed)
            text = json.dumps(rate(completed, len(ids)))
            self.assertIn(f'"completion_rate":{text}'.encode(), answer.body)
            if completed < len(ids):
                self.call("POST", f"/tasks/{ids[completed]}/complete")


class RandomTest(StatsTest):
    fresh = True

    QUERIES = ("", "archived=false", "priority=high", "category=work,other", "completed=true",
               "blocked=false", "recurring=true", "parent_id=none", "due=month", "q=1")

    def operation(self, chance, ids, today):
        kind = chance.choice("ccccpppxxdar")
        number = chance.choice(ids) if ids else 0
        date = datetime.date.fromisoformat(today) + datetime.timedelta(days=chance.randint(-40, 40))
        fields = {"description": f"number {chance.randint(1, 20)}",
                  "priority": chance.choice(PRIORITIES), "category": chance.choice(CATEGORIES),
                  "due_date": chance.choice((None, date.isoformat())),
                  "completed": chance.random() < 0.3,
                  "depends_on": chance.sample(ids, min(len(ids), chance.choice((0, 0, 1, 2))))}
        if kind == "c":
            if chance.random() < 0.3 and ids:
                fields["parent_id"] = number
            if fields["due_date"] and chance.random() < 0.3:
                fields["recurring"] = {"type": "daily", "interval": 3}
            return self.call("POST", "/tasks", fields)
        if kind == "p":
            return self.call("PATCH", f"/tasks/{number}", fields)
        if kind == "x":
            return self.call("POST", f"/tasks/{number}/complete")
        if kind == "d":
            return self.call("DELETE", f"/tasks/{number}?subtasks=keep")
        if kind == "a":
            return self.call("POST", f"/tasks/{number}/archive")
        return self.call("POST", f"/tasks/{number}/reopen")

    def test_equal_to_a_recount_after_random_operations(self):
        chance, today = random.Random(SEED), self.list("limit=1")["today"]
        for number in range(OPERATIONS):
            ids = [task["id"] for task in self.pages("archived=any", 200)] if number % 5 == 0 \
                else ids
            self.operation(chance, ids, today)
            if number % 25 == 24:
                for query in self.QUERIES:
                    with self.subTest(f"{number} {query}"):
                        self.assert_recount(query, today)
        stats = self.stats()
        self.assertGreater(stats["overview"]["archived"], 0)
        self.assertGreater(stats["relationships"]["blocked"], 0)
        self.assertGreater(stats["recent_activity"]["completed_today"], 5)


class ZoneTest(StatsTest):
    """In a zone that is far ahead, its date decides what was done today."""

    fresh = True
    options = {"time_zone": "Pacific/Kiritimati"}

    def test_days_are_those_of_the_zone(self):
        task = self.create(completed=True)
        stats = self.stats()
        created = datetime.datetime.fromisoformat(task["created_at"])
        there = (created + datetime.timedelta(hours=14)).date()
        self.assertEqual(self.stats(f"today={there}")["recent_activity"],
                         {"created_today": 1, "completed_today": 1})
        for other in (-1, 1):
            date = there + datetime.timedelta(days=other)
            self.assertEqual(self.stats(f"today={date}")["recent_activity"],
                             {"created_today": 0, "completed_today": 0})
        self.assertGreaterEqual(stats["today"], there.isoformat())


if __name__ == "__main__":
    unittest.main()
