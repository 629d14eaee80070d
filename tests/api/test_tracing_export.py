# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Traces as they leave the program, seen by a receiver that checks every byte: their spans, and what
# W3C Trace Context asks of traceparent and tracestate. What a receiver that fails leads to is in
# test_tracing_failures.py.

import re
import unittest

from apitest import ApiTest, TASK_FIELDS
from support import http
from support.process import wait_until
from support.receiver import Receiver

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
SAMPLED = f"00-{TRACE}-{SPAN}-01"
HAS_IS_REMOTE, IS_REMOTE = 0x100, 0x200
INTERNAL, SERVER, CLIENT = 1, 2, 3


class ExportTest(ApiTest):
    fresh = True
    options = {"trace_interval_ms": 20}

    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.close)
        cls.options = {**cls.options, "trace_endpoint": cls.receiver.url}
        super().setUpClass()

    def tearDown(self):
        self.assertEqual(self.receiver.faults, [])

    def of_request(self, number):
        return [span for span in self.receiver.spans()
                if span.attributes.get("todo.request_id") == number]

    def trace_of(self, answer):
        """The spans of the request's trace, its server span first."""
        number = answer.headers["X-Request-ID"]
        wait_until(lambda: self.of_request(number), "the span of the request arrives")
        server, = self.of_request(number)
        others = [span for span in self.receiver.spans()
                  if span.trace_id == server.trace_id and self.belongs(span, server)]
        return [server, *others]

    def belongs(self, span, server):
        known = {other.id: other for other in self.receiver.spans()}
        while span.parent in known:
            span = known[span.parent]
            if span is server:
                return True
        return False

    def whole_trace_of(self, answer, names):
        """The same, when spans of these names have arrived: they may come in two batches."""
        wait_until(lambda: sorted(span.name for span in self.trace_of(answer)) == sorted(names),
                   f"the spans {names} arrive")
        return {span.name: span for span in self.trace_of(answer)}

    def get(self, **headers):
        return self.call("GET", "/tasks", headers={
            name.replace("_", "-"): value for name, value in headers.items()})

    def span_of(self, answer):
        return self.trace_of(answer)[0]


class SpansTest(ExportTest):
    def test_server_span(self):
        answer = self.call("GET", "/tasks?limit=3", headers={"traceparent": SAMPLED})
        span = self.span_of(answer)
        self.assertEqual((span.name, span.kind, span.code), ("GET /api/v1/tasks", SERVER, 0))
        self.assertEqual((span.trace_id, span.parent), (TRACE, SPAN))
        self.assertEqual(span.flags, 1 | HAS_IS_REMOTE | IS_REMOTE)
        self.assertEqual(span.attributes, {
            "http.request.method": "GET", "url.path": "/api/v1/tasks", "url.scheme": "http",
            "http.route": "/api/v1/tasks", "http.response.status_code": 200,
            "todo.request_id": answer.headers["X-Request-ID"]})
        self.assertEqual(span.resource["service.name"], "todo-app")
        self.assertEqual(span.resource["service.version"], "4.0.0")
        self.assertRegex(span.resource["service.instance.id"], r"^[0-9a-f-]{36}$")

    def test_new_trace_is_a_root(self):
        span = self.span_of(self.get())
        self.assertIsNone(span.parent)
        self.assertEqual(span.flags, 1 | HAS_IS_REMOTE)

    def test_route_is_a_template_and_the_path_is_not(self):
        task = self.create()
        span = self.span_of(self.call("GET", f"/tasks/{task['id']}"))
        self.assertEqual(span.name, "GET /api/v1/tasks/{id}")
        self.assertEqual(span.attributes["url.path"], f"/api/v1/tasks/{task['id']}")

    def test_unknown_path_has_no_route(self):
        span = self.span_of(self.call("GET", "/nothing"))
        self.assertEqual(span.name, "GET")
        self.assertNotIn("http.route", span.attributes)
        self.assertEqual(span.attributes["http.response.status_code"], 404)
        self.assertEqual(span.code, 0)

    def test_path_of_any_bytes_and_any_length(self):
        self.assertEqual(self.span_of(self.call("GET", "/%22%5c")).attributes["url.path"],
                         '/api/v1/"\\')
        span = self.span_of(self.call("GET", "/" + "%C3%A9" * 500))
        self.assertLessEqual(len(span.attributes["url.path"].encode()), 256)
        self.assertRegex(span.attributes["url.path"], r"^/api/v1/é+$")

    def test_read(self):
        spans = self.whole_trace_of(self.get(), ["GET /api/v1/tasks", "READ"])
        read, server = spans["READ"], spans["GET /api/v1/tasks"]
        self.assertEqual((read.parent, read.kind, read.state), (server.id, CLIENT, None))
        self.assertEqual(read.attributes,
                         {"db.system.name": "sqlite", "db.operation.name": "READ"})
        self.assertTrue(server.start <= read.start <= read.end <= server.end)

    def test_write(self):
        answer = self.call("POST", "/tasks", {"description": "x"})
        spans = self.whole_trace_of(answer, ["POST /api/v1/tasks", "queue wait", "transaction",
                                             "WRITE", "COMMIT"])
        server, wait = spans["POST /api/v1/tasks"], spans["queue wait"]
        transaction, write, commit = spans["transaction"], spans["WRITE"], spans["COMMIT"]
        self.assertEqual({wait.parent, transaction.parent}, {server.id})
        self.assertEqual({write.parent, commit.parent}, {transaction.id})
        self.assertEqual((wait.kind, transaction.kind), (INTERNAL, INTERNAL))
        self.assertEqual((write.kind, commit.kind), (CLIENT, CLIENT))
        self.assertEqual(transaction.attributes, {"todo.batch.size": 1})
        self.assertTrue(server.start <= wait.start <= wait.end == transaction.start == write.start
                        <= write.end <= commit.start <= commit.end == transaction.end <= server.end)
        self.assertEqual({span.trace_id for span in spans.values()}, {server.trace_id})
        self.assertEqual(len({span.id for span in spans.values()}), 5)

    def test_health_has_its_span_too(self):
        answer = self.send("GET", "/health")
        self.assertEqual(self.span_of(answer).name, "GET /health")

    def test_not_sampled_is_not_exported(self):
        quiet = self.get(traceparent=f"00-{TRACE}-{SPAN}-00")
        loud = self.get()
        self.span_of(loud)  # which was sent later
        self.assertEqual(self.of_request(quiet.headers["X-Request-ID"]), [])

    def test_metrics_count(self):
        self.span_of(self.get())
        exported = re.compile(r"^todo_trace_spans_exported_total ([1-9]\d*)$", re.M)

        def figures():
            return http.request(self.stack.port, "GET", "/metrics").body.decode()
        wait_until(lambda: exported.search(figures()), "exported spans are counted")
        self.assertIn("\ntodo_trace_spans_dropped_total 0\n", figures())
        self.assertIn("\ntodo_trace_spans_failed_total 0\n", figures())

    def test_log_has_the_trace(self):
        answer = self.get(traceparent=SAMPLED)
        line, = [line for line in self.stack.app.log()
                 if line.get("request_id") == answer.headers["X-Request-ID"]]
        self.assertEqual(line["trace_id"], self.span_of(answer).trace_id)

    def test_no_traceresponse_by_default(self):
        self.assertNotIn("traceresponse", self.get(traceparent=SAMPLED).headers)

    def test_answers_are_what_they_were(self):
        self.assertEqual(set(self.create()), TASK_FIELDS)


class ContextTest(ExportTest):
    """W3C Trace Context, Level 1, sections 3.2, 3.3 and 4."""

    def raw(self, *fields):
        """A request with these header fields, which may repeat: its server span."""
        self.number = getattr(self, "number", 0) + 1
        number = f"{self.id()}-{self.number}".replace(" ", "")[-128:]
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
        answer = http.raw(self.stack.port, (
            f"GET /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: {number}\r\n"
            f"Connection: close\r\n{lines}\r\n").encode("latin-1"), shutdown=False)
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer[:100])
        wait_until(lambda: self.of_request(number), "the span arrives")
        return self.of_request(number)[0]

    def state(self, *values, parent=SAMPLED):
        return self.raw(("traceparent", parent), *(("tracestate", value) for value in values)).state

    def assert_new(self, *fields):
        span = self.raw(*fields)
        self.assertNotEqual(span.trace_id, TRACE, fields)
        self.assertIsNone(span.parent, fields)
        self.assertIsNone(span.state, fields)

    def test_parents_that_are_continued(self):
        for value in (SAMPLED, f"cc-{TRACE}-{SPAN}-01", f"cc-{TRACE}-{SPAN}-01-what-will-be",
                      f"01-{TRACE}-{SPAN}-01-", f"00-{TRACE}-{SPAN}-ff", f" \t{SAMPLED} \t"):
            with self.subTest(value):
                span = self.raw(("TraceParent", value), ("tracestate", "a=1"))
                self.assertEqual((span.trace_id, span.parent, span.state), (TRACE, SPAN, "a=1"))
                self.assertEqual(span.flags & 0xff, 1)

    def test_parents_that_are_not(self):
        for value in (f"cc-{TRACE}-{SPAN}-01.what-will-be", f"ff-{TRACE}-{SPAN}-01",
                      f"00-{TRACE}-{SPAN}-01-", f"00-{TRACE}-{SPAN}-01.", f".0-{TRACE}-{SPAN}-01",
                      f"00-{TRACE.upper()}-{SPAN}-01", f"00-{TRACE}-{SPAN.upper()}-01",
                      f"00-{'0' * 32}-{SPAN}-01", f"00-{TRACE}-{'0' * 16}-01", ""):
            with self.subTest(value):
                self.assert_new(("traceparent", value), ("tracestate", "a=1"))

    def test_other_names_are_other_fields(self):
        for name in ("trace-parent", "trace.parent"):
            self.assert_new((name, SAMPLED))

    def test_several_parents(self):
        other = SAMPLED.replace("4bf9", "4bfa")
        for pair in ((SAMPLED, SAMPLED), (SAMPLED, other), (SAMPLED, "foo"), ("foo", SAMPLED),
                     (f"01-{TRACE}-{SPAN}-01-x", SAMPLED)):
            with self.subTest(pair):
                self.assert_new(*(("traceparent", value) for value in pair))

    def test_state_without_a_parent_is_dropped(self):
        self.assert_new(("tracestate", "a=1"))

    def test_state_in_one_field_and_in_several(self):
        self.assertEqual(self.state("a=1,b=2"), "a=1,b=2")
        self.assertEqual(self.state("a=1", "b=2"), "a=1,b=2")
        self.assertEqual(self.state("a=1", "", "b=2,c=3"), "a=1,b=2,c=3")
        self.assertIsNone(self.state(""))

    def test_white_space_in_state(self):
        self.assertEqual(self.state("a=1 \t , \t b=2, \t c=3"), "a=1,b=2,c=3")
        self.assertEqual(self.state(" a=1 ", "\tb=2\t"), "a=1,b=2")

    def test_key_given_twice_counts_once(self):
        self.assertEqual(self.state("a=1,b=2,a=3"), "a=1,b=2")
        self.assertEqual(self.state("a=1", "a=1"), "a=1")

    def test_32_members_and_no_more(self):
        members = [f"k{i}=v" for i in range(33)]
        self.assertEqual(self.state(",".join(members[:32])), ",".join(members[:32]))
        self.assertIsNone(self.state(",".join(members)))
        self.assertIsNone(self.state(",".join(members[:20]), ",".join(members[20:])))

    def test_invalid_state_is_dropped_and_the_parent_stays(self):
        for value in ("a", "a=", "=1", "a =1", "A=1", "a.b=1", "a=b=c", "a=1,b=", "a@=1,b=2",
                      "@a=1", "a@@b=1", "a@b@c=1", "1a=1", "a=b\tc", f"{'z' * 257}=1",
                      f"{'t' * 242}@v=1", f"t@{'v' * 15}=1", f"a={'x' * 257}", "a=1;b=2,c"):
            with self.subTest(value):
                span = self.raw(("traceparent", SAMPLED), ("tracestate", value))
                self.assertEqual((span.trace_id, span.parent), (TRACE, SPAN))
                self.assertIsNone(span.state)

    def test_state_at_its_limits(self):
        for value in (f"{'z' * 256}=1", f"{'t' * 241}@{'v' * 14}=1", f"a={'x' * 256}",
                      "abcdefghijklmnopqrstuvwxyz0123456789_-*/=1", "0a@b=1",
                      "a= !\"#$%&'()*+-./0123456789:;<>?@AZ[\\]^_`az{|}~"):
            with self.subTest(value):
                self.assertEqual(self.state(value), value)


class SampledInPartTest(ExportTest):
    options = {"trace_interval_ms": 20, "trace_sample_ppm": 0, "trace_response": "on"}

    def test_callers_choice_is_kept(self):
        quiet = self.get()
        loud = self.get(traceparent=SAMPLED)
        self.assertEqual(self.span_of(loud).trace_id, TRACE)
        self.assertEqual(self.of_request(quiet.headers["X-Request-ID"]), [])

    def test_traceresponse(self):
        sampled = self.get(traceparent=SAMPLED)
        span = self.span_of(sampled)
        self.assertEqual(sampled.headers["traceresponse"], f"00-{TRACE}-{span.id}-01")
        quiet = self.get(traceparent=f"00-{TRACE}-{SPAN}-00").headers["traceresponse"]
        self.assertRegex(quiet, f"^00-{TRACE}-[0-9a-f]{{16}}-00$")
        self.assertNotIn(SPAN, quiet)

    def test_traceresponse_is_on_every_answer(self):
        task = self.create()
        for method, path, headers in (("GET", "/nothing", {}), ("OPTIONS", "/tasks", {}),
                                      ("HEAD", "/tasks", {}), ("GET", "/tasks", {"If-None-Match": "*"}),
                                      ("DELETE", f"/tasks/{task['id']}", {})):
            answer = self.call(method, path, headers=headers)
            self.assertRegex(answer.headers["traceresponse"],
                             r"^00-[0-9a-f]{32}-[0-9a-f]{16}-00$")


if __name__ == "__main__":
    unittest.main()
