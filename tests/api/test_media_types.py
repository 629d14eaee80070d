# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Bodies by their type, size and end: 415, 413, and a body that is cut off.

import json
import socket
import unittest

from apitest import ApiTest, JSON, MERGE
from support import http

REFUSED = (None, "", "text/plain", "text/json", "application/x-www-form-urlencoded",
           "multipart/form-data; boundary=x", "application/jsonx", "application/json5",
           "application/problem+json", "application", "json", "*/*", "application/*",
           "application/json; charset=iso-8859-1", "application/json; charset=utf-16",
           "application/json, application/json", "application/xml")


class MediaTypesTest(ApiTest):
    def test_refused_types(self):
        for content_type in REFUSED:
            with self.subTest(content_type):
                answer = self.call("POST", "/tasks", {"description": "x"},
                                   content_type=content_type)
                self.assert_problem(answer, "unsupported-media-type")

    def test_merge_patch_is_for_patch_alone(self):
        task = self.create()
        for method, path in (("POST", "/tasks"), ("PUT", f"/tasks/{task['id']}"),
                             ("POST", f"/tasks/{task['id']}/subtasks")):
            with self.subTest(f"{method} {path}"):
                answer = self.call(method, path, {"description": "x"}, content_type=MERGE)
                self.assert_problem(answer, "unsupported-media-type")

    def test_type_is_looked_at_before_the_body(self):
        answer = self.call("POST", "/tasks", raw=b"{nonsense", content_type="text/plain")
        self.assert_problem(answer, "unsupported-media-type")

    def test_path_and_method_are_looked_at_before_the_type(self):
        self.assert_problem(self.call("POST", "/nothing", raw=b"x", content_type="text/plain"),
                            "not-found")
        self.assert_problem(self.call("PUT", "/tasks", raw=b"x", content_type="text/plain"),
                            "method-not-allowed")

    def test_get_with_a_body_is_refused_by_the_proxy(self):
        answer = self.call("GET", "/tasks", raw=b"whatever", content_type="text/plain", proxy=True)
        self.assert_status(answer, 400)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")

    def test_missing_body(self):
        task = self.create()
        for method, path in (("POST", "/tasks"), ("PUT", f"/tasks/{task['id']}"),
                             ("PATCH", f"/tasks/{task['id']}")):
            with self.subTest(f"{method} {path}"):
                for content_type in (JSON, None):
                    answer = self.call(method, path, raw=b"", content_type=content_type)
                    self.assert_problem(answer, "malformed-json")


class BodySizeTest(ApiTest):
    options = {"body_limit_bytes": 100000}

    def padded(self, size):
        body = json.dumps({"description": "x"}).encode()
        return body + b" " * (size - len(body))

    def test_greatest_body(self):
        self.assert_status(self.call("POST", "/tasks", raw=self.padded(100000)), 201)

    def test_one_byte_more(self):
        answer = self.call("POST", "/tasks", raw=self.padded(100001))
        self.assert_problem(answer, "payload-too-large")

    def test_every_method_with_a_body(self):
        task = self.create()
        for method, path in (("PUT", f"/tasks/{task['id']}"), ("PATCH", f"/tasks/{task['id']}"),
                             ("POST", f"/tasks/{task['id']}/complete"),
                             ("POST", f"/tasks/{task['id']}/reopen"),
                             ("POST", f"/tasks/{task['id']}/subtasks")):
            with self.subTest(f"{method} {path}"):
                answer = self.call(method, path, raw=self.padded(100001))
                self.assert_problem(answer, "payload-too-large")
        self.assert_unchanged(task)

    def test_megabytes_are_refused_by_the_proxy_in_the_same_form(self):
        answer = self.call("POST", "/tasks", raw=self.padded(6 * 2**20), proxy=True)
        self.assert_status(answer, 413)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertEqual(answer.json["type"], "/problems/payload-too-large")


class DefaultBodySizeTest(ApiTest):
    def test_default_limit_is_a_mebibyte(self):
        body = json.dumps({"description": "x"}).encode()
        for size, status in ((2**20, 201), (2**20 + 1, 413)):
            with self.subTest(size):
                raw = body + b"\n" * (size - len(body))
                self.assert_status(self.call("POST", "/tasks", raw=raw), status)

    def test_largest_valid_task(self):
        task = self.create("\U0001f600" * 1000, notes="\u20ac" * 20000)
        self.assert_unchanged(task)


class CutOffTest(ApiTest):
    """Through lighttpd, which waits for the whole body; test_fastcgi.py has what comes of a web
    server that forwards half of one."""

    def head(self, length):
        return (f"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n"
                f"Content-Length: {length}\r\nConnection: close\r\n\r\n").encode()

    def test_client_that_hangs_up_in_the_body(self):
        before = self.list("count=true")["count"]
        body = json.dumps({"description": "cut"}).encode()
        for size in (0, 1, len(body) - 1):
            with socket.create_connection(("127.0.0.1", self.stack.port)) as connection:
                connection.sendall(self.head(len(body)) + body[:size])
        self.assertEqual(self.list("count=true")["count"], before)
        self.create("still here")

    def test_client_that_sends_more_than_it_said(self):
        body = json.dumps({"description": "longer"}).encode()
        answer = http.raw(self.stack.port, self.head(len(body)) + body + b"trailing bytes")
        self.assertIn(b" 201 ", answer.split(b"\r\n")[0])

    def test_chunked_body(self):
        body = json.dumps({"description": "in chunks"}).encode()
        chunks = b"".join(b"%x\r\n%s\r\n" % (1, body[i:i + 1]) for i in range(len(body)))
        head = (f"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n"
                "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n").encode()
        answer = http.raw(self.stack.port, head + chunks + b"0\r\n\r\n")
        self.assertIn(b" 201 ", answer.split(b"\r\n")[0])


if __name__ == "__main__":
    unittest.main()
