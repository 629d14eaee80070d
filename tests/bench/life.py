# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Memory, start and stop of the service."""

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


def memory(pid, field):
    """VmRSS (now) or VmHWM (the most there was) in MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
    raise Failure(f"no {field} of process {pid}")


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
