# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Answers of any length: one that is cut short is seen to be, and a slow client holds no worker."""

import http.client
import socket

from support import http as small
from support.process import wait_until
from support.standin import StandInCase

STREAMED = ("/api/v1/export", "/api/v1/tasks.csv", "/api/v1/tasks.ics")
SIZES = (1, 1000, 200_000, 3_000_000)
LARGE = 20_000_000  # more than all the buffers between lighttpd and a client


class CutShort(StandInCase):
    def test_the_client_gets_no_end(self):
        for path in STREAMED:
            for size in SIZES:
                with self.subTest(path=path, size=size):
                    with self.assertRaises(http.client.IncompleteRead):
                        self.request("GET", f"{path}?cut={size}")

    def test_nor_does_an_http_1_0_client(self):
        """It knows the end by the close alone: at least no length says that all is there."""
        answer = small.raw(self.proxy.port, b"GET /api/v1/tasks.csv?cut=1000 HTTP/1.0\r\n\r\n")
        self.assertNotIn(b"Content-Length", answer)

    def test_other_answers_are_held_back_to_their_end(self):
        """So they have a length, whatever the program said; and cut short they would look whole,
        which is why the program sends them in one piece."""
        self.assertEqual(self.request("GET", "/api/v1/tasks?large=100").headers["Content-Length"],
                         "100")


class Whole(StandInCase):
    def test_the_client_gets_all(self):
        for path in STREAMED:
            for size in SIZES:
                with self.subTest(path=path, size=size):
                    answer = self.request("GET", f"{path}?large={size}")
                    self.assertEqual((answer.status, len(answer.body)), (200, size))

    def test_head(self):
        for path in STREAMED:
            answer = self.request("HEAD", f"{path}?large=0")
            self.assertEqual((answer.status, answer.body), (200, b""))

    def test_the_connection_is_kept(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.proxy.port, timeout=small.TIMEOUT)
        for size in SIZES:
            connection.request("GET", f"/api/v1/tasks.csv?large={size}")
            self.assertEqual(len(connection.getresponse().read()), size)
        connection.close()


class SlowClient(StandInCase):
    def test_the_program_does_not_wait_for_it(self):
        with socket.create_connection(("127.0.0.1", self.proxy.port), small.TIMEOUT) as slow:
            slow.sendall(f"GET /api/v1/tasks.csv?large={LARGE} HTTP/1.1\r\nHost: x\r\n"
                         "Connection: close\r\n\r\n".encode())
            head = slow.recv(15)
            self.assertEqual(head, b"HTTP/1.1 200 OK")
            # The asking request is one connection.
            wait_until(lambda: self.request("GET", "/api/x").json()["connections"] == 1,
                       "the program has sent all although the client has read 15 bytes")
            received = len(head)
            while chunk := slow.recv(65536):
                received += len(chunk)
        self.assertGreater(received, LARGE)
