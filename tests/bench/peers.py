# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The peers: fetches and builds them, once, and starts them. One that cannot be had is named with
the reason instead."""

import os
import shutil
import signal
import subprocess
import sys

from support.process import ROOT, Failure, Process, wait_until
from support.proxy import accepts, free_port

SOURCES = ROOT / "tests/bench/peers"
FETCH_SECONDS = 300
BUILD_SECONDS = 600
STOP_SECONDS = 10


class Unavailable(Exception):
    """Why a peer cannot be measured, in words for the table."""


def step(what, arguments, log, seconds, **options):
    """Runs one step of the preparation with its output in a file."""
    try:
        with open(log, "ab") as output:
            done = subprocess.run([str(argument) for argument in arguments], stdout=output,
                                  stderr=output, timeout=seconds, check=False, **options)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{what} failed: {type(error).__name__}") from None
    if done.returncode != 0:
        raise Unavailable(f"{what} failed")


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as listed:
        return [int(child) for child in listed.read().split()]


class Peer:
    """A peer that can be started on a database. Each start takes a new port."""

    name = ""
    log_name = ""

    def __init__(self, build):
        self._build = build
        self.log = build / self.log_name
        self.process = None
        self.port = None

    def start(self, database, folder, port):
        self.port = port
        self.process = self.spawn(database, folder)
        wait_until(lambda: not self.process.alive() or accepts(port), f"{self.name} listens")
        self.process.check_alive()

    def stop(self):
        """In order; its children by their ids if it leaves any."""
        if self.process is None:
            return
        left = children(self.process.pid) if self.process.alive() else []
        try:
            self.process.send(signal.SIGTERM)
            self.process.wait(STOP_SECONDS)
        except Failure:
            for pid in left:
                if os.path.exists(f"/proc/{pid}"):
                    os.kill(pid, signal.SIGKILL)
        self.process = None


class FastApi(Peer):
    """FastAPI on uvicorn: 2 workers, uvloop, httptools."""

    name = "FastAPI"
    log_name = "peer-fastapi.log"

    def prepare(self):
        folder = self._build / "peer-fastapi"
        requirements = SOURCES / "fastapi/requirements.txt"
        stamp = folder / "requirements.txt"
        self.program = folder / "bin/uvicorn"
        if stamp.exists() and stamp.read_bytes() == requirements.read_bytes():
            return
        shutil.rmtree(folder, ignore_errors=True)
        step("python3 -m venv", [sys.executable, "-m", "venv", folder], self.log, FETCH_SECONDS)
        step("pip install", [folder / "bin/pip", "install", "--quiet", "-r", requirements],
             self.log, FETCH_SECONDS)
        shutil.copy(requirements, stamp)

    def spawn(self, database, folder):
        environment = os.environ | {"DATABASE": str(database), "PYTHONDONTWRITEBYTECODE": "1"}
        return Process("fastapi", [
            self.program, "app:app", "--app-dir", SOURCES / "fastapi", "--workers", 2, "--loop",
            "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning", "--host",
            "127.0.0.1", "--port", self.port], folder, environment)


class Go(Peer):
    """Go's net/http with database/sql and mattn/go-sqlite3."""

    name = "Go"
    log_name = "peer-go.log"

    def prepare(self):
        if shutil.which("go") is None:
            raise Unavailable("Go is not installed")
        self.program = self._build / "peer-go"
        environment = os.environ | {"CGO_ENABLED": "1", "GOTOOLCHAIN": "local",
                                    "GOFLAGS": "-mod=readonly"}
        step("go build", ["go", "build", "-trimpath", "-tags", "sqlite_fts5", "-o", self.program,
                          "."], self.log, BUILD_SECONDS, cwd=SOURCES / "go", env=environment)

    def spawn(self, database, folder):
        return Process("go", [self.program, database, self.port], folder)


def prepare(build, wanted):
    """The peers that can be had, and {name: reason} of the others."""
    ready, missing = [], {}
    for kind in (FastApi, Go):
        peer = kind(build)
        try:
            if not wanted:
                raise Unavailable("left out by --no-peers")
            peer.prepare()
            ready.append(peer)
        except Unavailable as reason:
            missing[kind.name] = str(reason)
    return ready, missing


def ports():
    """Ports for a peer: its own, and that of lighttpd in front of it."""
    return free_port(), free_port()
