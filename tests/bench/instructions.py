# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Instructions of the program for one request, counted by callgrind: numbers that do not depend on
what else the machine does, so that a change of a few percent is seen. User space only, all threads,
libraries included; one worker, a database of so many tasks. scripts/bench.sh instructions prepares
all it needs and calls it."""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "api"))

import fastcgi  # noqa: E402
from report import table  # noqa: E402
from sections import write_section  # noqa: E402
from support.process import GRACEFUL_APP, ROOT, Failure, Process, wait_until  # noqa: E402
from support.stack import App, clean_environment, listens  # noqa: E402

TASKS = 1000
REQUESTS = 200
WARM_UP = 50
TOTALS = re.compile(r"^(?:totals|summary): (\d+)", re.MULTILINE)


def read_one(number):
    return "GET", f"/api/v1/tasks/{number % TASKS + 1}", None


def list_50(_):
    return "GET", "/api/v1/tasks", None


def search(number):
    return "GET", f"/api/v1/tasks?q=number+{number % 10}", None


def create(number):
    return "POST", "/api/v1/tasks", {"description": f"Counted {number}", "notes": "A few words",
                                     "priority": "high", "due_date": "2031-01-05"}


def stats(_):
    return "GET", "/api/v1/stats", None


# Creates come last: the writer goes on to merge the search index after them.
WORKLOADS = {"read one": read_one, "list 50": list_50, "search": search, "statistics": stats,
             "create": create}


class Counted:
    """The program under callgrind."""

    def __init__(self, app, folder):
        self.folder = pathlib.Path(folder)
        self.socket = self.folder / "todo-app.sock"
        self._process = Process("todo-app", [
            "valgrind", "--tool=callgrind", f"--callgrind-out-file={self.folder}/out",
            app, "--socket", self.socket, "--database", self.folder / "todo.db", "--workers", 1,
            "--log-level", "WARNING"], folder, clean_environment())
        wait_until(lambda: not self._process.alive() or listens(self.socket), "todo-app listens")
        self._process.check_alive()

    def send(self, method, target, body):
        data = None if body is None else json.dumps(body).encode()
        answer = fastcgi.request(self.socket, method, target, data)
        if answer is None or answer.status >= 300:
            raise Failure(f"{method} {target}: {answer}")

    def control(self, option):
        subprocess.run(["callgrind_control", option, str(self._process.pid)], check=True,
                       capture_output=True, cwd=self.folder)

    def count(self, workload, first):
        """Instructions for each of REQUESTS requests, after some that are not counted."""
        for number in range(WARM_UP):
            self.send(*workload(first + number))
        known = set(self.folder.glob("out.*"))
        self.control("--zero")
        for number in range(WARM_UP, WARM_UP + REQUESTS):
            self.send(*workload(first + number))
        self.control("--dump")
        made = sorted(set(self.folder.glob("out.*")) - known)
        if not made:
            raise Failure("callgrind has written no counts")
        found = [int(number) for path in made
                 for number in TOTALS.findall(path.read_text(encoding="utf-8"))]
        return max(found) // REQUESTS

    def stop(self):
        self._process.stop(GRACEFUL_APP)

    def kill(self):
        self._process.kill()


def seed(app, folder):
    """The tasks, without callgrind; the program is stopped again."""
    plain = App(folder, pathlib.Path(folder, "todo.db"), name="seed", program=app)
    try:
        for number in range(TASKS):
            body = json.dumps({"description": f"Task number {number}", "notes": "A few words on it"})
            fastcgi.request(plain.socket, "POST", "/api/v1/tasks", body.encode())
        plain.stop()
    finally:
        plain.process.kill()


def measure(app):
    """{workload: instructions for a request}."""
    with tempfile.TemporaryDirectory(prefix="todo-count-") as folder:
        seed(app, folder)
        counted = Counted(app, folder)
        try:
            wait_until(lambda: fastcgi.request(counted.socket, "GET", "/ready").status == 200,
                       "/ready answers 200")
            found = {name: counted.count(workload, at * 1000)
                     for at, (name, workload) in enumerate(WORKLOADS.items())}
            counted.stop()
            return found
        finally:
            counted.kill()


def main(arguments):
    parser = argparse.ArgumentParser(prog="bench.sh instructions", description=__doc__)
    parser.add_argument("--write-docs", action="store_true",
                        help="write the table into docs/performance.md")
    parser.add_argument("--no-install", action="store_true",
                        help="install no packages; fail if a tool is missing")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-bench",
                        help="folder of the program (scripts/bench.sh gives it)")
    chosen = parser.parse_args(arguments)
    for tool in ("valgrind", "callgrind_control"):
        if shutil.which(tool) is None:
            raise Failure(f"{tool} is missing: install valgrind")
    found = measure(os.fspath(chosen.build.resolve() / "todo-app"))
    text = table(("request", "instructions"),
                 [(name, f"{count:,}") for name, count in found.items()])
    print(text)
    if chosen.write_docs:
        write_section("instructions", text)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        sys.exit(f"instructions: {failure}")
