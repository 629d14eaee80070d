# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A strict parser of the Prometheus text format 0.0.4 and of OpenMetrics 1.0."""

import math
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
META = re.compile(rf"# (HELP|TYPE|UNIT) ({NAME})(?: (.*))?")
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (\S+)")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"')
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf)|NaN")
CANONICAL_BOUND = re.compile(r"\d+\.\d+(?:e[+-]\d+)?|\+Inf")

SUFFIXES = {
    "gauge": ("",),
    "counter": ("_total",),
    "histogram": ("_bucket", "_sum", "_count"),
    "info": ("_info",),
}


class Malformed(AssertionError):
    """The text breaks a rule of its format."""


def demand(condition, rule, line):
    if not condition:
        raise Malformed(f"{rule}: {line!r}")


class Family:
    def __init__(self, name):
        self.name = name
        self.kind = None
        self.help = None
        self.samples = {}  # (name, labels as sorted tuple) -> float


class Parser:
    """parse() gives {family name: Family}."""

    def __init__(self, openmetrics):
        self.openmetrics = openmetrics
        self.families = {}
        self.current = None

    def parse(self, text):
        demand(text.endswith("\n"), "the last line has an end", text[-80:])
        lines = text[:-1].split("\n")
        if self.openmetrics:
            demand(lines.pop() == "# EOF", "the last line is # EOF", text[-80:])
        for line in lines:
            demand(line == line.strip() and line, "no empty lines, no white space around", line)
            if line.startswith("#"):
                self._meta(line)
            else:
                self._sample(line)
        for family in self.families.values():
            self._check(family)
        return self.families

    def _meta(self, line):
        match = META.fullmatch(line)
        demand(match, "a comment is HELP, TYPE or UNIT", line)
        keyword, name, text = match.groups()
        if self.current is None or self.current.name != name:
            demand(name not in self.families, "the lines of a family stand together", line)
            self.current = self.families[name] = Family(name)
        demand(not self.current.samples, "HELP and TYPE come before the samples", line)
        if keyword == "HELP":
            demand(self.current.help is None and text, "one HELP with a text", line)
            self.current.help = text
        elif keyword == "TYPE":
            demand(self.current.kind is None, "one TYPE", line)
            demand(text in SUFFIXES and (self.openmetrics or text != "info"), "a known type", line)
            demand(not self.openmetrics or text != "counter" or not name.endswith("_total"),
                   "a counter's family is named without _total", line)
            self.current.kind = text

    def _labels(self, text, line):
        labels, at = {}, 0
        while text and at < len(text):
            match = LABEL.match(text, at)
            demand(match, "label syntax", line)
            demand(match.group(1) not in labels, "label names are unique", line)
            labels[match.group(1)] = match.group(2)
            at = match.end()
            demand(at == len(text) or text[at] == ",", "labels are separated by commas", line)
            at += 1
            demand(at != len(text), "no comma after the last label", line)
        return labels

    def _suffixes(self):
        if not self.openmetrics and self.current.kind == "counter":
            return ("",)
        return SUFFIXES[self.current.kind]

    def _sample(self, line):
        match = SAMPLE.fullmatch(line)
        demand(match and self.current is not None, "a sample of a family", line)
        name, labels, value = match.groups()
        family = self.current
        demand(family.kind and family.help, "HELP and TYPE are there", line)
        demand(name in [family.name + suffix for suffix in self._suffixes()],
               f"a name of the {family.kind} {family.name}", line)
        demand(NUMBER.fullmatch(value), "a number", line)
        key = (name, tuple(sorted(self._labels(labels, line).items())))
        demand(key not in family.samples, "each series once", line)
        family.samples[key] = float(value)
        demand(family.kind == "gauge" or float(value) >= 0, "no negative count", line)

    def _check(self, family):
        demand(family.samples, "a family has samples", family.name)
        if family.kind == "histogram":
            self._check_histogram(family)

    def _check_histogram(self, family):
        buckets = {}
        for (name, labels), value in family.samples.items():
            if name.endswith("_bucket"):
                bound = dict(labels).get("le", "")
                demand(CANONICAL_BOUND.fullmatch(bound), "le is a canonical float", (name, labels))
                rest = tuple(label for label in labels if label[0] != "le")
                buckets.setdefault(rest, []).append((float(bound), value))
        for rest, series in buckets.items():
            for column in zip(*series):
                demand(list(column) == sorted(column), "bounds and counts ascend", (family.name, rest))
            demand(series[-1][0] == math.inf, "the last bucket is +Inf", (family.name, rest))
            demand(family.samples.get((family.name + "_count", rest)) == series[-1][1],
                   "the count is the last bucket's", (family.name, rest))
            demand((family.name + "_sum", rest) in family.samples, "a sum", (family.name, rest))


def parse(text, openmetrics):
    return Parser(openmetrics).parse(text)
