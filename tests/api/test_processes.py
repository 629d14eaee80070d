# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Several programs on one database file: all read, all write, nothing is lost.

import sqlite3
import unittest

import fastcgi
from apitest import in_threads
from program import ProgramTest

WRITES = 60


class ProcessesTest(ProgramTest):
    def check_integrity(self):
        connection = sqlite3.connect(self.database)
        try:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        finally:
            connection.close()

    def checkpoints(self, app):
        lines = self.get(app, "/metrics").body.decode().splitlines()
        return next(float(line.split()[1]) for line in lines
                    if line.startswith("todo_store_checkpoint_duration_seconds_count "))

    def test_each_sees_what_the_other_wrote(self):
        one, two = self.start(name="one"), self.start(name="two")
        first = self.create(one, "by one")
        second = self.create(two, "by two")
        self.assertNotEqual(first, second)
        for app in (one, two):
            self.assertEqual(self.descriptions(app), ["by one", "by two"])
        one.stop()
        self.create(two, "after the other has stopped")
        two.stop()
        self.check_integrity()

    def test_both_write_and_checkpoint_at_the_same_time(self):
        # the smallest limit and large tasks, so that both of them checkpoint all the time
        apps = [self.start("--wal-limit-bytes", "1MiB", name=name) for name in ("one", "two")]
        notes = "n" * 10000

        def work(index):
            return [self.create(apps[index % 2], f"{index} {number}", notes)
                    for number in range(WRITES)]

        ids = [number for numbers in in_threads(8, work) for number in numbers]
        self.assertEqual(len(set(ids)), 8 * WRITES)
        expected = {f"{index} {number}" for index in range(8) for number in range(WRITES)}
        self.assertGreater(sum(self.checkpoints(app) for app in apps), 0)
        for app in apps:
            found = self.descriptions(app)
            self.assertEqual(len(found), len(expected))
            self.assertEqual(set(found), expected)
            app.stop()
        self.check_integrity()

    def test_one_is_killed_and_the_other_goes_on(self):
        one, two = self.start(name="one"), self.start(name="two")
        acknowledged = [f"by one {number}" for number in range(10)]
        for description in acknowledged:
            self.create(one, description)
        one.process.kill()
        self.create(two, "by two")
        self.assertEqual(self.descriptions(two), [*acknowledged, "by two"])
        two.stop()
        self.check_integrity()

    def test_a_key_used_at_one_is_known_to_the_other(self):
        one, two = self.start(name="one"), self.start(name="two")
        body = b'{"description": "once for all"}'
        answers = [fastcgi.request(app.socket, "POST", "/api/v1/tasks", body,
                                   HTTP_IDEMPOTENCY_KEY="shared") for app in (one, two)]
        self.assertEqual([answer.status for answer in answers], [201, 201])
        self.assertEqual(answers[0].body, answers[1].body)
        self.assertEqual(answers[1].headers["Idempotency-Replayed"], "true")
        for app in (one, two):
            app.stop()


if __name__ == "__main__":
    unittest.main()
