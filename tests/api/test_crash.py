# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# kill -9 under writes: what was acknowledged is there afterwards, whole, and nothing is damaged.

import sqlite3
import threading
import unittest

import fastcgi
from apitest import strict_json
from program import ProgramTest
from support.process import wait_until

ROUNDS = 10
WRITERS = 6
PER_ROUND = 25  # acknowledged by all writers together before the kill


class CrashTest(ProgramTest):
    def write(self, app, number, acknowledged, enough):
        """Creates tasks until the program is gone."""
        count = 0
        while True:
            name = f"{number}.{count}"
            task = fastcgi.create(app.socket, name)
            if task is None:
                return
            with enough:
                acknowledged[name] = task
                if len(acknowledged) % PER_ROUND == 0:
                    enough.notify_all()
            count += 1

    def crash(self, turn):
        """One round: the tasks acknowledged before the kill, by description."""
        app = self.start()
        acknowledged, enough = {}, threading.Condition()
        writers = [threading.Thread(
            target=self.write, args=(app, f"{turn}.{writer}", acknowledged, enough))
            for writer in range(WRITERS)]
        for writer in writers:
            writer.start()
        with enough:
            enough.wait_for(lambda: len(acknowledged) >= PER_ROUND, timeout=60)
        app.process.kill()
        for writer in writers:
            writer.join()
        return acknowledged

    def test_nothing_acknowledged_is_lost(self):
        expected = {}
        for turn in range(ROUNDS):
            done = self.crash(turn)
            self.assertGreaterEqual(len(done), PER_ROUND)
            expected |= done
        app = self.start()
        found, cursor = {}, ""
        while True:
            page = self.get(app, f"/api/v1/tasks?limit=200{cursor}").json
            found |= {task["description"]: task["id"] for task in page["tasks"]}
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        lost = {name for name, number in expected.items() if found.get(name) != number}
        self.assertEqual(lost, set())
        app.stop()
        connection = sqlite3.connect(self.database)
        try:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
        finally:
            connection.close()

    def test_no_change_is_half_done(self):
        """Completing a recurring task changes it and creates another: both, or neither."""
        for turn in range(3):
            app = self.start()
            tasks = [self.recurring(app, f"half {turn} {number}") for number in range(40)]
            threads = [threading.Thread(target=self.complete_all, args=(app, tasks[start::4]))
                       for start in range(4)]
            for thread in threads:
                thread.start()
            wait_until(lambda: self.completed_tasks(app, turn) > 0, "the first is completed")
            app.process.kill()
            for thread in threads:
                thread.join()
            app = self.start()
            self.assertEqual(self.open_tasks(app, turn), 40,
                             "each completed one has one open successor")
            app.stop()

    def recurring(self, app, description):
        body = ('{"description": "%s", "due_date": "2031-01-01", "recurring": {"type": "daily"}}'
                % description).encode()
        return strict_json(fastcgi.request(app.socket, "POST", "/api/v1/tasks", body).body)["id"]

    def complete_all(self, app, tasks):
        for number in tasks:
            try:
                fastcgi.request(app.socket, "POST", f"/api/v1/tasks/{number}/complete")
            except OSError:
                return

    def count(self, app, turn):
        answer = self.get(app, f"/api/v1/tasks?count=true&q=half+{turn}+")
        return answer.json["count"]

    def completed_tasks(self, app, turn):
        return self.count(app, turn)["completed"]

    def open_tasks(self, app, turn):
        count = self.count(app, turn)
        return count["total"] - count["completed"]


if __name__ == "__main__":
    unittest.main()
