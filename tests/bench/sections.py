# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The parts of docs/performance.md that measurements fill in, each between two comments."""

from support.process import ROOT, Failure

DOCUMENT = ROOT / "docs/performance.md"


def write_section(name, text):
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    whole = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = whole.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise Failure(f"{DOCUMENT} lacks the markers {begin} and {end}")
    DOCUMENT.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
