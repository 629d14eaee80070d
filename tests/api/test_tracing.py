# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# X-Request-ID and traceparent: taken over when valid, made otherwise, and in every log line.

import sqlite3
import unittest

from apitest import ApiTest, UUID

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


class TracingTest(ApiTest):
    def line(self, answer):
        """The log line of the request."""
        number = answer.headers["X-Request-ID"]
        lines = [line for line in self.stack.app.log()
                 if line.get("request_id") == number and line["message"] == "request"]
        self.assertEqual(len(lines), 1, number)
        return lines[0]

    def get(self, **headers):
        return self.call("GET", "/tasks", headers={
            name.replace("_", "-"): value for name, value in headers.items()})

    def test_id_of_the_caller(self):
        for value in ("a", "abc-123", "x" * 128, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"):
            with self.subTest(value):
                answer = self.get(X_Request_ID=value)
                self.assertEqual(answer.headers["X-Request-ID"], value)
                self.assertEqual(self.line(answer)["route"], "/api/v1/tasks")

    def test_id_is_made_when_there_is_none(self):
        ids = {self.get().headers["X-Request-ID"] for _ in range(5)}
        self.assertEqual(len(ids), 5)
        for number in ids:
            self.assertRegex(number, f"^{UUID.pattern}$")

    def test_bad_id_is_replaced(self):
        for value in ("x" * 129, "two words", "", b"caf\xc3\xa9", b"\xff", "tab\tinside",
                      "x" * 5000):
            with self.subTest(value):
                self.assertRegex(self.get(X_Request_ID=value).headers["X-Request-ID"],
                                 f"^{UUID.pattern}$")

    def test_id_is_in_problem_documents(self):
        for method, path in (("GET", "/nothing"), ("PUT", "/tasks"), ("GET", "/tasks?x=1"),
                             ("GET", "/tasks/999999")):
            answer = self.call(method, path, headers={"X-Request-ID": "find-me"})
            self.assertEqual(answer.json["request_id"], "find-me")

    def test_id_is_on_answers_without_a_body(self):
        task = self.create()
        path = f"/tasks/{task['id']}"
        for method, status, headers in (("HEAD", 200, {}), ("GET", 304, {"If-None-Match": "*"}),
                                        ("OPTIONS", 204, {}), ("DELETE", 204, {})):
            answer = self.call(method, path, headers={**headers, "X-Request-ID": "here"})
            self.assert_status(answer, status)
            self.assertEqual(answer.headers["X-Request-ID"], "here")

    def test_id_of_a_write_is_in_the_journal(self):
        self.call("POST", "/tasks", {"description": "x"}, headers={"X-Request-ID": "journal-me"})
        connection = sqlite3.connect(f"file:{self.stack.database}?mode=ro", uri=True)
        try:
            found = connection.execute(
                "SELECT count(*) FROM change WHERE request_id = 'journal-me'").fetchone()
        finally:
            connection.close()
        self.assertEqual(found, (1,))

    def test_valid_trace_is_continued(self):
        for value in (f"00-{TRACE}-{SPAN}-01", f"00-{TRACE}-{SPAN}-00",
                      f"01-{TRACE}-{SPAN}-01-later-versions-may-say-more", f"cc-{TRACE}-{SPAN}-01"):
            with self.subTest(value):
                self.assertEqual(self.line(self.get(traceparent=value))["trace_id"], TRACE)

    def test_invalid_trace_is_ignored(self):
        for value in ("", "nonsense", f"00-{TRACE}-{SPAN}", f"00-{TRACE}-{SPAN}-01-more",
                      f"ff-{TRACE}-{SPAN}-01", f"00-{'0' * 32}-{SPAN}-01",
                      f"00-{TRACE}-{'0' * 16}-01",
                      f"00-{TRACE.upper()}-{SPAN}-01", f"00-{TRACE[:-1]}g-{SPAN}-01",
                      f"00-{TRACE}a-{SPAN}-01", f"0-{TRACE}-{SPAN}-01", f"00-{TRACE}-{SPAN}-1",
                      f"00_{TRACE}_{SPAN}_01", b"00-\xff"):
            with self.subTest(value):
                found = self.line(self.get(traceparent=value))["trace_id"]
                self.assertRegex(found, r"^[0-9a-f]{32}$")
                self.assertNotEqual(found, TRACE)
                self.assertNotEqual(found, "0" * 32)

    def test_each_request_without_a_trace_begins_one(self):
        found = {self.line(self.get())["trace_id"] for _ in range(3)}
        self.assertEqual(len(found), 3)


if __name__ == "__main__":
    unittest.main()
