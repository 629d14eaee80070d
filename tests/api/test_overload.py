# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# More writes at once than may wait: refused with 503 and Retry-After, none half done, none lost.

import sqlite3
import threading
import unittest

from apitest import ApiTest, in_threads
from support.process import wait_until


class OverloadTest(ApiTest):
    """The test holds the database's write lock, so that the queue fills up for certain."""

    options = {"queue_limit": 2, "batch_limit": 1, "busy_timeout_ms": 60000}
    fresh = True
    WRITERS = 16

    def locked(self):
        connection = sqlite3.connect(self.stack.database, isolation_level=None, timeout=30)
        connection.execute("BEGIN IMMEDIATE")
        return connection

    def refused(self):
        lines = self.send("GET", "/metrics").body.decode().splitlines()
        return next(float(line.split()[1]) for line in lines
                    if line.startswith("todo_store_queue_refused_total "))

    def test_full_queue(self):
        connection = self.locked()
        answers, lock = [], threading.Lock()

        def work(index):
            answer = self.call("POST", "/tasks", {"description": f"overload {index}"},
                               headers={"Idempotency-Key": f"overload-{index}"})
            with lock:
                answers.append((index, answer))

        threads = [threading.Thread(target=work, args=(index,)) for index in range(self.WRITERS)]
        for thread in threads:
            thread.start()
        # one is being written, queue_limit wait, the rest is refused while nothing moves
        wait_until(lambda: len(answers) >= self.WRITERS - 3, "the others are refused")
        for _, answer in answers:
            self.assert_problem(answer, "unavailable")
            self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        self.assertGreaterEqual(self.refused(), self.WRITERS - 3)
        self.assert_status(self.send("GET", "/ready"), 200)
        self.assertEqual(self.listed("q=overload"), [], "reads go on")
        connection.execute("ROLLBACK")
        connection.close()
        for thread in threads:
            thread.join()
        made = {index: answer for index, answer in answers if answer.status == 201}
        self.assertGreaterEqual(len(made), 2)
        self.assertEqual(len(self.listed("q=overload&limit=200")), len(made))
        # "try later" was not stored under its key: later works
        for index, answer in answers:
            if answer.status == 503:
                again = self.call("POST", "/tasks", {"description": f"overload {index}"},
                                  headers={"Idempotency-Key": f"overload-{index}"})
                self.assert_status(again, 201)
                self.assertIsNone(again.headers["Idempotency-Replayed"])
        self.assertEqual(len(self.listed("q=overload&limit=200")), self.WRITERS)

    def test_a_crowd_of_writers_loses_nothing(self):
        def work(index):
            made = []
            while len(made) < 10:
                answer = self.call("POST", "/tasks", {"description": f"crowd {index} {len(made)}"})
                if answer.status == 201:
                    made.append(answer.json["id"])
                else:
                    self.assert_problem(answer, "unavailable")
            return made

        ids = [number for numbers in in_threads(12, work) for number in numbers]
        self.assertEqual(len(set(ids)), 120)
        self.assertEqual(self.list("q=crowd&count=true&limit=1")["count"]["total"], 120)


class BusyTest(ApiTest):
    """Another process keeps the database locked longer than the program waits."""

    options = {"busy_timeout_ms": 50}
    fresh = True

    def test_busy_database(self):
        connection = sqlite3.connect(self.stack.database, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        answer = self.call("POST", "/tasks", {"description": "busy"})
        self.assert_problem(answer, "unavailable")
        self.assertIn("Retry-After", answer.headers)
        self.assertEqual(self.listed(), [])
        connection.execute("ROLLBACK")
        connection.close()
        self.create("not busy any more")


if __name__ == "__main__":
    unittest.main()
