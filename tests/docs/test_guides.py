# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The guides: every command in them works and prints what they show."""

import pathlib
import shutil
import tempfile
import unittest

from run_examples import Guide
from support.process import ROOT
from support.stack import Stack

ADDRESS = "http://127.0.0.1:8080"


class Guides(unittest.TestCase):
    def run_guide(self, name):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-docs-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        with Stack() as stack:
            Guide(ROOT / name).run(folder, {ADDRESS: stack.url})

    def test_readme(self):
        self.run_guide("README.md")

    def test_tour_of_the_api(self):
        self.run_guide("docs/api.md")

    def test_observability(self):
        """With lighttpd's status page, as that guide tells to have it, and the files it checks."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-docs-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        (folder / "observability").symlink_to(ROOT / "observability")
        page = folder / "status.sock"
        with Stack(("--proxy-status", page), status_socket=str(page)) as stack:
            Guide(ROOT / "docs/observability.md").run(folder, {ADDRESS: stack.url})

    def test_runbooks(self):
        pages = sorted((ROOT / "docs/runbooks").glob("TodoApp*.md"))
        self.assertGreater(len(pages), 10)
        with Stack() as stack:
            for page in pages:
                folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-docs-"))
                self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
                with self.subTest(page=page.name):
                    Guide(page).run(folder, {ADDRESS: stack.url})


if __name__ == "__main__":
    unittest.main()
