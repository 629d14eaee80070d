# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The guides for operators and contributors: every command works."""

import os
import pathlib
import tempfile
import unittest

from run_examples import Guide
from support.process import ROOT
from support.stack import Stack, app_program, clean_environment

ADDRESS = "http://127.0.0.1:8080"
DATABASE = "/var/lib/todo-app/todo.db"
TREE = ("scripts", "tests", "docs", "fcgi-app", "proxy")


class Operations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="todo-docs-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.environment = clean_environment({
            "PATH": f"{pathlib.Path(app_program()).parent}:{os.environ['PATH']}"})

    def test_operations(self):
        with Stack() as stack:
            for number in range(5):
                stack.request("POST", "/api/v1/tasks", {"description": f"Task {number}"})
            Guide(ROOT / "docs/operations.md").run(
                self.folder, {ADDRESS: stack.url, DATABASE: str(stack.database)},
                self.environment)

    def test_contributing(self):
        for name in TREE:
            (self.folder / name).symlink_to(ROOT / name)
        Guide(ROOT / "CONTRIBUTING.md").run(
            self.folder, {"build=build-test": "build=.", "$PWD/$build/todo-app": str(app_program())},
            self.environment)


if __name__ == "__main__":
    unittest.main()
