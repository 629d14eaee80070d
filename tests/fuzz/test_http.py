# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Malformed HTTP through lighttpd to the program: requests that are made of good ones by random
# damage. Whatever is sent, an answer is HTTP with a documented status, never 500, 502 or 504, and
# the service still answers afterwards. FUZZ_SECONDS prolongs it; the seed is printed.

import os
import pathlib
import random
import re
import socket
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.stack import Stack  # noqa: E402

REQUESTS = 1500
FIXED_SEED = 1
ANSWER_TIMEOUT = 10
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
EXPECTED = frozenset((100, 200, 201, 204, 206, 304, 400, 404, 405, 409, 411, 412, 413, 414, 415,
                      416, 417, 422, 431, 501, 505))
BODY = b'{"description": "A", "notes": "b"}'
GOOD = (
    b"GET /api/v1/tasks?limit=2&sort=-id HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
    b"GET /api/v1/tasks/1 HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"1\"\r\nX-Request-ID: r\r\n\r\n",
    b"POST /api/v1/tasks HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    b"Idempotency-Key: k\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY),
    b"PATCH /api/v1/tasks/1 HTTP/1.1\r\nHost: a\r\nContent-Type: application/merge-patch+json\r\n"
    b"If-Match: \"1\"\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY),
    b"POST /api/v1/tasks HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY),
    b"OPTIONS /api/v1/undo HTTP/1.1\r\nHost: a\r\nOrigin: https://a.example\r\n\r\n",
    b"DELETE /api/v1/tasks/9?subtasks=keep HTTP/1.0\r\n\r\n",
    b"GET /metrics HTTP/1.1\r\nHost: a\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-"
    b"b7ad6b7169203331-01\r\ntracestate: a=1\r\n\r\n",
)
PIECES = (b"\0", b"\r\n", b"\n", b"\r", b":", b" ", b"\t", b"%00", b"%ff", b"%2e%2e/", b"//", b"?", b"&&", b"=",
          b"#", b"\xff\xfe", b"{", b"[" * 200, b"\"", b"9" * 30, b"-1", b"A" * 9000, b"chunked", b"HTTP/9.9",
          b"Content-Length: 5\r\n", b"Transfer-Encoding: gzip\r\n", b"Expect: 100-continue\r\n",
          b"Range: bytes=0-1,5-\r\n")


class MalformedHttpTest(unittest.TestCase):
    def damaged(self):
        """One of the good ones, with one to four changes."""
        data = bytearray(self.random.choice(GOOD))
        for _ in range(self.random.randrange(1, 5)):
            start = self.random.randrange(len(data) + 1)
            end = min(len(data), start + self.random.choice((0, 0, 1, 4, 30)))
            change = self.random.choice(("piece", "byte", "cut", "repeat"))
            if change == "piece":
                data[start:end] = self.random.choice(PIECES)
            elif change == "byte":
                data[start:end] = bytes((self.random.randrange(256),))
            elif change == "cut":
                del data[start:end]
            else:
                data[start:start] = data[start:end] * self.random.randrange(2, 50)
        return bytes(data)

    def answer(self, data):
        """All that comes back until the end; the sender says that nothing follows."""
        with socket.create_connection(("127.0.0.1", self.stack.port), ANSWER_TIMEOUT) as connection:
            answer = b""
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while part := connection.recv(65536):
                    answer += part
            except (ConnectionError, BrokenPipeError):
                pass  # lighttpd has refused already and closed with input unread
            return answer

    def check(self, data):
        answer = self.answer(data)
        if not answer:
            return  # cut short: there was no whole request
        match = STATUS.match(answer)
        self.answered += 1
        self.assertIsNotNone(match, (data, answer[:200]))
        self.assertIn(int(match[1]), EXPECTED, (data, answer[:400]))

    def run_seed(self, seed, going_on):
        self.random = random.Random(seed)
        print(f"seed {seed}", end=" ", flush=True)
        count = self.answered = 0
        while going_on(count):
            self.check(self.damaged())
            count += 1
        self.assertGreater(self.answered, count // 2)
        answer = self.stack.request("GET", "/health")
        self.assertEqual(answer.status, 200)

    def test_malformed_requests(self):
        with Stack() as self.stack:
            self.run_seed(FIXED_SEED, lambda count: count < REQUESTS)
            end = time.monotonic() + float(os.environ.get("FUZZ_SECONDS", "0"))
            if end > time.monotonic():
                self.run_seed(random.SystemRandom().randrange(10**9), lambda count: time.monotonic() < end)


if __name__ == "__main__":
    unittest.main()
