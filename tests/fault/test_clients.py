# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Clients that take all and give nothing: slow ones, silent ones, ones that vanish, ten thousand at
# once; and peers at the socket that send half a request. The others are served meanwhile where that
# is promised, and in any case afterwards, without help. No 5xx but 503.

import contextlib
import resource
import selectors
import socket
import struct
import time
import unittest

from faulttest import FaultTest, fastcgi, pick, wait_until
from support.stack import Stack

SLOW = 400  # below what lighttpd takes at the same time
CROWD = 10_000
SPARE = 500  # descriptors for everything else
GET = b"GET /api/v1/tasks?limit=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
POST = (b"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 5000\r\n\r\n{\"description\": \"")
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: the end of the connection is a reset


def raise_descriptor_limit():
    """The most that this process may have open."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


class ClientsTest(unittest.TestCase):
    def setUp(self):
        raise_descriptor_limit()
        self.stack = Stack().start()
        self.addCleanup(self.stack.close)
        self.open = contextlib.ExitStack()
        self.addCleanup(self.open.close)

    def connect(self, data=b""):
        connection = self.open.enter_context(
            socket.create_connection(("127.0.0.1", self.stack.port), 60))
        connection.sendall(data)
        return connection

    def served(self, times=20):
        """Others are served, read and write."""
        for number in range(times):
            self.assertEqual(self.stack.request("GET", "/api/v1/tasks?limit=1").status, 200)
            answer = self.stack.request("POST", "/api/v1/tasks", {"description": f"other {number}"})
            self.assertEqual(answer.status, 201)

    def stop(self):
        self.open.close()
        self.served()
        self.stack.stop()

    def test_slow_headers(self):
        slow = [self.connect(GET[:10]) for _ in range(SLOW)]
        for at in range(10, 20):
            for connection in slow:
                connection.sendall(GET[at:at + 1])
            self.served(2)
        for connection in slow:  # and they are served too, when they come to their end
            connection.sendall(GET[20:])
        for connection in slow:
            self.assertTrue(connection.recv(64).startswith(b"HTTP/1.1 200 "))
        self.stop()

    def test_slow_bodies(self):
        slow = [self.connect(POST) for _ in range(SLOW)]
        for _ in range(10):
            for connection in slow:
                connection.sendall(b"x")
            self.served(2)
        self.assertEqual(
            self.stack.request("GET", "/api/v1/stats").json()["overview"]["total"], 20)
        self.stop()

    def test_answers_that_nobody_reads(self):
        """Larger than what the kernel takes: they lie in lighttpd, not in a worker."""
        for number in range(20):
            self.stack.request("POST", "/api/v1/tasks",
                               {"description": f"large {number}", "notes": "n" * 20000})
        for _ in range(100):
            connection = self.open.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", self.stack.port))
            connection.sendall(GET.replace(b"limit=1", b"limit=200"))
        self.served()
        self.stop()

    def test_half_open_connections(self):
        """Half-closed after the request: answered. Reset before, in and after it: forgotten."""
        closed = [self.connect(GET) for _ in range(50)]
        for connection in closed:
            connection.shutdown(socket.SHUT_WR)
        for data in (b"", GET[:10], GET, POST, POST + b"x" * 4999):
            for _ in range(50):
                connection = self.connect(data)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                connection.close()
        for connection in closed:
            self.assertTrue(connection.recv(64).startswith(b"HTTP/1.1 200 "))
        self.served()
        self.stop()

    def test_ten_thousand_connections(self):
        """All at once, more than lighttpd takes: each is answered in its turn, whole."""
        crowd = min(CROWD, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE)
        self.assertGreaterEqual(crowd, 500)
        heads = Crowd(self.stack.port, crowd).heads()
        self.assertEqual(len(heads), crowd)
        self.assertEqual({head for head in heads if not head.startswith((b"HTTP/1.1 200 ",
                                                                         b"HTTP/1.1 503 "))}, set())
        print(f"{crowd} connections, {sum(b' 200 ' in head for head in heads)} answered 200",
              flush=True)
        self.stop()

    def test_silent_connections_beyond_the_limit(self):
        """They fill lighttpd; when they go, it serves. In the long form they stay, and are thrown
        out after the time that the settings give them."""
        for _ in range(3000):
            connection = self.open.enter_context(socket.socket())
            connection.setblocking(False)
            connection.connect_ex(("127.0.0.1", self.stack.port))
        if pick(True, False):
            self.open.close()
        wait_until(lambda: self.stack.request("GET", "/health").status == 200, "it serves", 180)
        self.stop()


class Crowd:
    """Connections that are all opened before any is read; each sends its request as soon as it
    can."""

    def __init__(self, port, count):
        self._selector = selectors.DefaultSelector()
        self._heads = []
        self._left = count
        for _ in range(count):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex(("127.0.0.1", port))
            self._selector.register(connection, selectors.EVENT_WRITE, self._send)

    def _send(self, connection):
        try:
            connection.send(GET)
        except BlockingIOError:
            return
        except OSError as error:
            self._finish(connection, str(error).encode())
            return
        self._selector.modify(connection, selectors.EVENT_READ, self._receive)

    def _receive(self, connection):
        try:
            head = connection.recv(64)
        except OSError as error:
            head = str(error).encode()
        self._finish(connection, head)

    def _finish(self, connection, head):
        self._heads.append(head)
        self._left -= 1
        self._selector.unregister(connection)
        connection.close()

    def heads(self, seconds=180):
        """The beginning of each answer."""
        end = time.monotonic() + seconds
        while self._left > 0 and time.monotonic() < end:
            for key, _ in self._selector.select(1):
                key.data(key.fileobj)
        return self._heads


class PeersTest(FaultTest):
    """Whoever may connect to the socket and sends half a request holds a worker for seconds, not
    for ever; more of them than workers delay the others, and end nothing."""

    def parts(self):
        request = fastcgi.begin() + fastcgi.stream(fastcgi.PARAMS, fastcgi.parameters(
            fastcgi.environment("POST", "/api/v1/tasks", b'{"description": "never"}')))
        return (b"", request[:5], request[:40], request,
                request + fastcgi.record(fastcgi.PARAMS, b""))

    def starve(self, count, *options):
        app = self.start(*options)
        self.ready(app)
        with contextlib.ExitStack() as stack:
            parts = self.parts()
            for number in range(count):
                peer = stack.enter_context(fastcgi.connect(app.socket))
                peer.sendall(parts[number % len(parts)])
            self.check_serves(app)
        self.check_serves(app)
        self.check_clean_end(app)

    def test_as_many_as_the_regular_workers(self):
        self.starve(2, "--workers", "4")

    def test_more_than_all_workers(self):
        self.starve(12, "--workers", "4")

    def test_answers_that_no_peer_reads(self):
        """Larger than what the kernel takes: given up after the time that an answer may take."""
        app = self.start("--workers", "4")
        for number in range(30):
            self.create(app, f"large {number}", "n" * 20000)
        request = fastcgi.begin() + fastcgi.stream(fastcgi.PARAMS, fastcgi.parameters(
            fastcgi.environment("GET", "/api/v1/tasks?limit=200"))) + fastcgi.record(
                fastcgi.PARAMS, b"") + fastcgi.record(fastcgi.STDIN, b"")
        with contextlib.ExitStack() as stack:
            for _ in range(pick(4, 12)):
                stack.enter_context(fastcgi.connect(app.socket)).sendall(request)
            wait_until(lambda: self.answers(app), "the service answers", 120)
        self.check_serves(app)
        self.check_clean_end(app)

    def answers(self, app):
        try:
            return fastcgi.request(app.socket, "GET", "/health") is not None
        except OSError:
            return False

    def test_stop_in_spite_of_them(self):
        app = self.start("--workers", "4")
        self.ready(app)
        with contextlib.ExitStack() as stack:
            for number in range(8):
                peer = stack.enter_context(fastcgi.connect(app.socket))
                peer.sendall(self.parts()[number % 4])
            app.stop()
        self.check_sound()


class DescriptorsTest(FaultTest):
    """None left: requests wait or get a 503; when there are some again, it goes on."""

    def test_exhaustion(self):
        app = self.start()
        app.allow_errors = True
        self.ready(app)
        before = self.ok(app, "POST", "/tasks", {"description": "kept"})
        pid = app.process.pid
        normal = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        for free in range(4):
            taken = len(list((self.folder / "/proc" / str(pid) / "fd").iterdir()))
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (taken + free, normal[1]))
            waiting = [fastcgi.connect(app.socket) for _ in range(8)]
            for peer in waiting:
                peer.sendall(fastcgi.begin() + fastcgi.stream(
                    fastcgi.PARAMS, fastcgi.parameters(fastcgi.environment("GET", "/health")))
                    + fastcgi.record(fastcgi.PARAMS, b"") + fastcgi.record(fastcgi.STDIN, b""))
            resource.prlimit(pid, resource.RLIMIT_NOFILE, normal)
            for peer in waiting:
                with peer:
                    answer = fastcgi.read_answer(peer, "GET", "/health")
                    self.assertIn(answer.status, (200, 503), answer)
            self.assertEqual(self.ok(app, "GET", f"/tasks/{before['id']}"), before)
        self.check_serves(app)
        self.check_clean_end(app)


if __name__ == "__main__":
    unittest.main()
