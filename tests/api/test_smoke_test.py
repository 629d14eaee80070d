# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# `todo-app smoke-test`: against the service, and against a stand-in that gives each wrong answer.

import contextlib
import http.server
import socket
import threading
import unittest

from apitest import ApiTest
from program import run
from support.proxy import free_port

DESCRIPTION = "Smoke test"
TASK = '{"description": "' + DESCRIPTION + '"}'
GOOD = {
    "GET /ready": (200, {}, '{"status": "ready"}'),
    "GET /health": (200, {}, '{"status": "healthy"}'),
    "POST /api/v1/tasks": (201, {"location": "/api/v1/tasks/7"}, TASK),
    "GET /api/v1/tasks/7": (200, {}, TASK),
    "DELETE /api/v1/tasks/7": (204, {}, ""),
    "GET /docs/": (200, {}, "<html>"),
    "GET /openapi.yaml": (200, {}, "openapi: 3.1.0"),
    "GET /metrics": (200, {}, "todo_tasks_total 0"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        name = f"{self.command} {self.path}"
        self.server.asked.append(name)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, body = self.server.answers.get(name, (404, {}, "{}"))
        if name == "GET /api/v1/tasks/7" and "DELETE /api/v1/tasks/7" in self.server.asked:
            status = self.server.after_delete
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body.encode("utf-8"))

    do_GET = do_POST = do_DELETE = answer  # pylint: disable=invalid-name

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def stand_in(changes=None, after_delete=404):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers, server.after_delete, server.asked = GOOD | (changes or {}), after_delete, []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def raw_server(answer):
    """Sends the bytes to whoever connects, and closes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()
        listener.settimeout(0.1)

        def serve():
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = listener.accept()
                    with connection:
                        connection.settimeout(10)
                        connection.recv(65536)
                        connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


def smoke(port, host="127.0.0.1"):
    return run("smoke-test", f"http://{host}:{port}")


class ServiceTest(ApiTest):
    def test_passes_and_leaves_no_task(self):
        before = self.list("count=true")["count"]
        result = smoke(self.stack.port)
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)
        lines = result.stdout.splitlines()
        self.assertTrue(all(line.startswith("ok: ") for line in lines), result.stdout)
        for what in ("POST /api/v1/tasks", "/docs/", "/openapi.yaml", "/metrics", "/health",
                     "the task is as it was created"):
            self.assertIn(what, result.stdout)
        self.assertEqual(self.list("count=true")["count"], before)

    def test_finds_a_host_by_name_and_ignores_the_final_slash(self):
        result = run("smoke-test", f"http://localhost:{self.stack.port}/")
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_reads_no_configuration(self):
        result = run("smoke-test", self.stack.url, environment={"TODO_CONFIG": "/nowhere"})
        self.assertEqual(result.returncode, 0, result.stdout)


class WrongAnswerTest(unittest.TestCase):
    def assert_failed(self, result, *words):
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stdout)

    def test_the_stand_in_itself_passes(self):
        with stand_in() as server:
            self.assertEqual(smoke(server.server_port).returncode, 0)

    def test_each_wrong_status_is_named(self):
        for name in GOOD.keys() - {"GET /ready"}:
            with self.subTest(name), stand_in({name: (500, {}, "{}")}) as server:
                self.assert_failed(smoke(server.server_port), f"FAILED: {name}: status 500")

    def test_a_task_that_stays_is_told(self):
        with stand_in(after_delete=200) as server:
            self.assert_failed(smoke(server.server_port), "status 200 instead of 404")

    def test_another_description_is_told(self):
        for body in ('{"description": "x"}', "[]", "no JSON"):
            with self.subTest(body), stand_in({"GET /api/v1/tasks/7": (200, {}, body)}) as server:
                self.assert_failed(smoke(server.server_port), "FAILED: the task is as it was")
                self.assertIn("DELETE /api/v1/tasks/7", server.asked)

    def test_a_missing_or_long_location_is_told(self):
        for headers in ({}, {"Location": "/" + 100 * "x"}):
            with self.subTest(headers), stand_in({"POST /api/v1/tasks": (201, headers, TASK)}) as server:
                self.assert_failed(smoke(server.server_port), "FAILED: the Location")

    def test_a_page_without_its_mark_is_told(self):
        for path in ("/health", "/docs/", "/openapi.yaml", "/metrics"):
            with self.subTest(path), stand_in({f"GET {path}": (200, {}, "empty")}) as server:
                self.assert_failed(smoke(server.server_port), f"FAILED: {path}: no ")

    def test_a_cut_answer_is_told(self):
        headers = {"Content-Length": "50"}
        with stand_in({"GET /metrics": (200, headers, "todo_tasks_total")}) as server:
            self.assert_failed(smoke(server.server_port), "it is not complete")


class UnreadyTest(unittest.TestCase):
    def test_waits_for_a_service_that_is_not_ready_yet(self):
        with stand_in({"GET /ready": (503, {}, "{}")}) as server:
            process = threading.Timer(0.5, server.answers.update, ({"GET /ready": GOOD["GET /ready"]},))
            process.start()
            result = run("smoke-test", "--wait", "60", f"http://127.0.0.1:{server.server_port}")
            process.join()
            self.assertEqual(result.returncode, 0, result.stdout)

    def test_does_not_wait_unasked(self):
        with stand_in({"GET /ready": (503, {}, "{}")}) as server:
            self.assertIn("FAILED: GET /ready: status 503", smoke(server.server_port).stdout)
            self.assertEqual(server.asked, ["GET /ready"])

    def test_nobody_there(self):
        result = smoke(free_port())
        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot connect: Connection refused", result.stdout)

    def test_an_answer_that_is_not_http(self):
        with raw_server(b"SSH-2.0-OpenSSH\r\n\r\n") as port:
            self.assertIn("it is not HTTP", smoke(port).stdout)

    def test_an_unknown_host(self):
        self.assertIn("cannot find the host", run("smoke-test", "http://host.invalid:1").stdout)


class ArgumentsTest(unittest.TestCase):
    def test_wrong_urls_are_refused_by_name(self):
        for url in ("", "127.0.0.1:8080", "https://127.0.0.1", "http://", "http://:80", "http://a:",
                    "http://a:0", "http://a:65536", "http://a:1x", "http://a:123456", "http://a/b",
                    "http://a:1/b", "http://a?b", "http://u@a", "http://[::1", "http://" + 300 * "a"):
            with self.subTest(url):
                result = run("smoke-test", url)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(f'"{url[:200]}": expected http://HOST', result.stderr)

    def test_wrong_arguments_are_refused_by_name(self):
        for arguments, message in (((), "expected a URL"),
                                   (("http://a", "http://b"), 'unexpected argument "http://b"'),
                                   (("--colour", "http://a"), 'unexpected argument "--colour"'),
                                   (("http://a", "--wait"), 'unexpected argument "--wait"'),
                                   (("--wait", "x", "http://a"), '--wait: "x"'),
                                   (("--wait", "-1", "http://a"), '--wait: "-1"'),
                                   (("--wait", "3601", "http://a"), '--wait: "3601"'),
                                   (("--wait", "1s", "http://a"), '--wait: "1s"')):
            with self.subTest(arguments):
                result = run("smoke-test", *arguments)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(message, result.stderr)


if __name__ == "__main__":
    unittest.main()
