# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The export of traces when the receiver is down, slow, busy or not content; its configuration; and
# the stop. Requests are answered all the same.

import re
import signal
import socket
import unittest

import fastcgi
from program import ProgramTest, run
from support.process import wait_until
from support.receiver import Receiver

UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
QUEUE, BATCH = 2048, 512


class ReceiverTest(ProgramTest):
    def receiver(self, port=0):
        receiver = Receiver(port)
        self.addCleanup(receiver.close)
        self.addCleanup(lambda: self.assertEqual(receiver.faults, []))
        return receiver

    def export(self, url, *options, interval=10):
        return self.start("--trace-endpoint", url, "--trace-interval-ms", interval, *options)

    def trace(self, app, count=1):
        """Requests of one span each."""
        for _ in range(count):
            self.assertEqual(fastcgi.request(app.socket, "GET", "/health").status, 200)

    def figure(self, app, name):
        text = fastcgi.request(app.socket, "GET", "/metrics", HTTP_TRACEPARENT=UNSAMPLED).body
        return int(re.search(rf"^todo_trace_spans_{name}_total (\d+)$", text.decode(), re.M)[1])

    def warnings(self, app):
        return [line for line in app.log() if line["level"] == "WARNING"]


class RetryTest(ReceiverTest):
    def test_receiver_that_is_down_and_comes_up(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        app = self.export(f"http://127.0.0.1:{port}/v1/traces")
        self.trace(app)
        wait_until(lambda: self.warnings(app), "the failure is logged")
        line, = self.warnings(app)
        self.assertEqual((line["message"], line["status"]), ("traces cannot be exported", 0))
        self.assertIn("connect", line["detail"])
        receiver = self.receiver(port)
        wait_until(receiver.spans, "the span arrives after all")
        wait_until(lambda: self.figure(app, "exported") == 1, "it is counted")
        self.assertEqual(self.figure(app, "failed"), 0)
        self.assertEqual([line["message"] for line in app.log() if "trace" in line["message"]],
                         ["traces cannot be exported", "traces are exported again"])
        app.stop()

    def test_each_passing_status_is_tried_again(self):
        for status in (429, 502, 503, 504):
            with self.subTest(status):
                receiver = self.receiver()
                receiver.replies = [(status, {}, b"")]
                app = self.export(receiver.url)
                self.trace(app)
                wait_until(receiver.spans, "it is sent again")
                self.assertEqual(receiver.statuses(), [status, 200])
                first, second = (spans for _, _, spans, _ in receiver.requests)
                self.assertEqual([span.id for span in first], [span.id for span in second])
                wait_until(lambda: self.figure(app, "exported") == 1, "it is counted")
                self.assertEqual((self.figure(app, "failed"), self.figure(app, "dropped")), (0, 0))
                app.stop()

    def test_retry_after_is_waited_for(self):
        receiver = self.receiver()
        receiver.replies = [(503, {"Retry-After": "2"}, b"")]
        app = self.export(receiver.url)
        self.trace(app)
        wait_until(receiver.spans, "it is sent again")
        first, second = receiver.times()
        self.assertGreaterEqual(second - first, 2)
        app.stop()

    def test_every_other_status_drops_the_batch_at_once(self):
        for status in (400, 401, 404, 413, 500, 501, 505, 301):
            with self.subTest(status):
                receiver = self.receiver()
                receiver.replies = [(status, {"Retry-After": "1", "Location": receiver.url}, b"no")]
                app = self.export(receiver.url)
                self.trace(app)
                wait_until(lambda: self.figure(app, "failed") == 1, "the loss is counted")
                self.trace(app)
                wait_until(receiver.spans, "the next one is sent")
                self.assertEqual(receiver.statuses(), [status, 200])
                self.assertNotEqual(*(spans[0].id for _, _, spans, _ in receiver.requests))
                self.assertEqual(self.warnings(app)[-1]["status"], status)
                app.stop()

    def test_partial_success_is_not_tried_again(self):
        receiver = self.receiver()
        for text, failed in ((b'{"partialSuccess":{"rejectedSpans":"1","errorMessage":"x"}}', 1),
                             (b'{"partialSuccess":{"rejectedSpans":7}}', 2),
                             (b'{"partialSuccess":{"errorMessage":"fine"}}', 2), (b"rubbish", 2)):
            receiver.reply = (200, {}, text)
            if not hasattr(self, "app"):
                self.app = self.export(receiver.url)
            before = len(receiver.statuses())
            total = self.figure(self.app, "exported") + self.figure(self.app, "failed")
            self.trace(self.app)
            wait_until(lambda: self.figure(self.app, "exported") + self.figure(self.app, "failed")
                       == total + 1, "it is counted")
            self.assertEqual(self.figure(self.app, "failed"), failed, text)
            self.assertEqual(len(receiver.statuses()), before + 1)
        self.app.stop()


class SlowTest(ReceiverTest):
    def test_receiver_that_does_not_answer_holds_up_nobody(self):
        receiver = self.receiver()
        app = self.export(receiver.url)
        receiver.gate.clear()
        count = QUEUE + 2 * BATCH + 50
        self.trace(app, count)
        self.assertGreater(self.figure(app, "dropped"), 0)
        receiver.gate.set()
        wait_until(lambda: self.figure(app, "exported") + self.figure(app, "dropped") == count,
                   "the rest of the queue is sent")
        self.assertEqual(self.figure(app, "failed"), 0)
        # A request that was given up is sent again: its spans come twice then.
        received = {span.id for span in receiver.spans()}
        self.assertEqual(len(received), count - self.figure(app, "dropped"))
        self.assertGreaterEqual(len(received), QUEUE)
        self.assertIn(BATCH, [len(spans) for _, _, spans, _ in receiver.requests])
        app.stop()

    def test_full_batch_does_not_wait_for_the_interval(self):
        receiver = self.receiver()
        app = self.export(receiver.url, interval=600000)
        self.trace(app, BATCH)
        wait_until(receiver.spans, "a batch is sent")
        app.stop()
        self.assertEqual(len(receiver.spans()), BATCH)


class StopTest(ReceiverTest):
    def test_stop_sends_what_was_collected(self):
        receiver = self.receiver()
        app = self.export(receiver.url, interval=600000)
        self.trace(app, BATCH - 1)
        self.assertEqual(receiver.spans(), [])
        app.stop()
        self.assertEqual(len(receiver.spans()), BATCH - 1)

    def test_stop_does_not_wait_for_a_receiver_that_asks_for_patience(self):
        receiver = self.receiver()
        receiver.reply = (503, {"Retry-After": "60"}, b"")
        app = self.export(receiver.url)
        self.trace(app)
        wait_until(receiver.statuses, "the first attempt")
        app.process.stop(signal.SIGTERM, timeout=30)
        self.assertEqual(receiver.statuses(), [503, 503])

    def test_stop_ends_with_the_drain_time(self):
        receiver = self.receiver()
        receiver.gate.clear()
        app = self.export(receiver.url, "--drain-timeout-s", 1, interval=600000)
        self.trace(app)
        app.process.stop(signal.SIGTERM, timeout=30)
        self.assertEqual(len(receiver.statuses()), 1)

    def test_second_signal_ends_the_waiting(self):
        receiver = self.receiver()
        receiver.gate.clear()
        app = self.export(receiver.url, interval=600000)
        self.trace(app)
        app.process.send(signal.SIGTERM)
        wait_until(receiver.statuses, "the last batch is sent")
        app.process.stop(signal.SIGTERM, timeout=30)


class ConfigurationTest(ReceiverTest):
    SECRET = "dG9wLXNlY3JldA=="

    def headers(self, text):
        path = self.folder / "headers"
        path.write_text(text, encoding="latin-1")
        return path

    def test_header_fields_of_the_file(self):
        receiver = self.receiver()
        path = self.headers(f"# the key\n\nAuthorization: Bearer {self.SECRET}\r\nX-Scope:a b")
        app = self.export(receiver.url, "--trace-headers-file", path)
        self.trace(app)
        wait_until(receiver.spans, "the span arrives")
        _, fields, _, _ = receiver.requests[0]
        self.assertEqual(fields["Authorization"], f"Bearer {self.SECRET}")
        self.assertEqual(fields["X-Scope"], "a b")
        self.assertEqual(fields["User-Agent"], "todo-app/4.0.0")
        app.stop()
        self.assertNotIn(self.SECRET, app.process.stderr())

    def test_bad_files_stop_the_start(self):
        for text, line in ((self.SECRET, 1), (f"A: b\n: {self.SECRET}", 2), ("A:", 1), ("A b: c", 1),
                           ("A: b\x01", 1), ("A: b\n" * 65, 65), ("A: " + "x" * 9000, 1)):
            with self.subTest(text[:40]):
                said = self.start_refused("--trace-endpoint", "http://127.0.0.1:1/", "--trace-headers-file",
                                          self.headers(text))
                self.assertIn(f"headers:{line}: ", said)
                self.assertNotIn(self.SECRET, said)

    def test_missing_file_stops_the_start(self):
        said = self.start_refused("--trace-endpoint", "http://127.0.0.1:1/", "--trace-headers-file",
                                  self.folder / "none")
        self.assertIn("none cannot be read: No such file", said)

    def test_bad_endpoints_stop_the_start(self):
        for url in ("nonsense", "ftp://localhost/", "file:///etc/passwd", "http://", "//localhost/"):
            with self.subTest(url):
                self.assertIn("trace_endpoint must be", self.start_refused("--trace-endpoint", url))

    def test_bad_values_are_refused(self):
        for option, value in (("--trace-sample-ppm", "1000001"), ("--trace-interval-ms", "9"),
                              ("--trace-response", "yes"), ("--trace-endpoint", "h" * 2049)):
            with self.subTest(option):
                result = run("--check-config", option, value)
                self.assertGreater(result.returncode, 0)
                self.assertIn("allowed:", result.stderr)


if __name__ == "__main__":
    unittest.main()
