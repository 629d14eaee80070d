# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# API keys: 401, 403, who did what, revocation while requests run, and calls without keys from
# elsewhere.

import http.client
import json
import re
import signal
import socket
import subprocess
import threading
import unittest

import fastcgi
from apitest import API, ApiTest
from keytest import KeyFile, bearer
from program import ProgramTest, run
from support.process import wait_until
from support.stack import Stack, app_program

CHALLENGE = 'Bearer realm="todo-app"'
UNKNOWN = "todo_" + "A" * 43


class KeyTest(ApiTest):
    """A stack with keys of every scope."""

    @classmethod
    def setUpClass(cls):
        cls.file = KeyFile()
        cls.addClassCleanup(cls.file.close)
        cls.reader = cls.file.new("reader", "read")
        cls.writer = cls.file.new("writer", "write")
        cls.admin = cls.file.new("root@example.org", "admin")
        cls.both = cls.file.new("laptop")
        cls.options = {"api_keys_file": cls.file.path}
        super().setUpClass()

    def keyed(self, key, method, path, body=None, **rest):
        headers = bearer(key) | rest.pop("headers", {})
        return self.call(method, path, body, headers=headers, **rest)


class UnauthorizedTest(KeyTest):
    def refused(self, answer, challenge):
        problem = self.assert_problem(answer, "unauthorized")
        self.assertEqual(answer.headers.get_all("WWW-Authenticate"), [challenge])
        return problem

    def test_every_call_needs_a_key(self):
        for method, path, body in (("GET", "/tasks", None), ("POST", "/tasks", {"description": "x"}),
                                   ("GET", "/tasks/1", None), ("DELETE", "/tasks/1", None),
                                   ("GET", "/export", None), ("GET", "/stats", None),
                                   ("GET", "/tasks.csv", None), ("POST", "/undo", {}),
                                   ("GET", "/tasks?nonsense=1", None)):
            with self.subTest(f"{method} {path}"):
                self.refused(self.call(method, path, body), CHALLENGE)

    def test_head_is_as_get(self):
        answer = self.call("HEAD", "/tasks")
        self.assert_status(answer, 401)
        self.assertEqual(answer.headers["WWW-Authenticate"], CHALLENGE)

    def test_other_schemes_are_no_key(self):
        for value in ("Basic dG9kbzp0b2Rv", self.both, f"Bearer{self.both}", "Bearer", ""):
            with self.subTest(value):
                self.refused(self.call("GET", "/tasks", headers={"Authorization": value}), CHALLENGE)

    def test_keys_that_are_not_known(self):
        for key in (UNKNOWN, self.both[:-1], self.both + "A", self.both.upper(),
                    f"{self.both}, Bearer {self.both}", "x", "\u00e9" * 48):
            with self.subTest(key):
                answer = self.call("GET", "/tasks", headers={
                    "Authorization": f"Bearer {key}".encode("utf-8")})
                self.refused(answer, CHALLENGE + ', error="invalid_token"')

    def test_only_the_header_counts(self):
        self.refused(self.call("GET", f"/tasks?access_token={self.both}"), CHALLENGE)
        self.refused(self.call("GET", "/tasks", headers={"X-API-Key": self.both}), CHALLENGE)

    def test_the_answer_does_not_repeat_the_key(self):
        answer = self.call("GET", "/tasks", headers=bearer(UNKNOWN))
        self.assertNotIn(UNKNOWN.encode(), answer.body)
        self.assertNotIn(UNKNOWN, str(answer.headers))

    def test_probes_documents_and_metrics_stay_open(self):
        for path in ("/health", "/ready", "/metrics", "/", "/docs/", "/openapi.yaml"):
            with self.subTest(path):
                self.assert_status(self.send("GET", path, proxy=True), 200)

    def test_unknown_paths_and_methods_are_as_without_keys(self):
        self.assert_problem(self.call("GET", "/nothing"), "not-found")
        self.assert_problem(self.call("PUT", "/tasks", {}), "method-not-allowed")
        self.assert_status(self.call("OPTIONS", "/tasks"), 204)

    def test_nothing_was_done(self):
        before = self.last_change()
        self.call("POST", "/tasks", {"description": "x"}, headers={"Idempotency-Key": "one"})
        self.assertEqual(self.last_change(), before)
        answer = self.keyed(self.both, "POST", "/tasks", {"description": "x"},
                            headers={"Idempotency-Key": "one"})
        self.assert_status(answer, 201)  # the refusal was not stored under the key


class ScopeTest(KeyTest):
    def lacks(self, answer, scope):
        self.assert_problem(answer, "forbidden", missing_scope=scope)
        self.assertEqual(answer.headers["WWW-Authenticate"],
                         f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"')

    def test_each_scope_opens_its_operations_alone(self):
        task = self.keyed(self.both, "POST", "/tasks", {"description": "x"}).json
        calls = (("read", "GET", "/tasks", None), ("read", "GET", f"/tasks/{task['id']}", None),
                 ("read", "GET", "/changes", None), ("read", "GET", "/undo", None),
                 ("read", "POST", "/tasks/quick-add/preview", {"text": "x"}),
                 ("write", "POST", "/tasks", {"description": "y"}),
                 ("write", "PATCH", f"/tasks/{task['id']}", {"notes": "z"}),
                 ("write", "POST", "/tasks?dry_run=true", {"description": "y"}),
                 ("admin", "GET", "/export", None),
                 ("admin", "POST", "/import", {}))
        keys = {"read": self.reader, "write": self.writer, "admin": self.admin}
        for needed, method, path, body in calls:
            for scope, key in keys.items():
                with self.subTest(f"{method} {path} by {scope}"):
                    answer = self.keyed(key, method, path, body)
                    if scope != needed:
                        self.lacks(answer, needed)
                    else:
                        self.assertNotIn(answer.status, (401, 403), answer)

    def test_the_route_table_says_the_same(self):
        """Each route, asked with a key of every other scope."""
        printed = subprocess.run([app_program().parent / "print-routes"], capture_output=True,
                                 check=True)
        keys = {"read": self.reader, "write": self.writer, "admin": self.admin}
        asked = 0
        for route in json.loads(printed.stdout)["routes"]:
            if not route["path"].startswith(API):
                continue
            path = re.sub(r"\{\w+\}", "1", route["path"])
            for scope in keys.keys() - {route["scope"]}:
                with self.subTest(f"{route['operation_id']} by {scope}"):
                    self.lacks(self.send(route["method"], path, headers=bearer(keys[scope])),
                               route["scope"])
                    asked += 1
        self.assertGreater(asked, 60)


class ActorTest(KeyTest):
    def test_the_change_names_the_key(self):
        task = self.keyed(self.both, "POST", "/tasks", {"description": "x"}).json
        answer = self.keyed(self.reader, "GET", f"/tasks/{task['id']}/history")
        self.assertEqual([change["actor"] for change in answer.json["changes"]], ["laptop"])
        self.keyed(self.writer, "POST", f"/tasks/{task['id']}/complete")
        undone = self.keyed(self.both, "POST", "/undo").json
        self.assertEqual(undone["undone"]["actor"], "writer")
        self.assertEqual(undone["change"]["actor"], "laptop")

    def test_the_log_names_the_key_and_never_shows_it(self):
        self.keyed(self.both, "GET", "/tasks", headers={"X-Request-ID": "who-asks"})
        self.call("GET", "/tasks", headers={"X-Request-ID": "nobody-asks"})
        wait_until(lambda: any(line.get("request_id") == "nobody-asks"
                               for line in self.stack.app.log()), "the requests are logged")
        by_id = {line["request_id"]: line for line in self.stack.app.log() if "request_id" in line}
        self.assertEqual(by_id["who-asks"]["actor"], "laptop")
        self.assertNotIn("actor", by_id["nobody-asks"])
        self.assertNotIn(self.both, self.stack.app.process.stderr())

    def test_an_idempotency_key_is_its_callers(self):
        other = self.file.new("phone")
        self.stack.app.process.send(signal.SIGHUP)
        wait_until(lambda: self.keyed(other, "GET", "/tasks").status == 200, "the key is known")
        once = {"Idempotency-Key": "mine"}
        self.assert_status(self.keyed(self.both, "POST", "/tasks", {"description": "x"},
                                      headers=once), 201)
        answer = self.keyed(other, "POST", "/tasks", {"description": "x"}, headers=once)
        self.assert_problem(answer, "idempotency-mismatch")

    def test_refusals_are_counted(self):
        def refused():
            text = self.send("GET", "/metrics").body.decode()
            return next(float(line.split()[1]) for line in text.splitlines()
                        if line.startswith("todo_authentication_failures_total"))

        before = refused()
        self.call("GET", "/tasks")
        self.keyed(self.reader, "POST", "/tasks", {"description": "x"})
        self.assertEqual(refused() - before, 2)


class ReloadTest(KeyTest):
    fresh = True

    def test_revoked_and_added_while_requests_run(self):
        """A key that stays is never refused, however often the file is read again."""
        stop, failures, served = threading.Event(), [], [0]

        def work():
            while not stop.is_set():
                answer = self.keyed(self.reader, "GET", "/tasks?limit=1")
                served[0] += 1
                if answer.status != 200:
                    failures.append(answer)

        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        try:
            for turn in range(10):
                name = f"guest-{turn}"
                key = self.file.new(name, "read")
                self.stack.app.process.send(signal.SIGHUP)
                wait_until(lambda: self.keyed(key, "GET", "/tasks").status == 200, "it is known")
                self.file.revoke(name)
                self.stack.app.process.send(signal.SIGHUP)
                wait_until(lambda: self.keyed(key, "GET", "/tasks").status == 401, "it is revoked")
        finally:
            stop.set()
            for worker in workers:
                worker.join()
        self.assertEqual(failures, [])
        self.assertGreater(served[0], 10)

    def test_a_faulty_file_leaves_the_old_keys(self):
        good = self.file.path.read_text(encoding="ascii")
        self.stack.allow_errors()
        self.file.path.write_text("nonsense\n", encoding="ascii")
        self.stack.app.process.send(signal.SIGHUP)
        wait_until(lambda: any("nonsense" in json.dumps(line) or "keys:1" in json.dumps(line)
                               for line in self.stack.app.log()), "the fault is logged")
        self.assert_status(self.keyed(self.reader, "GET", "/tasks"), 200)
        self.assert_status(self.call("GET", "/tasks"), 401)
        self.file.path.write_text(good, encoding="ascii")


class SmokeTestTest(KeyTest):
    def smoke(self, *options):
        return run("smoke-test", f"http://127.0.0.1:{self.stack.port}", *options)

    def test_with_and_without_a_key(self):
        path = self.file.path.parent / "key"
        for ending in ("", "\n"):
            path.write_text(self.both + ending, encoding="ascii")
            result = self.smoke("--key-file", path)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        result = self.smoke()
        self.assertEqual(result.returncode, 1)
        self.assertIn("status 401 instead of 201", result.stdout)

    def test_what_is_no_key(self):
        path = self.file.path.parent / "no-key"
        for text in ("", "todo_short", self.both + "x", "a\n" * 30):
            path.write_text(text, encoding="ascii")
            result = self.smoke("--key-file", path)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn("holds no API key", result.stderr)
        missing = self.file.path.parent / "missing"
        self.assertEqual(self.smoke("--key-file", missing).returncode, 2)


class MetricsKeyTest(KeyTest):
    @classmethod
    def setUpClass(cls):
        cls.environment = {"TODO_METRICS_ACCESS": "key"}
        super().setUpClass()

    def test_metrics_need_the_scope_read(self):
        self.assert_problem(self.send("GET", "/metrics"), "unauthorized")
        self.assert_problem(self.send("GET", "/metrics", headers=bearer(self.writer)), "forbidden",
                            missing_scope="read")
        self.assert_status(self.send("GET", "/metrics", headers=bearer(self.reader)), 200)
        self.assert_status(self.send("GET", "/health"), 200)


class PublicTest(ProgramTest):
    """Without keys, what comes to another address than loopback is refused."""

    def ask(self, app, address, target=f"{API}/tasks"):
        return fastcgi.request(app.socket, "GET", target, SERVER_ADDR=address)

    def test_refused_unless_said_so(self):
        app = self.start()
        for address in ("192.0.2.1", "2001:db8::1", "10.0.0.1"):
            self.assertEqual(self.ask(app, address).status, 403)
        for address in ("127.0.0.1", "::1", "127.0.0.9", None):
            self.assertEqual(self.ask(app, address).status, 200)
        for target in ("/health", "/ready", "/metrics"):
            self.assertEqual(self.ask(app, "192.0.2.1", target).status, 200)
        app.stop()

    def test_allowed_if_said_so(self):
        app = self.start("--allow-anonymous", "yes")
        self.assertEqual(self.ask(app, "192.0.2.1").status, 200)
        app.stop()

    def test_keys_are_enough(self):
        keys = KeyFile()
        self.addCleanup(keys.close)
        key = keys.new("laptop")
        app = self.start("--api-keys-file", keys.path)
        answer = fastcgi.request(app.socket, "GET", f"{API}/tasks", SERVER_ADDR="192.0.2.1",
                                 HTTP_AUTHORIZATION=f"Bearer {key}")
        self.assertEqual(answer.status, 200)
        self.assertEqual(self.ask(app, "127.0.0.1").status, 401)
        app.stop()


def other_address():
    """An address of this machine that is not a loopback one; None if it has none. Asking for a
    route sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.99", 9))
            address = probe.getsockname()[0]
        except OSError:
            return None
    return None if address.startswith("127.") else address


class ListeningTest(unittest.TestCase):
    """lighttpd on all addresses: what counts is the one that a connection came to."""

    def ask(self, address, port, path):
        connection = http.client.HTTPConnection(address, port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def test_each_connection_is_judged_by_its_address(self):
        other = other_address()
        with Stack(address="0.0.0.0") as stack:
            self.assertEqual(self.ask("127.0.0.1", stack.port, f"{API}/tasks"), 200)
            if other is None:
                self.skipTest("this machine has loopback addresses only")
            self.assertEqual(self.ask(other, stack.port, f"{API}/tasks"), 403)
            self.assertEqual(self.ask(other, stack.port, "/health"), 200)


if __name__ == "__main__":
    unittest.main()
