# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The program under requests that a web server in good health never forwards.

import json
import socket
import struct
import unittest

import fastcgi
from apitest import ApiTest

BODY = json.dumps({"description": "through the back door"}).encode()


class FastCgiTest(ApiTest):
    @property
    def path(self):
        return self.stack.app.socket

    def request(self, method, target, *rest, **more):
        return fastcgi.request(self.path, method, target, *rest, **more)

    def alive(self):
        self.assertEqual(self.request("GET", "/health").status, 200)

    def test_whole_request(self):
        answer = self.request("POST", "/api/v1/tasks", BODY)
        self.assertEqual(answer.status, 201, answer)
        self.assert_task(answer.json, description="through the back door")

    def test_body_cut_off(self):
        before = self.list("count=true")["count"]
        for sent in (b"", BODY[:1], BODY[:-1]):
            for end in (True, False):
                with self.subTest(f"{len(sent)} {end}"):
                    answer = self.request("POST", "/api/v1/tasks", BODY, sent=sent, end=end)
                    self.assert_problem(answer, "malformed-json")
        self.assertEqual(self.list("count=true")["count"], before)
        self.alive()

    def test_body_longer_than_told(self):
        answer = self.request("POST", "/api/v1/tasks", BODY, sent=BODY + b"{}")
        self.assert_status(answer, 201)
        self.alive()

    def test_lengths_that_are_none(self):
        for text in ("-1", "abc", "1e3", "99999999999999999999999", " 5", "+5", "0x10"):
            with self.subTest(text):
                answer = self.request("POST", "/api/v1/tasks", BODY, CONTENT_LENGTH=text)
                self.assert_status(answer, 400)
        self.alive()

    def test_no_length_at_all(self):
        answer = self.request("POST", "/api/v1/tasks", BODY, CONTENT_LENGTH=None)
        self.assert_problem(answer, "malformed-json")
        self.alive()

    def test_huge_length(self):
        answer = self.request("POST", "/api/v1/tasks", BODY, CONTENT_LENGTH=2**40)
        self.assertEqual(answer.status, 413, answer)
        self.alive()

    def test_missing_parameters(self):
        for name in ("REQUEST_METHOD", "PATH_INFO", "SCRIPT_NAME", "QUERY_STRING", "REQUEST_URI",
                     "SERVER_PROTOCOL", "REMOTE_ADDR"):
            with self.subTest(name):
                answer = self.request("GET", "/health", **{name: None})
                self.assertIsNotNone(answer)
                self.assertLess(answer.status, 500, answer)

    def test_path_in_either_parameter(self):
        for script, path in (("/health", ""), ("", "/health"), ("/hea", "lth")):
            with self.subTest(f"{script}|{path}"):
                answer = self.request("GET", "/health", SCRIPT_NAME=script, PATH_INFO=path)
                self.assertEqual(answer.status, 200, answer)

    def test_bytes_of_any_kind_in_every_parameter(self):
        for value in (bytes(range(1, 256)), b"\xff\xfe", b"\r\nX-Evil: 1\r\n\r\n<html>", b"%00%ff%",
                      b"A" * 60000):
            for name in ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE",
                         "HTTP_X_REQUEST_ID", "HTTP_TRACEPARENT", "HTTP_IF_MATCH",
                         "HTTP_IF_NONE_MATCH", "HTTP_IDEMPOTENCY_KEY", "HTTP_ORIGIN", "HTTP_ACCEPT",
                         "HTTP_USER_AGENT", "REMOTE_ADDR"):
                with self.subTest(f"{name} {value[:8]}"):
                    answer = self.request("POST", "/api/v1/tasks", BODY, **{name: value})
                    self.assertIsNotNone(answer)
                    self.assertLess(answer.status, 500, answer)
                    self.assertNotIn("X-Evil", answer.headers)
        self.stack.app.log()  # each line still JSON

    def test_broken_percent_escapes(self):
        for text in ("%", "%4", "%zz", "a%", "%%20", "%0"):
            for query in (f"q={text}", f"{text}=x"):
                with self.subTest(query):
                    answer = self.request("GET", f"/api/v1/tasks?{query}")
                    self.assert_status(answer, 400)
                    self.assertEqual(answer.json["type"], "/problems/validation")

    def test_connections_that_say_nothing(self):
        for data in (b"", b"\x01", b"GET / HTTP/1.1\r\n\r\n", fastcgi.begin(),
                     fastcgi.begin() + fastcgi.record(fastcgi.PARAMS, b"\xff\xff\xff\xff\xff"),
                     struct.pack("!BBHHBB", 9, 9, 1, 65535, 255, 0) + b"x" * 100,
                     fastcgi.begin() + fastcgi.record(fastcgi.ABORT_REQUEST, b"")):
            with self.subTest(data[:16]):
                with fastcgi.connect(self.path) as connection:
                    connection.sendall(data)
                    connection.shutdown(socket.SHUT_WR)
                    fastcgi.read_answer(connection, "GET", "/")
                self.alive()

    def test_client_that_does_not_wait_for_the_answer(self):
        values = fastcgi.parameters(fastcgi.environment("GET", "/api/v1/tasks"))
        for _ in range(20):
            with fastcgi.connect(self.path) as connection:
                connection.sendall(fastcgi.begin() + fastcgi.record(fastcgi.PARAMS, values)
                                   + fastcgi.record(fastcgi.PARAMS, b"")
                                   + fastcgi.record(fastcgi.STDIN, b""))
        self.alive()

    def test_writer_that_does_not_wait_for_the_answer(self):
        values = fastcgi.parameters(fastcgi.environment("POST", "/api/v1/tasks", BODY))
        for _ in range(20):
            with fastcgi.connect(self.path) as connection:
                connection.sendall(fastcgi.begin() + fastcgi.record(fastcgi.PARAMS, values)
                                   + fastcgi.record(fastcgi.PARAMS, b"")
                                   + fastcgi.record(fastcgi.STDIN, BODY)
                                   + fastcgi.record(fastcgi.STDIN, b""))
        self.alive()


if __name__ == "__main__":
    unittest.main()
