# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# helm lint, and every object against the published schemas of the oldest and the newest Kubernetes.

import functools
import json
import subprocess
import unittest

import kubernetes_validate
import yaml

from charttest import CHART, HELM, NEWEST, OLDEST, SWITCHES, VALUES_FILES, ChartTest, render

# It reads a megabyte of schemas again for each object.
kubernetes_validate.utils.schema_contents = functools.lru_cache(maxsize=None)(kubernetes_validate.utils.schema_contents)
CUSTOM = {"ServiceMonitor", "PrometheusRule"}  # The operator's own kinds have no published schema here.


class LintTest(unittest.TestCase):
    def lint(self, *options):
        return subprocess.run([HELM, "lint", "--strict", str(CHART), *options], capture_output=True, text=True, check=False)

    def test_defaults_and_every_values_file(self):
        for options in ((), *(("--values", str(file)) for file in VALUES_FILES)):
            with self.subTest(options):
                result = self.lint(*options)
                self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_versions_of_chart_and_program_are_one(self):
        chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
        configure = (CHART.parents[1] / "configure.ac").read_text(encoding="utf-8")
        self.assertEqual((chart["name"], chart["apiVersion"], chart["version"]), ("todo-app", "v2", chart["appVersion"]))
        self.assertIn(f"AC_INIT([todo-app], [{chart['appVersion']}]", configure)


class PublishedSchemaTest(ChartTest):
    seen = set()

    def validate(self, objects, version):
        for item in objects:
            key = (version, json.dumps(item, sort_keys=True))
            if item["kind"] not in CUSTOM and key not in self.seen:
                self.seen.add(key)
                with self.subTest(f"{item['kind']} {item['metadata']['name']}"):
                    kubernetes_validate.validate(item, version, strict=True)

    def test_the_newest_is_the_newest_that_is_published(self):
        self.assertEqual(kubernetes_validate.latest_version(), NEWEST)

    def test_every_switch(self):
        for version in (OLDEST, NEWEST):
            for switch, values in SWITCHES.items():
                with self.subTest(f"{switch} on {version}"):
                    self.validate(render(values, version=version), version)

    def test_every_values_file(self):
        for version in (OLDEST, NEWEST):
            for file in VALUES_FILES:
                with self.subTest(f"{file.name} on {version}"):
                    self.validate(render(files=[file], version=version), version)

    def test_a_wrong_object_is_noticed(self):
        wrong = render()[0] | {"speck": {}}
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(wrong, NEWEST, strict=True)


if __name__ == "__main__":
    unittest.main()
