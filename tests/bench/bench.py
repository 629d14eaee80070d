# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Measures the service against a floor, against its peers and against itself with more tasks, side
by side in one run, and holds the outcome against the bars. scripts/bench.sh prepares all it needs
and calls it."""

import argparse
import dataclasses
import os
import pathlib
import sys

import bulk
import everything
import growth
import importing
import life
import load
import machine
import peers
import report
import workloads
from service import Service
from support.process import ROOT, Failure

PARTS = ("reads", "growth", "bulk", "imports", "creates", "life")
SMALL_TASKS = 1000
LARGE_TASKS = 1_000_000
BULK_TURNS_MIN = 3
DOCUMENT = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclasses.dataclass
class Run:
    """What was measured; the parts that were left out stay empty."""

    tasks: int
    missing: dict
    machine: dict
    reads: dict = dataclasses.field(default_factory=dict)
    spans: dict = dataclasses.field(default_factory=dict)
    creates: dict = dataclasses.field(default_factory=dict)
    growth: dict = dataclasses.field(default_factory=dict)
    sweep: list = dataclasses.field(default_factory=list)
    stats_sweep: list = dataclasses.field(default_factory=list)
    bulk: dict = dataclasses.field(default_factory=dict)
    imports: list = dataclasses.field(default_factory=list)
    life: dict = dataclasses.field(default_factory=dict)


def options(arguments):
    parser = argparse.ArgumentParser(prog="bench.sh", description=__doc__)
    parser.add_argument("--quick", action="store_true",
                        help="a rough picture in under two and a half minutes: 100,000 tasks, "
                             "short samples")
    parser.add_argument("--seconds", type=int, help="length of a sample (default 2, quick 1)")
    parser.add_argument("--repeats", type=int, help="samples of each cell (default 5, quick 2)")
    parser.add_argument("--tasks", type=int, help="tasks of the large database")
    parser.add_argument("--parts", default=",".join(PARTS), help="of " + ",".join(PARTS))
    parser.add_argument("--no-peers", action="store_true", help="leave FastAPI and Go out")
    parser.add_argument("--write-docs", action="store_true",
                        help="write the tables into docs/performance.md")
    parser.add_argument("--check", action="store_true",
                        help="exit with 1 if a bar is missed or could not be measured")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-bench",
                        help="folder of the programs (scripts/bench.sh gives it)")
    parser.add_argument("--no-install", action="store_true",
                        help="install no packages; fail if a tool is missing")
    chosen = parser.parse_args(arguments)
    chosen.seconds = chosen.seconds or (1 if chosen.quick else 2)
    chosen.repeats = chosen.repeats or (2 if chosen.quick else 5)
    chosen.tasks = chosen.tasks or (LARGE_TASKS // 10 if chosen.quick else LARGE_TASKS)
    chosen.parts = chosen.parts.split(",")
    if not set(chosen.parts) <= set(PARTS):
        parser.error("--parts takes " + ",".join(PARTS))
    if "bulk" in chosen.parts and chosen.tasks < bulk.LEAST_TASKS:
        parser.error(f"--tasks takes {bulk.LEAST_TASKS} and more, but without the part bulk")
    return chosen


def say(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    """One run over a service that was started."""

    def __init__(self, service, chosen, run):
        self.service = service
        self.chosen = chosen
        self.run = run
        self.small = workloads.Client(service.ports["small"])
        self.large = workloads.Client(service.ports["large"])
        self._files = 0

    def close(self):
        self.small.close()
        self.large.close()

    def paths_file(self, paths):
        """For load.lua."""
        if not paths:
            raise Failure("no query fills a page on both databases")
        self._files += 1
        path = self.service.runtime / f"paths-{self._files}.txt"
        path.write_text("".join(f"{line}\n" for line in paths), encoding="utf-8")
        return path

    def get(self, target, paths, headers=None):
        file, port = self.paths_file(paths), self.service.ports[target]
        return lambda seconds: load.wrk(port, seconds, "get", file, headers=headers)

    def create(self, target):
        port = self.service.ports[target]
        return lambda seconds: load.wrk(port, seconds, "create", target.replace(" ", "-"))

    def commits(self, work):
        program = self.service.build / "bench-rawcommit"
        database = self.service.database("raw-" + work)
        return lambda seconds: load.raw_commits(program, database, seconds, work)

    def interleave(self, cells):
        return load.interleave(cells, self.chosen.repeats, self.chosen.seconds,
                               self.service.forget_logs)

    def peer_targets(self):
        return [name + behind for name in self.service.peers for behind in ("", report.BEHIND)]

    # --- The parts ------------------------------------------------------------------------------

    def reads(self):
        with everything.Everything(self.service, SMALL_TASKS) as apps:
            self.run.reads = self.interleave(self.read_cells(apps.headers))
            self.run.spans = {name: everything.spans(self.service.ports[app])
                              for name, app in everything.CELLS.items()}

    def read_cells(self, headers):
        """What is compared closest stands side by side."""
        ids = workloads.reads()
        cells = {
            "static file": self.get("small", workloads.STATIC),
            "hello": self.get("hello", ids),
            "read one": self.get("small", ids),
            **{name: self.get(app, ids, headers) for name, app in everything.CELLS.items()},
            "list 50": self.get("small", workloads.LIST),
            "filtered lists": self.get("small", workloads.filter_paths()),
            "search": self.get("small", workloads.search_paths(self.small)),
        }
        for name in self.peer_targets():
            cells["read one: " + name] = self.get(name, ids)
            cells["list 50: " + name] = self.get(name, workloads.LIST)
        return cells

    def creates(self):
        cells = {
            "create": self.create("small"),
            "raw commit: insert of the task alone": self.commits("insert"),
            "raw commit: task row": self.commits("row"),
            "raw commit: all of a create": self.commits("create"),
        }
        for name in self.peer_targets():
            cells["create: " + name] = self.create(name)
        self.run.creates = self.interleave(cells)

    def growth(self):
        planned = growth.plan(self.small, self.large, self.chosen.tasks)
        cells = growth.cells(self.service, planned, lambda _, paths: self.paths_file(paths))
        self.run.growth = self.interleave(cells)
        self.run.sweep = growth.sweep(self.small, self.large)
        self.run.stats_sweep = growth.stats_sweep(self.small, self.large)

    def bulk(self):
        turns = max(self.chosen.repeats, BULK_TURNS_MIN)
        self.run.bulk = bulk.measure(self.service, self.large, self.chosen.tasks, turns)

    def imports(self):
        turns = (self.chosen.repeats + 1) // 2
        self.run.imports = importing.measure(self.service, self.small, SMALL_TASKS, turns)

    def life(self):
        """Last, as it is about an app that has done all of the rest."""
        ids = self.paths_file(workloads.reads())
        for workload in (("get", ids), ("create", "life")):
            load.wrk(self.service.ports["large"], self.chosen.seconds, *workload)
        app = self.service.apps["large"].process.pid
        found = {"loaded": life.memory(app, "VmHWM"),
                 "proxy": life.memory(self.service.proxy.pid, "VmHWM")}
        self.large.close()
        found["stop"] = life.stop_under_load(self.service, "large", "create", "stop")
        found["starts"] = life.starts(self.service, "large")
        found["idle"] = life.idle_memory(self.service, "large")
        self.run.life = found


def measure(chosen, run, ready):
    service = Service(chosen.build, chosen.tasks, ready)
    try:
        say(f"seeding {SMALL_TASKS:,} and {chosen.tasks:,} tasks, unless an earlier run did")
        service.seed("small", SMALL_TASKS)
        service.seed("large", chosen.tasks)
        service.start(later=(*everything.SAMPLED_PPM, importing.NAME))
        bench = Bench(service, chosen, run)
        # Creates make the small database grow, so they come after what compares by size.
        for part in PARTS:
            if part in chosen.parts:
                say(f"measuring {part}")
                getattr(bench, part)()
        bench.close()
    finally:
        service.close()


def write_document(text):
    whole = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise Failure(f"{DOCUMENT} lacks the markers {BEGIN} and {END}")
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main(arguments):
    chosen = options(arguments)
    chosen.build = chosen.build.resolve()
    app = chosen.build / "todo-app"
    os.environ["TODO_APP"] = str(app)
    say("preparing the peers")
    ready, missing = peers.prepare(chosen.build, not chosen.no_peers)
    run = Run(chosen.tasks, missing, machine.facts(chosen.build, app))
    measure(chosen, run, ready)
    text = report.text(run)
    print(text)
    if chosen.write_docs:
        write_document(text)
    missed = [bar for bar in report.bars(run) if bar.mark != report.MET]
    return 1 if chosen.check and missed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        sys.exit(f"bench: {failure}")
