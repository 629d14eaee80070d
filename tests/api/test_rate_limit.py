# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The rate limit: 429 with its headers, who is counted with whom, and what is never counted. One
# token a second comes back: a test that takes longer than the burst lasts would see other numbers,
# so each looks at the first answer over the limit, whenever that is.

import re
import unittest

import fastcgi
from apitest import API, ApiTest
from keytest import KeyFile
from program import ProgramTest

BURST = 5
POLICY = f'"default";q={BURST};w={BURST}'
STATE = re.compile(r'"default";r=(\d+);t=(\d+)')
ASKED_MAX = 100 * BURST


class LimitCase(ProgramTest):
    """The program alone, so that a test chooses the address that it comes from."""

    def limited(self, *options):
        return self.start("--rate-limit-per-s", 1, "--rate-limit-burst", BURST, *options)

    def ask(self, app, address="192.0.2.1", target=f"{API}/tasks", **more):
        return fastcgi.request(app.socket, "GET", target, REMOTE_ADDR=address, **more)

    def exhaust(self, app, address="192.0.2.1", **more):
        """Asks until it is refused: that answer, and how many passed."""
        for passed in range(ASKED_MAX):
            answer = self.ask(app, address, **more)
            if answer.status == 429:
                return answer, passed
            self.assertEqual(answer.status, 200)
        return self.fail("there was no limit")


class LimitTest(LimitCase):
    def test_refusal(self):
        app = self.limited()
        answer, passed = self.exhaust(app)
        self.assertGreaterEqual(passed, BURST)
        problem = answer.json
        self.assertEqual((problem["type"], problem["title"], problem["status"]),
                         ("/problems/rate-limited", "Too many requests", 429))
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertEqual(answer.headers["Retry-After"], "1")
        self.assertEqual(answer.headers["RateLimit-Policy"], POLICY)
        self.assertEqual(STATE.fullmatch(answer.headers["RateLimit"]).group(1), "0")
        app.stop()

    def test_answers_tell_what_is_left(self):
        app = self.limited()
        answer = self.ask(app)
        self.assertEqual(answer.headers["RateLimit-Policy"], POLICY)
        self.assertEqual(answer.headers["RateLimit"], f'"default";r={BURST - 1};t=1')
        app.stop()

    def test_writes_are_counted_and_told_too(self):
        app = self.limited()
        answer = fastcgi.request(app.socket, "POST", f"{API}/tasks", b'{"description": "x"}',
                                 REMOTE_ADDR="192.0.2.1")
        self.assertEqual(answer.status, 201)
        self.assertIn("RateLimit", answer.headers)
        self.exhaust(app)
        answer = fastcgi.request(app.socket, "POST", f"{API}/tasks", b'{"description": "x"}',
                                 REMOTE_ADDR="192.0.2.1", HTTP_IDEMPOTENCY_KEY="k")
        if answer.status == 429:  # else a token had come back
            self.assertNotIn("Idempotency-Replayed", answer.headers)
        app.stop()

    def test_addresses_are_counted_apart(self):
        app = self.limited()
        self.exhaust(app, "192.0.2.1")
        self.assertEqual(self.ask(app, "192.0.2.2").headers["RateLimit"],
                         f'"default";r={BURST - 1};t=1')
        app.stop()

    def test_ipv6_is_counted_by_its_64(self):
        app = self.limited()
        self.ask(app, "2001:db8:1:2::1")
        left = int(STATE.fullmatch(
            self.ask(app, "2001:db8:1:2:ffff::9").headers["RateLimit"]).group(1))
        self.assertLess(left, BURST)
        self.assertEqual(self.ask(app, "2001:db8:1:3::1").headers["RateLimit"],
                         f'"default";r={BURST - 1};t=1')
        app.stop()

    def test_unknown_paths_are_counted(self):
        app = self.limited()
        for _ in range(ASKED_MAX):
            status = self.ask(app, target="/nothing").status
            if status == 429:
                break
            self.assertEqual(status, 404)
        self.assertEqual(status, 429)
        app.stop()

    def test_probes_and_metrics_are_not_counted(self):
        app = self.limited()
        for target in ("/health", "/ready", "/metrics"):
            for _ in range(3 * BURST):
                answer = self.ask(app, target=target)
                self.assertEqual(answer.status, 200)
                self.assertNotIn("RateLimit", answer.headers)
        app.stop()

    def test_metric(self):
        app = self.limited()
        self.exhaust(app)
        self.assertIn("\ntodo_rate_limited_total 1\n",
                      self.ask(app, target="/metrics").body.decode())
        app.stop()

    def test_off_by_default(self):
        app = self.start()
        for _ in range(200):
            answer = self.ask(app)
            self.assertEqual(answer.status, 200)
            self.assertNotIn("RateLimit", answer.headers)
        app.stop()


class ForwardedTest(LimitCase):
    def test_not_believed_by_default(self):
        app = self.limited()
        self.exhaust(app, HTTP_X_FORWARDED_FOR="198.51.100.1")
        answers = [self.ask(app, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}") for n in range(BURST)]
        self.assertIn(429, {answer.status for answer in answers})
        app.stop()

    def test_believed_of_a_trusted_proxy(self):
        app = self.limited("--trusted-proxies", "10.0.0.0/8,fd00::/8")
        self.exhaust(app, "10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1")
        other = self.ask(app, "10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.2, fd00::7")
        self.assertEqual(other.headers["RateLimit"], f'"default";r={BURST - 1};t=1')
        forged = [self.ask(app, "10.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.1")
                  for n in range(BURST)]
        self.assertIn(429, {answer.status for answer in forged})
        app.stop()


class KeyedLimitTest(LimitCase):
    def test_each_key_and_guesses_by_address(self):
        keys = KeyFile()
        self.addCleanup(keys.close)
        laptop, phone = keys.new("laptop"), keys.new("phone")
        app = self.limited("--api-keys-file", keys.path)

        def ask(key):
            return self.ask(app, HTTP_AUTHORIZATION=f"Bearer {key}")

        statuses = [ask("todo_" + f"{n:043}").status for n in range(ASKED_MAX)]
        self.assertEqual(set(statuses), {401, 429})
        self.assertEqual(ask(laptop).status, 200)
        while ask(laptop).status == 200:
            pass
        self.assertEqual(ask(phone).headers["RateLimit"], f'"default";r={BURST - 1};t=1')
        app.stop()


class ProxyTest(ApiTest):
    options = {"rate_limit_per_s": 1, "rate_limit_burst": BURST}
    fresh = True

    def test_through_the_proxy(self):
        for _ in range(ASKED_MAX):
            answer = self.call("GET", "/tasks", headers={"X-Forwarded-For": "198.51.100.1"})
            if answer.status == 429:
                break
        self.assert_problem(answer, "rate-limited")
        self.assertEqual(answer.headers["RateLimit-Policy"], POLICY)
        self.assertEqual(answer.headers["Retry-After"], "1")


if __name__ == "__main__":
    unittest.main()
