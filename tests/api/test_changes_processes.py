# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The feed has no gaps while several programs write to one database file, each with many clients: a
# reader that follows it sees each change exactly once and in order.

import json
import threading
import unittest

import fastcgi
from apitest import in_threads
from program import ProgramTest

PROCESSES = 3
WRITERS = 9
ROUNDS = 20


class ChangesProcessesTest(ProgramTest):
    def post(self, app, path, body=None):
        data = b"" if body is None else json.dumps(body).encode()
        return fastcgi.request(app.socket, "POST", f"/api/v1{path}", data)

    def write(self, app, index):
        """Creates, deletes and undoes; some are refused. How many changes it made."""
        made = 0
        for number in range(ROUNDS):
            ids = [self.create(app, f"{index} {number} {n}") for n in range(2)]
            self.assertEqual(self.post(app, "/tasks", {"description": ""}).status, 400)
            # Another writer may have undone the one or the other.
            answer = self.post(app, "/tasks/bulk/delete", {"ids": ids})
            made += 2 + (answer.json["succeeded"] != [])
            made += self.post(app, "/undo").status == 200
        return made

    def follow(self, apps, done):
        """Reads the feed from one program after the other until the writers are done and nothing
        follows."""
        seen, since, turn = [], 0, 0
        while True:
            is_last = done.is_set()
            page = self.get(apps[turn % PROCESSES], f"/api/v1/changes?since={since}&limit=7").json
            turn += 1
            seen += [change["seq"] for change in page["changes"]]
            since = page["next_since"]
            if is_last and not page["changes"]:
                return seen

    def test_a_reader_sees_each_change_once_and_in_order(self):
        apps = [self.start(name=f"app-{n}") for n in range(PROCESSES)]
        done, found = threading.Event(), []
        reader = threading.Thread(target=lambda: found.extend(self.follow(apps, done)))
        reader.start()
        try:
            made = sum(in_threads(WRITERS, lambda n: self.write(apps[n % PROCESSES], n)))
        finally:
            done.set()
            reader.join()
        self.assertEqual(found, list(range(1, made + 1)))
        for app in apps:
            app.stop()


if __name__ == "__main__":
    unittest.main()
