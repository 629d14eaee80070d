# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The Debian package: built from the tarball, installed on a copy of this machine, and purged."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from install.installed import build_folder, make
from install.test_files import FILES
from support.process import ROOT
from support.stack import clean_environment

# The machine's files under a layer of memory: what is done to them is gone at the end.
COPY = """
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" "$1/root"
mount --bind /proc "$1/root/proc"
mount --bind /dev "$1/root/dev"
cp "$2" "$1/root/package.deb"
exec chroot "$1/root" sh -ec "$3"
"""
TOOLS = ("dpkg-buildpackage", "dh", "fakeroot")


class Debian(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not all(map(shutil.which, TOOLS)):
            raise unittest.SkipTest(f"needs {', '.join(TOOLS)}")
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-deb-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        make("dist")
        tarball, = build_folder().glob("todo-app-*.tar.xz")
        ran = subprocess.run([ROOT / "scripts/build-deb.sh", "--no-install", tarball, cls.folder],
                             capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            raise AssertionError(ran.stderr)
        cls.package = pathlib.Path(ran.stdout.strip())

    def tool(self, *arguments):
        return subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=True).stdout

    def on_copy(self, script):
        if os.geteuid() != 0:
            self.skipTest("needs root for a copy of the machine")
        with tempfile.TemporaryDirectory() as folder:
            ran = subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", COPY,
                                  "sh", folder, self.package, script],
                                 capture_output=True, text=True, check=False, env=clean_environment())
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def test_has_the_same_files_as_make_install(self):
        found = {line.split()[5].lstrip("./").removesuffix(".gz")
                 for line in self.tool("dpkg-deb", "-c", self.package).splitlines()}
        places = {path if path.startswith("etc/") else f"usr/{path}" for path in FILES}
        merged = {f"usr/{path}" if path.startswith("lib/") else path for path in found}
        self.assertEqual(places - merged, set())

    def test_both_configurations_are_conffiles(self):
        listed = self.tool("dpkg-deb", "-I", self.package, "conffiles").split()
        self.assertEqual(sorted(listed), ["/etc/todo-app/proxy.conf", "/etc/todo-app/todo-app.yaml"])

    def test_source_package_names_the_tarball(self):
        text = next(self.folder.glob("*.dsc")).read_text(encoding="utf-8")
        self.assertRegex(text, r"Format: 3\.0 \(quilt\)")
        self.assertRegex(text, r"todo-app_[\d.]+\.orig\.tar\.xz")

    def test_depends_on_what_it_needs(self):
        depends = self.tool("dpkg-deb", "-f", self.package, "Depends")
        for package in ("lighttpd", "lighttpd-mod-deflate", "libsqlite3-0", "libjansson4"):
            self.assertIn(package, depends)

    def test_installs_and_enables(self):
        said = self.on_copy("""
            dpkg -i /package.deb >/dev/null
            getent passwd todo-app
            stat -c %U:%a /var/backups/todo-app
            todo-app --check-config
            todo-app --version
            for unit in todo-app.socket todo-app-proxy.service todo-app-backup.timer; do
                systemctl is-enabled "$unit"
            done""").splitlines()
        self.assertRegex(said[0], r"^todo-app:x:\d+:\d+:Todo App:/var/lib/todo-app:\S*nologin$")
        self.assertEqual(said[1], "todo-app:750")
        self.assertRegex(said[2], r"^todo-app \d")
        self.assertEqual(said[3:], ["enabled"] * 3)

    def test_purge_leaves_nothing(self):
        said = self.on_copy("""
            dpkg -i /package.deb >/dev/null 2>&1
            dpkg --purge todo-app >/dev/null 2>&1
            find /etc /usr /lib/systemd -name '*todo-app*'""")
        self.assertEqual(said, "")

    def test_keeps_a_changed_configuration_on_upgrade(self):
        said = self.on_copy("""
            dpkg -i /package.deb >/dev/null 2>&1
            echo 'log_level: DEBUG' >>/etc/todo-app/todo-app.yaml
            dpkg -i /package.deb >/dev/null 2>&1
            tail -n 1 /etc/todo-app/todo-app.yaml""")
        self.assertEqual(said, "log_level: DEBUG\n")
