# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# GET /tasks/{id}: one task, its computed fields, HEAD, and what is no id.

import datetime
import unittest

from apitest import ApiTest, ID_MAX


class ReadTest(ApiTest):
    def test_task_has_every_field(self):
        task = self.create(notes="n", due_date="2031-01-01")
        answer = self.call("GET", f"/tasks/{task['id']}")
        self.assert_status(answer, 200)
        self.assert_task(answer.json, **task)
        self.assertEqual(answer.headers["Content-Type"], "application/json")

    def test_same_shape_alone_and_in_the_list(self):
        task = self.create("alone and in the list", priority="low")
        listed = next(one for one in self.list("sort=-id")["tasks"] if one["id"] == task["id"])
        self.assertEqual(listed, self.read(task))

    def test_unknown_id(self):
        for number in (999999, ID_MAX):
            with self.subTest(number):
                self.assert_problem(self.call("GET", f"/tasks/{number}"), "not-found")

    def test_what_is_no_id(self):
        for text in ("0", "-1", "+1", "01", "1.0", "1e0", "0x1", "abc", "1a", "%31x", "null",
                     str(ID_MAX + 1), str(2**63), str(2**64 + 1), "9" * 400, "%20", "%EF%BC%91",
                     "%D9%A1"):
            with self.subTest(text):
                self.assert_status(self.call("GET", f"/tasks/{text}"), 404)

    def test_head_is_get_without_body(self):
        task = self.create()
        got = self.call("GET", f"/tasks/{task['id']}")
        head = self.call("HEAD", f"/tasks/{task['id']}")
        self.assert_status(head, 200)
        self.assertEqual(head.body, b"")
        for name in ("ETag", "Content-Type", "X-Today"):
            self.assertEqual(head.headers[name], got.headers[name])
        if head.headers["Content-Length"] is not None:
            self.assertEqual(int(head.headers["Content-Length"]), len(got.body))

    def test_head_of_an_unknown_task(self):
        answer = self.call("HEAD", "/tasks/999999")
        self.assert_status(answer, 404)
        self.assertEqual(answer.body, b"")

    def test_unknown_parameter(self):
        task = self.create()
        self.assert_faults(self.call("GET", f"/tasks/{task['id']}?colour=red"), "parameter colour")


class OverdueTest(ApiTest):
    """The date of the server decides, or the client's own; each answer tells it in X-Today."""

    def test_today_of_the_client(self):
        task = self.create(due_date="2026-01-05")
        path = f"/tasks/{task['id']}?today="
        for today, days in (("2026-01-04", 0), ("2026-01-05", 0), ("2026-01-06", 1),
                            ("2027-01-05", 365)):
            with self.subTest(today):
                answer = self.call("GET", path + today)
                self.assert_task(answer.json, overdue=days > 0, days_overdue=days)
                self.assertEqual(answer.headers["X-Today"], today)

    def test_today_of_the_client_on_writes(self):
        answer = self.call("POST", "/tasks?today=2026-02-01",
                           {"description": "x", "due_date": "2026-01-31"})
        self.assert_task(answer.json, days_overdue=1)
        path = f"/tasks/{answer.json['id']}"
        for method, tail, body in (("PATCH", "", {"notes": "n"}), ("PUT", "", answer.json),
                                   ("POST", "/reopen", None)):
            with self.subTest(method + tail):
                if method == "PUT":
                    body = {**self.call("GET", path + "?today=2026-02-02").json}
                answer = self.call(method, f"{path}{tail}?today=2026-02-02", body)
                self.assert_status(answer, 200)
                self.assert_task(answer.json, days_overdue=2)
                self.assertEqual(answer.headers["X-Today"], "2026-02-02")

    def test_bad_today(self):
        task = self.create()
        for today in ("", "2026-02-30", "tomorrow"):
            for method, path, body in (("GET", f"/tasks/{task['id']}", None),
                                       ("POST", "/tasks", {"description": "x"}),
                                       ("PATCH", f"/tasks/{task['id']}", {"notes": "x"}),
                                       ("POST", f"/tasks/{task['id']}/complete", None)):
                with self.subTest(f"{method} {path} {today}"):
                    answer = self.call(method, f"{path}?today={today}", body)
                    self.assert_faults(answer, "parameter today")
        self.assert_unchanged(task)

    def due(self, days, **fields):
        """A task that is due this many days from the server's today; read again if midnight
        passed in between."""
        while True:
            today = self.call("GET", f"/tasks/{self.create()['id']}").headers["X-Today"]
            date = datetime.date.fromisoformat(today) + datetime.timedelta(days)
            task = self.create(due_date=date.isoformat(), **fields)
            answer = self.call("GET", f"/tasks/{task['id']}")
            if answer.headers["X-Today"] == today:
                return answer

    def test_due_yesterday(self):
        answer = self.due(-1)
        self.assert_task(answer.json, overdue=True, days_overdue=1)
        self.assertEqual(answer.headers["ETag"], '"1-d1"')

    def test_due_today_is_not_overdue(self):
        answer = self.due(0)
        self.assert_task(answer.json, overdue=False, days_overdue=0)
        self.assertEqual(answer.headers["ETag"], '"1"')

    def test_due_tomorrow(self):
        self.assert_task(self.due(1).json, overdue=False, days_overdue=0)

    def test_days_count_over_months_and_leap_days(self):
        self.assert_task(self.due(-1000).json, overdue=True, days_overdue=1000)

    def test_completed_is_never_overdue(self):
        answer = self.due(-5, completed=True)
        self.assert_task(answer.json, overdue=False, days_overdue=0)
        self.assertEqual(answer.headers["ETag"], '"1"')


class TimeZoneTest(unittest.TestCase):
    """Today is the date of the configured time zone."""

    def today(self, zone):
        class Zoned(ApiTest):
            options = {"time_zone": zone}
            fresh = True
        Zoned.setUpClass()
        task = Zoned.create()
        return Zoned.call("GET", f"/tasks/{task['id']}").headers["X-Today"]

    def test_zones_that_never_share_a_date(self):
        west = self.today("Etc/GMT+12")
        east = self.today("Etc/GMT-14")
        self.assertLess(west, east)


if __name__ == "__main__":
    unittest.main()
