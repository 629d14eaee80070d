# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Memory, start and stop of the service."""

import pathlib
import subprocess
import time

import load
from support import http
from support.process import GRACEFUL_APP, Failure

STARTS = 5
POLL_SECONDS = 0.001
SETTLE_SECONDS = 1
LOAD_SECONDS = 4
STOP_AFTER_SECONDS = 1.5
REST_SECONDS = 0.1  # less than the pause before each step of the writer's upkeep
REST_SHARE = 0.02  # of a processor: what an idle program takes
REST_PATIENCE = 60


def memory(pid, field):
    """VmRSS (now) or VmHWM (the most there was) in MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
    raise Failure(f"no {field} of process {pid}")


def processor_seconds(pid):
    """That all threads of a process have taken so far."""
    taken = 0
    for thread in pathlib.Path(f"/proc/{pid}/task").iterdir():
        taken += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return taken / 1e9


def settle(pid):
    """Waits until the process does nothing for a moment, as when the log was moved into the
    database after a write. Upkeep that goes on for long, in small steps with pauses, is not waited
    for: it belongs to a service that is otherwise idle."""
    end = time.monotonic() + REST_PATIENCE
    taken, before = REST_SECONDS, processor_seconds(pid)
    while taken > REST_SECONDS * REST_SHARE:
        if time.monotonic() > end:
            raise Failure(f"process {pid} did not come to rest within {REST_PATIENCE} s")
        time.sleep(REST_SECONDS)
        now = processor_seconds(pid)
        taken, before = now - before, now


def idle_memory(service, name):
    """Of an app that was just started."""
    app = service.apps[name]
    time.sleep(SETTLE_SECONDS)
    return memory(app.process.pid, "VmRSS")


def seconds_to_ready(service, name):
    """From exec to the first 200 of /ready through lighttpd."""
    before = time.monotonic()
    app = service.start_app(name)
    while http.request(service.ports[name], "GET", "/ready").status != 200:
        app.process.check_alive()
        time.sleep(POLL_SECONDS)
    return time.monotonic() - before


def starts(service, name):
    """Seconds of each start, slowest last."""
    times = []
    for _ in range(STARTS):
        service.stop_app(name)
        times.append(seconds_to_ready(service, name))
    return sorted(times)


def stop_under_load(service, name, *workload):
    """Seconds from SIGTERM to the end, with the load still coming. The app is started again."""
    app = service.apps[name]
    arguments = [str(argument) for argument in
                 load.wrk_arguments(service.ports[name], LOAD_SECONDS, *workload)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as running:
        time.sleep(STOP_AFTER_SECONDS)
        before = time.monotonic()
        app.process.stop(GRACEFUL_APP)
        taken = time.monotonic() - before
        running.wait()
    seconds_to_ready(service, name)
    return taken
