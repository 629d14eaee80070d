# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# kill -9 at random moments under every kind of write. After each: the file is sound, the counters
# are those of a recount, every acknowledged change is there, none is half done, and the program
# serves again without help.

import collections
import random
import unittest

from faulttest import Clock, FaultTest, pick, rows, wait_until
from ledger import STATE_SQL, TEMPLATE, Writer, state

WRITERS = 6
ROUNDS_AT_LEAST = pick(60, 200)
SECONDS_AT_LEAST = pick(90, 0)  # more rounds, while there is time
MOMENT_SECONDS = 0.25  # the kill comes at a random moment of so long a time
SEED = 20260105


class KillTest(FaultTest):
    def writers(self, app, turn):
        def call(*arguments, **headers):
            return self.call(app, *arguments, **headers)

        return [Writer(f"{turn}.{number}", call, SEED + turn * WRITERS + number)
                for number in range(WRITERS)]

    def kill(self, app, turn, moment):
        """Lets writers write, kills the program, and gives the writers."""
        writers = self.writers(app, turn)
        for writer in writers:
            writer.start()
        wait_until(lambda: any(writer.acknowledged or writer.error for writer in writers),
                   "something is acknowledged")
        # The moment itself is what is tested: nothing to wait for but time.
        writers[0].join(moment)
        app.process.kill()
        for writer in writers:
            writer.join()
            self.assertIsNone(writer.error, writer.error)
        return writers

    def check_ledger(self, writers, certain):
        found = state(rows(self.database, STATE_SQL))
        for writer in writers:
            self.assertIsNone(writer.settle(found))
            certain.update(writer.before)
        self.assertEqual(found, certain, "what earlier rounds wrote is there, and nothing else")

    def check_repeats(self, app, writers, certain):
        """What was under way with a key is asked for once more: done once, however often asked."""
        before = state(rows(self.database, STATE_SQL))
        for writer in writers:
            if writer.retry:
                method, path, body, headers = writer.retry
                self.ok(app, method, path, body, **headers)
                self.ok(app, method, path, body, **headers)
        after = state(rows(self.database, STATE_SQL))
        self.assertEqual(before - after, collections.Counter())
        self.assertTrue(all(count == 1 for key, count in (after - before).items()), after - before)
        certain.update(after - before)

    def test_random_moments(self):
        chance, clock = random.Random(SEED), Clock(SECONDS_AT_LEAST)
        certain, acknowledged, turn = collections.Counter(), 0, 0
        app = self.start("--wal-limit-bytes", "1MiB")
        self.ok(app, "POST", "/templates", {"name": TEMPLATE, "description": "From a template"})
        while turn < ROUNDS_AT_LEAST or clock.runs():
            writers = self.kill(app, turn, chance.random() * MOMENT_SECONDS)
            acknowledged += sum(writer.acknowledged for writer in writers)
            app = self.start("--wal-limit-bytes", "1MiB")
            self.ready(app)
            self.check_ledger(writers, certain)
            self.check_repeats(app, writers, certain)
            self.check_sound()
            turn += 1
        self.check_clean_end(app)
        self.assertGreater(acknowledged, turn)
        print(f"{turn} kills, {acknowledged} changes acknowledged, none lost", flush=True)


if __name__ == "__main__":
    unittest.main()
