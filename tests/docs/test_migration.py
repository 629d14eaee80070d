# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The guide for the way from Phase III: every command works on a stand-in of that program."""

import os
import pathlib
import tempfile
import unittest

from run_examples import Guide
from support import phase3
from support.process import ROOT
from support.stack import app_program, clean_environment


class Migration(unittest.TestCase):
    def test_guide(self):
        with tempfile.TemporaryDirectory(prefix="todo-docs-") as name:
            folder = pathlib.Path(name)
            phase3.write_program(folder / "phase3")
            (folder / "scripts").symlink_to(ROOT / "scripts")
            environment = clean_environment({
                "PATH": f"{pathlib.Path(app_program()).parent}:{os.environ['PATH']}"})
            Guide(ROOT / "docs/migration.md").run(folder, environment=environment)


if __name__ == "__main__":
    unittest.main()
