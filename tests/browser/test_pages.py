# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The pages in headless Chromium: the documentation with Swagger UI, the plain pages without it.
What happens in the browser is in pages.mjs; this file starts the service and judges what it saw."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest

from support.process import ROOT
from support.proxy import share
from support.stack import Stack

TOOLS = ROOT / "build-browser"
SECONDS = 900


def contract():
    return json.loads((share() / "site/openapi.json").read_text(encoding="utf-8"))


def operations():
    """{"GET /path"} of the contract."""
    return {f"{method.upper()} {path}" for path, item in contract()["paths"].items()
            for method in item if method in ("get", "put", "post", "patch", "delete")}


class Pages(unittest.TestCase):
    swagger_ui = True

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-browser-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        site = cls.folder / "share"
        shutil.copytree(share(), site, ignore=shutil.ignore_patterns("swagger-ui"))
        if cls.swagger_ui:
            shutil.copytree(TOOLS / "swagger-ui", site / "site/docs/swagger-ui")
        cls.stack = Stack(share=str(site)).start()
        cls.addClassCleanup(cls.stack.stop)

    def visit(self, scenario):
        """Runs a scenario of pages.mjs; what it saw. Nothing may be wrong on the way."""
        node = subprocess.Popen(
            ["node", ROOT / "tests/browser/pages.mjs", scenario, self.stack.url],
            env=os.environ | {"TOOLS": str(TOOLS), "SCREENSHOTS": str(TOOLS)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        try:
            out, err = node.communicate(timeout=SECONDS)
        finally:
            if node.poll() is None:  # Chromium goes with it.
                os.killpg(node.pid, signal.SIGKILL)
        self.assertEqual(node.returncode, 0, err.decode())
        seen = json.loads(out)
        self.assertEqual(seen.pop("outside"), [], "requests to other servers")
        self.assertEqual(seen.pop("console"), [], "messages on the console")
        self.assertEqual(seen.pop("failed"), [], "requests that failed")
        return seen


class Documentation(Pages):
    def test_renders_every_operation(self):
        seen = self.visit("operations")
        self.assertEqual(set(seen["operations"]), operations())
        self.assertEqual(len(seen["operations"]), len(operations()))

    def test_every_operation_unfolds(self):
        """With parameters, schemas and examples: what Swagger UI cannot read it would say."""
        seen = self.visit("unfold")
        self.assertEqual(seen["unfolded"], len(operations()))
        self.assertEqual(seen["errors"], [])

    def test_trying_out_creates_a_task(self):
        before = self.stack.request("GET", "/api/v1/tasks?count=true").json()["count"]["total"]
        seen = self.visit("create")
        self.assertEqual(seen["status"], "201")
        self.assertEqual(seen["requests"], ["POST /api/v1/tasks"])
        after = self.stack.request("GET", "/api/v1/tasks?count=true").json()["count"]["total"]
        self.assertEqual(after, before + 1)

    def test_trying_out_as_filled_in_lists_the_tasks(self):
        self.stack.request("POST", "/api/v1/tasks", {"description": "Shown on the page"})
        seen = self.visit("list")
        self.assertEqual(seen["status"], "200")
        self.assertIn("Shown on the page", seen["body"])

    def test_keyboard_alone_is_enough(self):
        seen = self.visit("keyboard")
        self.assertEqual(seen["status"], "200")
        self.assertEqual(seen["requests"], ["GET /health"])
        self.assertTrue(seen["focus_shown"])

    def test_narrow_screen(self):
        seen = self.visit("narrow")
        self.assertEqual(seen["overflow"], 0)
        self.assertEqual(set(seen["operations"]), operations())


class Plain(Pages):
    """Without Swagger UI, as where npm could not be reached."""

    swagger_ui = False

    def test_every_page_on_wide_and_narrow_screens(self):
        seen = self.visit("plain")
        self.assertEqual(set(seen["pages"]), {"/", "/docs/", "/docs/problems/"})
        for page, found in seen["pages"].items():
            with self.subTest(page):
                self.assertEqual(found["overflow"], 0)
                self.assertEqual(found["headings"], 1)
                self.assertEqual(found["landmarks"], ["MAIN", "NAV"])
                self.assertEqual(found["language"], "en")
                self.assertTrue(found["title"])
                self.assertGreaterEqual(found["links"], 2)

    def test_plain_list_links_the_document(self):
        seen = self.visit("plain")
        self.assertIn("/openapi.yaml", seen["pages"]["/docs/"]["targets"])
        self.assertIn("/openapi.json", seen["pages"]["/docs/"]["targets"])

    def test_keyboard_reaches_every_link_of_the_landing_page(self):
        seen = self.visit("landing-keyboard")
        self.assertEqual(sorted(set(seen["reached"])), sorted(set(seen["links"])))


if __name__ == "__main__":
    unittest.main()
