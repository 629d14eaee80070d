# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Three programs on one database file, all writing and moving the log into the database: nothing that
# one of them acknowledged is lost, nothing is done twice, the file is sound. One of them is killed
# now and then, and started again.

import collections
import random
import unittest

from faulttest import Clock, FaultTest, fastcgi, pick, rows
from ledger import STATE_SQL, TEMPLATE, Writer, state

PROGRAMS = 3
WRITERS = 2  # for each program
SECONDS = pick(30, 600)
KILL_SECONDS = 8
OPTIONS = ("--wal-limit-bytes", "1MiB", "--busy-timeout-ms", "30000")


class TogetherTest(FaultTest):
    def launch(self, index):
        app = self.start(*OPTIONS, name=f"app-{index}")
        self.ready(app)
        return app

    def writers(self, app, index, turn):
        def call(*arguments, **headers):
            return self.call(app, *arguments, **headers)

        # Three programs wait for one lock: a 503 with "try again" is an answer too.
        made = [Writer(f"{index}.{turn}.{number}", call, turn * 100 + number, refused=(503,))
                for number in range(WRITERS)]
        for writer in made:
            writer.start()
        return made

    def check(self, writers, certain):
        found = state(rows(self.database, STATE_SQL))
        for writer in writers:
            self.assertIsNone(writer.error, writer.error)
            self.assertIsNone(writer.settle(found))
            certain.update(writer.before)

    def checkpoints(self, app):
        lines = fastcgi.request(app.socket, "GET", "/metrics").body.decode().splitlines()
        return next(float(line.split()[1]) for line in lines
                    if line.startswith("todo_store_checkpoint_duration_seconds_count "))

    def test_writing_and_checkpointing(self):
        clock, chance = Clock(SECONDS), random.Random(3)
        apps = [self.launch(index) for index in range(PROGRAMS)]
        self.ok(apps[0], "POST", "/templates", {"name": TEMPLATE, "description": "From a template"})
        running = [self.writers(app, index, 0) for index, app in enumerate(apps)]
        ended, turn = [], 0
        while clock.runs():
            turn += 1
            victim = chance.randrange(PROGRAMS)
            running[victim][0].join(KILL_SECONDS * chance.random())
            apps[victim].process.kill()
            for writer in running[victim]:
                writer.join()
            ended += running[victim]
            apps[victim] = self.launch(victim)
            running[victim] = self.writers(apps[victim], victim, turn)
        for writers in running:
            for writer in writers:
                writer.stop()
            ended += writers
        certain = collections.Counter()
        self.check(ended, certain)
        self.assertEqual(state(rows(self.database, STATE_SQL)), certain)
        self.assertGreater(sum(self.checkpoints(app) for app in apps), 0)
        for app in apps:
            app.stop()
        self.check_sound()
        print(f"{PROGRAMS} programs, {turn} kills, {sum(writer.acknowledged for writer in ended)} "
              "changes acknowledged, none lost", flush=True)


if __name__ == "__main__":
    unittest.main()
