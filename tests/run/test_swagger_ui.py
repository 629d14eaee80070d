# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""scripts/fetch-swagger-ui.sh where npm is missing, fails, or gives something else."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support.process import ROOT

SCRIPT = ROOT / "scripts/fetch-swagger-ui.sh"
TOOLS = ("bash", "cat", "chmod", "cmp", "cp", "dirname", "mkdir", "mktemp", "mv", "rm", "sha512sum",
         "tar", "timeout", "gzip", "touch")


class Fetching(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-run-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.tools = self.folder / "bin"
        self.tools.mkdir()
        for tool in TOOLS:
            (self.tools / tool).symlink_to(shutil.which(tool))
        self.into = self.folder / "site/swagger-ui"

    def npm(self, commands):
        path = self.tools / "npm"
        path.write_text(f"#!{shutil.which('bash')}\n{commands}\n", encoding="utf-8")
        path.chmod(0o755)

    def fetch(self):
        return subprocess.run([SCRIPT, self.into], env={"PATH": str(self.tools)} | {
            name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ},
            capture_output=True, text=True, check=False)

    def assert_refused(self, reason):
        ran = self.fetch()
        self.assertEqual(ran.returncode, 1)
        self.assertIn(reason, ran.stderr)
        left = list(self.into.parent.iterdir()) if self.into.parent.exists() else []
        self.assertEqual(left, [])

    def test_no_npm(self):
        self.assert_refused("npm is missing")

    def test_npm_fails(self):
        self.npm("exit 1")
        self.assert_refused("npm did not give swagger-ui-dist")

    def test_other_content_is_refused(self):
        self.npm('name=${@: -1}; mkdir package; touch package/swagger-ui.css\n'
                 'tar -czf "swagger-ui-dist-${name#*@}.tgz" package')
        self.assert_refused("another checksum")

    def test_what_is_there_is_not_fetched_again(self):
        version = next(line.partition("=")[2] for line in SCRIPT.read_text(encoding="utf-8").split("\n")
                       if line.startswith("readonly VERSION="))
        self.into.mkdir(parents=True)
        (self.into / "VERSION").write_text(version + "\n", encoding="utf-8")
        self.assertEqual(self.fetch().returncode, 0)
        for page in ("index.html", "initialise.js", "page.css"):
            self.assertEqual((self.into / page).read_bytes(),
                             (ROOT / "proxy/swagger-ui" / page).read_bytes())


if __name__ == "__main__":
    unittest.main()
