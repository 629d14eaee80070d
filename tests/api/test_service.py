# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# /health, /ready and /metrics. The exposition formats themselves are checked in tests/metrics.

import re
import unittest

from apitest import ApiTest


class ProbesTest(ApiTest):
    def test_health(self):
        answer = self.send("GET", "/health")
        self.assert_status(answer, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertEqual(set(answer.json), {"status", "version", "components"})
        self.assertEqual(answer.json["status"], "healthy")
        self.assertRegex(answer.json["version"], r"^4\.\d+\.\d+")
        self.assertEqual(answer.json["components"], {"database": "healthy", "storage": "healthy"})

    def test_ready(self):
        answer = self.send("GET", "/ready")
        self.assert_status(answer, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/json")

    def test_parameters_are_refused_here_too(self):
        for path in ("/health", "/ready", "/metrics"):
            with self.subTest(path):
                self.assert_faults(self.send("GET", path + "?verbose=1"), "parameter verbose")


class MetricsTest(ApiTest):
    fresh = True

    def samples(self):
        """{"name{labels}": value} of the text format."""
        answer = self.send("GET", "/metrics")
        self.assert_status(answer, 200)
        lines = [line for line in answer.body.decode().splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def test_content_type_follows_accept(self):
        for accept, content_type in (
                (None, "text/plain; version=0.0.4; charset=utf-8"),
                ("*/*", "text/plain; version=0.0.4; charset=utf-8"),
                ("application/openmetrics-text; version=1.0.0",
                 "application/openmetrics-text; version=1.0.0; charset=utf-8")):
            with self.subTest(accept):
                headers = {} if accept is None else {"Accept": accept}
                answer = self.send("GET", "/metrics", headers=headers)
                self.assertEqual(answer.headers["Content-Type"], content_type)
                self.assertEqual(answer.body.endswith(b"# EOF\n"), "openmetrics" in content_type)

    def test_tasks_by_status(self):
        def tally():
            samples = self.samples()
            return tuple(samples[f'todo_tasks_total{{status="{status}"}}']
                         for status in ("active", "completed", "archived"))
        active, completed, archived = tally()
        one, two = self.create(), self.create()
        self.create(completed=True)
        self.assertEqual(tally(), (active + 2, completed + 1, archived))
        self.call("POST", f"/tasks/{one['id']}/complete")
        self.call("DELETE", f"/tasks/{two['id']}")
        self.assertEqual(tally(), (active, completed + 2, archived))

    def test_requests_are_counted_by_template(self):
        name = 'todo_api_requests_total{method="GET",endpoint="/api/v1/tasks/{id}",status="200"}'
        task = self.create()
        before = self.samples()[name]
        for _ in range(3):
            self.read(task)
        self.assertEqual(self.samples()[name], before + 3)

    def test_raw_paths_make_no_series(self):
        before = {name for name in self.samples()}
        for number in range(10):
            self.call("GET", f"/nothing/{number}")
            self.call("GET", f"/tasks/{900000 + number}")
        self.assertEqual({name for name in self.samples()} - before, set())

    def test_series_exist_from_the_start(self):
        samples = self.samples()
        for status in (200, 400, 404, 409, 412, 413, 415, 503, 507):
            name = ('todo_api_requests_total{method="PATCH",endpoint="/api/v1/tasks/{id}",'
                    f'status="{status}"}}')
            self.assertIn(name, samples)

    def test_names_of_the_constitution(self):
        names = {re.split(r"[{ ]", name)[0] for name in self.samples()}
        self.assertLessEqual({
            "todo_tasks_total", "todo_api_requests_total",
            "todo_api_request_duration_seconds_bucket", "todo_api_request_duration_seconds_count",
            "todo_api_request_duration_seconds_sum", "process_cpu_seconds_total",
            "process_memory_bytes", "process_uptime_seconds"}, names)


if __name__ == "__main__":
    unittest.main()
