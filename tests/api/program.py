# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# For tests of the program without lighttpd: running it to its end, and starting several in one
# temporary folder.

import pathlib
import subprocess
import tempfile
import unittest

import fastcgi
from support.process import wait_until
from support.stack import App, app_program, clean_environment

END_TIMEOUT = 60


def run(*options, environment=None):
    """Runs the program, which must end by itself: CompletedProcess with texts."""
    return subprocess.run([str(app_program()), *map(str, options)], capture_output=True, text=True,
                          timeout=END_TIMEOUT, env=clean_environment(environment), check=False,
                          stdin=subprocess.DEVNULL)


class ProgramTest(unittest.TestCase):
    """Each test has a folder of its own; what it starts is killed at its end."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="todo-", ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.database = self.folder / "todo.db"

    def start(self, *options, name="todo-app", database=None):
        app = App(self.folder, database or self.database, options, name=name)
        self.addCleanup(app.process.kill)
        return app

    def start_refused(self, *options, name="refused", database=None):
        """Starts a program that must give up: its log lines, as text."""
        app = App(self.folder, database or self.database, options, name=name, wait=False)
        self.addCleanup(app.process.kill)
        status = app.process.wait(END_TIMEOUT)
        text = app.process.stderr()
        self.assertGreater(status, 0, f"ended with {status}: {text}")
        self.assertTrue(text.strip(), "it must say why")
        for mark in ("Sanitizer", "runtime error:"):
            self.assertNotIn(mark, text)
        return text

    def get(self, app, target):
        answer = fastcgi.request(app.socket, "GET", target)
        self.assertIsNotNone(answer, f"no answer to {target}")
        return answer

    def ready(self, app):
        wait_until(lambda: self.get(app, "/ready").status == 200, "/ready answers 200")

    def create(self, app, description, notes=""):
        number = fastcgi.create(app.socket, description, notes)
        self.assertIsNotNone(number)
        return number

    def descriptions(self, app):
        """Of every task, in order of their ids."""
        found, cursor = [], ""
        while True:
            page = self.get(app, f"/api/v1/tasks?limit=200{cursor}").json
            found += [task["description"] for task in page["tasks"]]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"
