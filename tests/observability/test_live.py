# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A real Prometheus scrapes the running service: every query of dashboard and rules has data."""

import pathlib
import re
import shutil
import tempfile
import unittest

from monitoring import Prometheus, dashboard, dashboard_queries, filled_in, metric_names, rules
from support.load import Load
from support.process import ROOT, wait_until
from support.stack import Stack

INTERVAL = "10s"


@unittest.skipUnless(shutil.which("prometheus"), "prometheus is not installed")
class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-live-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        page = folder / "status.sock"
        # A short log, so that there are checkpoints to show.
        cls.stack = Stack(("--proxy-status", page, "--wal-limit-bytes", "1MiB"),
                          status_socket=str(page)).start()
        cls.addClassCleanup(cls.stack.close)
        cls.load = Load(cls.stack.port, threads=2)
        cls.addClassCleanup(cls.load.stop)
        cls.prometheus = Prometheus(folder, f"127.0.0.1:{cls.stack.port}")
        cls.addClassCleanup(cls.prometheus.process.kill)

    def assert_data(self, expression):
        query = filled_in(expression, INTERVAL)
        wait_until(lambda: self.prometheus.query(query), f"data of {query}")

    def test_every_query_of_the_dashboard_has_data(self):
        self.assertGreater(len(dashboard_queries()), 40)
        for title, query in dashboard_queries():
            with self.subTest(panel=title, query=query):
                self.assert_data(query)

    def test_variables_of_the_dashboard_have_values(self):
        variables = {item["name"]: item["query"] for item in dashboard()["templating"]["list"]}
        for name in ("namespace", "job"):
            self.assertEqual(variables[name], f"label_values(todo_build_info, {name})")
        self.assert_data('todo_build_info{job!=""}')

    def test_every_recorded_series_has_data(self):
        for rule in rules("record"):
            with self.subTest(record=rule["record"]):
                self.assert_data(rule["record"])

    def test_rules_are_evaluated_without_errors_and_nothing_fires(self):
        def evaluated():
            groups = self.prometheus.get("rules")["groups"]
            return [rule for group in groups for rule in group["rules"]] if groups else []

        wait_until(lambda: evaluated() and all(rule["health"] == "ok" for rule in evaluated()),
                   "every rule was evaluated")
        self.assertEqual(len(evaluated()), len(rules("alert")) + len(rules("record")))
        self.assertEqual([rule["name"] for rule in evaluated() if rule.get("state") == "firing"], [])

    def test_every_metric_that_is_asked_for_exists(self):
        text = self.stack.request("GET", "/metrics").body.decode("utf-8")
        existing = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
        asked = [query for _, query in dashboard_queries()]
        asked += [rule["expr"] for kind in ("alert", "record") for rule in rules(kind)]
        for query in asked:
            self.assertLessEqual(metric_names(query), existing, query)

    def test_every_metric_is_in_the_guide(self):
        text = self.stack.request("GET", "/metrics").body.decode("utf-8")
        existing = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
        guide = (ROOT / "docs/observability.md").read_text(encoding="utf-8")
        listed = re.findall(r"^\| `((?:todo|process)_\w+)", guide, re.MULTILINE)
        self.assertEqual(sorted(listed), sorted(existing))

    def test_scrapes_succeed(self):
        wait_until(lambda: self.prometheus.query('up{job="todo-app"}') == [1.0], "the target is up")
        target = self.prometheus.get("targets")["activeTargets"][0]
        self.assertEqual((target["health"], target["lastError"]), ("up", ""))


if __name__ == "__main__":
    unittest.main()
