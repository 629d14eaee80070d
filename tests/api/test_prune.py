# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The journal is pruned by number and by age: what is not kept any more cannot be undone, and the
# feed says so.

import sqlite3
import unittest

from apitest import option_list
from program import ProgramTest
from support.process import wait_until
from undotest import UndoTest

KEPT = 10


class NumberTest(UndoTest):
    options = {"journal_max_changes": KEPT, "journal_max_age_d": 0}

    def page(self, since):
        answer = self.call("GET", f"/changes?since={since}&limit=200")
        self.assert_status(answer, 200)
        return answer.json

    def filled(self):
        """Enough changes that some are forgotten: the newest number, and the tasks."""
        tasks = [self.create(str(n)) for n in range(KEPT + 5)]
        return self.page(0)["next_since"], tasks

    def test_the_newest_are_kept(self):
        newest, _ = self.filled()
        page = self.page(0)
        self.assertEqual([c["seq"] for c in page["changes"]],
                         list(range(newest - KEPT + 1, newest + 1)))

    def test_the_feed_says_whether_something_is_missing(self):
        newest, _ = self.filled()
        oldest = newest - KEPT + 1
        for since, truncated in ((0, True), (oldest - 2, True), (oldest - 1, False),
                                 (oldest, False), (newest, False)):
            page = self.page(since)
            self.assertIs(page["truncated"], truncated, since)
            self.assertEqual(page["next_since"], newest)

    def test_what_is_forgotten_cannot_be_undone(self):
        newest, _ = self.filled()
        self.assert_problem(self.call("POST", f"/changes/{newest - KEPT}/undo"), "not-found")
        self.undo(newest - KEPT + 1)

    def test_steps_end_where_the_journal_ends(self):
        self.filled()
        steps = 0
        while self.call("POST", "/undo").status == 200:
            steps += 1
        self.assertEqual(steps, KEPT // 2)  # each step is a change itself
        self.assert_status(self.call("GET", "/undo"), 404)

    def test_history(self):
        _, tasks = self.filled()
        answer = self.call("GET", f"/tasks/{tasks[0]['id']}/history")
        self.assertEqual(answer.json, {"changes": [], "next_before": None})
        for n in range(KEPT + 2):
            self.call("PATCH", f"/tasks/{tasks[0]['id']}", {"notes": str(n)})
        answer = self.call("GET", f"/tasks/{tasks[0]['id']}/history")
        self.assertEqual(len(answer.json["changes"]), KEPT)
        self.call("DELETE", f"/tasks/{tasks[1]['id']}")
        self.assert_status(self.call("GET", f"/tasks/{tasks[1]['id']}/history"), 200)
        for n in range(KEPT):
            self.create(str(n))
        self.assert_problem(self.call("GET", f"/tasks/{tasks[1]['id']}/history"), "not-found")

    def test_redo_of_a_change_that_is_forgotten_itself(self):
        task = self.create("once")
        self.undo()
        seq = self.latest()
        for n in range(KEPT - 1):
            self.create(str(n))
        self.assert_problem(self.call("POST", f"/changes/{seq - 1}/undo"), "not-found")
        answer = self.undo(seq)
        self.assert_change(answer["change"], undoes=seq, summary=f"Undo: change {seq}")
        self.assertEqual(self.read(task)["description"], "once")


class AgeTest(ProgramTest):
    def age(self, days):
        connection = sqlite3.connect(self.database, timeout=30)
        try:
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            with connection:
                connection.execute("UPDATE change SET at = at - ? WHERE seq <= 5",
                                   (days * 24 * 3600 * 1000,))
        finally:
            connection.close()

    def feed(self, app):
        return self.get(app, "/api/v1/changes").json

    def start_with(self, **options):
        return self.start(*option_list(options))

    def test_old_ones_go_at_the_next_write(self):
        app = self.start_with(journal_max_age_d=30, journal_max_changes=0)
        for n in range(8):
            self.create(app, str(n))
        self.age(31)
        self.create(app, "another")
        page = self.feed(app)
        self.assertEqual([c["seq"] for c in page["changes"]], [6, 7, 8, 9])
        self.assertIs(page["truncated"], True)
        app.stop()

    def test_younger_ones_stay(self):
        app = self.start_with(journal_max_age_d=30, journal_max_changes=0)
        for n in range(8):
            self.create(app, str(n))
        self.age(29)
        self.create(app, "another")
        self.assertEqual(len(self.feed(app)["changes"]), 9)
        app.stop()

    def test_old_ones_go_without_a_write_too(self):
        app = self.start_with(journal_max_age_d=1)
        for n in range(5):
            self.create(app, str(n))
        self.age(2)
        app.stop()
        app = self.start_with(journal_max_age_d=1)
        wait_until(lambda: not self.feed(app)["changes"], "all changes are forgotten")
        # all of them: the next one goes on counting
        self.assertIs(self.feed(app)["truncated"], True)
        self.create(app, "another")
        page = self.get(app, "/api/v1/changes?since=5").json
        self.assertEqual(([c["seq"] for c in page["changes"]], page["truncated"]), ([6], False))
        app.stop()

    def test_without_limits_all_stay(self):
        app = self.start_with(journal_max_age_d=0, journal_max_changes=0)
        for n in range(5):
            self.create(app, str(n))
        self.age(36500)
        self.create(app, "another")
        self.assertEqual(len(self.feed(app)["changes"]), 6)
        app.stop()


if __name__ == "__main__":
    unittest.main()
