# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The security headers of every kind of answer: of the program, of files, of redirects and of
lighttpd's own errors. What lighttpd refuses before it looks at the path (400, 413, 431) has none of
them, which its configuration cannot change: there is nothing but a problem document in it."""

import unittest

from support import http
from support.stack import Stack

COMMON = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
NOTHING = "default-src 'none'; frame-ancestors 'none'"

# name: (method, path, status, whether the policy allows nothing at all)
KINDS = {
    "list": ("GET", "/api/v1/tasks", 200, True),
    "stream": ("GET", "/api/v1/export", 200, True),
    "spreadsheet": ("GET", "/api/v1/tasks.csv", 200, True),
    "calendar": ("GET", "/api/v1/tasks.ics", 200, True),
    "head": ("HEAD", "/api/v1/tasks", 200, True),
    "allow": ("OPTIONS", "/api/v1/tasks", 204, True),
    "missing task": ("GET", "/api/v1/tasks/99", 404, True),
    "no such path": ("GET", "/api/v1/nothing", 404, True),
    "no such method": ("PUT", "/api/v1/tasks", 405, True),
    "fault": ("GET", "/api/v1/tasks?limit=0", 400, True),
    "health": ("GET", "/health", 200, True),
    "metrics": ("GET", "/metrics", 200, True),
    "page": ("GET", "/", 200, False),
    "documentation": ("GET", "/docs/", 200, False),
    "contract": ("GET", "/openapi.yaml", 200, False),
    "style": ("GET", "/style.css", 200, False),
    "redirect": ("GET", "/problems/validation", 303, False),
    "no such file": ("GET", "/nothing", 404, False),
    "no such method of a file": ("POST", "/", 405, True),
    "allow of a file": ("OPTIONS", "/", 200, None),
}


class SecurityHeaders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = Stack().start()
        cls.addClassCleanup(cls.stack.stop)

    def test_every_kind_of_answer(self):
        for name, (method, path, status, strict) in KINDS.items():
            with self.subTest(name):
                answer = self.stack.request(method, path)
                self.assertEqual(answer.status, status)
                for header, value in COMMON.items():
                    self.assertEqual(answer.headers[header], value)
                policy = answer.headers["Content-Security-Policy"]
                if strict:
                    self.assertEqual(policy, NOTHING)
                elif strict is False:
                    self.assertIn("default-src 'none'", policy)
                    self.assertIn("frame-ancestors 'none'", policy)

    def test_no_answer_names_the_server_or_its_version(self):
        for name, (method, path, _, _) in KINDS.items():
            with self.subTest(name):
                answer = self.stack.request(method, path)
                self.assertIsNone(answer.headers.get("Server"))
                self.assertIsNone(answer.headers.get("X-Powered-By"))

    def test_no_other_origin_is_allowed_by_default(self):
        for name, (method, path, _, _) in KINDS.items():
            with self.subTest(name):
                answer = self.stack.request(method, path, None, {
                    "Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
                self.assertEqual([field for field in answer.headers
                                  if field.lower().startswith("access-control-")], [])

    def test_refused_before_the_path_is_a_problem_document(self):
        too_large = http.request(self.stack.port, "POST", "/api/v1/tasks", b"x" * (5 << 20))
        self.assertEqual(too_large.status, 413)
        self.assertEqual(too_large.headers["Content-Type"], "application/problem+json")


if __name__ == "__main__":
    unittest.main()
