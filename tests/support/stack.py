# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The whole service for a test: todo-app and lighttpd in a temporary folder.

    with Stack() as stack:
        answer = stack.request("POST", "/api/v1/tasks", {"description": "Buy milk"})

The program is that of the environment variable TODO_APP, else build-test/todo-app, else
build/todo-app. Leaving the block stops both and fails the test if either did not stop in order, if
the program logged an error that the test did not announce, or if a sanitizer reported."""

import json
import os
import pathlib
import shutil
import socket
import tempfile

from support import http
from support.process import GRACEFUL_APP, ROOT, Failure, Process, wait_until
from support.proxy import Proxy

SEVERE = ("ERROR", "CRITICAL")
SANITIZER_MARKS = ("Sanitizer", "runtime error:")


def app_program():
    candidates = [ROOT / "build-test/todo-app", ROOT / "build/todo-app"]
    if os.environ.get("TODO_APP"):
        candidates = [pathlib.Path(os.environ["TODO_APP"])]
    for path in candidates:
        if os.access(path, os.X_OK):
            return path.resolve()
    raise Failure(f"no program at {', '.join(map(str, candidates))}; build it or set TODO_APP")


def clean_environment(extra=None):
    """The caller's environment without configuration of the program, but for the sandbox, which a
    whole suite may be run with."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("TODO_") or name == "TODO_SANDBOX"}
    return kept | (extra or {})


def listens(path):
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


class App:
    """todo-app alone. `options` are command line options; `environment` is added to ours."""

    def __init__(self, folder, database, options=(), environment=None, name="todo-app", wait=True,
                 program=None):
        self.socket = pathlib.Path(folder, name + ".sock")
        self.database = pathlib.Path(database)
        self.allow_errors = False
        self.process = Process(
            name, [program or app_program(), "--socket", self.socket, "--database", self.database, *options],
            folder, clean_environment(environment))
        if wait:
            wait_until(lambda: not self.process.alive() or listens(self.socket), "todo-app listens")
            self.process.check_alive()

    def log(self):
        """The log so far, each line a dict; fails on a line that is not JSON in UTF-8."""
        lines = self.process.stderr_path.read_bytes().splitlines()
        try:
            return [json.loads(line.decode("utf-8")) for line in lines]
        except ValueError as error:
            raise Failure(f"a log line is not JSON ({error}):\n{self.process.stderr()}") from None

    def check_log(self):
        """Fails on a sanitizer's report and, unless allow_errors, on a severe line."""
        text = self.process.stderr()
        if any(mark in text for mark in SANITIZER_MARKS):
            raise Failure(f"a sanitizer reported:\n{text}")
        severe = [line for line in self.log() if line["level"] in SEVERE]
        if severe and not self.allow_errors:
            raise Failure(f"the program logged: {json.dumps(severe, indent=1)}")

    def stop(self):
        """SIGTERM; fails unless it exits with 0 and the log is clean."""
        self.process.stop(GRACEFUL_APP)
        self.check_log()


class Stack:
    """Both programs. `settings` are variables of the proxy's settings file. `folder`: keep the data
    there, else in a temporary folder that is removed at the end."""

    def __init__(self, options=(), environment=None, folder=None, **settings):
        self._options = options
        self._environment = environment
        self._settings = settings
        # The socket's path must stay under 108 bytes, so this one is always short.
        self.runtime = pathlib.Path(tempfile.mkdtemp(prefix="todo-"))
        self.folder = pathlib.Path(folder) if folder else self.runtime
        self.database = self.folder / "todo.db"
        self.app = None
        self.proxy = None

    def start(self):
        try:
            self.app = App(self.runtime, self.database, self._options, self._environment)
            self.proxy = Proxy(self.runtime, self.app.socket, **self._settings)
            wait_until(self.ready, "/ready answers 200")
        except BaseException:
            self.close()
            raise
        return self

    def ready(self):
        self.app.process.check_alive()
        return self.request("GET", "/ready").status == 200

    @property
    def port(self):
        return self.proxy.port

    @property
    def url(self):
        return self.proxy.url

    def request(self, method, path, body=None, headers=None):
        """See support.http.request."""
        return http.request(self.port, method, path, body, headers)

    def allow_errors(self):
        """Announces that this test makes the program log errors."""
        self.app.allow_errors = True

    def restart_app(self, options=None):
        """Stops the program in order and starts it again on the same data."""
        self.app.stop()
        self.app = App(self.runtime, self.database, self._options if options is None else options,
                       self._environment)
        wait_until(self.ready, "/ready answers 200")

    def stop(self):
        """Stops lighttpd, then the program, both gracefully, with all checks."""
        try:
            for part in (self.proxy, self.app):
                if part is not None:
                    part.stop()
        finally:
            self.close()

    def close(self):
        """Kills what still runs and removes the temporary folder. No checks."""
        for part in (self.proxy, self.app):
            if part is not None:
                part.process.kill()
        shutil.rmtree(self.runtime, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.stop()
        else:
            if self.app is not None:
                print(self.app.process.stderr()[-4000:])
            self.close()
