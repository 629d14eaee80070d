# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Puts load on a target for a while, with wrk or by the raw commit loop, and gives the outcome."""

import dataclasses
import json
import pathlib
import statistics
import subprocess

from support.process import Failure

CONNECTIONS = 32
SCRIPT = pathlib.Path(__file__).with_name("load.lua")
PATIENCE = 30  # seconds over the time of the load itself


@dataclasses.dataclass(frozen=True)
class Sample:
    rate: float  # per second
    p99_us: float
    errors: int


class Result:
    """The samples of one cell of the table, one for each round."""

    def __init__(self, samples):
        self.samples = samples
        self.rate = statistics.median(sample.rate for sample in samples)
        self.p99_us = statistics.median(sample.p99_us for sample in samples)
        self.errors = sum(sample.errors for sample in samples)

    def over(self, other):
        """How many times as fast as other: the median over the rounds, so that what disturbs a
        round disturbs both sides."""
        pairs = zip(self.samples, other.samples, strict=True)
        return statistics.median(mine.rate / theirs.rate for mine, theirs in pairs)


def run(arguments, seconds):
    """What a program printed; it must end well and in time."""
    words = [str(argument) for argument in arguments]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise Failure(f"{words[0]} took more than {seconds} s") from None
    if done.returncode != 0:
        raise Failure(f"{words[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def last_line(arguments, seconds):
    """Of a program that ends by printing a line of JSON: that."""
    return json.loads(run(arguments, seconds + PATIENCE).splitlines()[-1])


def wrk_arguments(port, seconds, *arguments, headers=None):
    # wrk takes whole seconds only.
    more = [word for name, value in (headers or {}).items()
            for word in ("--header", f"{name}: {value}")]
    return ["wrk", "--threads", 1, "--connections", CONNECTIONS, "--duration", f"{seconds}s",
            "--timeout", "10s", *more, "--script", SCRIPT, f"http://127.0.0.1:{port}", "--",
            *arguments]


def wrk(port, seconds, *arguments, headers=None):
    """Each request has the headers, {name: value}."""
    outcome = last_line(wrk_arguments(port, seconds, *arguments, headers=headers), seconds)
    return Sample(outcome["requests"] / outcome["seconds"], outcome["p99_us"],
                  outcome["refused"] + outcome["broken"])


def raw_commits(program, database, seconds, work):
    outcome = last_line([program, database, seconds, work], seconds)
    return Sample(outcome["commits"] / outcome["seconds"], outcome["p99_us"], 0)


def interleave(cells, repeats, seconds, between):
    """Runs every cell of {name: function of the seconds} once per round, so that a disturbance of
    the machine meets all of them. Gives {name: Result}. Calls between() after each sample."""
    samples = {name: [] for name in cells}
    for _ in range(repeats):
        for name, run in cells.items():
            samples[name].append(run(seconds))
            between()
    return {name: Result(taken) for name, taken in samples.items()}
