# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A test case with lighttpd in front of the stand-in responder: tests of the proxy alone."""

import pathlib
import shutil
import tempfile
import unittest

from support import http
from support.process import ROOT
from support.proxy import Proxy
from support.stack import App

RESPONDER = ROOT / "tests/support/responder.py"


class StandInCase(unittest.TestCase):
    """One lighttpd and one responder for all tests of a class. `settings` replaces variables of the
    settings file; `edits` are (old, new) texts replaced in lighttpd.conf."""

    settings = {}
    edits = ()

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.app = App(cls.folder, cls.folder / "unused.db", program=RESPONDER)
        cls.addClassCleanup(cls.app.process.kill)
        cls.proxy = Proxy(cls.folder, cls.app.socket, cls.configuration(), **cls.settings)
        cls.addClassCleanup(cls.proxy.process.kill)

    @classmethod
    def configuration(cls):
        text = (ROOT / "proxy/lighttpd.conf").read_text(encoding="utf-8")
        for old, new in cls.edits:
            assert old in text, f"{old} is not in lighttpd.conf"
            text = text.replace(old, new)
        path = cls.folder / "lighttpd.conf"
        path.write_text(text, encoding="utf-8")
        return path

    def request(self, method, path, body=None, headers=None):
        return http.request(self.proxy.port, method, path, body, headers)

    def assert_problem(self, answer, status, slug):
        """A problem document of that status; slug None: about:blank."""
        self.assertEqual(answer.status, status)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        problem = answer.json()
        self.assertEqual(problem["status"], status)
        self.assertEqual(problem["type"], f"/problems/{slug}" if slug else "about:blank")
        self.assertTrue(problem["title"])
        self.assertTrue(problem["detail"])
