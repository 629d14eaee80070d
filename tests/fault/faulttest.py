# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What the fault tests share: the program in a folder of its own, the checks that hold after every
# fault, and how long a test may go on. FAULTS=long in the environment makes the tests run in full;
# otherwise each is bounded, so that the suite takes minutes.

import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "api"))

import fastcgi  # noqa: E402
from apitest import strict_json  # noqa: E402
from program import ProgramTest  # noqa: E402
from support.process import wait_until  # noqa: E402
from support.stack import app_program, clean_environment  # noqa: E402

LONG = os.environ.get("FAULTS") == "long"
API = "/api/v1"

# What an answer to a client must never show of the inside.
INTERNALS = ("sqlite", "malloc", "errno", "fsync", "fcgi-app/", "todo.db")

needs_root = unittest.skipUnless(os.geteuid() == 0, "mounting a file system needs root")


def pick(bounded, full):
    """The extent of a test: bounded in continuous integration, full with FAULTS=long."""
    return full if LONG else bounded


@contextlib.contextmanager
def opened(database):
    """The database, read-only, beside the program."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)
    try:
        yield connection
    finally:
        connection.close()


def rows(database, statement):
    with opened(database) as connection:
        return connection.execute(statement).fetchall()


class FaultTest(ProgramTest):
    """Each test has a folder of its own; what it starts is killed at its end."""

    def call(self, app, method, path, body=None, **headers):
        """An answer, or None where the program went away before it was whole."""
        data = None if body is None else body if isinstance(body, bytes) else to_json(body)
        try:
            answer = fastcgi.request(app.socket, method, API + path, data, **headers)
        except OSError:
            return None
        if answer is None or answer.status == 204:
            return answer
        # An answer for which there was no memory comes without its length.
        expected = answer.headers.get("Content-Length", len(answer.body) if answer.status == 503
                                      else -1)
        return answer if len(answer.body) == int(expected) else None

    def ok(self, app, method, path, body=None, **headers):
        """The answer's document; it must be a success."""
        answer = self.call(app, method, path, body, **headers)
        self.assertIsNotNone(answer, f"no answer to {method} {path}")
        self.assertLess(answer.status, 300, answer)
        return strict_json(answer.body) if answer.body else None

    def assert_problem_without_internals(self, answer, statuses):
        self.assertIn(answer.status, statuses, answer)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json", answer)
        self.assertEqual(strict_json(answer.body)["status"], answer.status)
        text = answer.body.decode().lower()
        for word in INTERNALS:
            self.assertNotIn(word, text, answer)

    def check_sound(self, database=None):
        """The file is sound, and everything that is kept twice agrees, counters included."""
        path = database or self.database
        done = subprocess.run([str(app_program()), "verify", "--database", str(path)],
                              capture_output=True, text=True, timeout=120, check=False,
                              env=clean_environment())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(rows(path, "PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(rows(path, "PRAGMA foreign_key_check"), [])

    def check_serves(self, app):
        """It answers, it writes, and what it wrote is there."""
        self.ready(app)
        made = self.ok(app, "POST", "/tasks", {"description": "It still works"})
        self.assertEqual(self.ok(app, "GET", f"/tasks/{made['id']}")["description"],
                         "It still works")
        self.ok(app, "DELETE", f"/tasks/{made['id']}")

    def check_clean_end(self, app):
        """Stops it; sound afterwards, and a next one has everything."""
        app.allow_errors = True
        before = self.tasks()
        app.stop()
        self.check_sound()
        self.assertEqual(self.tasks(), before)

    def tasks(self, database=None):
        return rows(database or self.database, "SELECT * FROM task ORDER BY id")


def to_json(value):
    return json.dumps(value).encode()


class Clock:
    """How long a bounded loop may go on."""

    def __init__(self, seconds):
        self._end = time.monotonic() + seconds

    def runs(self):
        return time.monotonic() < self._end


__all__ = ["API", "Clock", "FaultTest", "LONG", "fastcgi", "needs_root", "pick", "rows",
           "strict_json", "wait_until"]
