# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Recurring tasks: the field, and the next instance that completing one creates.

import unittest

from apitest import ApiTest, in_threads


class RecurringTest(ApiTest):
    def recurring(self, kind, interval, due, **fields):
        return self.create("again", due_date=due, recurring={"type": kind, "interval": interval},
                           **fields)

    def complete(self, task):
        answer = self.call("POST", f"/tasks/{task['id']}/complete")
        self.assert_status(answer, 200)
        return answer.json

    def test_next_due_date(self):
        cases = (
            ("daily", 1, "2031-02-28", "2031-03-01"), ("daily", 1, "2032-02-28", "2032-02-29"),
            ("daily", 1000, "2031-01-01", "2033-09-27"), ("weekly", 1, "2031-12-29", "2032-01-05"),
            ("weekly", 2, "2031-01-01", "2031-01-15"), ("monthly", 1, "2031-01-31", "2031-02-28"),
            ("monthly", 1, "2032-01-31", "2032-02-29"), ("monthly", 12, "2032-02-29", "2033-02-28"),
            ("monthly", 1, "2031-12-15", "2032-01-15"))
        for kind, interval, due, following in cases:
            with self.subTest(f"{kind} {interval} {due}"):
                result = self.complete(self.recurring(kind, interval, due))
                self.assertEqual(result["next_task"]["due_date"], following)

    def test_next_instance_is_a_new_open_task_like_this_one(self):
        parent, needed = self.create("parent"), self.create(completed=True)
        task = self.recurring("weekly", 2, "2031-01-01", priority="high", category="work",
                              notes="bring it", parent_id=parent["id"], depends_on=[needed["id"]])
        result = self.complete(task)
        following = result["next_task"]
        self.assert_task(
            following, description="again", priority="high", category="work", notes="bring it",
            parent_id=parent["id"], recurring={"type": "weekly", "interval": 2}, depends_on=[],
            completed=False, due_date="2031-01-15", version=1,
            dependencies={"total": 0, "completed": 0}, subtasks={"total": 0, "completed": 0})
        self.assertNotEqual(following["id"], task["id"])
        self.assert_task(result["task"], id=task["id"], completed=True, due_date="2031-01-01")
        self.assertEqual(result["warnings"], [])
        self.assert_unchanged(following)
        self.assert_task(self.read(parent), subtasks={"total": 2, "completed": 1})

    def test_subtasks_are_not_copied(self):
        task = self.recurring("daily", 1, "2031-01-01")
        self.create(parent_id=task["id"], completed=True)
        following = self.complete(task)["next_task"]
        self.assert_task(following, subtasks={"total": 0, "completed": 0})

    def test_monthly_never_drifts_from_its_day(self):
        task, dates = self.recurring("monthly", 1, "2031-01-31"), []
        for _ in range(6):
            task = self.complete(task)["next_task"]
            dates.append(task["due_date"])
        self.assertEqual(dates, ["2031-02-28", "2031-03-31", "2031-04-30", "2031-05-31",
                                 "2031-06-30", "2031-07-31"])

    def test_leap_day_returns(self):
        task, dates = self.recurring("monthly", 12, "2028-02-29"), []
        for _ in range(4):
            task = self.complete(task)["next_task"]
            dates.append(task["due_date"])
        self.assertEqual(dates, ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"])

    def test_completing_twice_creates_one_instance(self):
        task = self.recurring("daily", 1, "2031-01-01")
        self.assertIsNotNone(self.complete(task)["next_task"])
        again = self.complete(task)
        self.assertIsNone(again["next_task"])

    def test_completing_again_after_reopening_creates_no_second(self):
        task = self.recurring("daily", 1, "2031-01-01", notes="only one of me")
        following = self.complete(task)["next_task"]
        self.assert_status(self.call("POST", f"/tasks/{task['id']}/reopen"), 200)
        self.read(following)
        self.assertIsNone(self.complete(task)["next_task"])
        self.assertEqual(self.listed("q=only+one+of+me"), [task["id"], following["id"]])

    def test_many_completing_at_once_create_one_instance(self):
        task = self.recurring("daily", 1, "2031-01-01", notes="at once")
        results = in_threads(12, lambda index: self.complete(task))
        created = [one["next_task"]["id"] for one in results if one["next_task"]]
        self.assertEqual(len(created), 1)
        self.assertEqual(self.listed("q=at+once"), [task["id"], created[0]])

    def test_completed_by_patch_creates_the_next_too(self):
        task = self.recurring("daily", 1, "2031-01-01", notes="completed by patch")
        self.assert_status(self.call("PATCH", f"/tasks/{task['id']}", {"completed": True}), 200)
        tasks = self.list("q=completed+by+patch")["tasks"]
        self.assertEqual([one["due_date"] for one in tasks], ["2031-01-01", "2031-01-02"])

    def test_completed_by_put_creates_the_next_too(self):
        task = self.recurring("daily", 1, "2031-01-01", notes="completed by put")
        answer = self.call("PUT", f"/tasks/{task['id']}", {**task, "completed": True})
        # completed_at and the like are those that were read: still the present values
        self.assert_status(answer, 200)
        tasks = self.list("q=completed+by+put")["tasks"]
        self.assertEqual([one["due_date"] for one in tasks], ["2031-01-01", "2031-01-02"])

    def test_one_time_task_has_no_next(self):
        self.assertIsNone(self.complete(self.create(due_date="2031-01-01"))["next_task"])

    def test_made_one_time_again(self):
        task = self.recurring("daily", 1, "2031-01-01")
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"recurring": None})
        self.assert_task(answer.json, recurring=None, due_date="2031-01-01")
        self.assertIsNone(self.complete(task)["next_task"])

    def test_new_due_date_starts_the_series_anew(self):
        task = self.recurring("monthly", 1, "2031-01-31")
        self.call("PATCH", f"/tasks/{task['id']}", {"due_date": "2031-02-15"})
        self.assertEqual(self.complete(task)["next_task"]["due_date"], "2031-03-15")

    def test_deleting_removes_this_instance_only(self):
        task = self.recurring("daily", 1, "2031-01-01")
        following = self.complete(task)["next_task"]
        self.assert_status(self.call("DELETE", f"/tasks/{task['id']}"), 204)
        self.read(following)

    def test_series_ends_with_the_calendar(self):
        for kind in ("daily", "weekly", "monthly"):
            with self.subTest(kind):
                self.assertIsNone(self.complete(self.recurring(kind, 1, "9999-12-31"))["next_task"])

    def test_needs_a_due_date(self):
        answer = self.call("POST", "/tasks", {
            "description": "x", "recurring": {"type": "daily", "interval": 1}})
        self.assert_faults(answer, "#/recurring")
        task = self.create()
        answer = self.call("PATCH", f"/tasks/{task['id']}", {
            "recurring": {"type": "daily", "interval": 1}})
        self.assert_faults(answer, "#/recurring")
        self.assert_unchanged(task)

    def test_bad_due_date_is_one_fault(self):
        answer = self.call("POST", "/tasks", {
            "description": "x", "due_date": "2026-02-30",
            "recurring": {"type": "daily", "interval": 1}})
        self.assert_faults(answer, "#/due_date")

    def test_interval_defaults_to_one(self):
        task = self.create(due_date="2031-01-01", recurring={"type": "daily"})
        self.assert_task(task, recurring={"type": "daily", "interval": 1})

    def test_patch_of_one_member_keeps_the_other(self):
        task = self.recurring("weekly", 2, "2031-01-01")
        path = f"/tasks/{task['id']}"
        answer = self.call("PATCH", path, {"recurring": {"interval": 3}})
        self.assert_task(answer.json, recurring={"type": "weekly", "interval": 3})
        answer = self.call("PATCH", path, {"recurring": {"type": "daily"}})
        self.assert_task(answer.json, recurring={"type": "daily", "interval": 3})
        answer = self.call("PATCH", path, {"recurring": {"interval": None}})
        self.assert_task(answer.json, recurring={"type": "daily", "interval": 1})

    def test_patch_of_the_interval_alone_needs_a_recurrence(self):
        task = self.create(due_date="2031-01-01")
        answer = self.call("PATCH", f"/tasks/{task['id']}", {"recurring": {"interval": 3}})
        self.assert_faults(answer, "#/recurring/type")
        self.assert_unchanged(task)

    def test_filter(self):
        task = self.recurring("daily", 1, "2031-01-01", notes="filter me")
        other = self.create(notes="filter me")
        self.assertEqual(self.listed("q=filter+me&recurring=true"), [task["id"]])
        self.assertEqual(self.listed("q=filter+me&recurring=false"), [other["id"]])


if __name__ == "__main__":
    unittest.main()
