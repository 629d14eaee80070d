# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""todo-app with everything on: API keys, a rate limit that refuses nothing, and traces that a
receiver in this process takes."""

import re
import subprocess

from support import http
from support.process import Failure
from support.receiver import Receiver
from support.stack import app_program, clean_environment
from workloads import HELLO

# The apps, and of how many new traces in a million each exports the spans.
SAMPLED_PPM = {"everything": 10_000, "everything-traced": 1_000_000}
# The cells of the load, and which app each is put on.
CELLS = {"read one, everything on": "everything",
         "read one, everything on, all traced": "everything-traced"}
RATE_MAX = 1_000_000  # the most that can be configured, far beyond what there is
TRACE_INTERVAL_MS = 500  # so that every sample has an export in it
COMMAND_SECONDS = 30
SPANS = re.compile(r"^todo_trace_spans_(\w+)_total (\d+)", re.MULTILINE)


class Sink(Receiver):
    """Takes every batch as it comes: reading the spans would cost more than what is measured."""

    def take(self, handler):
        handler.rfile.read(int(handler.headers["Content-Length"]))
        status, _, text = self.reply
        try:
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(text)))
            handler.end_headers()
            handler.wfile.write(text)
        except OSError:
            pass  # the program has given up


def new_key(path):
    """The text of a key in a new file of keys."""
    command = [app_program(), "key", "new", "bench", "--api-keys-file", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_SECONDS,
                          check=False, env=clean_environment())
    if done.returncode != 0:
        raise Failure(f"no key was made: {done.stderr}")
    return done.stdout.strip()


class Everything:
    """A context in which the apps run, each on a database of so many tasks."""

    def __init__(self, service, tasks):
        self._service = service
        self._tasks = tasks
        self._sink = None
        self.headers = {}

    def __enter__(self):
        keys = self._service.runtime / "api-keys"
        self.headers = {"Authorization": f"Bearer {new_key(keys)}"}
        self._sink = Sink()
        for name, sampled in SAMPLED_PPM.items():
            self._service.seed(name, self._tasks)
            self._service.start_app(name, (
                "--api-keys-file", keys, "--rate-limit-per-s", RATE_MAX, "--rate-limit-burst",
                RATE_MAX, "--trace-endpoint", self._sink.url, "--trace-sample-ppm", sampled,
                "--trace-interval-ms", TRACE_INTERVAL_MS))
            self._check(self._service.ports[name])
        return self

    def __exit__(self, kind, *_):
        """After a failure the service ends the apps."""
        if kind is None:
            for name in SAMPLED_PPM:
                self._service.stop_app(name)
        self._sink.close()

    def _check(self, port):
        """Fails unless keys are asked for and requests are counted."""
        stranger = http.request(port, "GET", HELLO[0])
        known = http.request(port, "GET", HELLO[0], headers=self.headers)
        if stranger.status != 401 or known.status != 200 or "RateLimit" not in known.headers:
            raise Failure(f"not everything is on: {stranger!r}, {known!r}, {known.headers}")


def spans(port):
    """{"exported", "dropped", "failed": how many so far}."""
    text = http.request(port, "GET", "/metrics").body.decode()
    counts = {what: int(count) for what, count in SPANS.findall(text)}
    if not counts.get("exported"):
        raise Failure(f"no spans were exported: {counts}")
    return counts
