# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A child process with its output in files, a wait that notices its death, and a checked stop."""

import os
import pathlib
import signal
import subprocess
import time

START_TIMEOUT = 60
STOP_TIMEOUT = 60

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Failure(AssertionError):
    """The service did not behave: it died, did not start, or did not stop in order."""


def wait_until(condition, what, timeout=START_TIMEOUT):
    """Polls condition until it is true; raises Failure with `what` after timeout seconds."""
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise Failure(f"timed out after {timeout} s: {what}")
        time.sleep(0.005)


class Process:
    """A child whose standard output and error are files in `folder`, named after it."""

    def __init__(self, name, arguments, folder, environment=None):
        self.name = name
        self.stdout_path = pathlib.Path(folder, name + ".out")
        self.stderr_path = pathlib.Path(folder, name + ".err")
        with open(self.stdout_path, "ab") as out, open(self.stderr_path, "ab") as err:
            self.popen = subprocess.Popen(
                [str(argument) for argument in arguments],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=ROOT, env=environment)

    @property
    def pid(self):
        return self.popen.pid

    def alive(self):
        return self.popen.poll() is None

    def check_alive(self):
        if not self.alive():
            raise Failure(f"{self.name} ended with {self.popen.returncode}:\n{self.stderr()}")

    def stderr(self):
        return self.stderr_path.read_bytes().decode("utf-8", "backslashreplace")

    def send(self, number):
        self.popen.send_signal(number)

    def wait(self, timeout=STOP_TIMEOUT):
        """Waits for the end and returns the exit status; kills and fails after the timeout."""
        try:
            return self.popen.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"{self.name} did not stop within {timeout} s:\n{self.stderr()}") from None

    def stop(self, number, timeout=STOP_TIMEOUT):
        """Sends the signal and demands exit status 0."""
        if self.alive():
            self.send(number)
        status = self.wait(timeout)
        if status != 0:
            raise Failure(f"{self.name} ended with {status} instead of 0:\n{self.stderr()}")

    def kill(self):
        """SIGKILL; for clean-up and for crash tests. A line that was cut by it is cut off the log,
        which the next start goes on with."""
        if self.alive():
            self.popen.kill()
        self.popen.wait()
        for path in (self.stdout_path, self.stderr_path):
            if path.exists():
                os.truncate(path, path.read_bytes().rfind(b"\n") + 1)

    def resident_bytes(self):
        """The process's resident memory."""
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


GRACEFUL_PROXY = signal.SIGINT
GRACEFUL_APP = signal.SIGTERM
