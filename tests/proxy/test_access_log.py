# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The access log is one JSON object a line, whatever bytes a client sends."""

import datetime
import json

from support import http
from support.standin import StandInCase

REQUEST_LINES = {
    "method": b"G%cT /api/v1/tasks HTTP/1.1\r\nHost: x\r\n",
    "path": b"GET /api/v1/ta%csks HTTP/1.1\r\nHost: x\r\n",
    "static path": b"GET /do%ccs HTTP/1.1\r\nHost: x\r\n",
    "query": b"GET /api/v1/tasks?q=%c HTTP/1.1\r\nHost: x\r\n",
    "protocol": b"GET / HTTP/1.%c\r\nHost: x\r\n",
    "host": b"GET / HTTP/1.1\r\nHost: x%cy\r\n",
    "user agent": b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: a%cb\r\n",
    "referer": b"GET / HTTP/1.1\r\nHost: x\r\nReferer: a%cb\r\n",
    "request id": b"GET /api/v1/tasks HTTP/1.1\r\nHost: x\r\nX-Request-ID: a%cb\r\n",
    "header name": b"GET / HTTP/1.1\r\nHost: x\r\nX-a%cb: c\r\n",
}
CLOSE = b"Connection: close\r\n\r\n"


class AccessLog(StandInCase):
    def log_after_stop(self):
        self.proxy.stop()
        lines = self.proxy.access_log_path.read_bytes().split(b"\n")
        self.assertEqual(lines.pop(), b"")
        return [json.loads(line.decode("utf-8"), parse_constant=self.fail) for line in lines]


class HostileBytes(AccessLog):
    def test_every_byte_in_every_part(self):
        sent = 0
        for template in REQUEST_LINES.values():
            for byte in range(256):
                http.raw(self.proxy.port, template % byte + CLOSE)
                sent += 1
        log = self.log_after_stop()
        # The first byte of the target or header may end the request early, never a line of the log.
        self.assertGreaterEqual(len(log), sent * 9 // 10)
        for line in log:
            for name, value in line.items():
                if isinstance(value, str):
                    self.assertTrue(value.isascii() and value.isprintable(), (name, value))


class HostileHttp2(AccessLog):
    def frame(self, kind, flags, stream, payload):
        return len(payload).to_bytes(3, "big") + bytes((kind, flags)) + stream.to_bytes(4, "big") + payload

    def literal(self, name, value):
        """A header field without indexing and without Huffman coding (RFC 7541, 6.2.2)."""
        return bytes((0, len(name))) + name + bytes((len(value),)) + value

    def request_with(self, agent, path=b"/"):
        headers = (self.literal(b":method", b"GET") + self.literal(b":scheme", b"http")
                   + self.literal(b":path", path) + self.literal(b":authority", b"x")
                   + self.literal(b"user-agent", agent))
        goaway = self.frame(7, 0, 0, bytes(8))
        return (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + self.frame(4, 0, 0, b"")
                + self.frame(1, 5, 1, headers) + goaway)

    def test_bytes_that_only_http_2_lets_through(self):
        for byte in range(256):
            value = b"a" + bytes((byte,)) + b"b"
            http.raw(self.proxy.port, self.request_with(value))
            http.raw(self.proxy.port, self.request_with(b"x", b"/" + value))
        log = self.log_after_stop()
        self.assertIn("HTTP/2.0", {line["protocol"] for line in log})


class Fields(AccessLog):
    def test_fields_of_a_request(self):
        agent = 'tester "1" \\ 2'
        self.request("GET", "/api/v1/tasks?limit=1", None, {"User-Agent": agent})
        line = self.log_after_stop()[-1]
        self.assertEqual(line["service"], "proxy")
        self.assertEqual(line["client"], "127.0.0.1")
        self.assertEqual((line["method"], line["path"], line["query"], line["protocol"]),
                         ("GET", "/api/v1/tasks", "limit=1", "HTTP/1.1"))
        self.assertEqual(line["status"], 200)
        self.assertEqual(line["request_id"], "stand-in")
        self.assertEqual(line["user_agent"], agent)
        self.assertGreater(line["duration_us"], 0)
        self.assertGreater(line["bytes_in"], 0)
        self.assertGreater(line["bytes_out"], 0)
        instant = datetime.datetime.strptime(line["timestamp"], "%Y-%m-%dT%H:%M:%S%z")
        self.assertIsNotNone(instant.utcoffset())


class LongAgent(AccessLog):
    def test_is_left_out(self):
        self.request("GET", "/", None, {"User-Agent": "x" * 513})
        line = self.log_after_stop()[-1]
        self.assertEqual(line["path"], "/")
        self.assertNotIn("user_agent", line)


class Refused(AccessLog):
    def test_request_that_is_no_http_is_logged_without_its_text(self):
        http.raw(self.proxy.port, b"GET /\xff\xfe HTTP/1.0\r\n\r\n")
        line = self.log_after_stop()[-1]
        self.assertEqual(line["status"], 400)
        self.assertNotIn("path", line)
