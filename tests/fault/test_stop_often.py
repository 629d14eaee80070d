# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The program is stopped in order under load and started again, many times on one database: no
# acknowledged change is lost, clients get no 5xx but the documented 503, no answer is cut short.

import shutil
import tempfile
import unittest

from faulttest import FaultTest, pick, rows, wait_until
from support.load import Load
from support.stack import Stack

STOPS = pick(20, 50)
BETWEEN = 40  # requests answered between two stops


class StopOftenTest(FaultTest):
    def setUp(self):
        super().setUp()
        data = tempfile.mkdtemp(prefix="todo-stop-")
        self.addCleanup(shutil.rmtree, data, ignore_errors=True)
        self.stack = Stack(folder=data).start()
        self.addCleanup(self.stack.close)
        self.database = self.stack.database

    def good(self, load):
        return sum(1 for sent in list(load.sent) if sent.status in (200, 201))

    def test_stops_under_load(self):
        load = Load(self.stack.port, threads=8)
        self.addCleanup(load.stop)
        for _ in range(STOPS):
            before = self.good(load)
            wait_until(lambda: self.good(load) >= before + BETWEEN, "the load runs")
            self.stack.restart_app()
        sent = load.stop()
        self.assertEqual([one for one in sent if one.broken], [])
        self.assertEqual({one.status for one in sent} - {200, 201, 503}, set())
        kept = {description for description, in rows(self.database, "SELECT description FROM task")}
        acknowledged = {one.description for one in sent if one.acknowledged}
        self.assertEqual(acknowledged - kept, set(), "lost")
        self.stack.stop()
        self.check_sound()
        print(f"{STOPS} stops, {len(acknowledged)} creates acknowledged, "
              f"{sum(one.status == 503 for one in sent)} of {len(sent)} answers 503", flush=True)


if __name__ == "__main__":
    unittest.main()
