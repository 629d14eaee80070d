# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Rules and alerts: valid, each with cases and a runbook, the chart's copies the same."""

import re
import subprocess
import sys
import unittest

import yaml

from monitoring import CASE_FILES, OBSERVABILITY, RULE_FILES, RUNBOOKS, rules
from support.process import ROOT

SEVERITIES = {"critical", "warning"}
# What the constitution asks for.
DEMANDED = {"TodoAppHighErrorRate": "> 0.05", "TodoAppHighLatency": "> 0.5", "TodoAppRestarts": "> 3",
            "TodoAppDiskLow": "< 0.10"}
SECTIONS = ["## Meaning", "## Look", "## Act", "## Over when"]


def run(*arguments):
    ran = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True,
                         check=False)
    return ran.returncode, ran.stdout + ran.stderr


class Rules(unittest.TestCase):
    def test_promtool_finds_nothing(self):
        status, output = run("promtool", "check", "rules", "--lint-fatal", *RULE_FILES)
        self.assertEqual(status, 0, output)

    def test_example_of_a_configuration_is_valid(self):
        status, output = run("promtool", "check", "config", OBSERVABILITY / "prometheus.yaml")
        self.assertEqual(status, 0, output)

    def test_names_are_unique(self):
        for kind in ("alert", "record"):
            names = [rule[kind] for rule in rules(kind)]
            self.assertEqual(sorted(names), sorted(set(names)))

    def test_alerts_of_the_constitution(self):
        alerts = {rule["alert"]: rule["expr"] for rule in rules("alert")}
        for name, bound in DEMANDED.items():
            self.assertIn(bound, alerts[name])

    def test_every_recorded_series_is_used(self):
        used = " ".join(rule["expr"] for rule in rules("alert"))
        used += (OBSERVABILITY / "dashboard.json").read_text(encoding="utf-8")
        for rule in rules("record"):
            self.assertTrue(re.search(re.escape(rule["record"]) + r"\b", used), rule["record"])

    def test_each_alert_is_described(self):
        for rule in rules("alert"):
            with self.subTest(alert=rule["alert"]):
                self.assertIn(rule["labels"]["severity"], SEVERITIES)
                self.assertEqual(set(rule["annotations"]), {"summary", "description", "runbook_url"})


class Cases(unittest.TestCase):
    def test_every_case_holds(self):
        self.assertEqual(len(CASE_FILES), 3)
        for path in CASE_FILES:
            with self.subTest(file=path.name):
                status, output = run("promtool", "test", "rules", path)
                self.assertEqual(status, 0, output)

    def test_each_alert_has_cases_that_fire_and_that_do_not(self):
        fires, quiet = set(), set()
        for path in CASE_FILES:
            for case in yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]:
                for check in case["alert_rule_test"]:
                    (fires if check["exp_alerts"] else quiet).add(check["alertname"])
        names = {rule["alert"] for rule in rules("alert")}
        self.assertEqual(fires, names)
        self.assertEqual(quiet, names)


class Runbooks(unittest.TestCase):
    def test_each_alert_has_its_page_and_each_page_its_alert(self):
        pages = {path.stem for path in RUNBOOKS.glob("*.md")} - {"README"}
        self.assertEqual(pages, {rule["alert"] for rule in rules("alert")})

    def test_each_alert_leads_to_its_page(self):
        for rule in rules("alert"):
            link = rule["annotations"]["runbook_url"]
            self.assertEqual(link, f"docs/runbooks/{rule['alert']}.md")
            self.assertTrue((ROOT / link).is_file())

    def test_the_list_of_pages_is_complete(self):
        listed = re.findall(r"\]\((TodoApp\w+)\.md\)", (RUNBOOKS / "README.md").read_text(encoding="utf-8"))
        self.assertEqual(sorted(listed), sorted(rule["alert"] for rule in rules("alert")))

    def test_each_page_has_its_sections_and_severity(self):
        for rule in rules("alert"):
            with self.subTest(alert=rule["alert"]):
                text = (RUNBOOKS / f"{rule['alert']}.md").read_text(encoding="utf-8")
                self.assertTrue(text.startswith(f"# {rule['alert']}\n"))
                self.assertEqual(re.findall(r"^## .*$", text, re.MULTILINE), SECTIONS)
                self.assertIn(f"Severity: {rule['labels']['severity']}", text)

    def test_links_between_pages_lead_somewhere(self):
        for path in [*RUNBOOKS.glob("*.md"), ROOT / "docs/observability.md"]:
            for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
                self.assertTrue((path.parent / link).exists(), f"{path.name}: {link}")


class Generated(unittest.TestCase):
    def test_dashboard_and_copies_of_the_chart_are_current(self):
        status, output = run(sys.executable, ROOT / "scripts/generate-observability.py", "--check")
        self.assertEqual(status, 0, output)


if __name__ == "__main__":
    unittest.main()
