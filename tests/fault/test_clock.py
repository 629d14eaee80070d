# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The clock steps back and forth, over midnight and over the change to summer time, while the program
# runs. Changes keep their order, nothing fails, and today is the date in the configured zone.

import datetime
import unittest
import zoneinfo

from faulttest import FaultTest, pick, rows
from injector import Injector
from support.stack import App

YEAR = 365 * 86400
STEPS = (0, -3600, 3600, -86400, 86400, -YEAR, YEAR, 0, 30 * YEAR, 0)
ZONE = "Europe/Berlin"


class ClockTest(FaultTest):
    def setUp(self):
        super().setUp()
        self.injector = Injector(self.folder)
        self.addCleanup(self.injector.close)

    def launch(self, *options):
        app = App(self.folder, self.database, options, self.injector.environment)
        self.addCleanup(app.process.kill)
        self.ready(app)
        return app

    def step_to(self, text, zone="UTC"):
        """The program's clock shows this local time, more or less a moment."""
        wanted = datetime.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(zone))
        now = datetime.datetime.now(datetime.timezone.utc)
        self.injector.step_clock(round((wanted - now).total_seconds()))

    def today(self, app):
        return self.ok(app, "GET", "/tasks?limit=1")["today"]

    def every_write(self, app, name):
        """One of each, as long as the clock stands where it stands."""
        task = self.ok(app, "POST", "/tasks", {
            "description": name, "due_date": "2031-01-31", "recurring": {"type": "monthly",
                                                                         "interval": 1}})
        self.ok(app, "PATCH", f"/tasks/{task['id']}", {"notes": "changed"})
        done = self.ok(app, "POST", f"/tasks/{task['id']}/complete", {})
        self.ok(app, "POST", f"/tasks/{task['id']}/archive", {})
        self.ok(app, "POST", "/undo", {})
        self.ok(app, "DELETE", f"/tasks/{done['next_task']['id']}")
        return task["id"]

    def test_steps_back_and_forth(self):
        app = self.launch()
        made = []
        for turn in range(pick(3, 50)):
            for offset in STEPS:
                self.injector.step_clock(offset)
                made.append(self.every_write(app, f"step {turn} {offset}"))
                self.assertEqual(self.get(app, "/ready").status, 200)
        self.assertEqual(made, sorted(made))
        feed = rows(self.database, "SELECT seq FROM change ORDER BY seq")
        self.assertEqual([seq for seq, in feed], list(range(feed[0][0], feed[0][0] + len(feed))),
                         "the feed has no gap")
        history = self.ok(app, "GET", f"/tasks/{made[0]}/history")["changes"]
        self.assertEqual([change["seq"] for change in history],
                         sorted((change["seq"] for change in history), reverse=True))
        for endpoint in ("/stats", "/undo", "/export", "/tasks.ics"):
            self.assertEqual(self.get(app, "/api/v1" + endpoint).status, 200)
        self.check_clean_end(app)

    def test_a_key_is_known_while_the_clock_steps_by_hours(self):
        app = self.launch()
        first = self.ok(app, "POST", "/tasks", {"description": "once"}, HTTP_IDEMPOTENCY_KEY="k")
        for offset in (-3600, 3600, -7200, 0):
            self.injector.step_clock(offset)
            again = self.ok(app, "POST", "/tasks", {"description": "once"}, HTTP_IDEMPOTENCY_KEY="k")
            self.assertEqual(again, first)
        self.check_clean_end(app)

    def test_midnight_in_the_configured_zone(self):
        app = self.launch("--time-zone", ZONE)
        for day in ("2026-01-01", "2028-02-29", "2026-12-31"):
            self.step_to(f"{day}T23:59:00", ZONE)
            self.assertEqual(self.today(app), day)
            due = self.ok(app, "POST", "/tasks", {"description": day, "due_date": day})
            self.assertFalse(due["overdue"], "what is due today is not overdue")
            self.injector.step_clock(self.injector.clock_offset() + 120)
            following = (datetime.date.fromisoformat(day) + datetime.timedelta(1)).isoformat()
            self.assertEqual(self.today(app), following)
            due = self.ok(app, "GET", f"/tasks/{due['id']}")
            self.assertEqual((due["overdue"], due["days_overdue"]), (True, 1))
        self.check_clean_end(app)

    def test_summer_time_begins_and_ends(self):
        """The date changes at local midnight on both sides of the step, and only there."""
        app = self.launch("--time-zone", ZONE)
        for text, day in (("2026-03-28T22:59:30", "2026-03-28"), ("2026-03-28T23:00:30", "2026-03-29"),
                          ("2026-03-29T00:59:30", "2026-03-29"), ("2026-03-29T01:00:30", "2026-03-29"),
                          ("2026-03-29T21:59:30", "2026-03-29"), ("2026-03-29T22:00:30", "2026-03-30"),
                          ("2026-10-24T21:59:30", "2026-10-24"), ("2026-10-24T22:00:30", "2026-10-25"),
                          ("2026-10-25T00:59:30", "2026-10-25"), ("2026-10-25T01:00:30", "2026-10-25"),
                          ("2026-10-25T22:59:30", "2026-10-25"),
                          ("2026-10-25T23:00:30", "2026-10-26")):
            with self.subTest(text):
                self.step_to(text)
                self.assertEqual(self.today(app), day)
                self.every_write(app, text)
        self.check_clean_end(app)


if __name__ == "__main__":
    unittest.main()
