# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Signals and probes of the running program from outside: --healthcheck, and SIGHUP.

import signal
import unittest

import fastcgi
from program import ProgramTest, run
from support.process import wait_until


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
        """Writes the file, signals, and waits for the line that the program logs about it."""
        before = len(app.log())
        self.config.write_text(text, encoding="utf-8")
        app.process.send(signal.SIGHUP)
        wait_until(lambda: any("reload" in line["message"] for line in app.log()[before:]),
                   "a log line about the reload")

    def requests(self, app):
        return sum(line["message"] == "request" for line in app.log())

    def test_log_level(self):
        app = self.start_with("log_level: INFO\n")
        fastcgi.request(app.socket, "GET", "/api/v1/tasks")
        wait_until(lambda: self.requests(app) == 1, "the request is logged")
        self.reload(app, "log_level: WARNING\n")
        for _ in range(5):
            fastcgi.request(app.socket, "GET", "/api/v1/tasks")
        app.stop()
        self.assertEqual(self.requests(app), 1)

    def test_cors_origins(self):
        app = self.start_with("log_level: INFO\n")
        origin = {"HTTP_ORIGIN": "https://todo.example"}
        name = "Access-Control-Allow-Origin"
        answer = fastcgi.request(app.socket, "GET", "/api/v1/tasks", **origin)
        self.assertNotIn(name, answer.headers)
        self.reload(app, "cors_origins: [\"https://todo.example\"]\n")
        answer = fastcgi.request(app.socket, "GET", "/api/v1/tasks", **origin)
        self.assertEqual(answer.headers[name], "https://todo.example")
        app.stop()

    def test_faulty_file_keeps_the_old_values(self):
        app = self.start_with("log_level: INFO\n")
        app.allow_errors = True
        self.reload(app, "log_level: LOUD\n")
        fastcgi.request(app.socket, "GET", "/api/v1/tasks")
        wait_until(lambda: self.requests(app) == 1, "the request is logged")
        app.stop()


if __name__ == "__main__":
    unittest.main()
