# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Paths and methods: 404, 405 with Allow, HEAD wherever GET, OPTIONS.

import unittest

from apitest import ApiTest, JSON, MERGE

ALLOWED = {
    "/api/v1/tasks": {"GET", "HEAD", "POST", "OPTIONS"},
    "/api/v1/tasks/1": {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"},
    "/api/v1/tasks/1/complete": {"POST", "OPTIONS"},
    "/api/v1/tasks/1/reopen": {"POST", "OPTIONS"},
    "/api/v1/tasks/1/subtasks": {"GET", "HEAD", "POST", "OPTIONS"},
    "/api/v1/tasks/1/template": {"POST", "OPTIONS"},
    "/api/v1/tasks/quick-add": {"POST", "OPTIONS"},
    "/api/v1/tasks/quick-add/preview": {"POST", "OPTIONS"},
    "/api/v1/templates": {"GET", "HEAD", "POST", "OPTIONS"},
    "/api/v1/templates/any": {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"},
    "/api/v1/templates/any/tasks": {"POST", "OPTIONS"},
    "/health": {"GET", "HEAD", "OPTIONS"},
    "/ready": {"GET", "HEAD", "OPTIONS"},
    "/metrics": {"GET", "HEAD", "OPTIONS"},
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "MKCOL", "LOCK")
UNKNOWN = ("/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/tasks/", "/api/v1/tasks/1/",
           "/api/v1/tasks/1/nothing", "/api/v1/tasks/1/complete/", "/api/v1/tasks/1/complete/x",
           "/api/v1/Tasks", "/api/v1/tasks/abc", "/api/v1/tasks/0", "/api/v1/tasks/abc/complete",
           "/api/v1/task", "/api/v2/tasks", "/api/", "/api/v1/tasks;x=1")


class MethodsTest(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.create("number one")

    def test_other_methods_get_405_and_what_is_allowed(self):
        for path, allowed in ALLOWED.items():
            for method in METHODS:
                if method in allowed:
                    continue
                with self.subTest(f"{method} {path}"):
                    answer = self.send(method, path, raw=b"{}" if method[0] == "P" else None)
                    self.assert_problem(answer, "method-not-allowed")
                    self.assertEqual(answer.tokens("Allow"), allowed)

    def test_options_tells_what_is_allowed(self):
        for path, allowed in ALLOWED.items():
            with self.subTest(path):
                answer = self.send("OPTIONS", path)
                self.assert_status(answer, 204)
                self.assertEqual(answer.tokens("Allow"), allowed)

    def test_options_of_a_task_names_the_patch_formats(self):
        answer = self.send("OPTIONS", "/api/v1/tasks/1")
        self.assertEqual(answer.tokens("Accept-Patch"), {JSON, MERGE})
        self.assertIsNone(self.send("OPTIONS", "/api/v1/tasks").headers["Accept-Patch"])

    def test_unknown_paths(self):
        for path in UNKNOWN:
            for method in ("GET", "POST", "DELETE", "OPTIONS"):
                with self.subTest(f"{method} {path}"):
                    answer = self.send(method, path)
                    self.assert_status(answer, 404)
                    self.assertEqual(answer.json["type"], "/problems/not-found")

    def test_unknown_task_but_wrong_method(self):
        answer = self.send("POST", "/api/v1/tasks/999999", {})
        self.assert_problem(answer, "method-not-allowed")

    def test_head_wherever_get(self):
        for path, allowed in ALLOWED.items():
            if "GET" not in allowed:
                continue
            with self.subTest(path):
                got, head = self.send("GET", path), self.send("HEAD", path)
                self.assertEqual(head.status, got.status)
                self.assertEqual(head.body, b"")
                self.assertEqual(head.headers["Content-Type"], got.headers["Content-Type"])
                self.assertEqual(head.headers["ETag"], got.headers["ETag"])

    def test_head_of_what_does_not_exist(self):
        for path in ("/api/v1/nothing", "/api/v1/tasks/999999"):
            answer = self.send("HEAD", path)
            self.assert_status(answer, 404)

    def test_head_where_there_is_no_get(self):
        answer = self.send("HEAD", "/api/v1/tasks/1/complete")
        self.assert_status(answer, 405)
        self.assertEqual(answer.tokens("Allow"), {"POST", "OPTIONS"})

    def test_method_override_headers_are_ignored(self):
        answer = self.send("GET", "/api/v1/tasks/1", headers={"X-HTTP-Method-Override": "DELETE"})
        self.assert_status(answer, 200)
        self.assert_status(self.send("GET", "/api/v1/tasks/1"), 200)

    def test_problem_instance_is_escaped(self):
        answer = self.send("GET", "/api/v1/%22%3Cx%3E%5C/%C3%A9")
        self.assert_status(answer, 404)
        self.assertEqual(answer.json["instance"], "/api/v1/%22%3Cx%3E%5C/%C3%A9")


if __name__ == "__main__":
    unittest.main()
