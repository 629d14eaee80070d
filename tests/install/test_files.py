# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Where `make install` puts things, and what `make uninstall` leaves."""

import pathlib
import shutil
import tempfile
import unittest

from install.installed import InstalledCase, files, install, uninstall
from support.process import ROOT

FILES = {
    "bin/todo-app": 0o755,
    "etc/todo-app/todo-app.yaml": 0o644,
    "etc/todo-app/proxy.conf": 0o644,
    "lib/systemd/system/todo-app.socket": 0o644,
    "lib/systemd/system/todo-app.service": 0o644,
    "lib/systemd/system/todo-app-proxy.service": 0o644,
    "lib/systemd/system/todo-app-backup.service": 0o644,
    "lib/systemd/system/todo-app-backup.timer": 0o644,
    "lib/sysusers.d/todo-app.conf": 0o644,
    "lib/tmpfiles.d/todo-app.conf": 0o644,
    "share/bash-completion/completions/todo-app": 0o644,
    "share/fish/vendor_completions.d/todo-app.fish": 0o644,
    "share/zsh/site-functions/_todo-app": 0o644,
    "share/man/man1/todo-app.1": 0o644,
    "share/man/man5/todo-app.yaml.5": 0o644,
    "share/todo-app/openapi.yaml": 0o644,
    "share/todo-app/proxy/lighttpd.conf": 0o644,
    "share/todo-app/proxy/settings.conf.example": 0o644,
}


def expected():
    static = [path for folder in ("site", "errors") for path in (ROOT / "proxy" / folder).rglob("*")
              if path.is_file()]
    shared = {f"share/todo-app/{path.relative_to(ROOT)}": 0o644 for path in static}
    return FILES | shared


class Places(InstalledCase):
    def test_each_file_has_its_place_and_mode(self):
        found = {path.removeprefix("usr/local/"): mode for path, mode in files(self.target).items()}
        self.assertEqual({path: found.get(path) for path in expected()}, expected())

    def test_nothing_lies_outside_of_the_prefix(self):
        outside = [path for path in files(self.target) if not path.startswith("usr/local/")]
        self.assertEqual(outside, [])

    def test_no_place_of_the_build_is_in_an_installed_text(self):
        for path in files(self.target):
            content = (self.target / path).read_bytes()
            if path != "usr/local/bin/todo-app":
                self.assertNotIn(str(ROOT).encode(), content, path)
                self.assertNotIn(str(self.target).encode(), content, path)
                self.assertNotRegex(content, rb"@[A-Za-z]+@", path)


class Uninstall(unittest.TestCase):
    def setUp(self):
        self.target = pathlib.Path(tempfile.mkdtemp(prefix="todo-install-"))
        self.addCleanup(shutil.rmtree, self.target, ignore_errors=True)
        install(self.target)
        self.configuration = self.target / "usr/local/etc/todo-app/todo-app.yaml"

    def test_leaves_nothing(self):
        uninstall(self.target)
        self.assertEqual(files(self.target), {})
        self.assertEqual(list(self.target.rglob("todo-app*")), [])

    def test_keeps_a_changed_configuration(self):
        self.configuration.write_text("log_level: DEBUG\n", encoding="ascii")
        said = uninstall(self.target).stdout
        self.assertEqual(list(files(self.target)), ["usr/local/etc/todo-app/todo-app.yaml"])
        self.assertIn("which was changed", said)

    def test_installing_again_keeps_a_changed_configuration(self):
        self.configuration.write_text("log_level: DEBUG\n", encoding="ascii")
        said = install(self.target).stdout
        self.assertEqual(self.configuration.read_text(encoding="ascii"), "log_level: DEBUG\n")
        self.assertIn("keeping", said)
