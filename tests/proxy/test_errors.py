# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The errors that lighttpd makes itself are problem documents that agree with the program's table."""

import json
import re
import socket
import unittest

from support import http
from support.problems import problem_types
from support.process import GRACEFUL_APP, ROOT, wait_until
from support.stack import App
from support.standin import RESPONDER, StandInCase

ERRORS = ROOT / "proxy/errors"


class Documents(unittest.TestCase):
    def test_each_has_its_status_and_a_type_of_the_table(self):
        titles = {f"/problems/{slug}": title for slug, _, title in problem_types()}
        for path in ERRORS.iterdir():
            problem = json.loads(path.read_text(encoding="utf-8"))
            self.assertEqual(set(problem), {"type", "title", "status", "detail"}, path.name)
            self.assertEqual(problem["status"], int(path.stem))
            if problem["type"] != "about:blank":
                self.assertEqual(problem["title"], titles.get(problem["type"]), path.name)

    def test_a_status_of_the_table_has_the_table_s_type(self):
        by_status = {}
        for slug, status, _ in problem_types():
            by_status.setdefault(status, []).append(slug)
        for path in ERRORS.iterdir():
            slugs = by_status.get(int(path.stem), [])
            if len(slugs) == 1:
                problem = json.loads(path.read_text(encoding="utf-8"))
                self.assertEqual(problem["type"], f"/problems/{slugs[0]}")

    def test_each_has_its_media_type_in_the_configuration(self):
        text = (ROOT / "proxy/lighttpd.conf").read_text(encoding="utf-8")
        configured = re.findall(r'"(\d+\.html)" => "application/problem\+json"', text)
        self.assertEqual(sorted(configured), sorted(path.name for path in ERRORS.iterdir()))


class Answers(StandInCase):
    settings = {"max_body_kib": 100}
    edits = (('"read-timeout" => 30', '"read-timeout" => 1'),)

    def assert_raw_problem(self, data, status, slug):
        answer = http.raw(self.proxy.port, data)
        head, _, body = answer.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1."), answer[:200])
        self.assertEqual(int(head.split(b" ")[1]), status, answer[:200])
        self.assertIn(b"Content-Type: application/problem+json", head)
        problem = json.loads(body)
        self.assertEqual(problem["status"], status)
        self.assertEqual(problem["type"], f"/problems/{slug}" if slug else "about:blank")

    def test_400_for_what_is_no_http(self):
        for data in (b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                     b"GET /%ff HTTP/1.0\r\n\r\n", b"GET /%00 HTTP/1.0\r\n\r\n",
                     b"GET / HTTP/1.0\r\nX\x01: y\r\n\r\n",
                     b"POST /api/v1/tasks HTTP/1.0\r\nContent-Length: x\r\n\r\n",
                     b"POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                     b"Content-Length: 4\r\n\r\nabcd"):
            self.assert_raw_problem(data, 400, None)

    def test_404(self):
        self.assert_problem(self.request("GET", "/nope"), 404, "not-found")

    def test_405_with_allow_for_static_files(self):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = self.request(method, "/docs/", b"x")
            self.assert_problem(answer, 405, "method-not-allowed")
            self.assertEqual(answer.headers["Allow"], "GET, HEAD, OPTIONS")
            self.assertIsNone(answer.headers["Location"])

    def test_options_for_static_files(self):
        answer = self.request("OPTIONS", "/docs/")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Allow"], "GET, HEAD, OPTIONS")

    def test_411_for_a_post_without_length(self):
        self.assert_raw_problem(b"POST /api/v1/tasks HTTP/1.0\r\n\r\n", 411, None)

    def test_413_by_length(self):
        answer = self.request("POST", "/api/v1/tasks", b"x" * (100 * 1024 + 1))
        self.assert_problem(answer, 413, "payload-too-large")

    def test_413_by_chunks(self):
        chunks = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        self.assert_raw_problem(b"POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                b"Transfer-Encoding: chunked\r\n\r\n" + chunks * 4 + b"0\r\n\r\n",
                                413, "payload-too-large")

    def test_body_at_the_limit_passes(self):
        self.assertEqual(self.request("POST", "/api/v1/tasks", b"x" * 100 * 1024).status, 200)

    def test_416(self):
        answer = self.request("GET", "/", None, {"Range": "bytes=999999-"})
        self.assert_problem(answer, 416, None)

    def test_431_for_a_large_header(self):
        answer = self.request("GET", "/health", None, {"X-Large": "x" * 20000})
        self.assert_problem(answer, 431, None)

    def test_501_for_an_unknown_method(self):
        self.assert_raw_problem(b"BREW / HTTP/1.0\r\n\r\n", 501, None)

    def test_unknown_version(self):
        """505 by lighttpd 1.4.69; later ones say 400."""
        data = b"GET / HTTP/3.0\r\nHost: x\r\n\r\n"
        self.assert_raw_problem(data, http.raw_status(self.proxy.port, data), None)
        self.assertIn(http.raw_status(self.proxy.port, data), (400, 505))

    def test_500_when_the_program_closes_without_an_answer(self):
        self.assert_problem(self.request("GET", "/api/x?silent=1"), 500, "internal")

    def test_500_when_the_program_answers_garbage(self):
        self.assert_problem(self.request("GET", "/api/x?garbage=1"), 500, "internal")

    def test_504_when_the_program_does_not_answer_in_time(self):
        self.assert_problem(self.request("GET", "/api/x?hang=1"), 504, "unavailable")

    def test_head_has_no_body(self):
        answer = self.request("HEAD", "/nope")
        self.assertEqual((answer.status, answer.body), (404, b""))
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")


class Unreachable(StandInCase):
    def test_503_while_the_program_is_gone_and_recovery_after(self):
        self.app.process.stop(GRACEFUL_APP)
        for path in ("/health", "/ready", "/metrics", "/api/v1/tasks"):
            self.assert_problem(self.request("GET", path), 503, "unavailable")
        self.assertEqual(self.request("GET", "/").status, 200)
        again = App(self.folder, self.folder / "unused.db", program=RESPONDER, name="todo-app")
        self.addCleanup(again.process.kill)
        wait_until(lambda: self.request("GET", "/ready").status == 200, "the proxy recovers", 10)

    def test_503_when_nobody_listens_on_the_socket(self):
        silent = self.folder / "dead.sock"
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(silent))
        configured = self.proxy
        other = type(configured)(self.folder, silent)
        self.addCleanup(other.process.kill)
        answer = http.request(other.port, "GET", "/ready")
        self.assert_problem(answer, 503, "unavailable")
