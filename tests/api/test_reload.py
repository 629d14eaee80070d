# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Signals and probes of the running program from outside: --healthcheck, and SIGHUP.

import json
import signal
import unittest

import fastcgi
from program import ProgramTest, run
from support.process import wait_until

ORIGIN = "https://todo.example"


class HealthcheckTest(ProgramTest):
    def check(self, path):
        return run("--healthcheck", "--socket", path)

    def test_running_program(self):
        app = self.start()
        wait_until(lambda: self.check(app.socket).returncode == 0, "the health check passes")
        app.stop()
        result = self.check(app.socket)
        self.assertGreater(result.returncode, 0)
        self.assertTrue(result.stderr)

    def test_nothing_there(self):
        self.assertGreater(self.check(self.folder / "none.sock").returncode, 0)


class ReloadTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.config = self.folder / "todo-app.yaml"

    def start_with(self, text):
        self.config.write_text(text, encoding="utf-8")
        return self.start("--config", self.config)

    def reload(self, app, text):
        self.config.write_text(text, encoding="utf-8")
        app.process.send(signal.SIGHUP)

    def allowed(self, app):
        """Whether the origin is among those configured: shows that a reload is over."""
        answer = fastcgi.request(app.socket, "GET", "/health", HTTP_ORIGIN=ORIGIN)
        return answer.headers.get("Access-Control-Allow-Origin") == ORIGIN

    def requests(self, app):
        return sum(line.get("route") == "/api/v1/tasks" for line in app.log())

    def test_log_level(self):
        app = self.start_with("log_level: INFO\n")
        fastcgi.request(app.socket, "GET", "/api/v1/tasks")
        wait_until(lambda: self.requests(app) == 1, "the request is logged")
        self.reload(app, f"log_level: WARNING\ncors_origins: [\"{ORIGIN}\"]\n")
        wait_until(lambda: self.allowed(app), "the reload is over")
        for _ in range(5):
            fastcgi.request(app.socket, "GET", "/api/v1/tasks")
        self.reload(app, "log_level: INFO\n")
        wait_until(lambda: not self.allowed(app), "the second reload is over")
        fastcgi.request(app.socket, "GET", "/api/v1/tasks?limit=1")
        app.stop()
        self.assertEqual(self.requests(app), 2)

    def test_cors_origins(self):
        app = self.start_with("log_level: INFO\n")
        self.assertFalse(self.allowed(app))
        for _ in range(3):
            self.reload(app, f"cors_origins: [\"{ORIGIN}\"]\n")
            wait_until(lambda: self.allowed(app), "the origin is allowed")
            self.reload(app, "log_level: INFO\n")
            wait_until(lambda: not self.allowed(app), "the origin is not allowed any more")
        app.stop()

    def test_faulty_file_keeps_the_old_values(self):
        app = self.start_with("log_level: INFO\n")
        app.allow_errors = True
        self.reload(app, "log_level: LOUD\n")
        wait_until(lambda: any("LOUD" in json.dumps(line) for line in app.log()),
                   "the fault is logged")
        fastcgi.request(app.socket, "GET", "/api/v1/tasks")
        wait_until(lambda: self.requests(app) == 1, "the request is logged")
        app.stop()


if __name__ == "__main__":
    unittest.main()
