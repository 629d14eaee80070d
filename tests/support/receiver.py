# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A receiver of traces over OTLP/HTTP, in JSON, that is strict about every byte it gets."""

import http.server
import json
import re
import threading
import time

TRACE_ID = re.compile(r"[0-9a-f]{32}")
SPAN_ID = re.compile(r"[0-9a-f]{16}")
LONG = re.compile(r"0|-?[1-9][0-9]*")
SPAN_MEMBERS = {"traceId", "spanId", "traceState", "parentSpanId", "flags", "name", "kind",
                "startTimeUnixNano", "endTimeUnixNano", "attributes", "status"}
BATCH_MAX = 512


def need(condition, what):
    if not condition:
        raise ValueError(what)


def _no_duplicates(pairs):
    names = [name for name, _ in pairs]
    need(len(names) == len(set(names)), f"duplicate members in {names}")
    return dict(pairs)


def attributes(items):
    """The attributes as a dict, with integers for intValue."""
    found = {}
    for item in items:
        need(set(item) == {"key", "value"} and item["key"] not in found, f"attribute {item}")
        (kind, value), = item["value"].items()
        need(isinstance(value, str), f"{item}: neither texts nor 64-bit integers are bare")
        if kind == "intValue":
            need(LONG.fullmatch(value), item)
            value = int(value)
        else:
            need(kind == "stringValue", item)
        found[item["key"]] = value
    return found


class Span:
    """One span, checked; its members in Python's style."""

    def __init__(self, data, resource):
        need(set(data) <= SPAN_MEMBERS, f"members {set(data) - SPAN_MEMBERS}")
        need(TRACE_ID.fullmatch(data["traceId"]) and data["traceId"] != "0" * 32, data)
        need(SPAN_ID.fullmatch(data["spanId"]) and data["spanId"] != "0" * 16, data)
        need(data.get("parentSpanId") is None or SPAN_ID.fullmatch(data["parentSpanId"]), data)
        need(type(data["kind"]) is int and data["kind"] in (1, 2, 3), data)
        need(type(data["flags"]) is int and data["flags"] & 1, "only sampled spans are exported")
        need(set(data["status"]) <= {"code"}, data)
        need(type(data["status"].get("code", 0)) is int, data)
        need(isinstance(data["name"], str) and data["name"], data)
        self.trace_id, self.id = data["traceId"], data["spanId"]
        self.parent = data.get("parentSpanId")
        self.state, self.flags = data.get("traceState"), data["flags"]
        self.name, self.kind = data["name"], data["kind"]
        self.code = data["status"].get("code", 0)
        self.start, self.end = (self._time(data[name])
                                for name in ("startTimeUnixNano", "endTimeUnixNano"))
        need(self.start <= self.end, f"{self.name} ends before it begins")
        self.attributes, self.resource = attributes(data["attributes"]), resource

    @staticmethod
    def _time(text):
        need(isinstance(text, str) and LONG.fullmatch(text), f"time {text!r}")
        need(abs(int(text) - time.time_ns()) < 3600 * 10**9, f"{text} is not about now")
        return int(text)


def read_request(body):
    """The spans of an ExportTraceServiceRequest."""
    data = json.loads(body.decode("utf-8"), object_pairs_hook=_no_duplicates)
    need(set(data) == {"resourceSpans"}, data)
    found = []
    for group in data["resourceSpans"]:
        need(set(group) == {"resource", "scopeSpans"}, group)
        need(set(group["resource"]) == {"attributes"}, group)
        resource = attributes(group["resource"]["attributes"])
        for scope in group["scopeSpans"]:
            need(set(scope) == {"scope", "spans"}, scope)
            need(set(scope["scope"]) == {"name", "version"}, scope)
            found += [Span(span, resource) for span in scope["spans"]]
    need(0 < len(found) <= BATCH_MAX, f"{len(found)} spans in one request")
    return found


class Receiver:
    """Listens on a free port. What it answers is taken from `replies`, (status, headers, body) each,
    then from `reply`. While `gate` is not set, it answers nothing."""

    def __init__(self, port=0):
        self.reply, self.replies = (200, {}, b"{}"), []
        self.gate = threading.Event()
        self.gate.set()
        self.lock = threading.Lock()
        self.requests = []  # (status answered, header fields, spans, monotonic time)
        self.faults = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                receiver.take(self)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1/traces"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def take(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        try:
            need(handler.path == "/v1/traces", handler.path)
            need(handler.headers["Content-Type"] == "application/json", handler.headers)
            need("Expect" not in handler.headers, "an Expect header")
            spans = read_request(body)
        except (ValueError, KeyError, TypeError) as error:
            self.faults.append(f"{error!r} in {body[:2000]!r}")
            spans = []
        with self.lock:
            status, headers, text = self.replies.pop(0) if self.replies else self.reply
            self.requests.append((status, handler.headers, spans, time.monotonic()))
        self.gate.wait()
        try:
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(text)), **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(text)
        except OSError:
            pass  # the program has given up

    def statuses(self):
        with self.lock:
            return [status for status, *_ in self.requests]

    def times(self):
        with self.lock:
            return [moment for *_, moment in self.requests]

    def spans(self, statuses=(200,)):
        """Those that were answered so, in the order of their coming."""
        with self.lock:
            return [span for status, _, spans, _ in self.requests if status in statuses
                    for span in spans]

    def close(self):
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
