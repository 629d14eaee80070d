# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""lighttpd's status page: on its own socket, nowhere else, and in /metrics."""

import pathlib
import re
import shutil
import socket
import stat
import tempfile
import unittest

from support.process import wait_until
from support.stack import Stack


def ask(path, target):
    """(status, body) from the HTTP server on that Unix socket."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(path))
        connection.sendall(f"GET {target} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode("ascii"))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


class StatusCase(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-status-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.page = self.folder / "status.sock"

    def start(self, options=None, **settings):
        stack = Stack(("--proxy-status", self.page) if options is None else options, **settings).start()
        self.addCleanup(stack.close)
        return stack

    def figure(self, stack, name):
        text = stack.request("GET", "/metrics").body.decode("utf-8")
        return float(re.search(rf"^{name} (\S+)$", text, re.MULTILINE)[1])


class Page(StatusCase):
    def setUp(self):
        super().setUp()
        self.stack = self.start(status_socket=str(self.page))

    def test_page_is_on_the_socket(self):
        status, body = ask(self.page, "/server-status?auto")
        self.assertEqual(status, 200)
        self.assertIn(b"Total Accesses: ", body)

    def test_socket_is_for_user_and_group(self):
        self.assertEqual(stat.S_IMODE(self.page.stat().st_mode), 0o660)

    def test_nothing_else_is_on_the_socket(self):
        for target in ("/", "/health", "/metrics", "/api/v1/tasks", "/docs/", "/openapi.yaml",
                       "/server-status/", "/server-statusx"):
            with self.subTest(target=target):
                self.assertEqual(ask(self.page, target)[0], 403)

    def test_page_is_not_public(self):
        for target in ("/server-status", "/server-status?auto", "/server-status?json"):
            with self.subTest(target=target):
                self.assertEqual(self.stack.request("GET", target).status, 404)

    def test_scrapes_leave_no_line_in_the_access_log(self):
        ask(self.page, "/server-status?auto")
        self.stack.request("GET", "/health")
        self.stack.proxy.stop()
        paths = [line.get("path") for line in self.stack.proxy.access_log()]
        self.assertIn("/health", paths)
        self.assertNotIn("/server-status", paths)

    def test_lighttpd_takes_the_socket_of_one_that_was_killed(self):
        self.stack.proxy.process.kill()
        self.assertTrue(self.page.exists())
        self.stack.proxy._start()
        self.assertEqual(ask(self.page, "/server-status?auto")[0], 200)


class Figures(StatusCase):
    def test_figures_are_in_the_metrics(self):
        stack = self.start(status_socket=str(self.page))
        self.assertEqual(self.figure(stack, "todo_proxy_up"), 1)
        before = self.figure(stack, "todo_proxy_requests_total")
        for _ in range(5):
            stack.request("GET", "/openapi.yaml")
        # lighttpd sums up once a second.
        wait_until(lambda: self.figure(stack, "todo_proxy_requests_total") >= before + 5,
                   "the requests are counted")
        wait_until(lambda: self.figure(stack, "todo_proxy_sent_bytes_total") > 0, "bytes are counted")
        self.assertGreaterEqual(self.figure(stack, "todo_proxy_connections_busy"), 1)
        self.assertGreater(self.figure(stack, "todo_proxy_connections_idle"), 0)

    def test_without_the_page_the_rest_is_there(self):
        stack = self.start()
        self.assertEqual(self.figure(stack, "todo_proxy_up"), 0)
        self.assertEqual(self.figure(stack, "todo_proxy_requests_total"), 0)
        self.assertGreater(self.figure(stack, "process_memory_bytes"), 0)

    def test_off_by_default(self):
        stack = self.start(options=(), status_socket=str(self.page))
        self.assertEqual(self.figure(stack, "todo_proxy_up"), 0)


if __name__ == "__main__":
    unittest.main()
