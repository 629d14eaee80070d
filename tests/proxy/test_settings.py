# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Settings that nothing else would notice: headers, limits, times and misspelt keys."""

import re
import socket
import subprocess
import unittest

from support import http
from support.process import ROOT, wait_until
from support.standin import StandInCase

CONFIGURATION = ROOT / "proxy/lighttpd.conf"
EXAMPLE = ROOT / "proxy/settings.conf.example"

# What a host of fastcgi.server may contain (lighttpd's documentation of mod_fastcgi). lighttpd
# ignores any other key without a word.
BACKEND_KEYS = {
    "host", "port", "socket", "listen-backlog", "bin-path", "kill-signal", "check-local", "mode",
    "docroot", "min-procs", "max-procs", "max-load-per-proc", "idle-timeout", "disable-time",
    "bin-environment", "bin-copy-environment", "broken-scriptfilename", "strip-request-uri",
    "fix-root-scriptname", "allow-x-send-file", "x-sendfile", "x-sendfile-docroot",
    "tcp-fin-propagate", "connect-timeout", "write-timeout", "read-timeout",
}
FEATURE_FLAGS = {"server.graceful-shutdown-timeout", "server.h2proto"}


class Spelling(unittest.TestCase):
    text = CONFIGURATION.read_text(encoding="utf-8")

    def keys_of(self, block):
        body = re.search(re.escape(block) + r" = \((.*?)\n *\)", self.text, re.DOTALL)
        self.assertIsNotNone(body, block)
        return set(re.findall(r'\n\s+"([a-z0-9.-]+)" => ', body.group(1)))

    def test_backend_keys_exist(self):
        keys = self.keys_of("fastcgi.server")
        self.assertGreaterEqual(keys, {"socket", "check-local", "fix-root-scriptname",
                                       "disable-time", "connect-timeout", "write-timeout",
                                       "read-timeout"})
        self.assertEqual(keys - BACKEND_KEYS, set())

    def test_feature_flags_exist(self):
        self.assertEqual(self.keys_of("server.feature-flags"), FEATURE_FLAGS)

    def test_each_variable_is_explained_and_in_the_example(self):
        used = set(re.findall(r"var\.(\w+)", self.text)) - {"security_headers"}
        explained = set(re.findall(r"^#   var\.(\w+)", self.text, re.MULTILINE))
        example = set(re.findall(r"^var\.(\w+) =", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
        self.assertEqual(used, explained)
        self.assertEqual(used, example)


class Preflight(StandInCase):
    def test_lighttpd_accepts_the_configuration_without_a_warning(self):
        ran = subprocess.run(["lighttpd", "-tt", "-f", self.folder / "settings.conf"],
                             capture_output=True, check=False)
        self.assertEqual((ran.returncode, ran.stderr), (0, b""))

    def test_started_without_a_warning(self):
        lines = self.proxy.process.stderr().splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("server started", lines[0])


class Headers(StandInCase):
    def test_security_headers(self):
        for path in ("/", "/docs/", "/nope", "/problems/validation", "/api/v1/tasks"):
            headers = self.request("GET", path).headers
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff", path)
            self.assertEqual(headers["Referrer-Policy"], "no-referrer", path)
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"], path)
            self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"], path)

    def test_pages_need_nothing_that_their_policy_forbids(self):
        for path in ("/", "/docs/", "/docs/problems/"):
            page = self.request("GET", path).body.decode()
            page = re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)  # commands to copy
            for forbidden in ("<script", "<style", " style=", " onclick=", "http://", "https://"):
                self.assertNotIn(forbidden, page)

    def test_version_is_not_told(self):
        for path in ("/", "/nope", "/api/v1/tasks"):
            self.assertIsNone(self.request("GET", path).headers["Server"])
        software = self.request("GET", "/api/x").json()["params"].get("SERVER_SOFTWARE", "")
        self.assertEqual(software, "")


class Connections(StandInCase):
    edits = (("server.max-keep-alive-idle = 65", "server.max-keep-alive-idle = 1"),
             ("server.max-read-idle = 30", "server.max-read-idle = 1"),
             ("server.max-keep-alive-requests = 1000", "server.max-keep-alive-requests = 5"))

    def closes(self, data):
        """Whether lighttpd closes a connection that sends this and then nothing more."""
        with socket.create_connection(("127.0.0.1", self.proxy.port), http.TIMEOUT) as connection:
            connection.sendall(data)
            while connection.recv(65536):
                pass
        return True

    def test_idle_connection_is_closed(self):
        self.assertTrue(self.closes(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"))

    def test_half_a_header_is_not_waited_for(self):
        self.assertTrue(self.closes(b"GET / HTTP/1.1\r\nHost:"))

    def test_half_a_body_is_not_waited_for(self):
        self.assertTrue(self.closes(
            b"POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"))

    def test_requests_of_a_connection_are_limited(self):
        one = b"GET /nope HTTP/1.1\r\nHost: x\r\n\r\n"
        answers = http.raw(self.proxy.port, one * 20, shutdown=False)
        self.assertIn(answers.count(b"HTTP/1.1 404"), (5, 6))


class SlowBody(StandInCase):
    def test_program_sees_a_request_only_when_it_is_whole(self):
        head = b"POST /api/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.proxy.port), http.TIMEOUT) as slow:
            slow.sendall(head + b"a")
            # The asking request is one connection; earlier ones may take a moment to go.
            wait_until(lambda: self.request("GET", "/api/x").json()["connections"] == 1,
                       "the program has no connection for the half request", 5)
            slow.sendall(b"b")
            self.assertIn(b" 200 ", slow.recv(100))
