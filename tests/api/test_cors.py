# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Cross-origin requests (Fetch standard): off, for listed origins, for any.

import unittest

from apitest import ApiTest

ORIGIN, OTHER = "https://todo.example", "https://other.example"
EXPOSED = {"ETag", "Location", "Link", "X-Request-ID", "X-Today", "Idempotency-Replayed",
           "Retry-After"}


class CorsOffTest(ApiTest):
    def test_no_header_of_it(self):
        for method, path in (("GET", "/tasks"), ("OPTIONS", "/tasks"), ("GET", "/nothing")):
            with self.subTest(f"{method} {path}"):
                answer = self.call(method, path, headers={
                    "Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
                found = [name for name in answer.headers if name.startswith("Access-Control-")]
                self.assertEqual(found, [])


class CorsTest(ApiTest):
    options = {"cors_origins": f"{ORIGIN},https://second.example:8443"}

    def test_listed_origin(self):
        for origin in (ORIGIN, "https://second.example:8443"):
            with self.subTest(origin):
                answer = self.call("GET", "/tasks", headers={"Origin": origin})
                self.assertEqual(answer.headers["Access-Control-Allow-Origin"], origin)
                self.assertIn("Origin", answer.tokens("Vary"))
                self.assertLessEqual(EXPOSED, answer.tokens("Access-Control-Expose-Headers"))
                self.assertIsNone(answer.headers["Access-Control-Allow-Credentials"])

    def test_other_origins(self):
        for origin in (OTHER, "http://todo.example", "https://todo.example:444", "null",
                       "https://todo.example.evil", "https://TODO.example2",
                       "https://sub.todo.example"):
            with self.subTest(origin):
                answer = self.call("GET", "/tasks", headers={"Origin": origin})
                self.assert_status(answer, 200)
                self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])
                self.assertIn("Origin", answer.tokens("Vary"))

    def test_no_origin(self):
        answer = self.call("GET", "/tasks")
        self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])
        self.assertIn("Origin", answer.tokens("Vary"))

    def test_writes_and_problems_too(self):
        cases = (self.call("POST", "/tasks", {"description": "x"}, headers={"Origin": ORIGIN}),
                 self.call("POST", "/tasks", {}, headers={"Origin": ORIGIN}),
                 self.call("GET", "/nothing", headers={"Origin": ORIGIN}),
                 self.call("PUT", "/tasks", {}, headers={"Origin": ORIGIN}))
        self.assertEqual([answer.status for answer in cases], [201, 400, 404, 405])
        for answer in cases:
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], ORIGIN, answer)

    def test_preflight(self):
        task = self.create()
        answer = self.call("OPTIONS", f"/tasks/{task['id']}", headers={
            "Origin": ORIGIN, "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "content-type,if-match"})
        self.assert_status(answer, 204)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], ORIGIN)
        self.assertLessEqual({"GET", "PUT", "PATCH", "DELETE"},
                             answer.tokens("Access-Control-Allow-Methods"))
        allowed = {name.lower() for name in answer.tokens("Access-Control-Allow-Headers")}
        self.assertLessEqual({"content-type", "if-match", "if-none-match", "idempotency-key",
                              "x-request-id", "traceparent"}, allowed)
        self.assertGreater(int(answer.headers["Access-Control-Max-Age"]), 0)

    def test_preflight_of_another_origin(self):
        answer = self.call("OPTIONS", "/tasks", headers={
            "Origin": OTHER, "Access-Control-Request-Method": "POST"})
        self.assert_status(answer, 204)
        self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])
        self.assertIsNone(answer.headers["Access-Control-Allow-Methods"])


class CorsAnyTest(ApiTest):
    options = {"cors_origins": "*"}

    def test_any_origin(self):
        for origin in (ORIGIN, OTHER, "null"):
            with self.subTest(origin):
                answer = self.call("GET", "/tasks", headers={"Origin": origin})
                self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
                self.assertNotIn("Origin", answer.tokens("Vary"))

    def test_preflight(self):
        answer = self.call("OPTIONS", "/tasks", headers={
            "Origin": OTHER, "Access-Control-Request-Method": "POST"})
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertIn("POST", answer.tokens("Access-Control-Allow-Methods"))


if __name__ == "__main__":
    unittest.main()
