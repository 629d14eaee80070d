# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The files of observability/, read; and a real Prometheus that scrapes a service for a test."""

import json
import pathlib
import re
import signal
import urllib.parse
import urllib.request

import yaml

from support.process import ROOT, Process, wait_until
from support.proxy import free_port

OBSERVABILITY = ROOT / "observability"
RULE_FILES = sorted((OBSERVABILITY / "rules").glob("*.yaml"))
CASE_FILES = sorted((OBSERVABILITY / "tests").glob("*.yaml"))
RUNBOOKS = ROOT / "docs/runbooks"
TIMEOUT = 30


def rules(kind):
    """The rules of that kind ("alert" or "record") in all files."""
    return [rule for path in RULE_FILES
            for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
            for rule in group["rules"] if kind in rule]


def dashboard():
    return json.loads((OBSERVABILITY / "dashboard.json").read_text(encoding="utf-8"))


def dashboard_queries():
    """(title of the panel, query) of each query."""
    return [(panel["title"], target["expr"]) for panel in dashboard()["panels"]
            for target in panel.get("targets", [])]


def filled_in(query, interval):
    """The query as Grafana sends it when everything is selected."""
    for variable, value in (("$namespace", ".*"), ("$job", ".*"), ("$__rate_interval", interval)):
        query = query.replace(variable, value)
    return query


class Prometheus:
    """Runs with the project's own example of a configuration, but for address and intervals."""

    def __init__(self, folder, target):
        self.port = free_port()
        text = (OBSERVABILITY / "prometheus.yaml").read_text(encoding="utf-8")
        for old, new in (("127.0.0.1:8080", target), ("_interval: 15s", "_interval: 1s"),
                         ("rules/*.yaml", f"{OBSERVABILITY}/rules/*.yaml")):
            assert old in text, old
            text = text.replace(old, new)
        config = pathlib.Path(folder, "prometheus.yaml")
        config.write_text(text, encoding="utf-8")
        self.process = Process(
            "prometheus", ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder}/tsdb",
                           f"--web.listen-address=127.0.0.1:{self.port}"], folder)
        wait_until(self._ready, "Prometheus is ready")

    def _ready(self):
        self.process.check_alive()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=TIMEOUT):
                return True
        except OSError:
            return False

    def get(self, path, **parameters):
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
            return json.load(answer)["data"]

    def query(self, expression):
        """The values of an instant query that are numbers."""
        values = [float(sample["value"][1]) for sample in self.get("query", query=expression)["result"]]
        return [value for value in values if value == value]

    def stop(self):
        self.process.stop(signal.SIGTERM)


def metric_names(expression):
    """The names of the service's own metrics in a query, of histograms without their suffix."""
    names = re.findall(r"\b((?:todo|process)_[a-z_0-9]+)\b", re.sub(r'"[^"]*"', "", expression))
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in names}
