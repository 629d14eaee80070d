# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Soak: mixed load on the whole service for a long time, watched from outside. What must stay flat
is held against bars: resident memory and descriptors of both programs, the log's length, the 99th
percentile of the answers. scripts/bench.sh soak prepares all it needs and calls it."""

import argparse
import http.client
import json
import os
import pathlib
import random
import statistics
import sys
import threading
import time

import life
import machine
from report import bar_at_most, table
from sections import write_section
from support.process import ROOT, Failure
from support.stack import Stack

CLIENTS = 4
WINDOW_SECONDS = 10
WARM_UP = 0.25  # of the time: caches fill, the allocator finds its size
KEPT_TASKS = 250  # each client's; more are deleted again
WAL_LIMIT_MIB = 4

# What a client does, and how often.
MIXTURE = (("read", 50), ("list", 12), ("search", 6), ("stats", 4), ("create", 12), ("patch", 6),
           ("complete", 4), ("history", 2), ("undo", 1), ("export", 1), ("delete", 2))


class Client(threading.Thread):
    """Requests on one connection until stop()."""

    def __init__(self, port, seed, times):
        super().__init__(daemon=True)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._random = random.Random(seed)
        self._times = times
        self._ids = []
        self._halt = threading.Event()
        self.bad = 0
        self.error = None

    def stop(self):
        self._halt.set()
        self.join()
        self._connection.close()

    def run(self):
        names, weights = zip(*MIXTURE, strict=True)
        try:
            while not self._halt.is_set():
                full = len(self._ids) >= KEPT_TASKS
                name = "delete" if full else self._random.choices(names, weights)[0]
                getattr(self, "_do_" + name)()
        except (OSError, http.client.HTTPException) as error:
            self.error = error

    def _ask(self, method, path, body=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        data = json.dumps(body) if body is not None else None
        before = time.perf_counter()
        self._connection.request(method, "/api/v1" + path, data, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self._times.append(time.perf_counter() - before)
        if answer.status >= 300:
            self.bad += 1
            return None
        return json.loads(text) if answer.headers["Content-Type"] == "application/json" else None

    def _one(self):
        if not self._ids:
            self._do_create()
        return self._random.choice(self._ids)

    def _do_create(self):
        made = self._ask("POST", "/tasks", {
            "description": f"Soak {self._random.random()}", "notes": "n" * self._random.randrange(500),
            "priority": self._random.choice(("high", "medium", "low"))})
        if made:
            self._ids.append(made["id"])

    def _do_read(self):
        self._ask("GET", f"/tasks/{self._one()}")

    def _do_list(self):
        self._ask("GET", "/tasks?sort=-updated_at&priority=high")

    def _do_search(self):
        self._ask("GET", f"/tasks?q={self._random.randrange(100, 1000)}&limit=20")

    def _do_stats(self):
        self._ask("GET", "/stats")

    def _do_patch(self):
        self._ask("PATCH", f"/tasks/{self._one()}", {"notes": f"{self._random.random()}"})

    def _do_complete(self):
        self._ask("POST", f"/tasks/{self._one()}/complete", {})

    def _do_history(self):
        self._ask("GET", f"/tasks/{self._one()}/history")

    def _do_undo(self):
        """Of a change of its own: the others' go on meanwhile."""
        number = self._one()
        self._ask("PATCH", f"/tasks/{number}", {"notes": "to be undone"})
        history = self._ask("GET", f"/tasks/{number}/history?limit=1")
        if history:
            self._ask("POST", f"/changes/{history['changes'][0]['seq']}/undo", {})

    def _do_export(self):
        self._ask("GET", "/tasks.csv?completed=true")

    def _do_delete(self):
        number = self._one()
        self._ids.remove(number)
        self._ask("DELETE", f"/tasks/{number}?subtasks=delete")


class Watch:
    """A sample for each window."""

    def __init__(self, stack, times):
        self._stack, self._times = stack, times
        self.samples = []

    def sample(self):
        taken = sorted(self._times[:])
        del self._times[:len(taken)]
        app, proxy = self._stack.app.process.pid, self._stack.proxy.process.pid
        log = self._stack.database.with_name("todo.db-wal")
        self.samples.append({
            "app": life.memory(app, "VmRSS"), "proxy": life.memory(proxy, "VmRSS"),
            "descriptors": descriptors(app), "proxy descriptors": descriptors(proxy),
            "log": log.stat().st_size / 2**20 if log.exists() else 0.0,
            "requests": len(taken),
            "p50": 1000 * taken[len(taken) // 2] if taken else 0.0,
            "p99": 1000 * taken[len(taken) * 99 // 100] if taken else 0.0})


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def slope(values):
    """By least squares, for each window."""
    middle = (len(values) - 1) / 2
    mean = statistics.fmean(values)
    above = sum((at - middle) * (value - mean) for at, value in enumerate(values))
    return above / sum((at - middle) ** 2 for at in range(len(values)))


def growth(samples, name):
    """What the slope makes of the value over the whole time, in percent of its mean."""
    values = [sample[name] for sample in samples]
    return 100 * slope(values) * len(values) / max(statistics.fmean(values), 1e-9)


def thirds(samples, name):
    """Medians of the first and of the last third."""
    values = [sample[name] for sample in samples]
    part = max(len(values) // 3, 1)
    return statistics.median(values[:part]), statistics.median(values[-part:])


def bars(samples, bad):
    first, last = thirds(samples, "p99")
    yield bar_at_most("growth of the app's resident memory", 5, growth(samples, "app"), " %")
    yield bar_at_most("growth of lighttpd's resident memory", 5, growth(samples, "proxy"), " %")
    for name in ("descriptors", "proxy descriptors"):
        before, after = thirds(samples, name)
        yield bar_at_most(f"growth of the {name}", 2, after - before, "")
    yield bar_at_most("longest log (WAL)", 2 * WAL_LIMIT_MIB,
                      max(sample["log"] for sample in samples), " MiB")
    yield bar_at_most("99th percentile, last third / first third", 1.5, last / first, " x")
    yield bar_at_most("answers that were no success", 0, bad, "")


def timeline(samples):
    head = ("minute", "requests/s", "p50 ms", "p99 ms", "app MiB", "lighttpd MiB", "descriptors",
            "log MiB")
    step = max(len(samples) // 10, 1)
    rows = [(f"{(at + 1) * WINDOW_SECONDS / 60:.1f}", f"{sample['requests'] / WINDOW_SECONDS:.0f}",
             f"{sample['p50']:.2f}", f"{sample['p99']:.2f}", f"{sample['app']:.1f}",
             f"{sample['proxy']:.1f}", f"{sample['descriptors']} + {sample['proxy descriptors']}",
             f"{sample['log']:.1f}")
            for at, sample in enumerate(samples) if at % step == step - 1]
    return table(head, rows)


def soak(minutes):
    """All samples, and how many answers were no success."""
    times = []
    with Stack(options=("--wal-limit-bytes", f"{WAL_LIMIT_MIB}MiB", "--log-level", "WARNING")) as stack:
        watch = Watch(stack, times)
        clients = [Client(stack.port, seed, times) for seed in range(CLIENTS)]
        for client in clients:
            client.start()
        for _ in range(round(minutes * 60 / WINDOW_SECONDS)):
            clients[0].join(WINDOW_SECONDS)
            watch.sample()
        for client in clients:
            client.stop()
            if client.error is not None:
                raise Failure(f"a client was cut off: {client.error!r}")
        return watch.samples, sum(client.bad for client in clients)


def options(arguments):
    parser = argparse.ArgumentParser(prog="bench.sh soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="how long (default 20)")
    parser.add_argument("--write-docs", action="store_true",
                        help="write the tables into docs/performance.md")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a bar is missed")
    parser.add_argument("--no-install", action="store_true",
                        help="install no packages; fail if a tool is missing")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-bench",
                        help="folder of the program (scripts/bench.sh gives it)")
    return parser.parse_args(arguments)


def main(arguments):
    chosen = options(arguments)
    app = chosen.build.resolve() / "todo-app"
    os.environ["TODO_APP"] = str(app)
    samples, bad = soak(chosen.minutes)
    steady = samples[round(len(samples) * WARM_UP):]
    found = list(bars(steady, bad))
    requests = sum(sample["requests"] for sample in samples)
    facts = machine.facts(chosen.build, app)
    text = "\n\n".join((
        f"{chosen.minutes:g} minutes, {CLIENTS} clients, {requests:,} requests on "
        f"{facts['processor']}, {facts['file system']}; the bars leave out the first quarter.",
        table(("bar", "required", "measured", ""),
              [(bar.what, bar.required, bar.measured, bar.mark) for bar in found]),
        timeline(samples)))
    print(text)
    if chosen.write_docs:
        write_section("soak", text)
    return 1 if chosen.check and any(bar.mark != "✓" for bar in found) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        sys.exit(f"soak: {failure}")
