# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What is generated is what would be generated now: the chart's README and the plain manifests.

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import kubernetes_validate
import yaml

from charttest import CHART, HELM, NEWEST, ROOT, ChartTest, find, render

MANIFESTS = ROOT / "k8s"
HELM_ONLY = ("helm.sh/chart", "app.kubernetes.io/managed-by")


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class CopyTest(unittest.TestCase):
    """Generates in a copy of the parts that are needed, so that a test can change them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="todo-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for part in ("helm", "k8s", "scripts"):
            shutil.copytree(ROOT / part, self.root / part)

    def run_script(self, name, *arguments):
        path = f"{pathlib.Path(HELM).parent}:{os.environ['PATH']}"
        return subprocess.run([str(self.root / "scripts" / name), *arguments], capture_output=True, text=True,
                              check=False, env=os.environ | {"PATH": path})

    def change(self, path, old, new):
        text = (self.root / path).read_text(encoding="utf-8")
        self.assertIn(old, text)
        (self.root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


class ReadmeTest(CopyTest):
    def test_it_is_up_to_date(self):
        result = self.run_script("generate-chart-readme.py", "--check")
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_a_changed_default_or_description_is_noticed_and_written(self):
        for old, new in (("replicaCount: 1", "replicaCount: 3"), ("# -- Tolerations.", "# -- Taints to stand.")):
            self.change("helm/todo-app-chart/values.yaml", old, new)
            result = self.run_script("generate-chart-readme.py", "--check")
            self.assertEqual(result.returncode, 1)
            self.assertIn("out of date", result.stderr)
            self.assertEqual(self.run_script("generate-chart-readme.py").returncode, 0)
            self.assertEqual(self.run_script("generate-chart-readme.py", "--check").returncode, 0)

    def test_a_key_without_a_description_is_named(self):
        self.change("helm/todo-app-chart/values.yaml", "  # -- Size.\n", "")
        result = self.run_script("generate-chart-readme.py", "--check")
        self.assertIn("persistence.size has no description", result.stderr)

    def test_every_value_is_in_it(self):
        text = (CHART / "README.md").read_text(encoding="utf-8")
        for key in load(CHART / "values.yaml"):
            self.assertTrue(f"`{key}`" in text or f"`{key}." in text, key)


class ManifestsTest(CopyTest):
    def test_they_are_up_to_date(self):
        result = self.run_script("generate-manifests.sh", "--check")
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_a_changed_chart_is_noticed_and_written(self):
        self.change("helm/todo-app-chart/values.yaml", "preStopSeconds: 5", "preStopSeconds: 6")
        result = self.run_script("generate-manifests.sh", "--check")
        self.assertEqual(result.returncode, 1)
        self.assertIn("out of date", result.stderr)
        self.assertEqual(self.run_script("generate-manifests.sh").returncode, 0)
        self.assertEqual(self.run_script("generate-manifests.sh", "--check").returncode, 0)

    def test_wrong_arguments_are_refused(self):
        self.assertEqual(self.run_script("generate-manifests.sh", "--colour").returncode, 2)


class ManifestContentTest(ChartTest):
    def test_the_kustomization_has_every_file(self):
        files = {path.name for path in MANIFESTS.glob("*.yaml")} - {"kustomization.yaml"}
        self.assertEqual(set(load(MANIFESTS / "kustomization.yaml")["resources"]), files)

    def test_each_file_is_the_charts_object_and_valid(self):
        objects = render({"persistence": {"keep": False}}, version="1.34.0", extra=("--namespace", "todo-app"))
        for path in MANIFESTS.glob("*.yaml"):
            if path.name in ("kustomization.yaml", "namespace.yaml"):
                continue
            with self.subTest(path.name):
                item = load(path)
                kubernetes_validate.validate(item, NEWEST, strict=True)
                self.assertEqual(self.bare(item), self.bare(find(objects, item["kind"])))

    def bare(self, item):
        if isinstance(item, dict):
            return {key: self.bare(value) for key, value in item.items() if key not in HELM_ONLY}
        return [self.bare(one) for one in item] if isinstance(item, list) else item

    def test_the_namespace_enforces_restricted_pod_security(self):
        labels = load(MANIFESTS / "namespace.yaml")["metadata"]["labels"]
        self.assertEqual(labels["pod-security.kubernetes.io/enforce"], "restricted")


if __name__ == "__main__":
    unittest.main()
