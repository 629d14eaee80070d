#!/usr/bin/env python3
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Writes the table of values in the chart's README.md from the comments in values.yaml.

    generate-chart-readme.py [--check]

A comment that begins with "# --" describes the key below it. --check changes nothing and fails if the
README is out of date, or if a key has no description. Needs nothing but Python."""

import argparse
import pathlib
import re
import sys

CHART = pathlib.Path(__file__).resolve().parents[1] / "helm/todo-app-chart"
BEGIN, END = "<!-- values: begin -->", "<!-- values: end -->"
KEY = re.compile(r"^(?P<indent> *)(?P<key>[A-Za-z0-9_.]+):(?: (?P<value>.*))?$")


class Undescribed(Exception):
    """A key has neither a description nor described keys below it."""


def described_keys(lines):
    """(path, default, description) of each described key. What lies below one is part of its
    default."""
    path, comment, inside = [], [], None
    for number, line in enumerate(lines):
        text = line.strip()
        if text.startswith("# -- "):
            comment = [text[5:]]
        elif text.startswith("#") and comment and not text.startswith("# ---"):
            comment.append(text[2:])
        elif not text or text.startswith("#"):
            comment = []
        elif found := KEY.match(line):
            depth = len(found["indent"]) // 2
            path[depth:] = [found["key"]]
            if inside is not None and depth > inside:
                continue
            inside = depth if comment else None
            if comment:
                yield ".".join(path), found["value"] or below(lines[number + 1:], depth), " ".join(comment)
            elif found["value"]:
                raise Undescribed(".".join(path))
            comment = []


def below(lines, depth):
    """The lines deeper than a key, as its default."""
    block = []
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip()) <= 2 * depth:
            break
        block.append(line.strip())
    return " ".join(text for text in block if text and not text.startswith("#"))


def table(lines):
    rows = ["| key | default | what it does |", "|---|---|---|"]
    for path, default, description in described_keys(lines):
        rows.append(f"| `{path}` | `{default or 'null'}` | {description} |".replace("\\", "\\\\"))
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail if something is out of date")
    check = parser.parse_args().check
    readme = CHART / "README.md"
    text = readme.read_text(encoding="utf-8")
    try:
        rows = table((CHART / "values.yaml").read_text(encoding="utf-8").splitlines())
    except Undescribed as key:
        sys.exit(f"values.yaml: {key} has no description: put a comment \"# -- ...\" above it")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    fresh = f"{before}{BEGIN}\n{rows}\n{END}{after}"
    if check and fresh != text:
        sys.exit(f"{readme} is out of date: run scripts/generate-chart-readme.py")
    if not check:
        readme.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
