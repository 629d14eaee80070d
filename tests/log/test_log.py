# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The program's log: one JSON object a line, whatever a client sends."""

import re
import unittest
import urllib.parse

from support import fastcgi, http
from support.stack import Stack

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}


class LogCase(unittest.TestCase):
    options = ()

    def setUp(self):
        self.stack = Stack(options=self.options).start()
        self.addCleanup(self.stack.close)

    def stopped_log(self):
        """Stops the service; all lines, each checked for its common members."""
        self.stack.proxy.stop()
        self.stack.app.stop()
        lines = self.stack.app.log()
        for line in lines:
            self.assertRegex(line["timestamp"], TIMESTAMP)
            self.assertIn(line["level"], LEVELS)
            self.assertEqual(line["service"], "todo-app")
            self.assertTrue(line["version"])
            self.assertTrue(line["message"])
        return lines

    def requests_of(self, lines):
        return [line for line in lines if "status" in line and "method" in line]


class Requests(LogCase):
    def test_one_line_for_each_with_its_fields(self):
        made = self.stack.request("POST", "/api/v1/tasks", {"description": "Buy milk"},
                                  {"X-Request-ID": "first"})
        self.stack.request("GET", "/api/v1/tasks/999", None, {"X-Request-ID": "second"})
        lines = {line["request_id"]: line for line in self.requests_of(self.stopped_log())
                 if line["request_id"] in ("first", "second")}
        self.assertEqual(made.headers["X-Request-ID"], "first")
        self.assertEqual(set(lines), {"first", "second"})
        first, second = lines["first"], lines["second"]
        self.assertEqual((first["method"], first["route"], first["status"], first["level"]),
                         ("POST", "/api/v1/tasks", 201, "INFO"))
        self.assertEqual((second["method"], second["route"], second["status"]),
                         ("GET", "/api/v1/tasks/{id}", 404))
        for line in (first, second):
            self.assertGreater(line["bytes"], 0)
            self.assertGreater(line["duration_ms"], 0)
            self.assertRegex(line["trace_id"], r"^[0-9a-f]{32}$")

    def test_trace_of_the_caller_is_continued(self):
        trace = "0af7651916cd43dd8448eb211c80319c"
        self.stack.request("GET", "/api/v1/tasks", None, {
            "traceparent": f"00-{trace}-b7ad6b7169203331-01", "X-Request-ID": "traced"})
        line = next(line for line in self.requests_of(self.stopped_log())
                    if line["request_id"] == "traced")
        self.assertEqual(line["trace_id"], trace)

    def test_no_bodies_and_no_credentials(self):
        self.stack.request("POST", "/api/v1/tasks", {"description": "marker-in-body"},
                           {"Authorization": "Bearer marker-credential",
                            "Cookie": "session=marker-cookie"})
        self.stack.request("POST", "/api/v1/tasks", b'{"description": "marker-in-body')
        self.stopped_log()
        self.assertNotIn("marker", self.stack.app.process.stderr())


class HostileBytes(LogCase):
    options = ("--log-level", "DEBUG")

    def test_through_lighttpd(self):
        for byte in range(256):
            one = bytes((byte,))
            quoted = urllib.parse.quote_from_bytes(one, safe="").encode()
            for request in (
                    b"GET /api/v1/tasks/%s HTTP/1.1\r\n" % quoted,
                    b"GET /api/v1/%s HTTP/1.1\r\n" % one,
                    b"GET /api/v1/tasks?q=%s HTTP/1.1\r\n" % quoted,
                    b"GET /api/v1/tasks HTTP/1.1\r\nX-Request-ID: a%sb\r\n" % one,
                    b"GET /api/v1/tasks HTTP/1.1\r\ntraceparent: 00-%sb\r\n" % one,
                    b"GET /api/v1/tasks HTTP/1.1\r\nUser-Agent: %s\r\n" % one,
                    b"GET /api/v1/tasks HTTP/1.1\r\nAccept: %s\r\n" % one,
                    b"GET /api/v1/tasks/1 HTTP/1.1\r\nIf-None-Match: %s\r\n" % one):
                status = http.raw_status(
                    self.stack.port, request + b"Host: x\r\nConnection: close\r\n\r\n")
                self.assertLess(status, 500, request)
        self.assertGreater(len(self.requests_of(self.stopped_log())), 1000)

    def test_in_bodies(self):
        for byte in range(256):
            for body in (bytes((byte,)), b'{"description": "a%cb"}' % byte, b'{"a%c": 1}' % byte):
                answer = self.stack.request("POST", "/api/v1/tasks", body)
                self.assertLess(answer.status, 500, body)
        self.stopped_log()

    def test_straight_to_the_program(self):
        """What lighttpd would never let through."""
        for byte in range(256):
            one = b"a" + bytes((byte,)) + b"b"
            target = b"/api/v1/" + one
            for output in (
                    fastcgi.get(self.stack.app.socket, target),
                    fastcgi.get(self.stack.app.socket, b"/api/v1/tasks", HTTP_X_REQUEST_ID=one),
                    fastcgi.get(self.stack.app.socket, b"/api/v1/tasks", HTTP_TRACEPARENT=one),
                    fastcgi.get(self.stack.app.socket, b"/api/v1/tasks", REQUEST_METHOD=one),
                    fastcgi.get(self.stack.app.socket, b"/api/v1/tasks", QUERY_STRING=one),
                    fastcgi.get(self.stack.app.socket, b"/api/v1/tasks", HTTP_USER_AGENT=one)):
                self.assertNotIn(b"Status: 5", output.split(b"\r\n\r\n")[0])
        self.stopped_log()
