# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The scripts about images: their help, and their refusals before anything is built, pushed or loaded."""

import os
import pathlib
import subprocess
import tempfile
import unittest

from support.process import ROOT
from support.proxy import free_port

SCRIPTS = ("build-images.sh", "push-images.sh", "load-images.sh")
# Stands in for docker, podman and buildah: tells its arguments; has every image.
STAND_IN = '#!/bin/sh\necho "$(basename "$0") $*" >>"$CALLS"\n'


class ScriptCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.calls = self.folder / "calls"
        self.calls.touch()

    def stand_in(self, *names):
        for name in names:
            path = self.folder / name
            path.write_text(STAND_IN, encoding="ascii")
            path.chmod(0o755)

    def run_script(self, name, *arguments, cwd="/"):
        environment = {"PATH": f"{self.folder}:{os.environ['PATH']}", "CALLS": str(self.calls),
                       "HOME": str(self.folder)}
        return subprocess.run([ROOT / "scripts" / name, *map(str, arguments)], capture_output=True,
                              text=True, check=False, env=environment, cwd=cwd, timeout=120)

    def assert_refused(self, ran, text, status=2):
        self.assertEqual((ran.returncode, text in ran.stderr), (status, True), ran.stderr)
        self.assertEqual(self.calls.read_text(encoding="ascii"), "")


class Help(ScriptCase):
    def test_each_script_has_a_help(self):
        for name in SCRIPTS + ("sbom.sh", "smoke-test.sh", "build-deb.sh"):
            ran = self.run_script(name, "--help")
            self.assertEqual((ran.returncode, ran.stderr), (0, ""), name)
            self.assertIn(f"scripts/{name}", ran.stdout)
            self.assertLessEqual(max(map(len, ran.stdout.splitlines())), 105, name)


class Refusals(ScriptCase):
    def setUp(self):
        super().setUp()
        self.stand_in("docker", "podman", "buildah", "minikube", "kind")

    def test_unknown_argument(self):
        for name in SCRIPTS:
            self.assert_refused(self.run_script(name, "--colour"), "--colour")

    def test_option_without_a_value(self):
        for name in SCRIPTS:
            self.assert_refused(self.run_script(name, "--tag"), "--tag needs a value")

    def test_unknown_engine(self):
        self.assert_refused(self.run_script("build-images.sh", "--engine", "rkt"), "--engine is one of")

    def test_unknown_image(self):
        self.assert_refused(self.run_script("build-images.sh", "todo"), "unknown image todo")

    def test_tag_that_is_none(self):
        self.assert_refused(self.run_script("build-images.sh", "--tag", "a b"), "--tag has up to 128")

    def test_prefix_that_is_none(self):
        for prefix in ("UPPER", "a b", "-x", "http://registry/"):
            ran = self.run_script("push-images.sh", "--prefix", prefix)
            self.assert_refused(ran, "--prefix is a registry and path")

    def test_push_without_a_prefix(self):
        self.assert_refused(self.run_script("push-images.sh"), "--prefix is needed")

    def test_load_without_a_target(self):
        self.assert_refused(self.run_script("load-images.sh"), "a target is needed")


class Calls(ScriptCase):
    def called(self):
        return self.calls.read_text(encoding="ascii")

    def test_push_sends_both_images_under_each_tag(self):
        self.stand_in("podman")
        ran = self.run_script("push-images.sh", "--engine", "podman", "--prefix", "registry.test/team",
                              "--tag", "one", "--tag", "two")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        wanted = [f"registry.test/team/{name}:{tag}" for name in ("todo-app", "todo-app-proxy")
                  for tag in ("one", "two")]
        self.assertEqual(ran.stdout.split(), wanted)
        for name in wanted:
            self.assertIn(f"podman push {name}\n", self.called())

    def test_load_into_each_cluster(self):
        self.stand_in("podman", "minikube", "kind")
        for target, words in (("minikube", "minikube --profile p image load"),
                              ("kind", "kind load image-archive --name p")):
            ran = self.run_script("load-images.sh", "--engine", "podman", "--tag", "one",
                                  "--profile", "p", target)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertEqual(ran.stdout.split(), ["todo-app:one", "todo-app-proxy:one"])
            self.assertEqual(self.called().count(words), 2)

    def test_smoke_test_of_nobody(self):
        """No service: every check fails, the status is 1, and it ends soon."""
        ran = self.run_script("smoke-test.sh", f"http://127.0.0.1:{free_port()}")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("FAILED  /ready answers 200: status 000", ran.stdout)

    def test_smoke_test_of_no_address(self):
        for url in ("127.0.0.1:8080", "", "ftp://127.0.0.1"):
            self.assertEqual(self.run_script("smoke-test.sh", url).returncode, 2)
